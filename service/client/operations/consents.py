"""`/v1/consents`: who may see more digits of your footprints.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from types import NoneType
from uuid import UUID

from service.client.connection import Connection
from service.formats.members.consent import ConsentDocument, NewConsentDocument
from service.formats.members.listing import ListDocument


class Consents:
    """`/v1/consents`: who may see more digits of your footprints."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create_consent(self, body: NewConsentDocument) -> ConsentDocument:
        """Let a buyer see more digits, from the next release on."""
        return self._connection.send("POST", "/v1/consents", ConsentDocument, body=body)

    def list_consents(
        self, *, limit: int = 50, cursor: str | None = None, sort: str | None = None
    ) -> ListDocument[ConsentDocument]:
        """Consents that you gave, or were given."""
        return self._connection.send(
            "GET",
            "/v1/consents",
            ListDocument[ConsentDocument],
            query={"limit": limit, "cursor": cursor, "sort": sort},
        )

    def get_consent(self, consent_id: UUID) -> ConsentDocument:
        """One consent that you gave, or were given."""
        return self._connection.send("GET", f"/v1/consents/{consent_id}", ConsentDocument)

    def delete_consent(self, consent_id: UUID) -> None:
        """Withdraw a consent; what was released stays released."""
        return self._connection.send("DELETE", f"/v1/consents/{consent_id}", NoneType)
