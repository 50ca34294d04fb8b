"""Greenhouse gases and their characterisation: what a kilogram of each does over 100 years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lca_models.errors import Text, UnknownGasError
from lca_models.facts.factors import BIOGENIC_CO2, PUBLISHED_CO2E
from lca_models.facts.sources import Citation

# What was published as CO2e counts as published; biogenic CO2 stands beside the total.
_FIXED = {PUBLISHED_CO2E: 1.0, BIOGENIC_CO2: 0.0}


@dataclass(frozen=True, slots=True)
class Gas:
    """A greenhouse gas and the spellings under which documents give it."""

    key: str
    name: Text
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Characterisation:
    """One set of global warming potentials over 100 years.

    Args:
        name: `AR4`, `AR5` or `AR6`.
        gwp100: kg CO2e per kg by gas; a gas that the set does not have is absent.
        citations: Where each value was published.
        caveats: What to know about a value, by gas.
    """

    name: str
    gwp100: Mapping[str, float]
    citations: Mapping[str, Citation] = field(default_factory=dict)
    caveats: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)

    def factor_of(self, gas: str) -> float:
        """How many kg CO2e one kg of a gas counts; 0 for `CO2_biogenic`, which stands beside them.

        Raises:
            UnknownGasError: The set has no value for the gas.
        """
        value = _FIXED.get(gas, self.gwp100.get(gas))
        if value is None:
            raise UnknownGasError(
                Text(
                    en="{set} has no global warming potential for the gas “{gas}”.",
                    zh="{set}没有气体“{gas}”的全球变暖潜势。",
                ).format(set=self.name, gas=gas),
                Text(
                    en="Choose a set that has it, correct the name of the gas, or state the "
                    "emission as CO2e.",
                    zh="请改用含有该气体的特征化因子集，更正气体名称，或以CO2e填写排放量。",
                ),
                value=gas,
            )
        return value
