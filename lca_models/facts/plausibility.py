"""When a submission is doubted: limits, each with its source or its reason, and benchmarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import cast

from lca_models.errors import FactsError, Text
from lca_models.facts.benchmarks import Benchmark, EnergyKind, load_benchmarks
from lca_models.facts.tables import read_yaml

_TABLE = files("lca_models.facts") / "data" / "plausibility.yaml"
_Record = Mapping[str, object]
_KG_PER_T = 1000.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Where doubt begins.

    Args:
        slip_factor: What a wrong prefix of a unit makes of an amount.
        slip_band: A ratio from `slip_factor` over it to `slip_factor` times it looks like a slip.
        far_factor: Ratio from which a value is far from another one of the same thing.
        many_units: Declared units from which a run is a total; inputs over outputs likewise.
        mass_tolerance: Share of the input mass that may be missing or too much.
        energy_margin: How far beyond its benchmarks energy may lie.
        double_count_tolerance: Within it direct CO2 is that of a fuel.
        shortest_leg_km: Shortest transport leg.
        longest_land_leg_km: Longest leg on land.
        longest_leg_km: Longest leg of all.
        least_lines: Lines from which roundness and sameness say something.
        round_digits: Significant digits of a round number.
        kg_co2_per_kg_carbon: CO2 of pure carbon, which no material can exceed.
    """

    slip_factor: float
    slip_band: float
    far_factor: float
    many_units: float
    mass_tolerance: float
    energy_margin: float
    double_count_tolerance: float
    shortest_leg_km: float
    longest_land_leg_km: float
    longest_leg_km: float
    least_lines: float
    round_digits: float
    kg_co2_per_kg_carbon: float

    def is_slip(self, ratio: float) -> bool:
        """Whether a ratio is near a thousand or a thousandth."""
        return any(
            self.slip_factor / self.slip_band < each < self.slip_factor * self.slip_band
            for each in (ratio, 1 / ratio if ratio else 0.0)
        )

    def is_far(self, ratio: float) -> bool:
        """Whether a ratio is tenfold, up or down."""
        return not 1 / self.far_factor < ratio < self.far_factor


@dataclass(frozen=True, slots=True)
class EnergyRange:
    """Which energy of a product is compared, and with which benchmarks."""

    kind: EnergyKind
    benchmarks: tuple[Benchmark, ...]


@dataclass(frozen=True, slots=True)
class PlausibilityFacts:
    """Everything that submissions are judged by, beside the library.

    Args:
        limits: Where doubt begins.
        energy: Benchmarks by key of the library's material.
        highest_mj_per_kg: The highest level of all benchmarks, MJ per kg of product.
    """

    limits: Limits
    energy: Mapping[str, EnergyRange]
    highest_mj_per_kg: float


@cache
def load_plausibility() -> PlausibilityFacts:
    """What is shipped with this version of the house."""
    return read_plausibility(_TABLE.read_text(encoding="utf-8"), load_benchmarks())


def read_plausibility(text: str, benchmarks: Mapping[str, Benchmark]) -> PlausibilityFacts:
    """Limits and benchmarks from the text of their file.

    Raises:
        FactsError: A limit is missing, or has neither source nor reason; a benchmark is unknown.
    """
    read = read_yaml(text)
    limits = {field.name: _read_limit(field.name, read["limits"]) for field in fields(Limits)}
    by_mass = [b.range_mj[1] for b in benchmarks.values() if b.per_unit == "t"]
    return PlausibilityFacts(
        limits=Limits(**limits),
        energy={key: _read_range(key, r, benchmarks) for key, r in read["benchmarks"].items()},
        highest_mj_per_kg=max(by_mass) / _KG_PER_T,
    )


def _read_limit(name: str, limits: _Record) -> float:
    record = cast("_Record", limits.get(name, {}))
    cited = record.get("source") and record.get("where")
    if "value" not in record or "unit" not in record or not (cited or record.get("why")):
        raise _broken(
            name, Text(en="needs value, unit and source or reason", zh="缺少数值、单位或依据")
        )
    return float(str(record["value"]))


def _read_range(key: str, record: object, known: Mapping[str, Benchmark]) -> EnergyRange:
    fields_ = cast("_Record", record)
    ids = cast("list[str]", fields_["ids"])
    if not set(ids) <= known.keys():
        raise _broken(key, Text(en="names an unknown benchmark", zh="引用了不存在的能耗基准"))
    return EnergyRange(EnergyKind(str(fields_["kind"])), tuple(known[each] for each in ids))


def _broken(name: str, problem: Text) -> FactsError:
    return FactsError(
        Text(
            en="plausibility.yaml: “{name}” {problem}.", zh="plausibility.yaml：“{name}”{problem}。"
        ).format(name=name, problem=problem),
        Text(en="Mend the file in the data folder.", zh="请更正数据文件。"),
        value=name,
    )
