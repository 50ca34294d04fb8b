"""`/v1/appointments`: who verifies your data, and what verifiers state.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from types import NoneType
from uuid import UUID

from service.client.connection import Connection
from service.formats.members.appointment import (
    AppointmentDocument,
    NewAppointmentDocument,
    NewVerificationDocument,
    VerificationDocument,
)
from service.formats.members.listing import ListDocument


class Appointments:
    """`/v1/appointments`: who verifies your data, and what verifiers state."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create_appointment(self, body: NewAppointmentDocument) -> AppointmentDocument:
        """Let a verifier read the data and footprints of a product, or of all."""
        return self._connection.send("POST", "/v1/appointments", AppointmentDocument, body=body)

    def list_appointments(
        self, *, limit: int = 50, cursor: str | None = None, sort: str | None = None
    ) -> ListDocument[AppointmentDocument]:
        """Appointments that you gave, or were given."""
        return self._connection.send(
            "GET",
            "/v1/appointments",
            ListDocument[AppointmentDocument],
            query={"limit": limit, "cursor": cursor, "sort": sort},
        )

    def get_appointment(self, appointment_id: UUID) -> AppointmentDocument:
        """One appointment that you gave, or were given."""
        return self._connection.send(
            "GET", f"/v1/appointments/{appointment_id}", AppointmentDocument
        )

    def delete_appointment(self, appointment_id: UUID) -> None:
        """End an appointment; what the verifier stated stands."""
        return self._connection.send("DELETE", f"/v1/appointments/{appointment_id}", NoneType)

    def create_verification(
        self, submission_id: UUID, body: NewVerificationDocument
    ) -> VerificationDocument:
        """State what you found of a submission, as the verifier that its firm appointed."""
        return self._connection.send(
            "POST",
            f"/v1/submissions/{submission_id}/verifications",
            VerificationDocument,
            body=body,
        )

    def list_verifications(
        self,
        submission_id: UUID,
        *,
        limit: int = 50,
        cursor: str | None = None,
        sort: str | None = None,
    ) -> ListDocument[VerificationDocument]:
        """What verifiers stated on a submission of yours, or you on one."""
        return self._connection.send(
            "GET",
            f"/v1/submissions/{submission_id}/verifications",
            ListDocument[VerificationDocument],
            query={"limit": limit, "cursor": cursor, "sort": sort},
        )
