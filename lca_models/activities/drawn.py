"""What an activity draws on: exchanges that have a value, and gaps that have none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lca_models.errors import Text
from lca_models.facts.factors import Factor
from lca_models.facts.library import Library
from lca_models.facts.stages import Stage
from lca_models.facts.units import Quantity, find_unit
from lca_models.inventory.processes import Exchange, Gap, Need, Supplier, SupplierKind, Uncertainty

_ON_SITE_BOUNDARIES = frozenset({"combustion_direct", "process_direct"})


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """The line of activity data that something is drawn for.

    Args:
        label: How results and messages name it.
        stage: Life-cycle stage that it belongs to.
        uncertainty: How far its amount may be off.
    """

    label: str
    stage: Stage
    uncertainty: Uncertainty | None = None


@dataclass(frozen=True, slots=True)
class MissingValue:
    """Why a line has no value, and what would give it one.

    Args:
        line: Label of the line.
        reason: What is missing.
        cure: What the firm can do.
        cross_checks: Values of others that may be shown beside the result, never in it.
    """

    line: str
    reason: Text
    cure: Text
    cross_checks: tuple[Factor, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line of activity data, in the engine's terms."""

    exchanges: tuple[Exchange, ...] = ()
    gaps: tuple[Gap, ...] = ()
    missing: tuple[MissingValue, ...] = ()
    needs: tuple[Need, ...] = ()

    def __add__(self, other: Drawn) -> Drawn:
        """Both together."""
        return Drawn(
            self.exchanges + other.exchanges,
            self.gaps + other.gaps,
            self.missing + other.missing,
            self.needs + other.needs,
        )

    def covering(
        self,
        line: ActivityLine,
        name: str,
        amount: float,
        unit: str,
        *,
        cover: str = "",
        carried_t: float | None = None,
    ) -> Drawn:
        """The same, with all of it covering one need (see `Need`)."""
        suppliers = tuple(exchange.supplier for exchange in self.exchanges)
        need = Need(line.label, line.stage, name, amount, unit, suppliers, cover, carried_t)
        return replace(self, needs=(*self.needs, need))


def draw_factor(library: Library, line: ActivityLine, factor_id: str, quantity: Quantity) -> Drawn:
    """A quantity of something whose emission factor is known.

    Factors of combustion and of processes describe what leaves the firm's own stacks; all others
    describe what happened before the firm's gate.

    Raises:
        UnknownFactorError: The library has no such factor.
        FactorNotForFootprintsError: The factor is for site accounts or for comparison only.
        UnitMismatchError: The quantity is of another kind than the factor's unit.
    """
    factor = library.get_footprint_factor(factor_id)
    exchange = Exchange(
        line=line.label,
        stage=line.stage,
        supplier=Supplier(SupplierKind.BACKGROUND, factor.id),
        amount=quantity.to(factor.unit),
        on_site=factor.boundary in _ON_SITE_BOUNDARIES,
        uncertainty=line.uncertainty,
    )
    return Drawn(exchanges=(exchange,))


def leave_gap(line: ActivityLine, quantity: Quantity, missing: MissingValue) -> Drawn:
    """A quantity of something without a value: left out, listed, and bounded where possible.

    The bound is the highest cross check that is stated in a unit of the same kind.
    """
    uppers = [
        factor.kg_co2e * quantity.to(factor.unit) / quantity.amount
        for factor in missing.cross_checks
        if quantity.amount and find_unit(factor.unit).kind == find_unit(quantity.unit).kind
    ]
    gap = Gap(
        line=line.label,
        stage=line.stage,
        amount=quantity.amount,
        unit=quantity.unit,
        upper_kg_co2e_per_unit=max(uppers, default=None),
    )
    return Drawn(gaps=(gap,), missing=(missing,))
