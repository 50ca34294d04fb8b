"""How recycling is counted: always by cut-off, and by other methods as sensitivities beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from lca_models.facts.library import Library
from lca_models.facts.stages import Stage
from lca_models.inventory.processes import Exchange, Process, Supplier, SupplierKind


class RecyclingMethod(StrEnum):
    """How recycled material that comes in, and waste that leaves for recycling, are counted.

    With m the mass of an input, R1 its recycled share, w the mass of waste of the same material
    given to recycling, and Ev, Er the intensities of primary and recycled material, an input counts

        m ((1 - R1) Ev + R1 (A Er + (1 - A) Ev))

    and waste counts its collection and, as a line of its own, c (Er - Ev):

    - `cut_off`: every input by the factor that it draws on, c = 0. The base of all results.
    - `recycled_content`: A = 1, c = 0; the recycled share carries the burdens of recycling.
    - `shared_burdens`: A = 1/2, c = w / 2; giver and user share primary production and recycling.
    - `closed_loop`: A = 1, c = w, but at most the primary material of the product's own inputs.
    - `credit`: A = 0, c = w; all of the benefit is the giver's (0:100, avoided burden).

    Source: ISO 14044:2006, 4.3.4.3 (closed loop; open loop, shared by the number of uses: two);
    ISO 14067:2018, 6.4.6.3, and GB/T 24067-2024; GHG Protocol Product Standard (2011), 9.3
    (recycled content and closed loop approximation); PACT Methodology v3 (cut-off).
    """

    CUT_OFF = "cut_off"
    RECYCLED_CONTENT = "recycled_content"
    SHARED_BURDENS = "shared_burdens"
    CLOSED_LOOP = "closed_loop"
    CREDIT = "credit"


# A: how much of the difference that recycling makes falls to the user of recycled material.
_USER_SHARES: Mapping[RecyclingMethod, float] = {
    RecyclingMethod.RECYCLED_CONTENT: 1.0,
    RecyclingMethod.SHARED_BURDENS: 0.5,
    RecyclingMethod.CLOSED_LOOP: 1.0,
    RecyclingMethod.CREDIT: 0.0,
}


@dataclass(frozen=True, slots=True)
class MaterialPair:
    """Factors of the primary and the recycled form of one material, in one unit."""

    primary: str
    recycled: str


@dataclass(frozen=True, slots=True)
class RecycledInput:
    """An input that is recycled in part or whole; `share` is R1."""

    line: str
    pair: MaterialPair
    share: float


@dataclass(frozen=True, slots=True)
class RecycledWaste:
    """Waste given to recycling; `treatment` is the factor of its collection."""

    line: str
    pair: MaterialPair
    treatment: str


RecyclingLine = RecycledInput | RecycledWaste


def find_pair(library: Library, factor_id: str) -> MaterialPair | None:
    """The pair that a factor belongs to in either form, if the library has the other form."""
    for primary, recycled in library.recycled_forms.items():
        if factor_id in {primary, recycled}:
            return MaterialPair(primary, recycled)
    return None


def apply_recycling(
    process: Process, lines: Iterable[RecyclingLine], method: RecyclingMethod
) -> Process:
    """A process with its recycling counted by another method; by cut-off it stays as it is.

    Args:
        process: One run, allocation done.
        lines: What is known of the recycling in it; other lines keep their value.
        method: How to count.
    """
    if method is RecyclingMethod.CUT_OFF:
        return process
    by_line = {line.line: line for line in lines}
    found: list[Exchange] = []
    needs: dict[MaterialPair, float] = {}
    wastes: list[tuple[Exchange, MaterialPair]] = []
    for exchange in process.exchanges:
        match by_line.get(exchange.line):
            case RecycledInput(pair=pair, share=share) if _draws_on(exchange, pair):
                needs[pair] = needs.get(pair, 0.0) + exchange.amount * (1 - share)
                found += _taken(exchange, pair, share * _USER_SHARES[method])
            case RecycledWaste(pair=pair, treatment=treatment) if exchange.supplier.id == treatment:
                wastes.append((exchange, pair))
                found.append(exchange)
            case _:
                found.append(exchange)
    for exchange, pair in wastes:
        replaced = exchange.amount * (1 - _USER_SHARES[method])
        if method is RecyclingMethod.CLOSED_LOOP:
            replaced = min(exchange.amount, needs.get(pair, 0.0))
            needs[pair] = needs.get(pair, 0.0) - replaced
        found += _given(exchange, pair, replaced)
    return replace(process, exchanges=tuple(found))


def _background(factor_id: str) -> Supplier:
    return Supplier(SupplierKind.BACKGROUND, factor_id)


def _draws_on(exchange: Exchange, pair: MaterialPair) -> bool:
    return exchange.supplier in {_background(pair.primary), _background(pair.recycled)}


def _taken(exchange: Exchange, pair: MaterialPair, recycled: float) -> list[Exchange]:
    """An input, split: so much of it counts as recycled, the rest as primary."""
    parts = ((pair.primary, 1 - recycled), (pair.recycled, recycled))
    return [
        replace(exchange, supplier=_background(factor), amount=exchange.amount * share)
        for factor, share in parts
        if share
    ]


def _given(exchange: Exchange, pair: MaterialPair, replaced: float) -> list[Exchange]:
    """What waste makes unnecessary elsewhere, and the recycling that this takes."""
    if not replaced:
        return []
    amounts = ((pair.primary, -replaced), (pair.recycled, replaced))
    return [
        Exchange(
            line=exchange.line,
            stage=Stage.CREDIT,
            supplier=_background(factor),
            amount=amount,
            primary=False,
        )
        for factor, amount in amounts
    ]
