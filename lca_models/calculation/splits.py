"""From priced contributions to the impact of each product, split so that every split sums up."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lca_models.calculation.contributions import Contribution, share_through_chain
from lca_models.calculation.solving import Solution
from lca_models.errors import InventoryError, Text
from lca_models.facts.factors import BIOGENIC_CO2
from lca_models.facts.stages import Stage
from lca_models.impacts import GapImpact, Impact, LineImpact, OrganisationImpact
from lca_models.inventory.processes import Inventory, Process, SupplierKind

_TOLERANCE = 1e-9
_Key = TypeVar("_Key", str, tuple[str, int])


@dataclass(frozen=True, slots=True)
class Priced:
    """A solved chain with the price of everything in it.

    Args:
        inventory: The chain.
        solution: Runs and gases of one declared unit of each product, in the inventory's order.
        gases: Keys of the columns of `solution.gas_kg`.
        gas_factors: kg CO2e per kg of every gas that the chain emits.
        contributions: What each exchange and emission adds to one run of its process.
    """

    inventory: Inventory
    solution: Solution
    gases: tuple[str, ...]
    gas_factors: Mapping[str, float]
    contributions: tuple[Contribution, ...]


def split_impacts(priced: Priced) -> dict[str, Impact]:
    """The impact of one declared unit of every product.

    Raises:
        ArithmeticError: A split does not sum to its total: our own fault, never a result.
    """
    processes = priced.inventory.processes
    positions = {process.product: n for n, process in enumerate(processes)}
    contributions = priced.contributions
    own: dict[int, list[Contribution]] = defaultdict(list)
    for contribution in contributions:
        own[contribution.process].append(contribution)
    parts = _Parts(
        own=own,
        positions=positions,
        primary=share_through_chain(
            contributions, [c.primary_data_share for c in contributions], positions
        ),
        screening=share_through_chain(
            contributions, [float(c.screening) for c in contributions], positions
        ),
        organisations=_sum_along_chain(
            priced, [((c.owner, _part(c)), c.process, c.entering_kg_co2e) for c in contributions]
        ),
        bases=_sum_along_chain(
            priced, [(b, c.process, kg) for c in contributions for b, kg in c.by_basis.items()]
        ),
        gross=_sum_along_chain(
            priced, [("", c.process, abs(c.entering_kg_co2e)) for c in contributions]
        ),
    )
    return {p.product: _impact(priced, n, parts) for n, p in enumerate(processes)}


@dataclass(frozen=True, slots=True)
class _Parts:
    own: Mapping[int, Sequence[Contribution]]
    positions: Mapping[str, int]
    primary: NDArray[np.float64]
    screening: NDArray[np.float64]
    organisations: Sequence[Mapping[tuple[str, int], float]]
    bases: Sequence[Mapping[str, float]]
    gross: Sequence[Mapping[str, float]]


def _sum_along_chain(
    priced: Priced, entries: Sequence[tuple[_Key, int, float]]
) -> list[dict[_Key, float]]:
    """Sum what enters the chain by key, once for each product's runs."""
    keys = {key: n for n, key in enumerate(sorted({key for key, _, _ in entries}))}
    per_run = sparse.csr_array(
        (
            [kg_co2e for _, _, kg_co2e in entries],
            ([process for _, process, _ in entries], [keys[key] for key, _, _ in entries]),
        ),
        shape=(len(priced.inventory.processes), len(keys)),
    )
    sums = np.asarray(priced.solution.runs @ per_run, dtype=np.float64)
    return [
        {key: float(kg_co2e) for key, kg_co2e in zip(keys, row, strict=True) if kg_co2e}
        for row in sums
    ]


def _impact(priced: Priced, position: int, parts: _Parts) -> Impact:
    process = priced.inventory.processes[position]
    gas_kg = dict(zip(priced.gases, map(float, priced.solution.gas_kg[position]), strict=True))
    by_gas = {gas: gas_kg[gas] * factor for gas, factor in priced.gas_factors.items()}
    lines = _lines(process, parts.own.get(position, ()), parts)
    impact = Impact(
        product=process.product,
        unit=process.unit,
        kg_co2e=sum(by_gas.values()),
        biogenic_co2_kg=gas_kg.get(BIOGENIC_CO2, 0.0),
        by_stage={
            stage: sum(line.kg_co2e for line in lines if line.stage is stage) for stage in Stage
        },
        by_gas={gas: kg for gas, kg in by_gas.items() if gas != BIOGENIC_CO2 and kg},
        by_gas_kg={gas: kg for gas, kg in gas_kg.items() if gas != BIOGENIC_CO2 and kg},
        by_line=lines,
        by_organisation=_organisations(parts.organisations[position]),
        by_gwp_basis=parts.bases[position],
        primary_data_share=float(parts.primary[position]),
        screening_share=float(parts.screening[position]),
        gaps=_gaps(priced.inventory.processes, priced.solution.runs[position]),
    )
    _verify(impact, parts.gross[position].get("", 0.0))
    return impact


def _lines(
    process: Process,
    own: Iterable[Contribution],
    parts: _Parts,
) -> tuple[LineImpact, ...]:
    found = []
    for contribution in own:
        supplier, share = contribution.supplier, contribution.primary_data_share
        if supplier is not None and supplier.kind is SupplierKind.PRODUCT:
            share = float(parts.primary[parts.positions[supplier.id]])
        found.append(
            LineImpact(
                line=contribution.line,
                stage=contribution.stage,
                supplier=None if supplier is None else supplier.id,
                kg_co2e=contribution.kg_co2e / process.amount,
                primary_data_share=share,
            )
        )
    return tuple(sorted(found, key=lambda line: (-abs(line.kg_co2e), line.line)))


def _organisations(by_part: Mapping[tuple[str, int], float]) -> tuple[OrganisationImpact, ...]:
    parts: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for (owner, part), kg_co2e in by_part.items():
        parts[owner][part] += kg_co2e
    ranked = sorted(parts.items(), key=lambda item: (-sum(item[1]), item[0]))
    return tuple(OrganisationImpact(owner, *kg_co2e) for owner, kg_co2e in ranked)


def _part(contribution: Contribution) -> int:
    """Which field of `OrganisationImpact` a contribution belongs to."""
    if contribution.on_site:
        return 0
    supplier = contribution.supplier
    declared = supplier is not None and supplier.kind is SupplierKind.DECLARED
    return 2 if declared else 1


def _gaps(processes: Sequence[Process], runs: NDArray[np.float64]) -> tuple[GapImpact, ...]:
    found = []
    for process, run in zip(processes, map(float, runs), strict=True):
        for gap in process.gaps if run else ():
            amount, upper = gap.amount * run, gap.upper_kg_co2e_per_unit
            if not amount:
                continue
            found.append(
                GapImpact(
                    product=process.product,
                    line=gap.line,
                    amount=amount,
                    unit=gap.unit,
                    upper_kg_co2e=None if upper is None else upper * amount,
                )
            )
    return tuple(found)


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
        if (
            not abs(sum(parts) - impact.kg_co2e) <= _TOLERANCE * gross_kg_co2e
        ):  # also where one is no number
            if not math.isfinite(impact.kg_co2e):
                raise _beyond_measure(impact)
            message = f"a split of {impact.product} sums to {sum(parts)}, not {impact.kg_co2e}"
            raise ArithmeticError(message)


def _beyond_measure(impact: Impact) -> InventoryError:
    return InventoryError(
        Text(
            en="The amounts along the chain of “{product}” multiply beyond any measure.",
            zh="产品“{product}”供应链上的数量连乘后超出可计算范围。",
        ).format(product=impact.product),
        Text(en="Check the units of its lines and outputs.", zh="请核对各明细与产出的计量单位。"),
        value=impact.product,
    )
