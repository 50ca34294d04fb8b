"""Energy benchmarks are read as they were published, each with its citation."""

import csv
import io

import pytest

from lca_models.errors import FactsError
from lca_models.facts.benchmarks import EnergyKind, load_benchmarks, read_benchmarks
from lca_models.facts.library import load_library
from tests.facts import shipped

BENCHMARKS = load_benchmarks()
TABLE = shipped.files()["energy_benchmarks.csv"]
SOURCES = shipped.files()["sources.yaml"]
ALUMINIUM = "al-ingot-ac,有色,"


def test_every_benchmark_is_cited_and_says_how_it_was_read() -> None:
    known = load_library().vocabulary["evidence"]
    for benchmark in BENCHMARKS.values():
        assert benchmark.citation.source.title.startswith("GB ")
        assert benchmark.citation.where
        assert benchmark.evidence in known
        assert bool(benchmark.notice) == bool(benchmark.edition)


def test_levels_get_worse_in_their_order() -> None:
    for benchmark in BENCHMARKS.values():
        for names in (("advanced", "new_entry", "limit"), ("leading", "baseline")):
            levels = [benchmark.levels[name] for name in names if name in benchmark.levels]
            assert levels == sorted(levels), benchmark.id


def test_the_power_of_aluminium_stands_as_in_its_standard() -> None:
    # GB 21346-2022: 13,300, 13,400 and 13,750 kWh for a tonne of ingot.
    ingot = BENCHMARKS["al-ingot-ac"]
    assert ingot.kind is EnergyKind.ELECTRICITY
    assert ingot.levels == {"advanced": 13300, "new_entry": 13400, "limit": 13750}
    assert ingot.range_mj == pytest.approx((13300 * 3.6, 13750 * 3.6))


def test_the_notice_stands_beside_the_standard_with_its_edition() -> None:
    clinker = BENCHMARKS["clinker"]
    assert (clinker.levels["leading"], clinker.levels["baseline"]) == (100, 117)
    assert clinker.edition == "2021"
    assert clinker.notice is not None
    assert "1609" in clinker.notice.source.title


def test_a_converter_may_give_energy_back() -> None:
    # -30 kgce a tonne: 29.3076 MJ each.
    assert BENCHMARKS["steel-bof"].range_mj[0] == pytest.approx(-30 * 29.3076)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (",gb_21346_2022,", ",nobody,", "no known source"),
        (",13300,13400,13750,", ",,,,", "no level"),
    ],
)
def test_a_row_without_source_or_levels_is_refused(old: str, new: str, told: str) -> None:
    rows = [row.replace(old, new) if ALUMINIUM in row else row for row in TABLE.splitlines()]
    with pytest.raises(FactsError, match=told):
        read_benchmarks("\n".join(rows), SOURCES)


def test_an_id_stands_once() -> None:
    last = TABLE.splitlines()[-1]
    with pytest.raises(FactsError, match="given twice"):
        read_benchmarks(f"{TABLE}{last}\n", SOURCES)


def test_no_value_is_read_from_a_column_that_is_not_there() -> None:
    assert all(None not in row.values() for row in csv.DictReader(io.StringIO(TABLE)))
