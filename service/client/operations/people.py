"""`/v1/people` and `/v1/joining-links`: who works for your organisation, and who is asked to.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from types import NoneType
from uuid import UUID

from service.client.connection import Connection
from service.formats.members.listing import ListDocument
from service.formats.members.person import (
    JoiningLinkDocument,
    NewJoiningLink,
    PersonChanges,
    PersonDocument,
)


class People:
    """`/v1/people` and `/v1/joining-links`: who works for your organisation, and who is asked to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_people(
        self, *, limit: int = 50, cursor: str | None = None, sort: str | None = None
    ) -> ListDocument[PersonDocument]:
        """The people of your organisation."""
        return self._connection.send(
            "GET",
            "/v1/people",
            ListDocument[PersonDocument],
            query={"limit": limit, "cursor": cursor, "sort": sort},
        )

    def get_person(self, person_id: UUID) -> PersonDocument:
        """One person of your organisation."""
        return self._connection.send("GET", f"/v1/people/{person_id}", PersonDocument)

    def edit_person(self, person_id: UUID, body: PersonChanges, *, version: int) -> PersonDocument:
        """Change name, language or rights of a person of your organisation."""
        return self._connection.send(
            "PATCH", f"/v1/people/{person_id}", PersonDocument, body=body, version=version
        )

    def delete_person(self, person_id: UUID) -> None:
        """Let a person leave; the last administrator cannot."""
        return self._connection.send("DELETE", f"/v1/people/{person_id}", NoneType)

    def delete_one_time_code(self, person_id: UUID) -> None:
        """Let a person sign in without one-time codes, for its telephone is lost."""
        return self._connection.send("DELETE", f"/v1/people/{person_id}/one-time-code", NoneType)

    def create_joining_link(self, body: NewJoiningLink) -> JoiningLinkDocument:
        """Invite somebody to your organisation by letter."""
        return self._connection.send("POST", "/v1/joining-links", JoiningLinkDocument, body=body)

    def list_joining_links(
        self, *, limit: int = 50, cursor: str | None = None, sort: str | None = None
    ) -> ListDocument[JoiningLinkDocument]:
        """The invitations of people that wait."""
        return self._connection.send(
            "GET",
            "/v1/joining-links",
            ListDocument[JoiningLinkDocument],
            query={"limit": limit, "cursor": cursor, "sort": sort},
        )

    def delete_joining_link(self, link_id: UUID) -> None:
        """Take an invitation back."""
        return self._connection.send("DELETE", f"/v1/joining-links/{link_id}", NoneType)
