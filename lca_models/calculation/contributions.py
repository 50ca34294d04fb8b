"""The exact parts of an impact: lines, stages, gases, firms, and how much of it is primary data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lca_models.calculation.elimination import factorise
from lca_models.facts.factors import NOT_STATED, PUBLISHED_CO2E
from lca_models.facts.stages import Stage
from lca_models.inventory.processes import Inventory, Process, Supplier, SupplierKind


@dataclass(frozen=True, slots=True)
class Intensity:
    """What one unit of a supplier stands for.

    Args:
        kg_co2e: kg CO2e per unit, with everything upstream.
        by_basis: The same by the GWPs behind it; empty for products, whose parts are counted at
            their own lines.
        primary_data_share: 0 to 1 as declared; 0 for published factors and, here, for products.
    """

    kg_co2e: float
    by_basis: Mapping[str, float]
    primary_data_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one exchange or emission adds to one run of its process.

    Args:
        process: Position of the process.
        line: Label of the line of activity data.
        stage: Stage of the line.
        supplier: What it draws on, None for the process's own emission.
        kg_co2e: kg CO2e for one run, with everything upstream.
        by_basis: The part that enters the chain here (not through another product), by GWP basis.
        owner: Firm that answers for that part.
        on_site: Whether that part is emitted on the owner's site.
        primary_data_share: 0 to 1; for a member's product, its own share is used instead.
        screening: Whether a screening value stands in.
    """

    process: int
    line: str
    stage: Stage
    supplier: Supplier | None
    kg_co2e: float
    by_basis: Mapping[str, float]
    owner: str
    on_site: bool
    primary_data_share: float
    screening: bool

    @property
    def entering_kg_co2e(self) -> float:
        """What enters the chain here rather than through another product."""
        return sum(self.by_basis.values())


def list_contributions(
    inventory: Inventory,
    intensities: Mapping[Supplier, Intensity],
    gas_factors: Mapping[str, float],
    basis: str,
) -> tuple[Contribution, ...]:
    """Every exchange and emission of a chain, priced.

    Args:
        inventory: The chain.
        intensities: What one unit of each supplier stands for.
        gas_factors: kg CO2e per kg of each gas.
        basis: Name of the characterisation set behind `gas_factors`.
    """
    owners = {declared.id: declared.organisation for declared in inventory.declared}
    found: list[Contribution] = []
    for position, process in enumerate(inventory.processes):
        found += _exchanges(position, process, intensities, owners)
        found += _emissions(position, process, gas_factors, basis)
    return tuple(found)


def _exchanges(
    position: int,
    process: Process,
    intensities: Mapping[Supplier, Intensity],
    owners: Mapping[str, str],
) -> list[Contribution]:
    found = []
    for exchange in process.exchanges:
        intensity = intensities[exchange.supplier]
        declared = exchange.supplier.kind is SupplierKind.DECLARED
        found.append(
            Contribution(
                process=position,
                line=exchange.line,
                stage=exchange.stage,
                supplier=exchange.supplier,
                kg_co2e=exchange.amount * intensity.kg_co2e,
                by_basis={k: exchange.amount * v for k, v in intensity.by_basis.items()},
                owner=owners[exchange.supplier.id] if declared else process.organisation,
                on_site=exchange.on_site,
                primary_data_share=intensity.primary_data_share,
                screening=exchange.screening,
            )
        )
    return found


def _emissions(
    position: int, process: Process, gas_factors: Mapping[str, float], basis: str
) -> list[Contribution]:
    found = []
    for emission in process.emissions:
        kg_co2e = emission.mass_kg * gas_factors[emission.gas]
        found.append(
            Contribution(
                process=position,
                line=emission.line,
                stage=emission.stage,
                supplier=None,
                kg_co2e=kg_co2e,
                by_basis={NOT_STATED if emission.gas == PUBLISHED_CO2E else basis: kg_co2e},
                owner=process.organisation,
                on_site=True,
                primary_data_share=float(emission.primary),
                screening=False,
            )
        )
    return found


def share_through_chain(
    contributions: Sequence[Contribution],
    shares: Sequence[float],
    positions: Mapping[str, int],
) -> NDArray[np.float64]:
    """A share of every product's footprint, passed through suppliers and loops.

    For product p with contributions c_i: share_p = sum(|c_i| share_i) / sum(|c_i|), where a
    member's product passes on its own share. Loops make this a linear system, solved exactly.

    Args:
        contributions: All contributions of the chain.
        shares: Share of each contribution; unused where it draws on a member's product.
        positions: Position of each product.

    Returns:
        Share of each product, 0 to 1, shape (products,); 0 where nothing contributes.

    Source: PACT Methodology v3, primary data share.
    """
    size = len(positions)
    weights, own = np.zeros(size), np.zeros(size)
    rows, columns, passed = [], [], []
    for contribution, share in zip(contributions, shares, strict=True):
        weight = abs(contribution.kg_co2e)
        weights[contribution.process] += weight
        supplier = contribution.supplier
        if supplier is not None and supplier.kind is SupplierKind.PRODUCT:
            rows.append(contribution.process)
            columns.append(positions[supplier.id])
            passed.append(weight)
        else:
            own[contribution.process] += weight * share
    safe = np.where(weights > 0, weights, 1.0)
    through = sparse.csc_matrix((passed, (rows, columns)), shape=(size, size))
    system = sparse.csc_matrix(sparse.identity(size) - sparse.diags(1 / safe) @ through)
    solved: NDArray[np.float64] = factorise(system).solve(own / safe)
    # Rounding can leave the interval by a hair, and who reads a share relies on it.
    return np.clip(solved, 0.0, 1.0)
