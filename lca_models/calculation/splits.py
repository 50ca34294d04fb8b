"""From a solved chain to the impact of each product, split so that every split sums up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lca_models.calculation.answering import Answering, Part, find_answering
from lca_models.calculation.bulk import enter_gross, gather, split_by_supplier, split_by_tier
from lca_models.calculation.checks import refuse_beyond_measure
from lca_models.calculation.shares import Shares, find_shares, to_data_quality
from lca_models.calculation.solution import Solution
from lca_models.calculation.tabulating import TabulatedChain
from lca_models.facts.factors import BIOGENIC_CO2
from lca_models.facts.stages import Stage
from lca_models.impacts.impact import (
    GapImpact,
    Impact,
    LineImpact,
    OrganisationImpact,
    SupplierImpact,
)
from lca_models.inventory.processes import Emission

Numbers = NDArray[np.float64]
_TOLERANCE = 1e-9
# Tiers above a product's own process that are told apart; few chains have as many.
_TIERS = 5
_PARTS = len(Part)


def split_impacts(chain: TabulatedChain, solution: Solution) -> dict[str, Impact]:
    """The impact of one declared unit of every product.

    Raises:
        InventoryError: The amounts along a chain multiply beyond any measure.
        ArithmeticError: A split does not sum to its total: our own fault, never a result.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # refused here
        splits = _Splits(chain, solution)
        for numbers in (splits.gross, splits.measure_gaps()):
            refuse_beyond_measure(chain.inventory.processes, numbers)
    return {impact.product: impact for impact in splits.impacts()}


class _Splits:
    """Everything about a chain that the impacts of its products have in common."""

    def __init__(self, chain: TabulatedChain, solution: Solution) -> None:
        self.chain, self.solution = chain, solution
        self.row_kg_co2e = solution.priced.row_kg_co2e
        self.shares: Shares = find_shares(chain, self.row_kg_co2e)
        self.answering: Answering = find_answering(chain)
        priced, firms = solution.priced, len(self.answering.organisations)
        self.by_tier = split_by_tier(priced, _TIERS)
        self.by_supplier = split_by_supplier(priced, self.answering.of_row, firms)
        self.by_organisation = solution.carry_parts(self._enter_by_organisation())
        self.bases, by_basis = _sum_by_basis(chain)
        carried = solution.carry(np.column_stack((by_basis, enter_gross(priced))))
        self.by_basis, self.gross = carried[:, :-1], carried[:, -1]
        self.runs_with_gaps = solution.carry_parts(self._demand_with_gaps())

    def impacts(self) -> Iterator[Impact]:
        """The impact of every product, verified."""
        for position in range(self.chain.table.products):
            impact = self._impact(position)
            _verify(impact, float(self.gross[position]))
            yield impact

    def measure_gaps(self) -> Numbers:
        """A size of the gaps behind each product: finite if all their amounts and bounds are."""
        sizes = [
            sum(g.amount * (1.0 + abs(g.upper_kg_co2e_per_unit or 0.0)) for g in p.gaps) / p.amount
            for p in self.chain.inventory.processes
        ]
        return np.asarray(self.runs_with_gaps @ np.array(sizes))

    def _enter_by_organisation(self) -> sparse.csr_array:
        """What enters the chain at each product, by firm and, within a firm, by part."""
        table, columns = self.chain.table, self.answering.of_row * _PARTS + self.answering.part
        count = len(self.answering.organisations) * _PARTS
        return gather(table, table.entries, self.row_kg_co2e, columns, count)

    def _demand_with_gaps(self) -> sparse.csr_array:
        """One unit of each product that has gaps, in a column of its own."""
        processes = self.chain.inventory.processes
        chosen = np.array([n for n, process in enumerate(processes) if process.gaps], np.int64)
        shape = (len(processes),) * 2
        return sparse.coo_array((np.ones(len(chosen)), (chosen, chosen)), shape=shape).tocsr()

    def _impact(self, position: int) -> Impact:
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
            by_organisation=self._organisations(position),
            by_gwp_basis={
                basis: kg
                for basis, kg in zip(self.bases, self.by_basis[position].tolist(), strict=True)
                if kg
            },
            primary_data_share=float(self.shares.primary[position]),
            data_quality=to_data_quality(self.shares.quality[position]),
            screening_share=float(self.shares.screening[position]),
            gaps=tuple(self._gaps(position)),
            by_tier=tuple(self.by_tier[position].tolist()),
            by_supplier=self._suppliers(position),
        )

    def _lines(self, position: int) -> tuple[LineImpact, ...]:
        first, end = self.chain.table.row_starts[position : position + 2].tolist()
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

    def _organisations(self, position: int) -> tuple[OrganisationImpact, ...]:
        parts: dict[str, list[float]] = defaultdict(lambda: [0.0] * _PARTS)
        for column, kg_co2e in _row_of(self.by_organisation, position):
            firm, part = divmod(column, _PARTS)
            parts[self.answering.organisations[firm]][part] += kg_co2e
        ranked = sorted(parts.items(), key=lambda item: (-sum(item[1]), item[0]))
        return tuple(OrganisationImpact(owner, *kg_co2e) for owner, kg_co2e in ranked)

    def _suppliers(self, position: int) -> tuple[SupplierImpact, ...]:
        found = [
            SupplierImpact(self.answering.organisations[firm], kg_co2e)
            for firm, kg_co2e in _row_of(self.by_supplier, position)
        ]
        return tuple(sorted(found, key=lambda part: (-abs(part.kg_co2e), part.organisation)))

    def _gaps(self, position: int) -> Iterator[GapImpact]:
        for supplier, units in sorted(_row_of(self.runs_with_gaps, position)):
            process = self.chain.inventory.processes[supplier]
            runs = units / process.amount
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


def _row_of(matrix: sparse.csr_array, row: int) -> list[tuple[int, float]]:
    """Columns and numbers of one row, without its zeros."""
    cells = slice(matrix.indptr[row], matrix.indptr[row + 1])
    columns, numbers = matrix.indices[cells].tolist(), matrix.data[cells].tolist()
    return [(column, number) for column, number in zip(columns, numbers, strict=True) if number]


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
        impact.by_tier,
        (part.kg_co2e for part in impact.by_supplier),
    )
    for split in splits:
        parts = list(split)
        # Turned round, so that it also fails where one is no number.
        if not abs(sum(parts) - impact.kg_co2e) <= _TOLERANCE * gross_kg_co2e:
            message = f"a split of {impact.product} sums to {sum(parts)}, not {impact.kg_co2e}"
            raise ArithmeticError(message)
