"""`/v1/organisations`: who takes part."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from service.api.context import Wired
from service.api.lists import Listing
from service.api.preconditions import IfMatch, put_etag
from service.api.routing import make_router
from service.api.transactions import Now, Reading, Transaction
from service.domain.organisation import Role
from service.formats.members.listing import ListDocument
from service.formats.members.member import (
    MemberChanges,
    MemberDocument,
    NewMemberDocument,
    from_member_changes,
    from_new_member,
    to_member_document,
)
from service.store import members
from service.store.ids import new_id
from service.use_cases.change_organisation import change_organisation
from service.use_cases.register_organisation import register_organisation
from service.use_cases.suspend_organisation import suspend_organisation

router = make_router("organisations")


@router.post("/v1/organisations", status_code=201)
def create_organisation(
    asked: NewMemberDocument, session: Transaction, wiring: Wired, now: Now, response: Response
) -> MemberDocument:
    """Register an organisation; its first administrator gets a link by letter. For operators."""
    member = register_organisation(
        session,
        from_new_member(asked, new_id(), now=now),
        asked.administrator_email,
        public_url=wiring.members.public_url,
        now=now,
    )
    response.headers["Location"] = f"/v1/organisations/{member.id}"
    put_etag(response, member.version)
    return to_member_document(member)


@router.get("/v1/organisations")
def list_organisations(
    asked: Listing,
    session: Reading,
    role: Annotated[Role | None, Query(description="Those of this role only.")] = None,
) -> ListDocument[MemberDocument]:
    """Your own organisation and those that you have to do with; all of them for operators."""
    return asked.answer(members.list_page(session, asked, role).map(to_member_document))


@router.get("/v1/organisations/{organisation_id}")
def get_organisation(organisation_id: UUID, session: Reading, response: Response) -> MemberDocument:
    """One organisation that you are, or have to do with."""
    member = members.get(session, organisation_id)
    put_etag(response, member.version)
    return to_member_document(member)


@router.patch("/v1/organisations/{organisation_id}")
def edit_organisation(
    organisation_id: UUID,
    changes: MemberChanges,
    session: Transaction,
    version: IfMatch,
    now: Now,
    response: Response,
) -> MemberDocument:
    """Change what your own organisation says of itself; its number stays."""
    member = change_organisation(
        session, organisation_id, from_member_changes(changes), version=version, now=now
    )
    put_etag(response, member.version)
    return to_member_document(member)


@router.put("/v1/organisations/{organisation_id}/suspension")
def suspend(organisation_id: UUID, session: Transaction, now: Now) -> MemberDocument:
    """Suspend an organisation: nobody of it may call. For operators."""
    return to_member_document(
        suspend_organisation(session, organisation_id, suspended=True, now=now)
    )


@router.delete("/v1/organisations/{organisation_id}/suspension")
def readmit(organisation_id: UUID, session: Transaction, now: Now) -> MemberDocument:
    """Let a suspended organisation in again. For operators."""
    return to_member_document(
        suspend_organisation(session, organisation_id, suspended=False, now=now)
    )
