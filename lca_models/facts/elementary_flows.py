"""Which gas a database means by an elementary flow, and which flows are none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import cast

from lca_models.errors import Text, UnknownGasError
from lca_models.facts.default_choices import read_gases
from lca_models.facts.factors import PUBLISHED_CO2E
from lca_models.facts.names import fold, fold_words
from lca_models.facts.tables import read_yaml
from lca_models.facts.units import convert

_FILE, _GASES = "elementary_flows.yaml", "gases.yaml"
_BETWEEN_PARTS = "::"


class Medium(StrEnum):
    """Where a flow goes to, or comes from."""

    AIR = "air"
    RESOURCE = "resource"
    SOIL = "soil"
    WATER = "water"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class ElementaryFlow:
    """A flow between a process and nature, as a database describes it.

    Args:
        name: Its name there.
        compartment: Compartment and subcompartment, joined by `::`; empty where none is given.
        cas: CAS number without leading zeros; empty where none is given.
        unit: Unit of its amounts, in the database's word.
    """

    name: str
    compartment: str
    cas: str
    unit: str

    @property
    def medium(self) -> Medium:
        """The medium that its compartment names, in the words of ecoinvent, SimaPro and EF."""
        words = self.compartment.casefold().partition(_BETWEEN_PARTS)
        if "resource" in words[0] or words[0] == "raw":
            return Medium.RESOURCE
        named = re.search(r"\b(air|soil|water)\b", self.compartment.casefold())
        return Medium(named.group()) if named else Medium.UNKNOWN


@dataclass(frozen=True, slots=True)
class GasFlow:
    """A gas of the house, and kg of it in one unit of a flow: below zero where it is taken up."""

    gas: str
    kg_per_unit: float


@dataclass(frozen=True, slots=True)
class ElementaryFlows:
    """What databases call the gases.

    Args:
        named: Gas and sign by folded name and medium.
        by_cas: Gas by CAS number.
        uncounted: Names of gases that warm the climate without a GWP here, by CAS number.
        harmless: Names of gases that look like greenhouse gases and are none, by CAS number.
        suspicious: What the folded name of a greenhouse gas looks like.
        carbon_dioxide: How the folded name of CO2 begins, which soil and plants take up.
    """

    named: Mapping[tuple[str, Medium], tuple[str, int]]
    by_cas: Mapping[str, str]
    uncounted: Mapping[str, str]
    harmless: Mapping[str, str]
    suspicious: re.Pattern[str]
    carbon_dioxide: re.Pattern[str]

    def find_gas(self, flow: ElementaryFlow) -> GasFlow | None:
        """The gas that a flow is; None if it is no greenhouse gas.

        Raises:
            UnknownGasError: It is one, or looks like one, and no gas of the house fits.
            UnitMismatchError: It is given in something else than mass.
        """
        found = self._match(flow)
        if found is not None:
            gas, sign = found
            return GasFlow(gas, sign * convert(1.0, flow.unit, "kg"))
        if self._warms(flow):
            raise UnknownGasError(
                Text(
                    en="“{name}” ({compartment}) warms the climate, and we have no gas that fits.",
                    zh="“{name}”（{compartment}）会使气候变暖，但没有对应的气体。",
                ).format(name=flow.name, compartment=flow.compartment or "—"),
                Text(
                    en="If what it adds does not matter, leave it out by name: it is recorded.",
                    zh="若其影响可忽略，请按名称将其排除，排除情况会记录在案。",
                ),
                value=flow.name,
            )
        return None

    def _match(self, flow: ElementaryFlow) -> tuple[str, int] | None:
        media = tuple(Medium) if flow.medium is Medium.UNKNOWN else (flow.medium,)
        for medium in media:
            found = self.named.get((fold(flow.name), medium))
            if found is not None:
                return found
        gas = self.by_cas.get(flow.cas) if Medium.AIR in media else None
        return None if gas is None else (gas, 1)

    def _warms(self, flow: ElementaryFlow) -> bool:
        name = fold_words(flow.name)
        if flow.medium is Medium.WATER:
            return False
        if flow.medium in {Medium.RESOURCE, Medium.SOIL}:
            return self.carbon_dioxide.match(name) is not None
        if _is_among(self.harmless, flow):
            return False
        return _is_among(self.uncounted, flow) or self.suspicious.search(name) is not None


def _is_among(known: Mapping[str, str], flow: ElementaryFlow) -> bool:
    return flow.cas in known or fold(flow.name) in map(fold, known.values())


@cache
def load_elementary_flows() -> ElementaryFlows:
    """The names that are shipped with this version of the house."""
    folder = resources.files("lca_models.facts") / "data"
    document = cast("dict[str, object]", read_yaml((folder / _FILE).read_text(encoding="utf-8")))
    gases = read_gases(read_yaml((folder / _GASES).read_text(encoding="utf-8")))
    named = {
        (fold(name), Medium.AIR): (gas.key, 1)
        for gas in gases.values()
        if gas.key != PUBLISHED_CO2E
        for name in (gas.key, gas.name.en, gas.name.zh, *gas.aliases)
    }
    for record in cast("list[dict[str, object]]", document["named"]):
        for name in cast("list[str]", record["names"]):
            key = (fold(name), Medium(str(record["medium"])))
            named[key] = (str(record["gas"]), cast("int", record.get("sign", 1)))
    return ElementaryFlows(
        named=named,
        by_cas=cast("dict[str, str]", document["cas"]),
        uncounted=cast("dict[str, str]", document["uncounted"]),
        harmless=cast("dict[str, str]", document["harmless"]),
        suspicious=re.compile("|".join(cast("list[str]", document["suspicious"]))),
        carbon_dioxide=re.compile(str(document["carbon_dioxide"])),
    )
