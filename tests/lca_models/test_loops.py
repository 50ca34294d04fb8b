"""Loops that leave nothing over are refused by the names of their firms, all others are solved."""

import pytest

from lca_models.calculate import calculate
from lca_models.errors import UnproductiveLoopError
from lca_models.inventory.processes import Inventory
from tests import make

LIBRARY = make.library(make.factor())


def loop(*taken: float, firms: tuple[str, ...] = ()) -> Inventory:
    """A ring of products: each takes so much of the next one, the last of the first."""
    names = [f"part {n}" for n in range(len(taken))]
    return make.inventory(
        *(
            make.process(
                names[n],
                make.emission(1),
                make.bought(names[(n + 1) % len(names)], amount),
                organisation=firms[n] if firms else "",
            )
            for n, amount in enumerate(taken)
        )
    )


def refusal(inventory: Inventory) -> UnproductiveLoopError:
    with pytest.raises(UnproductiveLoopError) as caught:
        calculate(inventory, LIBRARY)
    return caught.value


@pytest.mark.parametrize("kept", [0.0, 1e-15, 1e-12, 1e-9, 1e-7, -1e-12, -1e-3, -10.0])
def test_a_firm_that_uses_up_what_it_makes_is_refused_by_name(kept: float) -> None:
    told = refusal(loop(1 - kept, firms=("秦岭铸造",))).to_text()
    assert told.en == (
        "The loop between 秦岭铸造 (part 0) uses up at least as much as it makes. "
        "Check the amounts and units that these firms take from each other."
    )
    assert told.zh == (
        "秦岭铸造之间的循环供应（part 0）消耗不少于产出。请核对这些企业相互领用的数量和单位。"
    )


@pytest.mark.parametrize("kept", [0.0, 1e-12, 1e-8, -1e-12, -0.5])
def test_a_loop_between_firms_that_leaves_nothing_over_names_them_all(kept: float) -> None:
    error = refusal(loop(4.0, 0.5, 0.5 * (1 - kept), firms=("丙", "甲", "乙")))
    told = error.to_text()
    assert "between 丙, 乙, 甲 (part 0, part 1, part 2) uses up" in told.en
    assert told.zh.startswith("丙, 乙, 甲之间的循环供应（part 0, part 1, part 2）")
    assert error.code == "unproductive-loop"


def test_only_the_firms_of_the_loop_are_named() -> None:
    inventory = make.inventory(
        make.process("car", make.bought("steel", 3), organisation="链主"),
        make.process("steel", make.bought("scrap", 2), organisation="钢厂"),
        make.process("scrap", make.bought("steel", 0.5), make.bought("ore"), organisation="回收"),
        make.process("ore", make.emission(1), organisation="矿山"),
    )
    told = refusal(inventory).to_text()
    assert "between 回收, 钢厂 (scrap, steel)" in told.en
    assert "链主" not in told.zh
    assert "矿山" not in told.zh


def test_two_loops_that_are_fine_alone_may_use_up_everything_together() -> None:
    # a = 0.6 b + 0.6 c, b = a, c = a: takes 1.2 a for one a.
    inventory = make.inventory(
        make.process("a", make.bought("b", 0.6), make.bought("c", 0.6)),
        make.process("b", make.bought("a")),
        make.process("c", make.bought("a")),
    )
    assert "firm of a, firm of b, firm of c" in refusal(inventory).to_text().en


@pytest.mark.parametrize(
    ("kept", "digits"), [(0.5, 1e-12), (1e-3, 1e-12), (1e-5, 1e-10), (2e-6, 1e-9)]
)
def test_a_loop_that_leaves_little_over_is_still_exact(kept: float, digits: float) -> None:
    # A firm that keeps a part of what it makes has 1 / part; `1 - kept` is rounded, so keep that.
    taken = 1 - kept
    impact = calculate(loop(taken), LIBRARY).impacts["part 0"]
    assert impact.kg_co2e == pytest.approx(1 / (1 - taken), rel=digits)
    assert impact.primary_data_share == pytest.approx(1.0, abs=1e-9)
    assert impact.primary_data_share <= 1.0


@pytest.mark.parametrize("units", [1e-12, 1e-6, 1.0, 1e9, 1e12])
def test_the_unit_of_a_product_does_not_decide_whether_a_loop_is_refused(units: float) -> None:
    # A power plant takes `units` kWh, a kWh takes 0.01 / `units` plants: 1 % goes round.
    inventory = make.inventory(
        make.process("plant", make.emission(units), make.bought("kWh", units)),
        make.process("kWh", make.emission(0.5), make.bought("plant", 0.01 / units)),
    )
    impacts = calculate(inventory, LIBRARY).impacts
    assert impacts["plant"].kg_co2e == pytest.approx(1.5 * units / 0.99, rel=1e-12)
    assert impacts["kWh"].kg_co2e == pytest.approx(0.51 / 0.99, rel=1e-12)
    with pytest.raises(UnproductiveLoopError):
        calculate(
            make.inventory(
                make.process("plant", make.bought("kWh", units)),
                make.process("kWh", make.bought("plant", 1.01 / units)),
            ),
            LIBRARY,
        )


def test_a_ring_of_a_hundred_firms_is_solved() -> None:
    # Each takes 0.9 of the next: 1 / (1 - 0.9) all the way round.
    impacts = calculate(loop(*[0.9] * 100), LIBRARY).impacts
    assert impacts["part 42"].kg_co2e == pytest.approx(10.0, rel=1e-12)


def test_a_long_chain_without_a_loop_is_never_refused() -> None:
    # Forty firms, each takes 10 of the next: a 1 and forty zeros are no loop.
    processes = [make.process(f"{n}", make.bought(f"{n + 1}", 10)) for n in range(40)]
    last = make.process("40", make.emission(1))
    impacts = calculate(make.inventory(*processes, last), LIBRARY).impacts
    assert impacts["0"].kg_co2e == pytest.approx(1e40, rel=1e-12)
