"""Distributions: what is drawn has the shape, mean and deviation that it should."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import stats

from lca_models.calculation.uncertainty.spreads import gather_spreads, order_by_kind
from lca_models.inventory.processes import Uncertainty
from tests.lca_models import uncertain

EVENLY = ((np.arange(100_000) + 0.5) / 100_000)[:, None]
CASES = (
    (uncertain.lognormal(1.3), stats.lognorm(math.log(1.3)).cdf),
    (uncertain.normal(0.2), stats.norm(1, 0.2).cdf),
    (uncertain.triangular(0.7, 1.5), stats.triang(0.3 / 0.8, 0.7, 0.8).cdf),
    (uncertain.triangular(1.0, 1.5), stats.triang(0, 1.0, 0.5).cdf),
    (uncertain.uniform(0.9, 1.3), stats.uniform(0.9, 0.4).cdf),
)


@pytest.mark.parametrize(("uncertainty", "cdf"), CASES)
def test_multiples_have_their_distribution(
    uncertainty: Uncertainty, cdf: Callable[[Any], Any]
) -> None:
    spreads, multiples = gather_spreads([uncertainty]), EVENLY.copy()
    spreads.spread(multiples)
    assert cdf(multiples) == pytest.approx(EVENLY, abs=1e-12)
    assert spreads.means() == pytest.approx(multiples.mean(), rel=1e-4)
    assert spreads.relative_deviations() == pytest.approx(
        multiples.std() / multiples.mean(), rel=1e-3
    )


@pytest.mark.parametrize(
    ("uncertainty", "inverse"),
    [
        (uncertain.lognormal(3.0), stats.lognorm(math.log(3.0)).ppf),
        (uncertain.normal(0.5), stats.norm(1, 0.5).ppf),
        (uncertain.triangular(0.0, 1.0), stats.triang(1, 0.0, 1.0).ppf),
        (uncertain.triangular(0.9, 9.0), stats.triang(0.1 / 8.1, 0.9, 8.1).ppf),
        (uncertain.uniform(0.0, 1.0), stats.uniform(0.0, 1.0).ppf),
    ],
)
def test_the_ends_of_a_distribution_are_drawn_exactly(
    uncertainty: Uncertainty, inverse: Callable[[Any], Any]
) -> None:
    ends = np.array([[2.0**-53], [1e-9], [1 - 1e-9], [1 - 2.0**-53]])
    multiples = ends.copy()
    gather_spreads([uncertainty]).spread(multiples)
    assert multiples == pytest.approx(inverse(ends), rel=1e-10)


def test_a_narrow_triangle_has_a_narrow_deviation() -> None:
    narrow = gather_spreads([uncertain.triangular(1 - 1e-9, 1 + 1e-9)])
    # Half the width over √6, though the squares of its ends differ from 1 by rounding.
    assert narrow.relative_deviations()[0] == pytest.approx(1e-9 / math.sqrt(6), rel=1e-6)


def test_each_kind_keeps_its_place_beside_others() -> None:
    mixed = [uncertainty for uncertainty, _ in reversed(CASES)]
    ordered = [mixed[n] for n in order_by_kind(mixed)]
    together = np.full((1, len(CASES)), 0.9)
    gather_spreads(ordered).spread(together)
    for uncertainty, multiple in zip(ordered, together[0], strict=True):
        alone = np.array([[0.9]])
        gather_spreads([uncertainty]).spread(alone)
        assert multiple == alone[0, 0]


def test_a_spread_of_nothing_is_one() -> None:
    none = [uncertain.lognormal(1.0), uncertain.normal(0.0)]
    none += [uncertain.triangular(1.0, 1.0), uncertain.uniform(1.0, 1.0)]
    multiples = np.full((1, 4), 0.3)
    gather_spreads(none).spread(multiples)
    assert multiples.tolist() == [[1.0] * 4]
    assert gather_spreads(none).relative_deviations().tolist() == [0.0] * 4
