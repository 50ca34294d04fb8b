"""A method envelope: what a chain's footprints would be under other admissible methods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from lca_models.errors import Defect
from lca_models.impacts.impact import Calculation, Impact, Method
from lca_models.inventory.allocation import AllocationMethod
from lca_models.inventory.recycling import RecyclingMethod
from service.domain.chain import Chain
from service.domain.submission import DeclaredSupply, Input, MemberProduct, Submission

# Two suppliers that differ by rounding alone stand level, in whatever order.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class MethodChoice:
    """One way to calculate a chain.

    Args:
        characterisation: Set of GWPs.
        allocation: Method of all runs whose outputs carry its data; None leaves each run its own.
        recycling: How recycling is counted.
    """

    characterisation: str
    allocation: AllocationMethod | None = None
    recycling: RecyclingMethod = RecyclingMethod.CUT_OFF


@dataclass(frozen=True, slots=True)
class RankFlip:
    """Two suppliers of a product whose order another method turns round.

    Args:
        product: The product.
        ahead: Firm that contributes more in the base, next in rank to the other.
        behind: Firm that contributes more under the other method.
    """

    product: str
    ahead: str
    behind: str


@dataclass(frozen=True, slots=True)
class MethodResult:
    """A chain calculated in one way.

    Args:
        choice: The way.
        kg_co2e: Total by product; None where nothing is known.
        suppliers: kg CO2e that each first-tier firm contributes to a product, largest first.
        method: What, with the same inputs, gives the same digits.
        kept: Runs that the choice of allocation does not reach, with the reason.
        flips: Suppliers whose order differs from the base.
    """

    choice: MethodChoice
    kg_co2e: Mapping[str, float | None]
    suppliers: Mapping[str, Mapping[str, float]]
    method: Method
    kept: tuple[Defect, ...] = ()
    flips: tuple[RankFlip, ...] = ()


@dataclass(frozen=True, slots=True)
class InadmissibleMethod:
    """A choice that gives no result, with the reasons."""

    choice: MethodChoice
    reasons: tuple[Defect, ...]


@dataclass(frozen=True, slots=True)
class MethodEnvelope:
    """The result of a chain under each admissible method.

    Args:
        chain: The chain.
        base: Allocation as each firm chose it, cut-off, the first set of GWPs.
        alternatives: Other allocations and sets of GWPs; they and the base span the envelope.
        sensitivities: Other ways to count recycling, beside the envelope.
        inadmissible: Choices without a result.
        uncounted: Lines whose recycling no sensitivity can count otherwise, with the reason.
    """

    chain: Chain
    base: MethodResult
    alternatives: tuple[MethodResult, ...]
    sensitivities: tuple[MethodResult, ...]
    inadmissible: tuple[InadmissibleMethod, ...]
    uncounted: tuple[Defect, ...] = ()

    def span(self, product_id: str) -> tuple[float, float] | None:
        """Lowest and highest admissible total of a product; None where nothing is known."""
        totals = [result.kg_co2e[product_id] for result in (self.base, *self.alternatives)]
        known = [kg_co2e for kg_co2e in totals if kg_co2e is not None]
        return (min(known), max(known)) if known else None


def describe_result(
    choice: MethodChoice, chain: Chain, calculation: Calculation, kept: tuple[Defect, ...] = ()
) -> MethodResult:
    """Put a calculation into the words of a chain.

    Args:
        choice: How it was calculated.
        chain: The chain as it was calculated.
        calculation: Impacts of all its products.
        kept: What the choice does not reach.
    """
    impacts = calculation.impacts
    runs = {o.product_id: s for s in chain.current_submissions() for o in s.bearing_outputs}
    totals = {made.id: _known_total(impacts[made.id]) for made in chain.products}
    return MethodResult(
        choice=choice,
        kg_co2e=totals,
        suppliers={
            product_id: _contributions(impacts[product_id], submission, chain, totals)
            for product_id, submission in runs.items()
        },
        method=calculation.method,
        kept=kept,
    )


def find_flips(base: MethodResult, other: MethodResult) -> Iterator[RankFlip]:
    """Suppliers of neighbouring ranks in the base whose order another result turns round.

    Who stand level share a rank. If the order differs at all, two of neighbouring ranks are among
    those that change places.
    """
    for product_id, ranked in base.suppliers.items():
        found = other.suppliers.get(product_id, {})
        least = _ROUNDING * max(map(abs, (*ranked.values(), *found.values())), default=0.0)
        for upper, lower in pairwise(_ranks(ranked, least)):
            yield from (
                RankFlip(product_id, ahead, behind)
                for ahead in upper
                for behind in lower
                if found.get(ahead, 0.0) - found.get(behind, 0.0) < -least
            )


def _ranks(ranked: Mapping[str, float], least: float) -> list[list[str]]:
    """Firms by rank, largest first; those no further apart than `least` stand level."""
    ranks: list[list[str]] = []
    for firm, kg_co2e in ranked.items():
        if ranks and ranked[ranks[-1][0]] - kg_co2e <= least:
            ranks[-1].append(firm)
        else:
            ranks.append([firm])
    return ranks


def _known_total(impact: Impact) -> float | None:
    return impact.kg_co2e if impact.by_organisation or not impact.gaps else None


def _contributions(
    impact: Impact, submission: Submission, chain: Chain, totals: Mapping[str, float | None]
) -> dict[str, float]:
    """What each other firm supplies, without the transport that brings it; no value is no zero."""
    owner = chain.get_product(impact.product).organisation_id
    firms = {
        (line.label, supplied): firm
        for line in submission.lines
        if isinstance(line, Input)
        for supplied, firm in _supplier(line, chain)
        if firm != owner and totals.get(supplied, 0.0) is not None
    }
    found: dict[str, float] = {}
    for line in impact.by_line:
        firm = firms.get((line.line, line.supplier or ""))
        if firm is not None:
            found[firm] = found.get(firm, 0.0) + line.kg_co2e
    return dict(sorted(found.items(), key=lambda entry: (-entry[1], entry[0])))


def _supplier(line: Input, chain: Chain) -> Iterator[tuple[str, str]]:
    match line.supply:
        case MemberProduct(product_id):
            yield product_id, chain.get_product(product_id).organisation_id
        case DeclaredSupply(declaration_id):
            yield declaration_id, chain.declarations_by_id[declaration_id].owner
