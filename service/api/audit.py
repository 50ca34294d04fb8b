"""`/v1/audit`: what was changed, when and by whom; the log of one's own firm."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import AwareDatetime

from service.api.lists import Listing
from service.api.routing import make_router
from service.api.transactions import Reading
from service.formats.members.audit import AuditEntryDocument, to_audit_entry_document
from service.formats.members.listing import ListDocument
from service.store import audit
from service.store.audit import AuditWanted

_LONGEST = 100
router = make_router("audit")


@router.get("/v1/audit")
def list_audit_entries(  # noqa: PLR0913 - one argument a filter, as FastAPI reads them
    session: Reading,
    listing: Listing,
    *,
    action: Annotated[str | None, Query(max_length=_LONGEST, description="What was done.")] = None,
    subject: Annotated[
        str | None, Query(max_length=_LONGEST, description="Kind of what it was done to.")
    ] = None,
    subject_id: Annotated[str | None, Query(max_length=_LONGEST, description="Its id.")] = None,
    organisation_id: Annotated[
        UUID | None, Query(description="Of use to the operator, who reads the log of all.")
    ] = None,
    since: Annotated[AwareDatetime | None, Query(description="At this moment or later.")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Before this moment.")] = None,
) -> ListDocument[AuditEntryDocument]:
    """What was changed, the newest first; sort by `at` for the oldest first."""
    wanted = AuditWanted(action, subject, subject_id, organisation_id, since, until)
    page = audit.read_list(session, listing, wanted)
    return listing.answer(page.map(to_audit_entry_document))
