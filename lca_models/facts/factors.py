"""An emission factor of the background library: a cited value with its gases and its caveats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lca_models.errors import Text
from lca_models.facts.sources import Citation

# Flows beside the gases of the characterisation table. A factor that is published as CO2e only is
# kept as such and characterised 1:1; biogenic CO2 stands beside the total (ISO 14067, 6.4.9.2).
PUBLISHED_CO2E = "CO2e"
BIOGENIC_CO2 = "CO2_biogenic"
# The basis of a CO2e value of which nobody says by which GWPs it was added up.
NOT_STATED = "not_stated"


class Use(StrEnum):
    """What a factor may be used for."""

    FOOTPRINT = "footprint"
    SITE_ACCOUNT = "site_account"
    CROSS_CHECK = "cross_check"


@dataclass(frozen=True, slots=True)
class Factor:
    """Emissions of one unit of an activity, as published.

    Args:
        id: Stable id in the library, such as `mat-iai-al-2022`.
        name: Name in both languages.
        category: Coarse kind: material, electricity, fuel_combustion, transport, waste …
        subcategory: Finer kind within the category.
        boundary: What the value covers, such as `cradle_to_gate` or `combustion_direct`.
        unit: Symbol of the unit that the value is per.
        kg_co2e: Published value, kg CO2e per unit.
        gases: kg of each gas per unit; `CO2e` alone where no gas split was published.
        gwp_basis: Global warming potentials behind a value published as CO2e.
        geography: Where it applies: `CN`, `CN-SN`, `GLO`, `GB` …
        valid_year: Year that the value describes; None if its owner does not say.
        pedigree: Reliability, completeness, time, place, technology; 1 best to 5 worst.
        geometric_sd2: Square of the geometric standard deviation that the pedigree implies.
        use: What the factor may be used for.
        caveats: What a user must know before relying on it.
        citation: Where it was published.
        redistributable: Whether its terms let the value leave this house by an export.
    """

    id: str
    name: Text
    category: str
    subcategory: str
    boundary: str
    unit: str
    kg_co2e: float
    gases: Mapping[str, float]
    gwp_basis: str
    geography: str
    valid_year: int | None
    pedigree: tuple[int, int, int, int, int]
    geometric_sd2: float
    use: Use
    caveats: tuple[Text, ...]
    citation: Citation
    redistributable: bool = True

    @property
    def has_gas_split(self) -> bool:
        """Whether the value was published by gas, so that any set of GWPs can be applied."""
        return PUBLISHED_CO2E not in self.gases
