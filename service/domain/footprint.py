"""A footprint: an impact with its product, its boundary, its quality and its gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lca_models.activities.drawn import MissingValue
from lca_models.errors import Text
from lca_models.facts.factors import Factor
from lca_models.facts.library import Library
from lca_models.impacts.impact import Calculation, GapImpact, Impact, Method
from lca_models.impacts.interval import Interval
from lca_models.inventory.allocation import Allocation
from lca_models.inventory.processes import Process, SupplierKind
from service.domain.chain import Chain, Declaration, Verification
from service.domain.chain_inventory import LaidOutChain
from service.domain.footprint_interval import NoInterval
from service.domain.line_activities import mass_of
from service.domain.organisation import Organisation
from service.domain.product import Product
from service.domain.submission import DataType, Input, MemberProduct, Submission


@dataclass(frozen=True, slots=True)
class FootprintGap:
    """Something along a product's chain that has no value, with why and what would give it one."""

    organisation: Organisation
    impact: GapImpact
    missing: MissingValue


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a product's own activity data has a value.

    Args:
        lines: Lines of its activity data.
        valued_lines: Lines without a gap.
        mass_share: Share of the mass of its inputs that has a value; None if a mass is unknown.
    """

    lines: int
    valued_lines: int
    mass_share: float | None


@dataclass(frozen=True, slots=True)
class Footprint:
    """The cradle-to-gate footprint of one declared unit of a product.

    Args:
        product: What it is about.
        organisation: Who makes it.
        impact: Total and parts, electricity contracts counted.
        location_based_kg_co2e: Total with certified power counted as the grid that delivers it.
        answered: Whether the firm gave activity data; otherwise the value is a screening value.
        coverage: How much of its own activity data has a value.
        recycled_share: Recycled share of the mass of its inputs without packaging; None if no
            input states one or a mass is unknown.
        allocation: How the run was shared with co-products, if there were any.
        gaps: Everything along its chain without a value, largest bound first.
        factors: Published factors that its own lines draw on.
        secondary_lines: Its own lines whose amount was not measured.
        interval: Where the total lies, gaps left out and electricity contracts counted, to first
            order; or why nobody can tell.
        unverified: Declared footprints that it rests on and nobody else has checked.
    """

    product: Product
    organisation: Organisation
    impact: Impact
    location_based_kg_co2e: float
    answered: bool
    coverage: Coverage
    recycled_share: float | None
    allocation: Allocation | None
    gaps: tuple[FootprintGap, ...]
    factors: tuple[Factor, ...]
    interval: Interval | NoInterval
    secondary_lines: tuple[str, ...] = ()
    unverified: tuple[Declaration, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is a value at all: nothing but gaps is no zero."""
        return self.impact.is_known

    @property
    def upper_kg_co2e(self) -> float | None:
        """Total with every gap at its highest comparison value; None if a gap has none."""
        uppers = [gap.impact.upper_kg_co2e for gap in self.gaps]
        bounded = [upper for upper in uppers if upper is not None]
        if len(bounded) < len(uppers):
            return None
        return self.impact.kg_co2e + sum(bounded)

    @property
    def exempted_share(self) -> float | None:
        """What is left out over the total with it, each gap at its bound; None without a bound.

        Source: PACT Methodology v3, exemptions: at most 3 %.
        """
        upper = self.upper_kg_co2e
        if not self.is_known or upper is None:
            return None
        left_out = sum(gap.impact.upper_kg_co2e or 0.0 for gap in self.gaps)
        if not left_out:
            return 0.0
        return left_out / upper if upper > 0 else None


@dataclass(frozen=True, slots=True)
class ChainFootprints:
    """The footprints of all products of a chain, from one calculation."""

    chain: Chain
    footprints: Mapping[str, Footprint]
    method: Method


def assemble_footprints(
    chain: Chain,
    laid_out: LaidOutChain,
    market: Calculation,
    location: Calculation,
    intervals: Mapping[str, Interval | NoInterval],
    library: Library,
) -> ChainFootprints:
    """Put the results of both electricity views back into the words of the chain.

    Args:
        chain: The chain.
        laid_out: Its inventory in the market-based view.
        market: Impacts with electricity contracts.
        location: Impacts without.
        intervals: Intervals of `market`, by product.
        library: Where factors and their caveats stand.
    """
    context = _Context(chain, laid_out, market.impacts)
    footprints = {}
    for product in chain.products:
        impact = market.impacts[product.id]
        submission = context.submissions.get(product.id)
        run = None if submission is None else submission.product_id
        footprints[product.id] = Footprint(
            product=product,
            organisation=context.owners[product.id],
            impact=impact,
            location_based_kg_co2e=location.impacts[product.id].kg_co2e,
            answered=product.id in laid_out.answered,
            coverage=_coverage(product.id, submission, context),
            recycled_share=None
            if submission is None
            else _recycled_share(submission, product.id, chain),
            allocation=None if run is None else laid_out.allocations.get(run),
            gaps=_gaps(impact, context),
            factors=_factors(context.processes[product.id], library),
            interval=intervals[product.id],
            secondary_lines=_secondary_lines(product.id, submission),
            unverified=_unverified(impact, context),
        )
    return ChainFootprints(chain=chain, footprints=footprints, method=market.method)


class _Context:
    """Look-ups over the whole chain that every product's footprint needs."""

    def __init__(self, chain: Chain, laid_out: LaidOutChain, impacts: Mapping[str, Impact]) -> None:
        firms = {organisation.id: organisation for organisation in chain.organisations}
        self.processes = {p.product: p for p in laid_out.inventory.processes}
        self.owners = {p.product: firms[p.organisation] for p in self.processes.values()}
        self.submissions = {
            output.product_id: submission
            for submission in chain.current_submissions()
            for output in submission.bearing_outputs
        }
        self.missing = laid_out.missing
        self.missing_lines: dict[str, set[str]] = defaultdict(set)
        for product_id, line in laid_out.missing:
            self.missing_lines[product_id].add(line)
        self.unknown = {impact.product for impact in impacts.values() if not impact.is_known}
        self.chain = chain
        declared = {declared.id for declared in laid_out.inventory.declared}
        self.unverified = [
            declaration
            for declaration in chain.declarations
            if declaration.id in declared and declaration.verification is Verification.NONE
        ]


def _gaps(impact: Impact, context: _Context) -> tuple[FootprintGap, ...]:
    """Gaps along the chain; what a run and its co-products share is one gap of the run."""
    merged: dict[tuple[str, str], GapImpact] = {}
    for gap in impact.gaps:
        submission = context.submissions.get(gap.product)
        key = gap.product if submission is None else submission.product_id, gap.line
        known = merged.get(key)
        merged[key] = replace(gap, product=key[0]) if known is None else _together(known, gap)
    found = [
        FootprintGap(context.owners[key[0]], gap, context.missing[key])
        for key, gap in merged.items()
    ]
    return tuple(sorted(found, key=lambda gap: -(gap.impact.upper_kg_co2e or 0.0)))


def _together(known: GapImpact, further: GapImpact) -> GapImpact:
    upper = known.upper_kg_co2e
    if upper is not None:
        upper += further.upper_kg_co2e or 0.0
    return replace(known, amount=known.amount + further.amount, upper_kg_co2e=upper)


def _coverage(product_id: str, submission: Submission | None, context: _Context) -> Coverage:
    if submission is None:
        return Coverage(lines=0, valued_lines=0, mass_share=None)
    lines = submission.lines_of(product_id)
    missing = context.missing_lines[product_id] | {
        line.label
        for line in lines
        if isinstance(line, Input)
        and isinstance(line.supply, MemberProduct)
        and line.supply.product_id in context.unknown
    }
    inputs = [line for line in lines if isinstance(line, Input)]
    masses = [
        (mass_of(line, line.quantity, context.chain), line.label in missing) for line in inputs
    ]
    known = [(mass.to("kg"), is_missing) for mass, is_missing in masses if mass is not None]
    total = sum(kg for kg, _ in known)
    valued = sum(kg for kg, is_missing in known if not is_missing)
    return Coverage(
        lines=len(lines),
        valued_lines=sum(line.label not in missing for line in lines),
        mass_share=valued / total if total and len(known) == len(inputs) else None,
    )


def _secondary_lines(product_id: str, submission: Submission | None) -> tuple[str, ...]:
    lines = () if submission is None else submission.lines_of(product_id)
    return tuple(line.label for line in lines if line.notes.data_type is DataType.SECONDARY)


def _unverified(impact: Impact, context: _Context) -> tuple[Declaration, ...]:
    """Found by their owners: one who declares several answers for all of them."""
    owners = {part.organisation for part in impact.by_organisation if part.declared_kg_co2e}
    return tuple(d for d in context.unverified if d.owner in owners)


def _recycled_share(submission: Submission, product_id: str, chain: Chain) -> float | None:
    """Recycled mass over the mass of all inputs that stay in the product."""
    lines = submission.lines_of(product_id)
    inputs = [line for line in lines if isinstance(line, Input) and not line.packaging]
    masses = [mass_of(line, line.quantity, chain) for line in inputs]
    if not any(line.recycled for line in inputs) or None in masses:
        return None
    kg = [mass.to("kg") for mass in masses if mass is not None]
    shares = [0.0 if line.recycled is None else line.recycled.share for line in inputs]
    return sum(m * share for m, share in zip(kg, shares, strict=True)) / sum(kg)


def _factors(process: Process, library: Library) -> tuple[Factor, ...]:
    used = {
        exchange.supplier.id
        for exchange in process.exchanges
        if exchange.supplier.kind is SupplierKind.BACKGROUND
    }
    return tuple(library.get_footprint_factor(factor_id) for factor_id in sorted(used))


def describe_boundary() -> Text:
    """What every footprint of the house covers."""
    return Text(
        en="Cradle to gate, attributional; outbound logistics, use, end of life and offsets are "
        "not in it (ISO 14067:2018, GB/T 24067-2024).",
        zh="从摇篮到大门，归因型；不含出厂物流、使用、寿命终止阶段及碳抵消"
        "（ISO 14067:2018、GB/T 24067-2024）。",
    )
