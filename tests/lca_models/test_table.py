"""A chain as columns is priced as if it were solved by hand."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from lca_models.calculation.table import ChainTable, price

# Car: 2 runs' worth of steel and 3 kWh for a run of 4 cars; steel: 0.5 kWh and 1 kg of CO2 of its
# own for a run of 1. A kWh carries 0.4 kg CO2 and 0.01 kg CH4.
CAR, STEEL, POWER, CO2, CH4 = range(5)
TABLE = ChainTable(
    made=np.array([4.0, 1.0]),
    process=np.array([CAR, CAR, STEEL, STEEL], dtype=np.int32),
    source=np.array([STEEL, POWER, POWER, CO2], dtype=np.int32),
    amount=np.array([2.0, 3.0, 0.5, 1.0]),
    prices=np.array([[0.4, 0.01], [1.0, 0.0], [0.0, 1.0]]),
    gwp=np.array([1.0, 30.0]),
)


def test_every_product_is_priced_by_gas() -> None:
    priced = price(TABLE)
    steel = np.array([0.5 * 0.4 + 1.0, 0.5 * 0.01])
    car = 2 / 4 * steel + 3 / 4 * np.array([0.4, 0.01])
    np.testing.assert_allclose(priced.gas_kg, [car, steel], rtol=1e-15)
    np.testing.assert_allclose(priced.kg_co2e, [car @ [1, 30], steel @ [1, 30]], rtol=1e-15)


def test_rows_add_up_to_their_product() -> None:
    priced = price(TABLE)
    every_row = np.arange(len(TABLE.process))
    sums = TABLE.sum_by_product(every_row, priced.row_kg_co2e)
    np.testing.assert_allclose(sums, priced.kg_co2e, rtol=1e-15)


def test_what_enters_is_counted_once_for_each_time_it_is_given() -> None:
    twice = replace(
        TABLE,
        process=np.repeat(TABLE.process, 2),
        source=np.repeat(TABLE.source, 2),
        amount=np.repeat(TABLE.amount / 2, 2),
    )
    np.testing.assert_allclose(price(twice).gas_kg, price(TABLE).gas_kg, rtol=1e-15)


def test_a_product_without_rows_carries_nothing() -> None:
    idle = replace(TABLE, made=np.array([4.0, 1.0, 1.0]), source=TABLE.source + (TABLE.source > 1))
    assert price(idle).kg_co2e.tolist() == [*price(TABLE).kg_co2e.tolist(), 0.0]


@pytest.mark.parametrize("attempt", range(5))
def test_many_may_price_one_new_table_at_once(attempt: int) -> None:
    fresh = replace(TABLE, amount=TABLE.amount * (attempt + 1))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(price, [fresh] * 32))
    expected = price(replace(fresh)).gas_kg
    assert all(np.array_equal(priced.gas_kg, expected) for priced in found)


def test_nobody_can_change_what_is_kept() -> None:
    priced = price(replace(TABLE))
    arrays = (priced.table.amount, priced.table.per_unit, priced.kg_co2e, priced.gas_kg)
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0.0
