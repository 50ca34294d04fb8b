"""Everybody stands after whom they buy from; who buys from each other stands together."""

import numpy as np
import pytest
from numpy.typing import NDArray

from lca_models.calculation.structure import Structure, find_structure, group
from tests.lca_models.random_links import RandomLinks, draw_links


def structure_of(links: RandomLinks) -> Structure:
    return find_structure(links.size, links.product, links.supplier)


def of_pairs(size: int, *pairs: tuple[int, int]) -> Structure:
    product, supplier = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    return find_structure(size, product, supplier)


def loops_of(structure: Structure) -> list[set[int]]:
    loops = [structure.order[start : start + length] for start, length in structure.loops.tolist()]
    return sorted((set(loop.tolist()) for loop in loops), key=min)


def reach(links: RandomLinks) -> NDArray[np.bool_]:
    """Whether a product draws on another, directly or not."""
    found = np.zeros((links.size, links.size), dtype=bool)
    found[links.product, links.supplier] = True
    for middle in range(links.size):
        found |= found[:, [middle]] & found[[middle], :]
    return found


@pytest.mark.parametrize("seed", range(60))
def test_everybody_stands_above_whom_they_buy_from(seed: int) -> None:
    links = draw_links(seed)
    structure = structure_of(links)
    assert sorted(structure.order) == list(range(links.size))
    assert np.array_equal(structure.position[structure.order], np.arange(links.size))
    level = np.searchsorted(structure.levels, structure.position, side="right")
    component = structure.component
    for product, supplier in zip(links.product, links.supplier, strict=True):
        if component[product] != component[supplier]:
            assert level[supplier] < level[product]
            assert component[supplier] < component[product]
        else:
            assert level[supplier] == level[product]


@pytest.mark.parametrize("seed", range(60))
def test_loops_are_those_who_draw_on_each_other(seed: int) -> None:
    links = draw_links(seed)
    draws = reach(links)
    both = draws & draws.T
    expected = {frozenset(np.flatnonzero(row).tolist()) for row in both if row.any()}
    found = loops_of(structure_of(links))
    assert {frozenset(loop) for loop in found} == expected
    assert len(found) == len(expected)


def test_a_product_that_draws_on_itself_is_a_loop() -> None:
    assert loops_of(of_pairs(3, (0, 1), (1, 1), (1, 2))) == [{1}]


def test_a_link_given_many_times_is_one_link() -> None:
    # scipy's search for loops never ends where a matrix holds an entry twice.
    many = of_pairs(4, *[(0, 1), (1, 0), (1, 2), (2, 3)] * 50)
    assert loops_of(many) == [{0, 1}]
    assert many.order.tolist()[:2] == [3, 2]


def test_who_buys_from_nobody_stands_first_and_alone() -> None:
    structure = of_pairs(5)
    assert structure.levels.tolist() == [0, 5]
    assert len(structure.loops) == 0


def test_no_products_have_no_order() -> None:
    structure = of_pairs(0)
    assert structure.size == 0
    assert len(structure.loops) == 0


@pytest.mark.parametrize(("depth", "levels"), [(1000, 1000), (1001, 0)])
def test_a_chain_deeper_than_a_thousand_has_an_order_and_no_levels(depth: int, levels: int) -> None:
    rising = np.arange(depth - 1, dtype=np.int32)
    structure = find_structure(depth, rising + 1, rising)  # each buys from the one before it
    assert max(0, len(structure.levels) - 1) == levels
    assert structure.order.tolist() == list(range(depth))


@pytest.mark.parametrize("keys", [[], [0, 0, 1, 3], [3, 1, 0, 1, 3, 0]])
def test_rows_of_one_key_stand_together_in_their_order(keys: list[int]) -> None:
    rows, starts = group(np.array(keys, dtype=np.int32), 4)
    found = [rows[starts[key] : starts[key + 1]].tolist() for key in range(4)]
    assert found == [[n for n, k in enumerate(keys) if k == key] for key in range(4)]
