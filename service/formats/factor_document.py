"""An emission factor as documents carry it: value, gases, caveats and the whole citation."""

from __future__ import annotations

from pydantic import Field

from lca_models.facts.factors import Factor, Use
from lca_models.facts.sources import Citation
from service.formats.bilingual import Bilingual, Part, to_bilingual


class CitationItem(Part):
    """Where a value was published, and under which terms it may be used."""

    line: str = Field(description="The whole citation on one line.")
    title: str
    publisher: str
    year: int
    where: str = Field(description="Table, row, column, file or series.")
    licence: str
    url: str | None


class FactorItem(Part):
    """Emissions of one unit of an activity, as published."""

    id: str
    name: Bilingual
    category: str
    subcategory: str
    boundary: str = Field(description="What the value covers, such as cradle_to_gate.")
    kg_co2e: float | None = Field(
        description="Published value, kg CO2e per unit; null where its licence keeps it."
    )
    unit: str
    gases_kg: dict[str, float] = Field(
        description="kg of each gas per unit; CO2e alone where no split was published; "
        "empty where the licence keeps them."
    )
    gwp_basis: str = Field(description="GWPs behind a value that was published as CO2e.")
    geography: str
    year: int | None = Field(description="Year that the value describes; null if not stated.")
    pedigree: list[int] = Field(
        description="Reliability, completeness, time, place, technology; 1 best to 5 worst."
    )
    use: Use
    caveats: list[Bilingual]
    citation: CitationItem


def to_factor(factor: Factor) -> FactorItem:
    """A factor with everything that its reader must know, and that its licence lets out."""
    return FactorItem(
        id=factor.id,
        name=to_bilingual(factor.name),
        category=factor.category,
        subcategory=factor.subcategory,
        boundary=factor.boundary,
        kg_co2e=factor.kg_co2e if factor.redistributable else None,
        unit=factor.unit,
        gases_kg=dict(factor.gases) if factor.redistributable else {},
        gwp_basis=factor.gwp_basis,
        geography=factor.geography,
        year=factor.valid_year,
        pedigree=list(factor.pedigree),
        use=factor.use,
        caveats=[to_bilingual(caveat) for caveat in factor.caveats],
        citation=_to_citation(factor.citation),
    )


def _to_citation(citation: Citation) -> CitationItem:
    return CitationItem(
        line=citation.to_line(),
        title=citation.source.title,
        publisher=citation.source.publisher,
        year=citation.source.year,
        where=citation.where,
        licence=citation.source.licence,
        url=citation.source.url,
    )
