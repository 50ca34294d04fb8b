"""Recycling counted by each method as worked by hand; what one side gains the other bears."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.calculate import calculate
from lca_models.facts.stages import Stage
from lca_models.inventory.processes import Inventory, Process
from lca_models.inventory.recycling import (
    MaterialPair,
    RecycledInput,
    RecycledWaste,
    RecyclingLine,
    RecyclingMethod,
    apply_recycling,
    find_pair,
)
from tests import make

# Per kg: primary 10, recycled 2, collection 0.1.
LIBRARY = make.library(
    make.factor("primary", 10.0), make.factor("recycled", 2.0), make.factor("collection", 0.1)
)
PAIR = MaterialPair("primary", "recycled")
CUT_OFF, CONTENT, SHARED, LOOP, CREDIT = RecyclingMethod


def total(process: Process, lines: tuple[RecyclingLine, ...], method: RecyclingMethod) -> float:
    counted = apply_recycling(process, lines, method)
    return calculate(Inventory((counted,)), LIBRARY).impacts[process.product].kg_co2e


def casting(taken: str = "primary", given: float = 4.0) -> Process:
    """20 kg of metal in, 4 kg of it out to recycling."""
    waste = make.drawn("collection", given, line="chips", stage=Stage.WASTE)
    return make.process("casting", make.drawn(taken, 20.0, line="metal"), waste)


def known(share: float) -> tuple[RecyclingLine, ...]:
    return (RecycledInput("metal", PAIR, share), RecycledWaste("chips", PAIR, "collection"))


@pytest.mark.parametrize(
    ("method", "kg_co2e"),
    [
        # Every input by the factor that it draws on: 20 x 10 + 4 x 0.1.
        (CUT_OFF, 200.4),
        # 15 x 10 + 5 x 2 + 0.4
        (CONTENT, 160.4),
        # 15 x 10 + 5 x (2 + 10) / 2 + 0.4 - 4 x (10 - 2) / 2
        (SHARED, 164.4),
        # 15 x 10 + 5 x 2 + 0.4 - 4 x (10 - 2): the chips replace 4 of the 15 kg of primary
        (LOOP, 128.4),
        # 20 x 10 + 0.4 - 4 x (10 - 2)
        (CREDIT, 168.4),
    ],
)
def test_a_quarter_recycled_content_and_a_fifth_given_back(
    method: RecyclingMethod, kg_co2e: float
) -> None:
    assert total(casting(), known(0.25), method) == pytest.approx(kg_co2e)


@pytest.mark.parametrize(
    ("method", "kg_co2e"),
    [(CUT_OFF, 40.4), (CONTENT, 40.4), (SHARED, 104.4), (LOOP, 40.4), (CREDIT, 168.4)],
)
def test_an_input_of_the_recycled_form_is_recycled_as_a_whole(
    method: RecyclingMethod, kg_co2e: float
) -> None:
    # 20 kg at 2, at (2 + 10) / 2, or at 10; a closed loop has no primary material to replace.
    assert total(casting("recycled"), known(1.0), method) == pytest.approx(kg_co2e)


def test_a_closed_loop_replaces_no_more_than_the_product_needs() -> None:
    # 50 kg of chips, but 15 kg of primary: 15 x 2 + 5 x 2 + 5.
    assert total(casting(given=50.0), known(0.25), LOOP) == pytest.approx(45.0)


def test_a_credit_is_a_line_of_its_own() -> None:
    counted = apply_recycling(casting(), known(0.0), CREDIT)
    impact = calculate(Inventory((counted,)), LIBRARY).impacts["casting"]
    assert impact.by_stage[Stage.CREDIT] == pytest.approx(-32.0)
    assert impact.by_stage[Stage.WASTE] == pytest.approx(0.4)
    assert {line.line for line in impact.by_line if line.stage is Stage.CREDIT} == {"chips"}


@pytest.mark.parametrize("method", list(RecyclingMethod))
def test_other_lines_keep_their_value(method: RecyclingMethod) -> None:
    process = make.process("p", make.drawn("primary", line="other"), make.emission(3.0))
    assert apply_recycling(process, known(0.5), method) == process


@settings(max_examples=40, deadline=None)
@given(method=st.sampled_from([CONTENT, SHARED, CREDIT]), mass=st.floats(0.1, 1e3))
def test_what_the_giver_is_spared_the_user_bears(method: RecyclingMethod, mass: float) -> None:
    # One makes primary metal and gives it all to recycling, the other uses it: 10 + 2 a kg in all.
    given_away = make.process(
        "first",
        make.drawn("primary", mass, line="metal"),
        make.drawn("collection", mass, line="chips"),
    )
    used = make.process("second", make.drawn("recycled", mass, line="metal"))
    giver = total(given_away, (RecycledWaste("chips", PAIR, "collection"),), method)
    user = total(used, (RecycledInput("metal", PAIR, 1.0),), method)
    assert giver + user == pytest.approx(mass * (10 + 2 + 0.1))


def test_a_pair_is_found_from_either_form() -> None:
    library = make.library()
    found = find_pair(library, "mat-wsa-eaf-2021")
    assert found == find_pair(library, "mat-wsa-bfbof-2021")
    assert found == MaterialPair("mat-wsa-bfbof-2021", "mat-wsa-eaf-2021")
    assert find_pair(library, "mat-iai-al-2022") is None
