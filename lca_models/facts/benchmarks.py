"""Energy per unit of product that standards and notices set, with their levels and citations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from lca_models.errors import FactsError, Text
from lca_models.facts.sources import Citation, Source
from lca_models.facts.tables import Row, read_rows, read_sources
from lca_models.facts.units import convert, find_unit

_DATA = files("lca_models.facts") / "data"
_LEVELS = ("advanced", "new_entry", "limit", "leading", "baseline")


class EnergyKind(StrEnum):
    """What a benchmark counts: all energy, that of one process, or one carrier."""

    TOTAL = "total"
    PROCESS = "process"
    ELECTRICITY = "electricity"
    COAL = "coal"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Levels of energy per unit of a product; less is better, below zero is energy recovered.

    Args:
        id: Stable id, such as `al-ingot-ac`.
        name: The product or process in both languages.
        sector: The industry, in Chinese as in its source.
        kind: What is counted. Electricity counts by its energy, 3.6 MJ per kWh (GB/T 2589-2020).
        energy_unit: Unit of the energy.
        per_unit: Unit of the product.
        levels: `advanced`, `new_entry` and `limit` of a national standard; `leading` and `baseline`
            of the energy efficiency notice; those that are known.
        edition: Edition of the notice, empty without one.
        citation: Where the standard's levels stand.
        notice: Where the notice's levels stand, if any are known.
        evidence: How the values were read, a code of the vocabulary.
    """

    id: str
    name: Text
    sector: str
    kind: EnergyKind
    energy_unit: str
    per_unit: str
    levels: Mapping[str, float]
    edition: str
    citation: Citation
    notice: Citation | None
    evidence: str

    @property
    def range_mj(self) -> tuple[float, float]:
        """The best and the worst level, MJ per unit of the product."""
        least, most = min(self.levels.values()), max(self.levels.values())
        return convert(least, self.energy_unit, "MJ"), convert(most, self.energy_unit, "MJ")


@cache
def load_benchmarks() -> Mapping[str, Benchmark]:
    """The benchmarks that are shipped with this version of the house, by id."""
    table = (_DATA / "energy_benchmarks.csv").read_text(encoding="utf-8")
    return read_benchmarks(table, (_DATA / "sources.yaml").read_text(encoding="utf-8"))


def read_benchmarks(table: str, sources: str) -> Mapping[str, Benchmark]:
    """Benchmarks by id, from the texts of their table and of the sources.

    Raises:
        FactsError: A row lacks levels, source or place, or its id is given twice.
        UnknownUnitError: A unit is not in the closed list.
    """
    known, _ = read_sources(sources)
    found: dict[str, Benchmark] = {}
    for row in read_rows(table):
        if row["id"] in found:
            raise _broken(row["id"], Text(en="the id is given twice", zh="编号重复"))
        found[row["id"]] = _read(row, known)
    return found


def _read(row: Row, sources: Mapping[str, Source]) -> Benchmark:
    levels = {level: float(row[level]) for level in _LEVELS if row[level]}
    if not levels:
        raise _broken(row["id"], Text(en="no level is given", zh="缺少限额等级"))
    return Benchmark(
        id=row["id"],
        name=Text(en=row["name_en"], zh=row["name_zh"]),
        sector=row["sector_zh"],
        kind=EnergyKind(row["kind"]),
        energy_unit=find_unit(row["energy_unit"]).symbol,
        per_unit=find_unit(row["per_unit"]).symbol,
        levels=levels,
        edition=row["edition"],
        citation=_cite(row, row["source"], sources),
        notice=_cite(row, row["baseline_source"], sources) if row["baseline_source"] else None,
        evidence=row["evidence"],
    )


def _cite(row: Row, key: str, sources: Mapping[str, Source]) -> Citation:
    if key not in sources or not row["where"].strip():
        problem = Text(en="no known source, or no place in it", zh="来源未定义或缺少位置")
        raise _broken(row["id"], problem)
    return Citation(sources[key], row["where"])


def _broken(row_id: str, problem: Text) -> FactsError:
    return FactsError(
        Text(en="Benchmark “{id}”: {problem}.", zh="能耗基准“{id}”：{problem}。").format(
            id=row_id, problem=problem
        ),
        Text(en="Mend the row in the data folder.", zh="请补全或更正数据文件中的该行。"),
        value=row_id,
    )
