"""`/v1/certificates`: green-power certificates that a firm holds."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from service.api.callers import Calling
from service.api.context import Wired
from service.api.lists import Listing
from service.api.routing import make_router
from service.api.transactions import Now, Reading, Transaction
from service.formats.members.certificate import (
    CertificateAsked,
    CertificateDocument,
    to_certificate_document,
)
from service.formats.members.listing import ListDocument
from service.store import certificates
from service.store.ids import new_id
from service.use_cases.register_certificate import register_certificate

router = make_router("certificates")


@router.post("/v1/certificates", status_code=HTTPStatus.CREATED)
def add_certificate(
    asked: CertificateAsked, session: Transaction, caller: Calling, wiring: Wired, now: Now
) -> CertificateDocument:
    """Register a certificate that you hold, to claim its power in submissions."""
    certificate = asked.to_certificate(new_id(), caller.organisation_id, now)
    return to_certificate_document(register_certificate(session, certificate, wiring.library))


@router.get("/v1/certificates")
def list_certificates(session: Reading, asked: Listing) -> ListDocument[CertificateDocument]:
    """List your certificates, with what is left of each."""
    page = certificates.list_page(session, asked)
    spent = certificates.read_spent(session, [each.id for each in page.items])
    return asked.answer(page.map(lambda each: to_certificate_document(each, spent[each.id])))


@router.get("/v1/certificates/{certificate_id}")
def get_certificate(certificate_id: UUID, session: Reading) -> CertificateDocument:
    """Read one of your certificates, with what is left of it."""
    found = certificates.get(session, certificate_id)
    spent = certificates.read_spent(session, [certificate_id])
    return to_certificate_document(found, spent[certificate_id])
