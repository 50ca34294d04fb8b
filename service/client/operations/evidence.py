"""`/v1/evidence`: files that show where numbers of submissions come from.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from uuid import UUID

from service.client.connection import Connection, Form
from service.formats.members.evidence import EvidenceDocument
from service.formats.members.listing import ListDocument


class Evidence:
    """`/v1/evidence`: files that show where numbers of submissions come from."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_evidence(self, submission_id: UUID, body: Form) -> EvidenceDocument:
        """Add a file to a draft; nobody but you and a verifier that you appoint can read it."""
        return self._connection.send(
            "POST", f"/v1/submissions/{submission_id}/evidence", EvidenceDocument, body=body
        )

    def list_evidence(
        self,
        submission_id: UUID,
        *,
        limit: int = 50,
        cursor: str | None = None,
        sort: str | None = None,
    ) -> ListDocument[EvidenceDocument]:
        """List the files of a submission."""
        return self._connection.send(
            "GET",
            f"/v1/submissions/{submission_id}/evidence",
            ListDocument[EvidenceDocument],
            query={"limit": limit, "cursor": cursor, "sort": sort},
        )

    def get_evidence(self, evidence_id: UUID) -> EvidenceDocument:
        """Read what a file is."""
        return self._connection.send("GET", f"/v1/evidence/{evidence_id}", EvidenceDocument)

    def download_evidence(self, evidence_id: UUID) -> bytes:
        """Download a file, just as it was given; to be saved, not to be shown."""
        return self._connection.send("GET", f"/v1/evidence/{evidence_id}/content", bytes)
