"""How far quantities may be off: multiples of them, drawn or summed up by mean and deviation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from lca_models.inventory.processes import DistributionKind, Uncertainty

Numbers = NDArray[np.float64]

_KINDS = tuple(DistributionKind)  # the order in which quantities stand


@dataclass(frozen=True, slots=True)
class Spreads:
    """Distributions of what quantities are multiplied by; 1 is the value as it was given.

    The lognormal ones stand first, then normal, triangular and uniform.

    Args:
        lognormal: Natural logarithm of each geometric standard deviation, shape (n,); 1 is the
            median.
        normal: Relative standard deviations, shape (n,); 1 is the mean.
        triangular: Least and greatest multiples, shape (n, 2); 1 is the mode.
        uniform: Least and greatest multiples, shape (n, 2).
    """

    lognormal: Numbers
    normal: Numbers
    triangular: Numbers
    uniform: Numbers

    def __len__(self) -> int:
        """How many quantities there are."""
        return sum(map(len, (self.lognormal, self.normal, self.triangular, self.uniform)))

    def spread(self, uniforms: Numbers) -> None:
        """Turn uniform draws into multiples, in place, by the inverse of each distribution.

        Args:
            uniforms: Between 0 and 1, both excluded, shape (draws, quantities).
        """
        ends = np.cumsum([len(self.lognormal), len(self.normal), len(self.triangular)])
        lognormal, normal, triangular, uniform = np.split(uniforms, ends, axis=1)
        with np.errstate(over="ignore"):  # infinite multiples are left out by who adds them up
            for part, deviation in ((lognormal, self.lognormal), (normal, self.normal)):
                special.ndtri(part, out=part)
                np.multiply(part, deviation, out=part)
            np.exp(lognormal, out=lognormal)
            triangular[:] = _inverse_triangular(triangular, *self.triangular.T)
        normal += 1.0
        low, high = self.uniform.T
        uniform *= high - low
        uniform += low

    def means(self) -> Numbers:
        """Mean of every multiple, shape (quantities,)."""
        with np.errstate(over="ignore"):
            skewed = np.exp(self.lognormal**2 / 2)
        return np.concatenate(
            (
                skewed,
                np.ones(len(self.normal)),
                (self.triangular.sum(axis=1) + 1) / 3,
                self.uniform.mean(axis=1),
            )
        )

    def relative_deviations(self) -> Numbers:
        """Standard deviation over mean of every multiple, shape (quantities,)."""
        low, high = self.triangular.T
        width = np.ptp(self.uniform, axis=1)
        with np.errstate(over="ignore"):
            variance = ((high - low) ** 2 - (1 - low) * (high - 1)) / 18
            skewed = np.sqrt(np.expm1(self.lognormal**2))
        deviations = (np.sqrt(variance), width / math.sqrt(12))
        bounded = np.concatenate(deviations) / self.means()[len(skewed) + len(self.normal) :]
        return np.concatenate((skewed, self.normal, bounded))


def order_by_kind(uncertainties: Sequence[Uncertainty]) -> NDArray[np.int64]:
    """The order in which `gather_spreads` wants them."""
    kinds = [_KINDS.index(uncertainty.kind) for uncertainty in uncertainties]
    return np.argsort(kinds, kind="stable")


def gather_spreads(uncertainties: Sequence[Uncertainty]) -> Spreads:
    """Known uncertainties as columns, once `checks` has let them pass.

    Args:
        uncertainties: Ordered by kind.
    """
    by_kind: dict[DistributionKind, list[Uncertainty]] = {kind: [] for kind in _KINDS}
    for uncertainty in uncertainties:
        by_kind[uncertainty.kind].append(uncertainty)
    lognormal, normal, triangular, uniform = (by_kind[kind] for kind in _KINDS)
    return Spreads(
        lognormal=np.array([math.log(u.geometric_sd or 1.0) for u in lognormal], dtype=np.float64),
        normal=np.array([u.relative_sd for u in normal], dtype=np.float64),
        triangular=_bounds(triangular),
        uniform=_bounds(uniform),
    )


def _bounds(uncertainties: list[Uncertainty]) -> Numbers:
    bounds = [(u.relative_low, u.relative_high) for u in uncertainties]
    return np.array(bounds, dtype=np.float64).reshape(-1, 2)


def _inverse_triangular(uniforms: Numbers, low: Numbers, high: Numbers) -> Numbers:
    width = high - low
    rising = low + np.sqrt(uniforms * width * (1 - low))
    falling = high - np.sqrt((1 - uniforms) * width * (high - 1))
    return np.where(uniforms * width < 1 - low, rising, falling)
