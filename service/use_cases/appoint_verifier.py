"""A firm appoints a verifier, or no longer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.appointment import Appointment, refuse_no_verifier
from service.domain.versions import NotNowError
from service.store import appointments, audit, members, products
from service.store.audit import AuditNote
from service.store.session import whole_store


def appoint_verifier(session: Session, appointment: Appointment) -> None:
    """Let a verifier read the data and footprints of a product, or of all.

    Raises:
        NotThereError: The product is not the firm's.
        NoVerifierError: The firm is no verifier, or not here.
    """
    if appointment.product_id is not None:
        products.get_own(session, appointment.product_id, appointment.owner_id)
    with whole_store(session):
        verifier = members.find(session, appointment.verifier_id)
    refuse_no_verifier(verifier, appointment.owner_id)
    appointments.add(session, appointment)
    audit.note(session, _note("verifier.appoint", appointment, appointment.appointed_at))


def end_appointment(
    session: Session, appointment_id: UUID, owner_id: UUID, *, now: datetime
) -> None:
    """Let a verifier read no more; what it stated stands.

    Raises:
        NotThereError: The firm gave no such appointment.
        NotNowError: It has ended already.
    """
    appointment = appointments.get_given(session, appointment_id, owner_id)
    if appointment.ended_at is not None:
        raise NotNowError(
            Text(en="The appointment has ended already.", zh="该核查委托已终止。"),
            Text(en="Nothing is left to do.", zh="无需再次操作。"),
        )
    appointments.end(session, appointment_id, now)
    audit.note(session, _note("verifier.dismiss", appointment, now))


def _note(action: str, appointment: Appointment, now: datetime) -> AuditNote:
    return AuditNote(
        at=now,
        action=action,
        subject="appointment",
        subject_id=appointment.id,
        organisation_id=appointment.owner_id,
        details={"verifier_id": str(appointment.verifier_id)},
    )
