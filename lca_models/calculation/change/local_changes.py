"""The change at each process alone, valued at constant prices of its suppliers, by driver."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.change.causes import DRIVERS, NUMBERS, Causes, find_causes
from lca_models.calculation.change.effects import weigh_factors, weigh_orders
from lca_models.calculation.change.matching import Matching, NeedKey
from lca_models.calculation.change.source_prices import SourcePrices, price_sources
from lca_models.calculation.change.terms import Needs, Terms, lay_out_needs
from lca_models.calculation.change.versions import Sides
from lca_models.impacts.change import Driver

Numbers = NDArray[np.float64]
Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LocalChanges:
    """What changed at each process.

    Args:
        kg_co2e: Change per declared unit by driver, shape (products, drivers).
        improved: The part of each term that who declares its source improved, shape (terms,).
        one_sided: What each need emits that one version lacks, where that is told as a deed,
            shape (needs,).
    """

    kg_co2e: Numbers
    improved: Numbers
    one_sided: Numbers


@dataclass(frozen=True, slots=True)
class Factors:
    """Both versions in factors.

    Args:
        products: Number of products.
        keys: What the needs are.
        needs: Burden, amount and distance of needs.
        terms: Shares and ratios of sources.
        causes: The driver of each of them.
        prices: Prices of the sources that are no products.
    """

    products: int
    keys: tuple[NeedKey, ...]
    needs: Needs
    terms: Terms
    causes: Causes
    prices: SourcePrices

    def split(self, product_kg_co2e: Numbers) -> LocalChanges:
        """Split the change of r + C h at constant prices h of products.

        A need is a product of factors: it changes by burden, amount, distance and intensity, in
        logarithmic means. An intensity is a sum over sources: it changes by share, ratio and price
        of each, in means over all orders.

        Args:
            product_kg_co2e: Prices of the chain's products, shape (products,).
        """
        terms, (before, after) = self.terms, self._factors_of_terms(product_kg_co2e)
        size = len(self.needs.process)
        intensity = [
            np.bincount(terms.need, each.prod(axis=0), size)[None] for each in (before, after)
        ]
        first, second = np.concatenate((self.needs.factors, intensity), axis=1)
        weights = weigh_factors(first, second)
        of_needs = (weights * (second - first))[:-1]
        of_terms = weights[-1][terms.need] * weigh_orders(before, after)
        return self._collect(of_needs, of_terms[:-1] * (after - before)[:-1], of_terms[-1])

    def _factors_of_terms(self, product_kg_co2e: Numbers) -> Numbers:
        """Share, ratio and price before and after, shape (2, 3, terms)."""
        terms, prices = self.terms, (self.prices.before, self.prices.after)
        price = [np.concatenate((product_kg_co2e, each))[terms.source] for each in prices]
        return np.stack((terms.shares, terms.ratios, price), axis=1)

    def _collect(self, of_needs: Numbers, of_terms: Numbers, per_price: Numbers) -> LocalChanges:
        """Add up by process and driver; why a price changed is told by its source."""
        needs, terms, causes, prices = self.needs, self.terms, self.causes, self.prices
        products = np.zeros(self.products)
        drivers = np.array([0] * self.products + [NUMBERS[d] for d in prices.drivers])[terms.source]
        by_gwp = per_price * np.concatenate((products, prices.by_gwp))[terms.source]
        by_value = per_price * np.concatenate((products, prices.by_value))[terms.source]
        method = np.full_like(drivers, NUMBERS[Driver.METHOD])
        sums = np.zeros(self.products * len(DRIVERS))
        for process, driver, kg_co2e in (
            (needs.process, causes.burden, of_needs[0]),
            (needs.process, causes.quantity, of_needs[1]),
            (needs.process, causes.distance, of_needs[2]),
            (terms.process, causes.shares, of_terms[0]),
            (terms.process, causes.ratios, of_terms[1]),
            (terms.process, drivers, by_value),
            (terms.process, method, by_gwp),
        ):
            sums += np.bincount(process * len(DRIVERS) + driver, kg_co2e, len(sums))
        improved = np.where(drivers == NUMBERS[Driver.SUPPLIER_IMPROVEMENT], by_value, 0.0)
        deeds = needs.there[0] ^ needs.there[1]
        deeds &= np.array([driver.is_performance for driver in DRIVERS])[causes.quantity]
        one_sided = np.where(deeds, of_needs[1], 0.0)
        return LocalChanges(sums.reshape(self.products, len(DRIVERS)), improved, one_sided)


def lay_out_factors(sides: Sides, matching: Matching) -> Factors:
    """Turn matched versions into factors with drivers and prices."""
    needs, covers, terms = lay_out_needs(matching)
    causes = find_causes(sides, matching, needs, covers, terms)
    return Factors(
        products=len(sides.products),
        keys=tuple(matching.needs),
        needs=needs,
        terms=terms,
        causes=causes,
        prices=price_sources(sides, matching),
    )
