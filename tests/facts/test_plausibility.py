"""Limits of plausibility have a source or a reason, and benchmarks belong to known materials."""

import pytest

from lca_models.errors import FactsError
from lca_models.facts.benchmarks import EnergyKind, load_benchmarks
from lca_models.facts.library import load_library
from lca_models.facts.plausibility import load_plausibility, read_plausibility
from tests.facts import shipped

FACTS = load_plausibility()
FILE = shipped.files()["plausibility.yaml"]


def test_benchmarks_belong_to_materials_of_the_library() -> None:
    library = load_library()
    assert set(FACTS.energy) <= {*library.materials, *library.gaps}


def test_what_is_compared_is_what_the_benchmarks_count() -> None:
    for compared in FACTS.energy.values():
        kinds = {benchmark.kind for benchmark in compared.benchmarks}
        assert kinds <= {compared.kind, EnergyKind.ELECTRICITY}
        assert len({benchmark.per_unit for benchmark in compared.benchmarks}) == 1


def test_the_highest_benchmark_is_sponge_titanium() -> None:
    # 5080 kgce for a tonne (GB 29448-2022), 29.3076 MJ each.
    assert FACTS.highest_mj_per_kg == pytest.approx(5.080 * 29.3076)


@pytest.mark.parametrize(
    ("ratio", "slip"),
    [
        (1000, True),
        (501, True),
        (1999, True),
        (499, False),
        (2001, False),
        (1e-3, True),
        (1, False),
    ],
)
def test_a_slip_is_within_a_factor_of_two_of_a_thousand(ratio: float, slip: bool) -> None:  # noqa: FBT001 - a case
    assert FACTS.limits.is_slip(ratio) == slip


@pytest.mark.parametrize(("ratio", "far"), [(9.9, False), (10, True), (0.11, False), (0.1, True)])
def test_tenfold_is_far(ratio: float, far: bool) -> None:  # noqa: FBT001 - a case
    assert FACTS.limits.is_far(ratio) == far


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('why: "from half', 'because: "from half', "slip_band"),
        ("  far_factor:", "  other_factor:", "far_factor"),
        ("ids: [mg]", "ids: [moon]", "magnesium"),
    ],
)
def test_what_has_no_reason_is_refused(old: str, new: str, told: str) -> None:
    assert old in FILE
    with pytest.raises(FactsError, match=told):
        read_plausibility(FILE.replace(old, new), load_benchmarks())
