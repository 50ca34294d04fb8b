"""Ratings and shares of small chains come out as PACT's formulas give them by hand."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.calculate import calculate
from lca_models.facts.data_quality import UNKNOWN_QUALITY, DataQuality
from lca_models.impacts.impact import Impact
from lca_models.inventory.processes import DeclaredFootprint, Exchange, Process
from tests import make

FACTORS = ("factor", "credit")


def solve(*processes: Process, declared: tuple[DeclaredFootprint, ...] = ()) -> dict[str, Impact]:
    library = make.library(make.factor(), make.factor("credit", -1.0))
    return dict(calculate(make.inventory(*processes, declared=declared), library).impacts)


def rated(kg_co2e: float, *ratings: float, line: str = "rated", factor: str = "factor") -> Exchange:
    """So many kg CO2e of a published factor with these ratings."""
    return replace(make.drawn(factor, kg_co2e, line=line), quality=DataQuality(*ratings))


def exactly(*ratings: float) -> object:
    return pytest.approx(ratings, rel=1e-12)


def ratings_of(impact: Impact) -> tuple[float, float, float]:
    quality = impact.data_quality
    return quality.technological, quality.geographical, quality.temporal


def test_the_ratings_of_the_published_example() -> None:
    # PACT Methodology v3, weights 25, 30 and 45 %: 2, 2, 1 give 0.5 + 0.6 + 0.45 = 1.55;
    # 2, 2, 3 give 0.5 + 0.6 + 1.35 = 2.45; 1, 5, 2 give 0.25 + 1.5 + 0.9 = 2.65.
    impact = solve(
        make.process(
            "a",
            rated(25, 2, 2, 1, line="first"),
            rated(30, 2, 2, 5, line="second"),
            rated(45, 1, 3, 2, line="third"),
        )
    )["a"]
    assert ratings_of(impact) == exactly(1.55, 2.45, 2.65)


def test_a_supplier_passes_on_its_ratings() -> None:
    # b: (1 x 1 + 3 x 5) / 4 = 4; a: (4 x 1 + 4 x 4) / 8 = 2.5.
    impacts = solve(
        make.process("a", rated(4, 1, 1, 1), make.bought("b")),
        make.process("b", rated(1, 1, 1, 1, line="fits"), rated(3, 5, 5, 5, line="does not")),
    )
    assert ratings_of(impacts["b"]) == exactly(4, 4, 4)
    assert ratings_of(impacts["a"]) == exactly(2.5, 2.5, 2.5)


def test_a_declaration_passes_on_its_ratings() -> None:
    # (2 x 1 + 2 x 3) / 4 = 2, (2 x 2 + 2 x 4) / 4 = 3, (2 x 3 + 2 x 5) / 4 = 4.
    declared = replace(make.declared(kg_co2e=2), quality=DataQuality(1, 2, 3))
    impact = solve(make.process("a", make.relied_on(), rated(2, 3, 4, 5)), declared=(declared,))[
        "a"
    ]
    assert ratings_of(impact) == exactly(2, 3, 4)


def test_ratings_go_round_a_loop() -> None:
    # a = 60 + b and b = 20 + a/2: a = 160, b = 100.
    # q_a = (60 x 1 + 100 q_b) / 160 and q_b = (20 x 4 + 80 q_a) / 100:
    # 160 q_a = 60 + 80 + 80 q_a, so q_a = 1.75 and q_b = 0.8 + 0.8 x 1.75 = 2.2.
    impacts = solve(
        make.process("a", rated(60, 1, 1, 1), make.bought("b")),
        make.process("b", rated(20, 4, 4, 4), make.bought("a", 0.5)),
    )
    assert ratings_of(impacts["a"]) == exactly(1.75, 1.75, 1.75)
    assert ratings_of(impacts["b"]) == exactly(2.2, 2.2, 2.2)


def test_a_credit_weighs_by_its_magnitude_in_the_ratings() -> None:
    # +30 rated 1 and -10 rated 5: (30 + 50) / 40.
    impact = solve(make.process("a", rated(30, 1, 1, 1), rated(10, 5, 5, 5, factor="credit")))
    assert ratings_of(impact["a"]) == exactly(2, 2, 2)


def test_what_adds_nothing_has_no_rating() -> None:
    assert solve(make.process("a", rated(0, 1, 1, 1)))["a"].data_quality == UNKNOWN_QUALITY


def test_biogenic_carbon_weighs_nothing() -> None:
    uptake = replace(make.emission(-100, "CO2_biogenic"), quality=DataQuality(5, 5, 5))
    impact = solve(make.process("a", rated(1, 2, 2, 2), uptake))["a"]
    assert ratings_of(impact) == exactly(2, 2, 2)
    assert impact.primary_data_share == 0


def test_a_member_passes_on_primary_data_only_where_the_amount_was_measured() -> None:
    # b is measured. Of a's 4 + 4 kg CO2e half was drawn by a measured amount: 0.5, the rest by an
    # amount from elsewhere: nothing.
    guessed = replace(make.bought("b", 4, line="guessed"), primary=False)
    impact = solve(
        make.process("a", make.bought("b", 4), guessed), make.process("b", make.emission(1))
    )["a"]
    assert impact.primary_data_share == pytest.approx(0.5)
    assert {line.line: line.primary_data_share for line in impact.by_line} == {
        "b": 1.0,
        "guessed": 0.0,
    }


def test_a_declared_share_counts_only_where_the_amount_was_measured() -> None:
    guessed = replace(make.relied_on(line="guessed"), primary=False)
    impact = solve(
        make.process("a", make.relied_on(), guessed),
        declared=(make.declared(primary_data_share=0.6),),
    )["a"]
    assert impact.primary_data_share == pytest.approx(0.3)


def test_a_measured_amount_of_a_published_factor_is_no_primary_data() -> None:
    assert solve(make.process("a", make.drawn()))["a"].primary_data_share == 0


def test_secondary_amounts_in_a_loop_stop_what_they_pass_on() -> None:
    # a = 60 + b, b = 20 + a/2, b draws on a by an amount from elsewhere: s_b = (20 x 1) / 100,
    # s_a = (60 x 1 + 100 x 0.2) / 160 = 0.5.
    impacts = solve(
        make.process("a", make.emission(60), make.bought("b")),
        make.process("b", make.emission(20), replace(make.bought("a", 0.5), primary=False)),
    )
    assert impacts["b"].primary_data_share == pytest.approx(0.2)
    assert impacts["a"].primary_data_share == pytest.approx(0.5)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_shares_stay_shares_in_loops_with_removals_and_credits(data: st.DataObject) -> None:
    # A ring that keeps little, down to one part in 400,000, of what each takes of the next.
    size = data.draw(st.integers(1, 6))
    kept = data.draw(st.sampled_from((0.5, 1e-3, 2.5e-6)))
    amounts = st.sampled_from((0.0, 1.0, -1.0, 1e-9, -3.7, 1e6))
    processes = [
        make.process(
            f"{n}",
            make.bought(f"{(n + 1) % size}", 1 - kept if n else 1.0),
            make.emission(data.draw(amounts), primary=data.draw(st.booleans())),
            rated(data.draw(amounts), 1, 2, 3, factor=data.draw(st.sampled_from(FACTORS))),
        )
        for n in range(size)
    ]
    if size == 1:
        processes = [replace(processes[0], amount=2.0)]
    for impact in solve(*processes).values():
        assert 0 <= impact.primary_data_share <= 1
        assert impact.screening_share == 0
        assert all(1 <= rating <= 5 for rating in ratings_of(impact))
