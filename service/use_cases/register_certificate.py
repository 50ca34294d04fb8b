"""A firm registers a green-power certificate that it holds."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from lca_models.facts.library import Library
from service.domain.registered_certificate import RegisteredCertificate
from service.store import audit, certificates
from service.store.audit import AuditNote


def register_certificate(
    session: Session, certificate: RegisteredCertificate, library: Library
) -> RegisteredCertificate:
    """Keep a certificate, its technology spelt as the library does.

    Raises:
        UnknownActivityError: The library has no such technology.
        CertificateTakenError: It is registered already; by whom is not told.
    """
    technology = library.find_generation(certificate.technology).key
    known = replace(certificate, technology=technology)
    certificates.add(session, known)
    audit.note(
        session,
        AuditNote(
            at=known.registered_at,
            action="certificate.register",
            subject="certificate",
            subject_id=known.id,
            organisation_id=known.organisation_id,
            details={"issuer": known.issuer.value},
        ),
    )
    return known
