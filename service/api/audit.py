"""`/v1/audit`: what was changed, when and by whom; the log of one's own firm."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import AwareDatetime

from service.api.callers import Calling
from service.api.lists import Listing
from service.api.routing import make_router
from service.api.transactions import Reading
from service.formats.members.audit import AuditEntryDocument, to_audit_entry_document
from service.formats.members.listing import ListDocument
from service.store import audit
from service.store.audit import AuditWanted

_LONGEST = 100
# Beyond it a moment falls out of the calendar in another time zone.
_EARLIEST, _LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
_WRITABLE = r"^[^\x00]*$"  # PostgreSQL finds every character but this
router = make_router("audit")


@router.get("/v1/audit")
def list_audit_entries(  # noqa: PLR0913 - one argument a filter, as FastAPI reads them
    session: Reading,
    caller: Calling,
    listing: Listing,
    *,
    action: Annotated[
        str | None, Query(max_length=_LONGEST, pattern=_WRITABLE, description="What was done.")
    ] = None,
    subject: Annotated[
        str | None,
        Query(max_length=_LONGEST, pattern=_WRITABLE, description="Kind of what it was done to."),
    ] = None,
    subject_id: Annotated[
        str | None, Query(max_length=_LONGEST, pattern=_WRITABLE, description="Its id.")
    ] = None,
    organisation_id: Annotated[
        UUID | None, Query(description="Of use to the operator, who reads the log of all.")
    ] = None,
    since: Annotated[
        AwareDatetime | None,
        Query(ge=_EARLIEST, le=_LATEST, description="At this moment or later."),
    ] = None,
    until: Annotated[
        AwareDatetime | None, Query(ge=_EARLIEST, le=_LATEST, description="Before this moment.")
    ] = None,
) -> ListDocument[AuditEntryDocument]:
    """What was changed, the newest first; sort by `at` for the oldest first."""
    wanted = AuditWanted(action, subject, subject_id, organisation_id, since, until)
    page = audit.read_list(session, listing, wanted)
    reader = caller.organisation_id
    return listing.answer(page.map(lambda entry: to_audit_entry_document(entry, reader)))
