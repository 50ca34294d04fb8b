"""Green-power certificates in the store, and what was spent of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session, col, select

from lca_models.errors import Text
from lca_models.facts.names import fold
from service.domain.access import not_there
from service.domain.paging import Page, PageAsked
from service.domain.registered_certificate import (
    CertificateIssuer,
    CertificateTakenError,
    RegisteredCertificate,
)
from service.domain.submission import Period
from service.domain.versions import TakenError
from service.store.ids import new_id
from service.store.paging import read_page
from service.store.tables.submissions import CertificateRow, CertificateSpendRow
from service.store.uniqueness import refuse_taken

_WHAT = Text(en="certificate", zh="绿证")


def add(session: Session, certificate: RegisteredCertificate) -> None:
    """Keep a new certificate: once among all firms, whatever the spelling of its number.

    Raises:
        CertificateTakenError: It is registered already; by whom is not told.
    """
    try:
        with refuse_taken(session, _WHAT):
            session.add(_to_row(certificate))
    except TakenError as error:
        raise CertificateTakenError(
            Text(
                en="The certificate “{number}” is registered here already.",
                zh="绿证“{number}”已在本平台登记。",
            ).format(number=certificate.number),
            Text(
                en="Look for it among your own; if it is not there, check its number, and ask its "
                "issuer who holds it.",
                zh="请先查看本企业已登记的绿证；若没有，请核对编号，并向核发机构核实持有人。",
            ),
            value=certificate.number,
        ) from error


def get(session: Session, certificate_id: UUID) -> RegisteredCertificate:
    """One certificate.

    Raises:
        NotThereError: There is none that the viewer holds.
    """
    row = session.get(CertificateRow, certificate_id)
    if row is None:
        raise not_there(_WHAT)
    return _to_certificate(row)


def list_held(session: Session, owner_id: UUID) -> Sequence[RegisteredCertificate]:
    """All certificates of a firm."""
    query = select(CertificateRow).where(CertificateRow.organisation_id == owner_id)
    return [_to_certificate(row) for row in session.exec(query)]


def list_page(session: Session, asked: PageAsked) -> Page[RegisteredCertificate]:
    """Certificates that the viewer holds."""
    sorts = {
        "registered_at": CertificateRow.registered_at,
        "generated_from": CertificateRow.generated_from,
        "number": CertificateRow.number,
    }
    page = read_page(
        session, select(CertificateRow), asked, sorts=sorts, key=col(CertificateRow.id)
    )
    return page.map(_to_certificate)


def lock(
    session: Session, certificate_ids: Collection[UUID]
) -> Mapping[UUID, RegisteredCertificate]:
    """Certificates that are about to be spent, held in the order of their ids until the commit."""
    query = (
        select(CertificateRow)
        .where(col(CertificateRow.id).in_(certificate_ids))
        .order_by(col(CertificateRow.id))
        .with_for_update()
    )
    return {row.id: _to_certificate(row) for row in session.exec(query)}


def read_spent(
    session: Session, certificate_ids: Collection[UUID], *, without: UUID | None = None
) -> Mapping[UUID, tuple[Decimal, ...]]:
    """What accepted submissions claim of certificates, in kWh each; released claims left out.

    Args:
        session: The transaction.
        certificate_ids: The certificates.
        without: A submission whose claims will be released.
    """
    found: dict[UUID, tuple[Decimal, ...]] = dict.fromkeys(certificate_ids, ())
    query = select(CertificateSpendRow).where(
        col(CertificateSpendRow.certificate_id).in_(certificate_ids),
        col(CertificateSpendRow.released_at).is_(None),
    )
    for row in session.exec(query):
        if row.submission_id != without:
            found[row.certificate_id] += (row.energy_kwh,)
    return found


def spend(
    session: Session,
    submission_id: UUID,
    owner_id: UUID,
    claims_kwh: Mapping[UUID, Decimal],
    now: datetime,
) -> None:
    """Keep what an accepted submission claims."""
    session.add_all(
        CertificateSpendRow(
            id=new_id(),
            certificate_id=certificate_id,
            organisation_id=owner_id,
            submission_id=submission_id,
            energy_kwh=energy_kwh,
            spent_at=now,
        )
        for certificate_id, energy_kwh in claims_kwh.items()
    )
    session.flush()


def release(session: Session, submission_id: UUID, now: datetime) -> None:
    """Give back what a superseded submission claimed."""
    query = select(CertificateSpendRow).where(
        CertificateSpendRow.submission_id == submission_id,
        col(CertificateSpendRow.released_at).is_(None),
    )
    for row in session.exec(query):
        row.released_at = now
    session.flush()


def _to_row(certificate: RegisteredCertificate) -> CertificateRow:
    return CertificateRow(
        id=certificate.id,
        organisation_id=certificate.organisation_id,
        issuer=certificate.issuer.value,
        number=fold(certificate.number),
        shown_number=certificate.number,
        technology=certificate.technology,
        province=certificate.province,
        energy_kwh=certificate.energy_kwh,
        generated_from=certificate.generated.start,
        generated_until=certificate.generated.end,
        registered_at=certificate.registered_at,
    )


def _to_certificate(row: CertificateRow) -> RegisteredCertificate:
    return RegisteredCertificate(
        id=row.id,
        organisation_id=row.organisation_id,
        issuer=CertificateIssuer(row.issuer),
        number=row.shown_number,
        technology=row.technology,
        province=row.province,
        energy_kwh=row.energy_kwh,
        generated=Period(row.generated_from, row.generated_until),
        registered_at=row.registered_at,
    )
