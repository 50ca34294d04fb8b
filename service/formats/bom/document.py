"""What checking a bill of materials brought, as a document: rows as understood, and proposals."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from lca_models.facts.library import Library
from service.domain.submission import Period
from service.formats.background_document import EntryItem, to_entry
from service.formats.bilingual import Part
from service.formats.bom.reading import BomReading

# A file may leave its period to the chain that it belongs to.
ANY_PERIOD = Period(date.min, date.max)


class BomRowItem(Part):
    """One row as it was understood: values by the key of the column."""

    row: int = Field(description="As a spreadsheet counts, from 1.")
    values: dict[str, str | float]


class ProposalItem(Part):
    """What the unmatched name of a row may mean; a person chooses, nothing is applied."""

    row: int
    candidates: list[EntryItem]


class BomCheckDocument(Part):
    """A bill of materials without errors."""

    file: str
    sheet: str
    encoding: str | None = Field(description="Of a CSV file.")
    rows: list[BomRowItem]
    proposals: list[ProposalItem]
    unread_columns: list[str] = Field(description="Headings that are kept but not read.")


def to_bom_check(reading: BomReading, file_name: str, library: Library) -> BomCheckDocument:
    """A checked file, ready to be looked at by whoever sent it."""
    return BomCheckDocument(
        file=file_name,
        sheet=reading.sheet,
        encoding=reading.encoding,
        rows=[BomRowItem(row=row.number, values=dict(row.values)) for row in reading.rows],
        proposals=[
            ProposalItem(row=row, candidates=[to_entry(match, library) for match in matches])
            for row, matches in sorted(reading.proposals.items())
        ],
        unread_columns=list(reading.unread_headings),
    )
