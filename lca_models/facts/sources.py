"""A citation: where a number was published, and under which terms it may be used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One publication.

    Args:
        key: Short name by which rows of the library cite it.
        title: As printed, in its own language.
        publisher: Issuing body.
        year: Year of publication.
        licence: Terms under which its numbers may be used and passed on.
        url: Public address, if one is known.
    """

    key: str
    title: str
    publisher: str
    year: int
    licence: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a publication: table, row, column, file or series."""

    source: Source
    where: str

    def to_line(self) -> str:
        """The citation on one line, in the language of the source."""
        return f"{self.source.publisher} ({self.source.year}): {self.source.title}, {self.where}"
