"""The contribution tree of a product: what it takes, what that takes, and so on."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.answering import Answering, find_answering
from lca_models.calculation.solution import SolvedChain
from lca_models.facts.factors import Factor
from lca_models.impacts.trace import Contribution, ContributionTree, SourceKind
from lca_models.inventory.processes import DeclaredFootprint

Numbers = NDArray[np.float64]
_ROOT = -1  # stands where others have their row or their parent


@dataclass(slots=True)
class _Branch:
    """A contribution that may still be told apart.

    Args:
        row: Row of the chain that it is, or `_ROOT`.
        parent: Number of its parent, or `_ROOT`.
        source: Position of what it draws on, as in the table.
        amount: How much of that.
        kg_co2e: What it adds to the root.
        rest_kg_co2e: What is not told apart.
    """

    row: int
    parent: int
    source: int
    amount: float
    kg_co2e: float
    rest_kg_co2e: float


def trace_tree(solved: SolvedChain, position: int, cut_off: float, most: int) -> ContributionTree:
    """Follow a product's largest contributions up the chain.

    The largest is told apart first, until all that is left is below the cut-off or there are
    `most`: a loop that hardly loses anything on its way round would go on without end. Removals
    and credits count by magnitude.

    Args:
        solved: The chain.
        position: Position of the product.
        cut_off: Share of the total below which a contribution is not told apart, 0 to 1.
        most: Most contributions of the tree, at least 1.
    """
    branches = _grow(solved, position, cut_off, most)
    children: list[list[int]] = [[] for _ in branches]
    for number, branch in enumerate(branches[1:], start=1):
        children[branch.parent].append(number)
    answering = find_answering(solved.chain)
    places: dict[int, int] = {}
    found: list[Contribution] = []
    waiting = [(0, 0)]
    while waiting:
        number, tier = waiting.pop()
        branch = branches[number]
        places[number] = len(found)
        parent = None if branch.parent == _ROOT else places[branch.parent]
        found.append(_describe(solved, answering, branch, parent, tier, branches[0].kg_co2e))
        waiting += [(child, tier + 1) for child in reversed(children[number])]
    return ContributionTree(tuple(found), cut_off)


def _grow(solved: SolvedChain, position: int, cut_off: float, most: int) -> Sequence[_Branch]:
    priced = solved.solution.priced
    table, row_kg_co2e = priced.table, priced.row_kg_co2e
    total = float(priced.kg_co2e[position])
    branches = [_Branch(_ROOT, _ROOT, position, 1.0, total, total)]
    waiting = [(-abs(total), 0)]
    while waiting and len(branches) < most:
        _, number = heapq.heappop(waiting)
        branch = branches[number]
        rows = np.arange(table.row_starts[branch.source], table.row_starts[branch.source + 1])
        kg_co2e = branch.amount * row_kg_co2e[rows]
        ranked = np.argsort(-np.abs(kg_co2e), kind="stable")
        large = (np.abs(kg_co2e) >= cut_off * abs(total)) & (kg_co2e != 0)
        shown = ranked[large[ranked]][: most - len(branches)]
        branch.rest_kg_co2e = float(np.delete(kg_co2e, shown).sum())
        for n in shown.tolist():
            row = int(rows[n])
            source, amount = int(table.source[row]), float(branch.amount * table.per_unit[row])
            added = float(kg_co2e[n])
            if source < table.products:
                heapq.heappush(waiting, (-abs(added), len(branches)))
            branches.append(_Branch(row, number, source, amount, added, added))
    return branches


def _describe(
    solved: SolvedChain,
    answering: Answering,
    branch: _Branch,
    parent: int | None,
    tier: int,
    total: float,
) -> Contribution:
    chain = solved.chain
    row = None if branch.row == _ROOT else chain.rows[branch.row]
    firm = answering.maker[branch.source] if row is None else answering.of_row[branch.row]
    kind, source, unit = _name_source(solved, branch.source)
    return Contribution(
        parent=parent,
        tier=tier,
        kind=kind,
        source=source,
        organisation=answering.organisations[firm],
        line="" if row is None else row.line,
        stage=None if row is None else row.stage,
        amount=branch.amount,
        unit=unit,
        kg_co2e=branch.kg_co2e,
        share=branch.kg_co2e / total if total else None,
        rest_kg_co2e=branch.rest_kg_co2e,
    )


def _name_source(solved: SolvedChain, position: int) -> tuple[SourceKind, str, str]:
    """What a source is, its id and its unit."""
    chain, beyond = solved.chain, position - solved.chain.table.products
    if beyond < 0:
        process = chain.inventory.processes[position]
        return SourceKind.PRODUCT, process.product, process.unit
    match chain.sources[beyond]:
        case DeclaredFootprint() as declared:
            return SourceKind.DECLARED, declared.id, declared.unit
        case Factor() as factor:
            return SourceKind.PUBLISHED, factor.id, factor.unit
        case gas:
            return SourceKind.EMISSION, gas, "kg"
