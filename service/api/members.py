"""`/v1/organisations`: who takes part."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from service.api.openapi import PROBLEMS
from service.api.transactions import Reading
from service.formats.members.member import MemberDocument, to_member_document
from service.store import members

router = APIRouter(tags=["organisations"], responses=PROBLEMS)


@router.get("/v1/organisations/{organisation_id}")
def get_organisation(organisation_id: UUID, session: Reading) -> MemberDocument:
    """One organisation that you are, or have to do with."""
    return to_member_document(members.get(session, organisation_id))
