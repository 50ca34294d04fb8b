"""From a solved chain to the impact of each product, split so that every split sums up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lca_models.calculation.shares import Shares, find_shares, to_data_quality
from lca_models.calculation.solution import Solution
from lca_models.calculation.tabulating import TabulatedChain
from lca_models.errors import InventoryError, Text
from lca_models.facts.factors import BIOGENIC_CO2
from lca_models.facts.stages import Stage
from lca_models.impacts.impact import GapImpact, Impact, LineImpact, OrganisationImpact
from lca_models.inventory.processes import DeclaredFootprint, Emission, Process

Numbers = NDArray[np.float64]
_TOLERANCE = 1e-9
# Runs of this many products of a chain at a time: some 32 MB of numbers.
_RUNS_AT_ONCE = 4_000_000
_PARTS = 3  # of what a firm answers for: on site, purchased, declared


def split_impacts(chain: TabulatedChain, solution: Solution) -> dict[str, Impact]:
    """The impact of one declared unit of every product.

    Raises:
        InventoryError: The amounts along a chain multiply beyond any measure.
        ArithmeticError: A split does not sum to its total: our own fault, never a result.
    """
    for position in np.flatnonzero(~np.isfinite(solution.priced.kg_co2e)).tolist():
        raise _beyond_measure(chain.inventory.processes[position])
    splits = _Splits(chain, solution)
    size = chain.table.products
    step = max(1, _RUNS_AT_ONCE // size)
    found: dict[str, Impact] = {}
    for first in range(0, size, step):
        for impact in splits.impacts(slice(first, min(first + step, size))):
            found[impact.product] = impact
    return found


@dataclass(frozen=True, slots=True)
class _Owned:
    """What enters the chain at each product, by who answers for it and how."""

    owners: tuple[str, ...]
    kg_co2e: sparse.csr_array


class _Splits:
    """Everything about a chain that the impacts of its products have in common."""

    def __init__(self, chain: TabulatedChain, solution: Solution) -> None:
        table = chain.table
        self.chain, self.solution = chain, solution
        self.row_kg_co2e = solution.priced.row_kg_co2e
        self.shares: Shares = find_shares(chain, self.row_kg_co2e)
        self.owned = _sum_by_owner(chain, self.row_kg_co2e)
        self.bases, by_basis = _sum_by_basis(chain)
        gross = table.sum_by_product(table.entries, np.abs(self.row_kg_co2e[table.entries]))
        carried = solution.carry(np.column_stack((by_basis, gross)))
        self.by_basis, self.gross = carried[:, :-1], carried[:, -1]
        self.row_starts = np.searchsorted(table.process, np.arange(table.products + 1))
        self.with_gaps = np.array(
            [n for n, p in enumerate(chain.inventory.processes) if p.gaps], dtype=np.int64
        )

    def impacts(self, products: slice) -> Iterator[Impact]:
        """The impacts of some products, verified."""
        units = self.solution.run(products)
        owned = sparse.csr_array(sparse.csr_array(units) @ self.owned.kg_co2e)
        for number, position in enumerate(range(products.start, products.stop)):
            impact = self._impact(position, units[number], owned[[number]].tocoo())
            _verify(impact, float(self.gross[position]))
            yield impact

    def _impact(self, position: int, units: Numbers, owned: sparse.coo_array) -> Impact:
        process = self.chain.inventory.processes[position]
        gas_kg = self.solution.priced.gas_kg[position].tolist()
        kg_by_gas = dict(zip(self.chain.gases, gas_kg, strict=True))
        by_gas = {gas: kg_by_gas[gas] * gwp for gas, gwp in self.chain.gas_factors.items()}
        lines = self._lines(position)
        return Impact(
            product=process.product,
            unit=process.unit,
            kg_co2e=sum(by_gas.values()),
            biogenic_co2_kg=kg_by_gas.get(BIOGENIC_CO2, 0.0),
            by_stage={
                stage: sum(line.kg_co2e for line in lines if line.stage is stage) for stage in Stage
            },
            by_gas={gas: kg for gas, kg in by_gas.items() if gas != BIOGENIC_CO2 and kg},
            by_gas_kg={gas: kg for gas, kg in kg_by_gas.items() if gas != BIOGENIC_CO2 and kg},
            by_line=lines,
            by_organisation=self._organisations(owned),
            by_gwp_basis={
                basis: kg
                for basis, kg in zip(self.bases, self.by_basis[position].tolist(), strict=True)
                if kg
            },
            primary_data_share=float(self.shares.primary[position]),
            data_quality=to_data_quality(self.shares.quality[position]),
            screening_share=float(self.shares.screening[position]),
            gaps=tuple(self._gaps(units)),
        )

    def _lines(self, position: int) -> tuple[LineImpact, ...]:
        first, end = self.row_starts[position], self.row_starts[position + 1]
        found = [
            LineImpact(
                line=row.line,
                stage=row.stage,
                supplier=None if isinstance(row, Emission) else row.supplier.id,
                kg_co2e=float(self.row_kg_co2e[n]),
                primary_data_share=float(self.shares.row_primary[n]),
            )
            for n, row in enumerate(self.chain.rows[first:end], start=first)
        ]
        return tuple(sorted(found, key=lambda line: (-abs(line.kg_co2e), line.line)))

    def _organisations(self, owned: sparse.coo_array) -> tuple[OrganisationImpact, ...]:
        parts: dict[str, list[float]] = defaultdict(lambda: [0.0] * _PARTS)
        for column, kg_co2e in zip(owned.coords[1].tolist(), owned.data.tolist(), strict=True):
            if kg_co2e:
                parts[self.owned.owners[column // _PARTS]][column % _PARTS] += kg_co2e
        ranked = sorted(parts.items(), key=lambda item: (-sum(item[1]), item[0]))
        return tuple(OrganisationImpact(owner, *kg_co2e) for owner, kg_co2e in ranked)

    def _gaps(self, units: Numbers) -> Iterator[GapImpact]:
        for position in self.with_gaps[units[self.with_gaps] != 0].tolist():
            process = self.chain.inventory.processes[position]
            runs = float(units[position]) / process.amount
            for gap in process.gaps:
                upper = gap.upper_kg_co2e_per_unit
                if amount := gap.amount * runs:
                    yield GapImpact(
                        product=process.product,
                        line=gap.line,
                        amount=amount,
                        unit=gap.unit,
                        upper_kg_co2e=None if upper is None else upper * amount,
                    )


def _sum_by_owner(chain: TabulatedChain, row_kg_co2e: Numbers) -> _Owned:
    table, processes = chain.table, chain.inventory.processes
    keys: dict[str, int] = {}
    columns = []
    for row in table.entries.tolist():
        source = chain.sources[table.source[row] - table.products]
        owner, part = _owner(processes[table.process[row]], chain.rows[row], source)
        columns.append(keys.setdefault(owner, len(keys)) * _PARTS + part)
    kg_co2e = sparse.csr_array(
        (row_kg_co2e[table.entries], (table.process[table.entries], columns)),
        shape=(table.products, len(keys) * _PARTS),
    )
    return _Owned(tuple(keys), kg_co2e)


def _owner(process: Process, row: object, source: object) -> tuple[str, int]:
    """Who answers for a row that enters the chain, and which part of theirs it is."""
    if isinstance(source, DeclaredFootprint):
        return source.organisation, 2
    on_site = isinstance(row, Emission) or getattr(row, "on_site", False)
    return process.organisation, 0 if on_site else 1


def _sum_by_basis(chain: TabulatedChain) -> tuple[Sequence[str], Numbers]:
    """What enters at each product in kg CO2e, by the GWPs behind it: (products, bases)."""
    columns: dict[str, int] = {}
    table = chain.table
    found = np.zeros((len(chain.sources), 0))
    for row, source in enumerate(chain.sources):
        for gas, kg, gwp in zip(chain.gases, table.prices[row], table.gwp, strict=True):
            if kg == 0:
                continue
            column = columns.setdefault(chain.basis_of(source, gas), len(columns))
            if column == found.shape[1]:
                found = np.column_stack((found, np.zeros(len(found))))
            found[row, column] += kg * gwp
    return list(columns), np.asarray(table.entering @ found)


def _verify(impact: Impact, gross_kg_co2e: float) -> None:
    """Compare sums against what enters the chain, removals by magnitude: they may cancel out."""
    splits = (
        impact.by_stage.values(),
        impact.by_gas.values(),
        (line.kg_co2e for line in impact.by_line),
        (part.kg_co2e for part in impact.by_organisation),
        impact.by_gwp_basis.values(),
    )
    for split in splits:
        parts = list(split)
        # Turned round, so that it also fails where one is no number.
        if not abs(sum(parts) - impact.kg_co2e) <= _TOLERANCE * gross_kg_co2e:
            message = f"a split of {impact.product} sums to {sum(parts)}, not {impact.kg_co2e}"
            raise ArithmeticError(message)


def _beyond_measure(process: Process) -> InventoryError:
    return InventoryError(
        Text(
            en="The amounts along the chain of “{product}” multiply beyond any measure.",
            zh="产品“{product}”供应链上的数量连乘后超出可计算范围。",
        ).format(product=process.product),
        Text(en="Check the units of its lines and outputs.", zh="请核对各明细与产出的计量单位。"),
        value=process.product,
    )
