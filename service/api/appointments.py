"""`/v1/appointments`: who verifies your data, and what verifiers state."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from service.api.callers import Calling
from service.api.lists import Listing
from service.api.routing import make_router
from service.api.transactions import Now, Reading, Transaction
from service.domain.appointment import Appointment
from service.formats.members.appointment import (
    AppointmentDocument,
    NewAppointmentDocument,
    NewVerificationDocument,
    VerificationDocument,
    to_appointment_document,
    to_verification_document,
)
from service.formats.members.listing import ListDocument
from service.store import appointments, submissions, verifications
from service.store.ids import new_id
from service.use_cases.appoint_verifier import appoint_verifier, end_appointment
from service.use_cases.state_verification import state_verification

router = make_router("disclosure")


@router.post("/v1/appointments", status_code=201)
def create_appointment(
    asked: NewAppointmentDocument,
    session: Transaction,
    caller: Calling,
    now: Now,
    response: Response,
) -> AppointmentDocument:
    """Let a verifier read the data and footprints of a product, or of all."""
    appointment = Appointment(
        id=new_id(),
        owner_id=caller.organisation_id,
        verifier_id=asked.verifier,
        product_id=asked.product,
        appointed_at=now,
    )
    appoint_verifier(session, appointment)
    response.headers["Location"] = f"/v1/appointments/{appointment.id}"
    return to_appointment_document(appointment)


@router.get("/v1/appointments")
def list_appointments(listing: Listing, session: Reading) -> ListDocument[AppointmentDocument]:
    """Appointments that you gave, or were given."""
    return listing.answer(appointments.list_seen(session, listing).map(to_appointment_document))


@router.get("/v1/appointments/{appointment_id}")
def get_appointment(appointment_id: UUID, session: Reading) -> AppointmentDocument:
    """One appointment that you gave, or were given."""
    return to_appointment_document(appointments.get(session, appointment_id))


@router.delete("/v1/appointments/{appointment_id}", status_code=204)
def delete_appointment(
    appointment_id: UUID, session: Transaction, caller: Calling, now: Now
) -> None:
    """End an appointment; what the verifier stated stands."""
    end_appointment(session, appointment_id, caller.organisation_id, now=now)


@router.post("/v1/submissions/{submission_id}/verifications", status_code=201)
def create_verification(
    submission_id: UUID,
    asked: NewVerificationDocument,
    session: Transaction,
    caller: Calling,
    now: Now,
) -> VerificationDocument:
    """State what you found of a submission, as the verifier that its firm appointed."""
    stated = state_verification(
        session,
        submission_id,
        caller,
        outcome=asked.outcome,
        statement=asked.statement,
        signed_by=asked.signed_by,
        now=now,
    )
    return to_verification_document(stated)


@router.get("/v1/submissions/{submission_id}/verifications")
def list_verifications(
    submission_id: UUID, listing: Listing, session: Reading
) -> ListDocument[VerificationDocument]:
    """What verifiers stated on a submission of yours, or you on one."""
    page = verifications.list_of_submission(session, submission_id, listing)
    if not page.items:
        submissions.get(session, submission_id)
    return listing.answer(page.map(to_verification_document))
