"""Appointments of verifiers, and what verifiers state, as the API gives them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.domain.appointment import Appointment, Outcome, VerificationStatement
from service.formats.bilingual import Part

_LONGEST_STATEMENT, _LONGEST_NAME = 10_000, 200


class NewAppointmentDocument(Part):
    """Let a verifier read the data and footprints of one product, or of all."""

    verifier: UUID
    product: UUID | None = Field(None, description="Null for all of your products.")


class AppointmentDocument(NewAppointmentDocument):
    """An appointment that stands until it is ended."""

    id: UUID
    owner: UUID
    appointed_at: datetime
    ended_at: datetime | None


class NewVerificationDocument(Part):
    """What a verifier found of a submission."""

    outcome: Outcome
    statement: Annotated[
        str,
        Field(
            min_length=1,
            max_length=_LONGEST_STATEMENT,
            examples=["The meters were read on site; the data are right."],
        ),
    ]
    signed_by: Annotated[
        str, Field(min_length=1, max_length=_LONGEST_NAME, examples=["李静 Li Jing"])
    ]


class VerificationDocument(NewVerificationDocument):
    """A statement; it never changes."""

    id: UUID
    submission: UUID
    verifier: UUID
    at: datetime


def to_appointment_document(appointment: Appointment) -> AppointmentDocument:
    """An appointment as the firm and its verifier read it."""
    return AppointmentDocument(
        id=appointment.id,
        owner=appointment.owner_id,
        verifier=appointment.verifier_id,
        product=appointment.product_id,
        appointed_at=appointment.appointed_at,
        ended_at=appointment.ended_at,
    )


def to_verification_document(stated: VerificationStatement) -> VerificationDocument:
    """A statement as the firm and its verifier read it."""
    return VerificationDocument(
        id=stated.id,
        submission=stated.submission_id,
        verifier=stated.verifier_id,
        outcome=stated.outcome,
        statement=stated.statement,
        signed_by=stated.signed_by,
        at=stated.at,
    )
