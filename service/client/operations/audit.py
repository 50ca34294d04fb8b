"""`/v1/audit`: what was changed, when and by whom; the log of one's own firm.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from uuid import UUID

from pydantic.types import AwareDatetime

from service.client.connection import Connection
from service.formats.members.audit import AuditEntryDocument
from service.formats.members.listing import ListDocument


class Audit:
    """`/v1/audit`: what was changed, when and by whom; the log of one's own firm."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_audit_entries(
        self,
        *,
        action: str | None = None,
        subject: str | None = None,
        subject_id: str | None = None,
        organisation_id: UUID | None = None,
        since: AwareDatetime | None = None,
        until: AwareDatetime | None = None,
        limit: int = 50,
        cursor: str | None = None,
        sort: str | None = None,
    ) -> ListDocument[AuditEntryDocument]:
        """What was changed, the newest first; sort by `at` for the oldest first."""
        return self._connection.send(
            "GET",
            "/v1/audit",
            ListDocument[AuditEntryDocument],
            query={
                "action": action,
                "subject": subject,
                "subject_id": subject_id,
                "organisation_id": organisation_id,
                "since": since,
                "until": until,
                "limit": limit,
                "cursor": cursor,
                "sort": sort,
            },
        )
