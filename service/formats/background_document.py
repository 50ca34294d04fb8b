"""What the background library holds, as documents carry it: pages of a search, and one entry."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from pydantic import Field

from lca_models.facts.choices import GapMaterial, Material
from lca_models.facts.factors import Factor, Use
from lca_models.facts.library import Library
from lca_models.facts.search import Entry, How, Match
from service.formats.bilingual import Bilingual, Part, to_bilingual
from service.formats.factor_document import FactorItem, to_factor


class EntryKind(StrEnum):
    """What an entry of the library is."""

    MATERIAL = "material"
    GAP = "gap"
    FACTOR = "factor"


class EntryItem(Part):
    """An entry in a list: a factor, a material with its default, or one that has none."""

    id: str
    kind: EntryKind
    name: Bilingual
    kg_co2e: float | None = Field(
        description="Per unit; null without a default, or where the licence keeps it."
    )
    unit: str | None
    geography: str | None
    year: int | None
    category: str | None
    use: Use | None = Field(description="What the value may be used for.")
    matched: str | None = Field(None, description="The id or name that matched the search.")
    how: How | None = Field(None, description="How it matched; a fuzzy match is a proposal only.")


class BackgroundPage(Part):
    """A page of entries."""

    library_version: str
    total: int
    items: list[EntryItem]
    next: str | None = Field(description="Cursor of the next page; null on the last.")


class EntryDocument(Part):
    """One entry with its factor, or with the values that may be shown in its place."""

    id: str
    kind: EntryKind
    name: Bilingual
    aliases: list[str]
    factor: FactorItem | None = Field(description="Null for a material without a default.")
    terms: Bilingual | None = Field(description="Terms under which the factor's value is used.")
    cross_checks: list[FactorItem] = Field(
        description="Values for comparison where there is no default; they enter no footprint."
    )
    library_version: str


def list_entries(library: Library) -> list[Entry]:
    """Everything in the library: materials first, then factors, then comparison values."""
    materials: list[Entry] = [*library.materials.values(), *library.gaps.values()]
    return [*materials, *library.factors.values(), *library.cross_checks.values()]


def find_entry(library: Library, text: str) -> Entry:
    """The entry of an id, or the material of a whole name.

    Raises:
        UnknownFactorError: Nothing goes by it; the cure names the nearest ids.
    """
    if text in library.factors or text in library.cross_checks:
        return library.get_factor(text)
    return library.find_material(text) or library.get_factor(text)


def category_of(entry: Entry, library: Library) -> str:
    """Coarse kind of an entry; a material is of the category of its factor."""
    if isinstance(entry, GapMaterial):
        return "material"
    return _factor_of(entry, library).category


def to_entry(match: Match | Entry, library: Library) -> EntryItem:
    """An entry in a list."""
    entry = match.entry if isinstance(match, Match) else match
    factor = None if isinstance(entry, GapMaterial) else _factor_of(entry, library)
    return EntryItem(
        id=_id_of(entry),
        kind=_kind_of(entry),
        name=to_bilingual(entry.name),
        kg_co2e=factor.kg_co2e if factor is not None and factor.redistributable else None,
        unit=None if factor is None else factor.unit,
        geography=None if factor is None else factor.geography,
        year=None if factor is None else factor.valid_year,
        category=category_of(entry, library),
        use=None if factor is None else factor.use,
        matched=match.name if isinstance(match, Match) else None,
        how=match.how if isinstance(match, Match) else None,
    )


def to_page(
    found: Sequence[Match | Entry], library: Library, *, total: int, following: str | None
) -> BackgroundPage:
    """A page of what was found."""
    return BackgroundPage(
        library_version=library.version,
        total=total,
        items=[to_entry(match, library) for match in found],
        next=following,
    )


def to_entry_document(entry: Entry, library: Library) -> EntryDocument:
    """One entry with everything that its reader must know."""
    factor = None if isinstance(entry, GapMaterial) else _factor_of(entry, library)
    terms = None if factor is None else library.licences.get(factor.citation.source.key)
    shown = library.list_cross_checks(entry) if isinstance(entry, GapMaterial) else ()
    return EntryDocument(
        id=_id_of(entry),
        kind=_kind_of(entry),
        name=to_bilingual(entry.name),
        aliases=[] if isinstance(entry, Factor) else list(entry.aliases),
        factor=None if factor is None else to_factor(factor),
        terms=None if terms is None else to_bilingual(terms),
        cross_checks=[to_factor(each) for each in shown],
        library_version=library.version,
    )


def _factor_of(entry: Material | Factor, library: Library) -> Factor:
    return entry if isinstance(entry, Factor) else library.get_factor(entry.factor)


def _id_of(entry: Entry) -> str:
    return entry.id if isinstance(entry, Factor) else entry.key


def _kind_of(entry: Entry) -> EntryKind:
    if isinstance(entry, Factor):
        return EntryKind.FACTOR
    return EntryKind.MATERIAL if isinstance(entry, Material) else EntryKind.GAP
