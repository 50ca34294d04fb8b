"""A supplier lets a buyer see more digits, or no longer; what was released stays as it is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.consent import Consent
from service.domain.job import JobKind
from service.domain.versions import NotNowError
from service.store import audit, consents, footprints, jobs, members, products, releases
from service.store.audit import AuditNote


def grant_precision(session: Session, consent: Consent) -> None:
    """Let a buyer see more digits, from the next release on.

    Raises:
        NotThereError: The product is not the supplier's, or it does not know the buyer.
    """
    members.get(session, consent.buyer_id)
    if consent.product_id is not None:
        products.get_own(session, consent.product_id, consent.supplier_id)
    consents.add(session, consent)
    audit.note(session, _note("consent.grant", consent, consent.granted_at))
    _calculate_again(session, consent, consent.granted_at)


def withdraw_consent(
    session: Session, consent_id: UUID, supplier_id: UUID, *, now: datetime
) -> None:
    """Let a buyer see two digits again, or what another consent grants.

    Raises:
        NotThereError: The firm gave no such consent.
        NotNowError: It was withdrawn already.
    """
    consent = consents.get_given(session, consent_id, supplier_id)
    if consent.withdrawn_at is not None:
        raise NotNowError(
            Text(en="The consent was withdrawn already.", zh="该授权已被撤回。"),
            Text(en="Nothing is left to do.", zh="无需再次操作。"),
        )
    consents.withdraw(session, consent_id, now)
    audit.note(session, _note("consent.withdraw", consent, now))
    _calculate_again(session, consent, now)


def _calculate_again(session: Session, consent: Consent, now: datetime) -> None:
    """What the buyer sees of its own footprints rests on these digits."""
    bought = releases.list_bought(session, consent.supplier_id, consent.buyer_id)
    named = bought if consent.product_id is None else bought & {consent.product_id}
    for product_id, period in footprints.list_periods(session, named):
        jobs.add(
            session,
            JobKind.CALCULATE_PRODUCT,
            {
                "product_id": str(product_id),
                "period_start": period.start.isoformat(),
                "period_end": period.end.isoformat(),
            },
            organisation_id=consent.supplier_id,
            now=now,
        )


def _note(action: str, consent: Consent, now: datetime) -> AuditNote:
    return AuditNote(
        at=now,
        action=action,
        subject="consent",
        subject_id=consent.id,
        organisation_id=consent.supplier_id,
        details={
            "buyer_id": str(consent.buyer_id),
            "significant_digits": consent.significant_digits,
        },
    )
