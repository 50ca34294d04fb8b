"""People find materials and factors by the words they use; nothing is applied by likeness."""

import pytest

from lca_models.facts.choices import GapMaterial, Material
from lca_models.facts.factors import Factor, Use
from lca_models.facts.library import load_library
from lca_models.facts.search import How, propose, search

LIBRARY = load_library()


def test_an_id_is_found_first() -> None:
    best = search(LIBRARY, "mat-iai-al-2022")[0]
    assert (best.id, best.how, best.score) == ("mat-iai-al-2022", How.EXACT, 100.0)


@pytest.mark.parametrize(("text", "key"), [("锌", "zinc"), ("铜", "copper"), ("HRC", "steel_hrc")])
def test_a_whole_name_is_found_first(text: str, key: str) -> None:
    best = search(LIBRARY, text)[0]
    assert (best.id, best.how, best.score) == (key, How.ALIAS, 100.0)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("铝", "aluminium_primary"),
        ("镀锌", "steel_galvanised"),
        ("alumin", "aluminium_primary"),
        ("hot rolled", "steel_hrc"),
        ("全国 电力", "el-pcf-cn-avg-2024"),
        ("陕西", "el-co2-cn-sn-2023"),
    ],
)
def test_part_of_a_name_is_enough(text: str, key: str) -> None:
    found = {match.id: match for match in search(LIBRARY, text)}
    assert found[key].how is How.TEXT


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("electrcity", "el-pcf-cn-avg-2024"),
        ("铝合金轮毂", "aluminium_alloy"),
        ("45#圆钢", "steel_bar"),
        ("copper wire 2.5 mm", "copper"),
        ("galvanised stel sheet", "steel_galvanised"),
    ],
)
def test_a_misspelt_or_longer_name_is_found_by_likeness(text: str, key: str) -> None:
    best = search(LIBRARY, text)[0]
    assert (best.id, best.how) == (key, How.FUZZY)
    assert best.score < 90.0


def test_comparison_values_are_found_and_tell_their_use() -> None:
    entries = [match.entry for match in search(LIBRARY, "铜", limit=30)]
    uses = {entry.use for entry in entries if isinstance(entry, Factor)}
    assert Use.CROSS_CHECK in uses


def test_what_may_enter_a_footprint_comes_before_what_may_not() -> None:
    ids = [match.id for match in search(LIBRARY, "全国电力平均", limit=10)]
    assert ids.index("el-pcf-cn-avg-2023") < ids.index("el-co2-cn-2023")


def test_the_newest_year_comes_first_among_equals() -> None:
    ids = [match.id for match in search(LIBRARY, "风力发电")]
    assert ids.index("el-pcf-cn-wind-2024") < ids.index("el-pcf-cn-wind-2023")


def test_latin_names_are_not_found_inside_other_words() -> None:
    assert "polystyrene" in {match.id for match in search(LIBRARY, "PS cover")}
    assert "polystyrene" not in {match.id for match in search(LIBRARY, "caps cover")}


@pytest.mark.parametrize("text", ["", "  ", "-", "xyzzy"])
def test_nonsense_finds_nothing(text: str) -> None:
    assert search(LIBRARY, text) == ()


def test_no_more_is_found_than_asked_for() -> None:
    assert len(search(LIBRARY, "电力", limit=3)) == 3


def test_proposals_are_materials_and_footprint_factors_only() -> None:
    for text in ("电力", "铜", "热力", "柴油货车"):
        for match in propose(LIBRARY, text):
            entry = match.entry
            usable = isinstance(entry, Material | GapMaterial) or entry.use is Use.FOOTPRINT
            assert usable, match.id


def test_a_name_in_a_bill_of_materials_is_proposed_its_material() -> None:
    proposed = propose(LIBRARY, "热轧卷板 3.0mm")
    assert proposed[0].id == "steel_hrc"
    assert len(proposed) <= 5
