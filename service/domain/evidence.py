"""Evidence: a file that shows where a number of a submission comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file; its content stands in the file store.

    Args:
        id: Its id.
        organisation_id: The firm that gave it.
        submission_id: The version that it belongs to.
        product_id: The product of that.
        line: Label of the line that it shows; None for the whole.
        name: Name of the file, without any folder.
        media_type: What its content is.
        size_bytes: How large it is.
        sha256: SHA-256 of its content, in hexadecimal digits.
        at: When it was given.
    """

    id: UUID
    organisation_id: UUID
    submission_id: UUID
    product_id: UUID
    line: str | None
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    at: datetime

    @property
    def kept_as(self) -> str:
        """Under which key its content stands: by firm, by content, and by its own id.

        No two files share a key, even of equal content: so none is swept away while its twin is
        being kept.
        """
        return f"{self.organisation_id}/{self.sha256}/{self.id}"
