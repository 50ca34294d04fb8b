"""Flows of CO2e behind a product, from where they enter the chain to the product itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.answering import Answering, Part, find_answering
from lca_models.calculation.checks import refuse_beyond_measure
from lca_models.calculation.solution import SolvedChain
from lca_models.facts.stages import Stage
from lca_models.impacts.trace import Flow, FlowEnd, FlowEndKind, Flows

Numbers = NDArray[np.float64]
Ends = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Streams:
    """Flows between numbered ends: kg CO2e from a supplier to a customer."""

    supplier: Ends
    customer: Ends
    kg_co2e: Numbers

    def joined(self, place: Ends) -> _Streams:
        """The same between fewer ends: parallel ones added up, those within one end left out."""
        supplier, customer = place[self.supplier], place[self.customer]
        leaving = supplier != customer
        keys = supplier[leaving] * len(place) + customer[leaving]
        found, which = np.unique(keys, return_inverse=True)
        kg_co2e = np.bincount(which, weights=self.kg_co2e[leaving], minlength=len(found))
        return _Streams(found // len(place), found % len(place), kg_co2e.astype(np.float64))

    def sizes(self, ends: int) -> Numbers:
        """How much flows through each end, by magnitude."""
        kg_co2e = np.abs(self.kg_co2e)
        out = np.bincount(self.supplier, weights=kg_co2e, minlength=ends)
        return np.maximum(out, np.bincount(self.customer, weights=kg_co2e, minlength=ends))


class _Ends:
    """Every end of flows has a number: products or firms, then sources, then the others."""

    def __init__(self, solved: SolvedChain, answering: Answering, *, by_organisation: bool) -> None:
        firms = [FlowEnd(FlowEndKind.ORGANISATION, firm) for firm in answering.organisations]
        products = [
            FlowEnd(FlowEndKind.PRODUCT, process.product)
            for process in solved.chain.inventory.processes
        ]
        inner = firms if by_organisation else products
        own = np.arange(len(products))
        self.of_product: Ends = (answering.maker if by_organisation else own).astype(np.int64)
        self.on_site = len(inner)
        self.published = self.on_site + 1
        self.declared = self.published + len(Stage)
        self.several_declared = self.declared + len(firms)
        self.others = self.several_declared + 1
        self.names: Sequence[FlowEnd] = (
            *inner,
            FlowEnd(FlowEndKind.ON_SITE),
            *(FlowEnd(FlowEndKind.PUBLISHED, stage) for stage in Stage),
            *(FlowEnd(FlowEndKind.DECLARED, firm.id) for firm in firms),
            FlowEnd(FlowEndKind.DECLARED),
            FlowEnd(FlowEndKind.OTHERS),
        )

    def suppliers(self, solved: SolvedChain, answering: Answering) -> Ends:
        """Where what each row brings comes from, shape (rows,)."""
        table = solved.chain.table
        numbers = {stage: n for n, stage in enumerate(Stage)}
        stages = np.array([numbers[row.stage] for row in solved.chain.rows], dtype=np.int64)
        found = np.select(
            [answering.part == Part.ON_SITE, answering.part == Part.DECLARED],
            [np.full(len(stages), self.on_site), self.declared + answering.of_row],
            self.published + stages,
        )
        found[table.links] = self.of_product[table.source[table.links]]
        return found


def find_flows(
    solved: SolvedChain, position: int, cut_off: float, *, by_organisation: bool
) -> Flows:
    """Find the flows behind one declared unit of a product.

    With s the units that are made of each product for it, C what products take of each other and h
    their totals, s_i C_ij h_j flows from j to i, and s_i e_i from the sources that enter at i: so
    s_i h_i flows through i, in loops too. What an end draws on itself is left out on both sides.

    Ends through which less than the cut-off flows become one, the others; a flow below it between
    two larger ends goes through the others. Neither changes what flows in less what flows out.

    Args:
        solved: The chain.
        position: Position of the product.
        cut_off: Share of the total, 0 to 1.
        by_organisation: Between firms instead of products.

    Raises:
        InventoryError: More of a product is made than any number can hold.
    """
    priced, table = solved.solution.priced, solved.chain.table
    answering = find_answering(solved.chain)
    ends = _Ends(solved, answering, by_organisation=by_organisation)
    demand = np.zeros(table.products)
    demand[position] = 1.0
    with np.errstate(over="ignore", invalid="ignore"):  # refused here
        made = table.system.run(demand)
        refuse_beyond_measure(solved.chain.inventory.processes, made)
    streams = _Streams(
        ends.suppliers(solved, answering),
        ends.of_product[table.process],
        priced.row_kg_co2e * made[table.process],
    ).joined(np.arange(len(ends.names)))
    root, total = int(ends.of_product[position]), float(priced.kg_co2e[position])
    streams = _cut_off(streams, ends, root, cut_off * abs(total))
    flows = [
        Flow(ends.names[supplier], ends.names[customer], kg_co2e)
        for supplier, customer, kg_co2e in zip(
            streams.supplier.tolist(),
            streams.customer.tolist(),
            streams.kg_co2e.tolist(),
            strict=True,
        )
        if kg_co2e
    ]
    flows.sort(key=lambda flow: (-abs(flow.kg_co2e), flow.supplier, flow.customer))
    return Flows(ends.names[root], total, tuple(flows), cut_off)


def _cut_off(streams: _Streams, ends: _Ends, root: int, least: float) -> _Streams:
    place = np.arange(len(ends.names))
    small = streams.sizes(len(place)) < least
    small[root] = False
    place[: ends.on_site][small[: ends.on_site]] = ends.others
    declared = slice(ends.declared, ends.others)
    place[declared][small[declared]] = ends.several_declared
    streams = streams.joined(place)
    inner = (streams.supplier != ends.others) & (streams.customer != ends.others)
    thin = inner & (np.abs(streams.kg_co2e) < least)
    others = np.full(int(thin.sum()), ends.others)
    return _Streams(
        np.concatenate((streams.supplier[~thin], streams.supplier[thin], others)),
        np.concatenate((streams.customer[~thin], others, streams.customer[thin])),
        np.concatenate((streams.kg_co2e[~thin], *[streams.kg_co2e[thin]] * 2)),
    ).joined(np.arange(len(place)))
