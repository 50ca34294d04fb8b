"""A change prices again what depends on it, and nothing else, as exactly as a full run."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.calculation.table import ChainTable, price
from lca_models.calculation.update import KeptChain, Run
from lca_models.errors import InventoryError, UnproductiveLoopError

EXACT = 1e-12
PRODUCTS, SOURCES = 8, 3


def table(*processes: Run) -> ChainTable:
    """A chain of these processes over three priced sources of 1, 10 and 100 kg CO2."""
    numbers = [np.full(len(run.source), n) for n, run in enumerate(processes)]
    return ChainTable(
        made=np.array([run.made for run in processes]),
        process=np.concatenate(numbers).astype(np.int32),
        source=np.concatenate([run.source for run in processes]).astype(np.int32),
        amount=np.concatenate([run.amount for run in processes]).astype(np.float64),
        prices=np.array([[1.0], [10.0], [100.0]]),
        gwp=np.array([1.0]),
    )


def run(*rows: tuple[int, float], made: float = 1.0) -> Run:
    source, amount = zip(*rows, strict=True) if rows else ((), ())
    return Run(made, np.array(source, dtype=np.int32), np.array(amount, dtype=np.float64))


# What is taken of products sums to at most 0.9 a unit, so that every loop leaves something over.
amounts = st.floats(0.0, 0.3)
takings = st.tuples(st.integers(0, PRODUCTS + SOURCES - 1), amounts)
runs = st.builds(
    lambda rows, made: run(*((source, amount * made) for source, amount in rows), made=made),
    st.lists(takings, max_size=3),
    st.sampled_from((1.0, 20.0, 0.001)),
)
changes = st.lists(st.dictionaries(st.integers(0, PRODUCTS - 1), runs, max_size=3), max_size=4)


@settings(max_examples=40, deadline=None)
@given(st.lists(runs, min_size=PRODUCTS, max_size=PRODUCTS), changes)
def test_changes_agree_with_a_full_run(first: list[Run], later: list[dict[int, Run]]) -> None:
    kept = KeptChain(price(table(*first)))
    now = list(first)
    for change in later:
        before = kept.kg_co2e.copy()
        affected = kept.change(change)
        for number, changed in change.items():
            now[number] = changed
        full = price(table(*now))
        np.testing.assert_allclose(kept.gas_kg, full.gas_kg, rtol=EXACT, atol=1e-300)
        np.testing.assert_allclose(kept.kg_co2e, full.kg_co2e, rtol=EXACT, atol=1e-300)
        others = np.setdiff1d(np.arange(PRODUCTS), affected)
        assert (kept.kg_co2e[others] == before[others]).all()
    stands, anew = kept.priced, price(table(*now))
    np.testing.assert_array_equal(stands.table.made, anew.table.made)
    np.testing.assert_array_equal(stands.table.source, anew.table.source)
    np.testing.assert_array_equal(stands.table.amount, anew.table.amount)
    np.testing.assert_allclose(stands.row_kg_co2e, anew.row_kg_co2e, rtol=EXACT, atol=1e-300)


def test_only_customers_are_priced_again() -> None:
    # 0 takes 2 of 1, which takes 3 of 2; 3 takes of nobody. Source 4 has 1 kg CO2, source 5 has 10.
    chain = table(run((1, 2.0)), run((2, 3.0)), run((4, 1.0)), run((5, 1.0)))
    kept = KeptChain(price(chain))
    assert kept.kg_co2e.tolist() == [6, 3, 1, 10]
    assert kept.change({1: run((3, 4.0))}).tolist() == [0, 1]
    assert kept.kg_co2e.tolist() == [80, 40, 1, 10]
    assert kept.change({3: run((4, 1.0))}).tolist() == [0, 1, 3]
    assert kept.kg_co2e.tolist() == [8, 4, 1, 1]
    assert kept.change({}).tolist() == []


def test_a_change_can_close_a_loop_and_open_it_again() -> None:
    kept = KeptChain(price(table(run((1, 0.5), (2, 1.0)), run((2, 1.0)))))
    assert kept.kg_co2e.tolist() == [1.5, 1]
    kept.change({1: run((2, 1.0), (0, 1.0))})
    # x = 1 + y / 2 and y = 1 + x
    np.testing.assert_allclose(kept.kg_co2e, [3, 4], rtol=EXACT)
    kept.change({1: run((2, 1.0))})
    np.testing.assert_allclose(kept.kg_co2e, [1.5, 1], rtol=EXACT)


def test_a_loop_that_uses_up_what_it_makes_changes_nothing() -> None:
    kept = KeptChain(price(table(run((1, 0.5), (2, 1.0)), run((2, 1.0)))))
    with pytest.raises(UnproductiveLoopError, match="number 0, 1 uses up"):
        kept.change({1: run((0, 2.0))})
    assert kept.kg_co2e.tolist() == [1.5, 1]
    assert kept.priced.table.amount.tolist() == [0.5, 1, 1]
    assert kept.change({0: run((2, 1.0))}).tolist() == [0]


def test_amounts_beyond_measure_are_refused() -> None:
    kept = KeptChain(price(table(run((1, 1e200)), run((2, 1.0)))))
    with pytest.raises(InventoryError, match="beyond any measure"):
        kept.change({1: run((2, 1e200))})
    assert kept.kg_co2e.tolist() == [1e200, 1]


IMPOSSIBLE = {
    "no such product": {2: run((2, 1.0))},
    "a position below zero": {-1: run((2, 1.0))},
    "no such source": {0: run((5, 1.0))},
    "a source below zero": {0: run((-1, 1.0))},
    "an input below zero": {0: run((1, -1.0))},
    "no number": {0: run((2, float("nan")))},
    "without end": {0: run((2, float("inf")))},
    "nothing made": {0: run((2, 1.0), made=0.0)},
}


@pytest.mark.parametrize("change", IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_an_impossible_run_changes_nothing(change: dict[int, Run]) -> None:
    kept = KeptChain(price(table(run((1, 2.0), (2, 1.0)), run((3, 1.0)))))
    with pytest.raises(InventoryError, match=r"not in the chain|impossible amount"):
        kept.change(change)
    assert kept.kg_co2e.tolist() == [21, 10]
    assert kept.priced.table.amount.tolist() == [2, 1, 1]


def test_a_credit_for_a_priced_source_is_possible() -> None:
    kept = KeptChain(price(table(run((1, 1.0)))))
    kept.change({0: run((1, 3.0), (2, -0.5))})
    assert kept.kg_co2e.tolist() == [3 - 5]


def test_who_no_longer_buys_is_not_priced_again() -> None:
    kept = KeptChain(price(table(run((2, 1.0)), run((2, 1.0)))))
    kept.change({0: run((1, 1.0))})
    assert kept.change({1: run((2, 2.0))}).tolist() == [0, 1]
    kept.change({0: run((3, 1.0))})
    assert kept.change({1: run((2, 3.0))}).tolist() == [1]


def test_what_was_given_or_handed_out_changes_nothing_afterwards() -> None:
    kept = KeptChain(price(table(run((1, 1.0)))))
    given_run = run((1, 3.0))
    kept.change({0: given_run})
    given_run.amount[0] = 99.0
    assert kept.priced.table.amount.tolist() == [3]
    for handed_out in (kept.gas_kg, kept.kg_co2e):
        with pytest.raises(ValueError, match="read-only"):
            handed_out[0] = 99.0
