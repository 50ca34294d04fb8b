"""`/v1/clients`: the machines of your organisation.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from types import NoneType
from uuid import UUID

from service.client.connection import Connection
from service.formats.members.client import (
    ClientDocument,
    NewClientDocument,
    RotationRequest,
    SecretDocument,
)
from service.formats.members.listing import ListDocument


class Clients:
    """`/v1/clients`: the machines of your organisation."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def make_client(self, body: NewClientDocument) -> SecretDocument:
        """Let a machine in; its secret is told in this answer alone."""
        return self._connection.send("POST", "/v1/clients", SecretDocument, body=body)

    def list_clients(
        self, *, limit: int = 50, cursor: str | None = None, sort: str | None = None
    ) -> ListDocument[ClientDocument]:
        """The machines of your organisation, those that are revoked too."""
        return self._connection.send(
            "GET",
            "/v1/clients",
            ListDocument[ClientDocument],
            query={"limit": limit, "cursor": cursor, "sort": sort},
        )

    def get_client(self, client_id: UUID) -> ClientDocument:
        """One machine of your organisation."""
        return self._connection.send("GET", f"/v1/clients/{client_id}", ClientDocument)

    def rotate_client_secret(
        self, client_id: UUID, body: RotationRequest, *, version: int
    ) -> SecretDocument:
        """Give a machine a new secret; the one before holds on for the hours that you say."""
        return self._connection.send(
            "POST", f"/v1/clients/{client_id}/rotation", SecretDocument, body=body, version=version
        )

    def delete_client(self, client_id: UUID) -> None:
        """Revoke a machine: its secrets and its tokens stop at once."""
        return self._connection.send("DELETE", f"/v1/clients/{client_id}", NoneType)
