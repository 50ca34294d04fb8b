"""`/v1/organisations`: who takes part.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from uuid import UUID

from service.client.connection import Connection
from service.domain.organisation import Role
from service.formats.members.listing import ListDocument
from service.formats.members.member import MemberChanges, MemberDocument, NewMemberDocument


class Members:
    """`/v1/organisations`: who takes part."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create_organisation(self, body: NewMemberDocument) -> MemberDocument:
        """Register an organisation; its first administrator gets a link by letter. For operators."""
        return self._connection.send("POST", "/v1/organisations", MemberDocument, body=body)

    def list_organisations(
        self,
        *,
        role: Role | None = None,
        limit: int = 50,
        cursor: str | None = None,
        sort: str | None = None,
    ) -> ListDocument[MemberDocument]:
        """Your own organisation and those that you have to do with; all of them for operators."""
        return self._connection.send(
            "GET",
            "/v1/organisations",
            ListDocument[MemberDocument],
            query={"role": role, "limit": limit, "cursor": cursor, "sort": sort},
        )

    def get_organisation(self, organisation_id: UUID) -> MemberDocument:
        """One organisation that you are, or have to do with."""
        return self._connection.send("GET", f"/v1/organisations/{organisation_id}", MemberDocument)

    def edit_organisation(
        self, organisation_id: UUID, body: MemberChanges, *, version: int
    ) -> MemberDocument:
        """Change what your own organisation says of itself; its number stays."""
        return self._connection.send(
            "PATCH",
            f"/v1/organisations/{organisation_id}",
            MemberDocument,
            body=body,
            version=version,
        )

    def suspend(self, organisation_id: UUID) -> MemberDocument:
        """Suspend an organisation: nobody of it may call. For operators."""
        return self._connection.send(
            "PUT", f"/v1/organisations/{organisation_id}/suspension", MemberDocument
        )

    def readmit(self, organisation_id: UUID) -> MemberDocument:
        """Let a suspended organisation in again. For operators."""
        return self._connection.send(
            "DELETE", f"/v1/organisations/{organisation_id}/suspension", MemberDocument
        )
