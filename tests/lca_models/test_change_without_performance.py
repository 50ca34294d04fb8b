"""What only data, factors or methods changed is never told as somebody's doing."""

from dataclasses import replace

import pytest

from lca_models.calculation.change.versions import ChainVersion
from lca_models.errors import GreenchainError, InventoryError, UnproductiveLoopError
from lca_models.explain_change import explain_change
from lca_models.facts.stages import Stage
from lca_models.impacts.change import Driver
from lca_models.inventory.processes import Gap, Inventory, Need, Process
from tests import make
from tests.lca_models.two_versions import (
    LIBRARY,
    MILL,
    bought_from,
    causes_of,
    change_of,
    need,
    only,
    powered,
)


def test_a_footprint_declared_by_other_gwps_is_method() -> None:
    def chain(kg_co2e: float, basis: str) -> Inventory:
        declared = make.declared("epd", kg_co2e, gwp_basis=basis)
        return make.inventory(bought_from(make.relied_on("epd")), declared=(declared,))

    assert change_of(chain(2.0, "AR5"), chain(1.5, "AR6")).causes == only(Driver.METHOD, -0.5)


def test_another_library_is_factor_version() -> None:
    later = LIBRARY.with_factors(make.factor("steel", 1.8))
    chain = make.inventory(bought_from(make.drawn("steel"), 5))
    change = change_of(chain, chain, libraries=(LIBRARY, later))
    assert change.causes == only(Driver.FACTOR_VERSION, -1.0)
    assert change.performance_kg_co2e == 0.0


def test_the_grid_under_a_new_id_is_factor_version() -> None:
    later = LIBRARY.with_factors(make.factor("grid of next year", 0.5, "kWh"))
    drawn = make.drawn("grid of next year", 10, line="grid", stage=Stage.ENERGY)
    covers = need("electricity", 10, "grid of next year", cover="grid")
    after = replace(make.process("product", drawn), needs=(covers,))
    change = change_of(
        make.inventory(powered(("grid", 10))), make.inventory(after), libraries=(LIBRARY, later)
    )
    assert change.causes == only(Driver.FACTOR_VERSION, -1.0)


def test_another_factor_for_the_same_material_is_no_performance() -> None:
    causes = causes_of(bought_from(make.drawn("steel")), bought_from(make.drawn("other steel")))
    assert causes == only(Driver.FACTOR_VERSION, -0.5)


def test_other_gwps_are_method() -> None:
    chain = make.inventory(make.process("product", make.drawn("methane", 10)))
    change = change_of(chain, chain, gwps=("AR5", "AR6"))
    assert change.causes == only(Driver.METHOD, 29.8 - 30.0)


def test_a_factor_that_one_library_lacks_counts_as_in_the_other() -> None:
    smaller = make.library(make.factor("grid", 0.6, "kWh"))
    explained = explain_change(
        ChainVersion(make.inventory(powered(("grid", 10))), smaller),
        ChainVersion(make.inventory(powered(("pv", 10))), LIBRARY),
        products=["product"],
    )
    assert explained.changes[0].causes == only(Driver.ENERGY_MIX, -5.0)
    assert explained.borrowed == ("pv",)


def shared(share: float, method: str, mass_share: float | None, kwh: float = 10.0) -> Process:
    """A kilogram of the product, and its share of what its run takes for all products."""
    process = powered(("grid", kwh * share))
    return replace(process, share=share, allocation=method, mass_share=mass_share)


def test_another_allocation_is_method() -> None:
    causes = causes_of(shared(0.5, "mass", 0.5), shared(0.4, "economic", 0.5))
    assert causes == only(Driver.METHOD, -0.6)


def test_sharing_a_run_that_was_not_shared_is_method() -> None:
    causes = causes_of(shared(1.0, "", None), shared(0.7, "mass", 0.7))
    assert causes == only(Driver.METHOD, -1.8)


def test_a_run_that_makes_more_of_the_other_product_saves_nothing() -> None:
    # Before, 20 kWh make 1 kg of this and 1 kg of that; after, 40 kWh make 1 kg and 3 kg.
    causes = causes_of(shared(0.5, "mass", 0.5, kwh=20), shared(0.25, "mass", 0.25, kwh=40))
    assert causes == {}


def test_less_energy_for_a_shared_run_is_energy_intensity() -> None:
    causes = causes_of(shared(0.5, "mass", 0.5, kwh=20), shared(0.25, "mass", 0.25, kwh=32))
    assert causes == only(Driver.ENERGY_INTENSITY, -1.2)


def test_a_line_that_the_product_comes_to_bear_alone_is_method() -> None:
    before = shared(0.5, "mass", 0.5)
    whole = powered(("grid", 10))
    needs = tuple(replace(each, alone=True) for each in whole.needs)
    after = replace(before, exchanges=whole.exchanges, needs=needs)
    assert causes_of(before, after) == only(Driver.METHOD, 3.0)


def test_a_credit_is_method() -> None:
    credit = make.drawn("steel", -1, stage=Stage.CREDIT)
    before = make.process("product", make.emission(5))
    assert causes_of(before, replace(before, exchanges=(credit,))) == only(Driver.METHOD, -2.0)


def test_a_gap_that_gets_a_value_is_data_coverage() -> None:
    covers = Need("steel", Stage.MATERIALS, "steel", 5, "kg")
    unknown = replace(make.process("product", make.gap("steel", 5)), needs=(covers,))
    for supply in (make.drawn("steel"), make.bought("mill's steel")):
        causes = causes_of(unknown, bought_from(supply, 4), MILL)
        assert set(causes) == {Driver.DATA_COVERAGE}


def test_a_gap_without_a_need_that_gets_a_value_is_data_coverage() -> None:
    before = make.process("product", make.gap("steel", 5), make.emission(1))
    after = make.process("product", make.drawn("steel", 5), make.emission(1))
    assert causes_of(before, after) == only(Driver.DATA_COVERAGE, 10.0)


def test_the_part_of_a_fuel_that_gets_a_value_is_data_coverage() -> None:
    def burning(*names: str) -> Process:
        drawn = (make.drawn(name, 4, line="gas", stage=Stage.ENERGY) for name in names)
        covers = need("fuel", 144, *names, line="gas", cover="gas")
        return replace(make.process("product", *drawn), needs=(covers,))

    before = replace(burning("gas burnt"), gaps=(Gap("gas", Stage.ENERGY, 4, "m3"),))
    after = burning("gas burnt", "gas supplied")
    assert causes_of(before, after) == only(Driver.DATA_COVERAGE, 2.0)


def test_a_member_that_answers_at_last_is_data_coverage() -> None:
    def chain(steel: Process) -> Inventory:
        return make.inventory(make.process("product", make.bought("steel", 2)), steel)

    screened = make.process("steel", make.drawn("steel", screening=True))
    answered = replace(powered(("grid", 1)), product="steel", organisation=screened.organisation)
    change = change_of(chain(screened), chain(answered))
    assert change.causes == only(Driver.DATA_COVERAGE, 2 * (0.6 - 2.0))
    assert change.performance_kg_co2e == 0.0


def test_a_supplier_in_the_place_of_a_published_value_is_data_coverage() -> None:
    causes = causes_of(
        bought_from(make.drawn("steel")), bought_from(make.bought("mill's steel")), MILL
    )
    assert causes == only(Driver.DATA_COVERAGE, 1.0)


def test_a_supplier_that_says_nothing_is_no_supplier_switch() -> None:
    silent = make.process("silent steel", make.drawn("other steel", screening=True))
    causes = causes_of(
        bought_from(make.bought("mill's steel")),
        bought_from(make.bought("silent steel")),
        MILL,
        silent,
    )
    assert causes == only(Driver.DATA_COVERAGE, -1.5)


def test_a_product_that_nobody_makes_any_more_has_not_changed() -> None:
    old = make.process("old", make.emission(7))
    before = make.inventory(make.process("product", make.emission(1)), old)
    after = make.inventory(make.process("product", make.emission(1)))
    found = explain_change(ChainVersion(before, LIBRARY), ChainVersion(after, LIBRARY))
    assert found.decomposition.products == ("old", "product")
    assert not found.decomposition.causes.any()


def refusal(before: Inventory, after: Inventory, product: str = "product") -> GreenchainError:
    with pytest.raises(GreenchainError) as refused:
        explain_change(
            ChainVersion(before, LIBRARY), ChainVersion(after, LIBRARY), products=[product]
        )
    return refused.value


def test_what_cannot_be_compared_is_refused_by_name() -> None:
    plain = make.inventory(make.process("product", make.emission(1)))
    by_piece = make.inventory(make.process("product", make.emission(1), unit="piece"))
    endless = make.inventory(make.process("product", make.bought("product", 1.0)))
    for error, kind in (
        (refusal(plain, by_piece), InventoryError),
        (refusal(plain, plain, "no such product"), InventoryError),
        (refusal(plain, endless), UnproductiveLoopError),
    ):
        assert isinstance(error, kind)
        assert "product" in str(error)
