"""What covers the same need in two versions of a chain, row against row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from lca_models.calculation.change.versions import Side, Sides
from lca_models.facts.stages import Stage
from lca_models.inventory.allocation import AllocationMethod
from lca_models.inventory.processes import (
    DeclaredFootprint,
    Emission,
    Exchange,
    Need,
    Process,
    Supplier,
    SupplierKind,
)

MATERIAL_STAGES = frozenset({Stage.MATERIALS, Stage.PACKAGING})
# A need: process, stage, name and unit. A cover: need, kind and name.
NeedKey = tuple[int, Stage, str, str]
CoverKey = tuple[int, SupplierKind, str]
# What a need of a process is, whoever the process is.
NeedName = tuple[Stage, str, str]
# A priced source: its kind, its name, and the cover that a declaration was made anew for.
GAS, DECLARED = "gas", SupplierKind.DECLARED.value
SourceKey = tuple[str, str, int]
FOR_ALL = -1


@dataclass(slots=True)
class Rows:
    """One version, row by row, per declared unit.

    Args:
        term: Term of each row.
        amount: How much of its source each row takes, in the unit of the source.
        cover: Cover of each line.
        covered: How much of the need the line covers, in the unit of the need.
        unshared: The same before the run was shared among its products.
        carried: Tonnes carried, by need and line; None where they are not known.
        screened: Needs with a screening value.
        gaps: Covers with a gap.
        gap_lines: Lines with a gap, by process.
        anew: The declaration behind each source that only one version has by that id and unit.
    """

    term: list[int] = field(default_factory=list)
    amount: list[float] = field(default_factory=list)
    cover: list[int] = field(default_factory=list)
    covered: list[float] = field(default_factory=list)
    unshared: list[float] = field(default_factory=list)
    carried: dict[tuple[int, str], float | None] = field(default_factory=dict)
    screened: set[int] = field(default_factory=set)
    gaps: set[int] = field(default_factory=set)
    gap_lines: set[tuple[int, str]] = field(default_factory=set)
    anew: dict[int, DeclaredFootprint] = field(default_factory=dict)


@dataclass(slots=True)
class Matching:
    """Needs, covers and terms of both versions, numbered alike.

    Args:
        needs: What processes need, whoever covers it.
        covers: What covers needs: suppliers, kinds of power, modes; one without a name stands for
            published values.
        terms: Sources within covers: cover, and product or, above all products, priced source.
        sources: Priced sources, from 0 on.
        rows: The numbers of either version.
    """

    needs: dict[NeedKey, int] = field(default_factory=dict)
    covers: dict[CoverKey, int] = field(default_factory=dict)
    terms: dict[tuple[int, int], int] = field(default_factory=dict)
    sources: dict[SourceKey, int] = field(default_factory=dict)
    rows: tuple[Rows, Rows] = field(default_factory=lambda: (Rows(), Rows()))


def match_versions(sides: Sides) -> Matching:
    """Number needs, covers and terms of both versions alike, whatever the order of their rows."""
    found = Matching()
    products = {product: n for n, product in enumerate(sides.products)}
    readers = [
        _Reader(side, rows, found, products, sides.kept)
        for side, rows in zip((sides.before, sides.after), found.rows, strict=True)
    ]
    pairs = zip(sides.before.processes, sides.after.processes, strict=True)
    for number, pair in enumerate(pairs):
        for reader, process, burden in zip(readers, pair, _weigh_burdens(*pair), strict=True):
            reader.read(number, process, burden)
    _read_reassigned(sides, readers)
    return found


@dataclass(frozen=True, slots=True)
class _Burden:
    """What a product bears of its run, relative to what the amounts of the run are told by.

    Args:
        shared: Of lines that all products share.
        alone: Of lines that it bears alone in this version, but not in the other.
        apart: Needs that it bears alone in both: they are no matter of sharing.
    """

    shared: float = 1.0
    alone: float = 1.0
    apart: frozenset[NeedName] = frozenset()

    def of(self, need: Need) -> float:
        """What it bears of what one line covers."""
        if not need.alone:
            return self.shared
        return 1.0 if _name_of(need) in self.apart else self.alone


_BORNE = _Burden()


@dataclass(slots=True)
class _Reader:
    """Reads the processes of one version into a matching."""

    side: Side
    rows: Rows
    found: Matching
    products: dict[str, int]
    kept: frozenset[str]

    def read(self, number: int, process: Process, burden: _Burden) -> None:
        lines, suppliers = self._read_needs(number, process, burden)
        rows, made = self.rows, process.amount
        drawn: list[tuple[int, Exchange]] = []
        for exchange in process.exchanges:
            cover = suppliers.get((exchange.line, exchange.stage, exchange.supplier))
            if cover is None:
                cover = self._own_cover(number, exchange)
                shared = 1.0 if exchange.stage is Stage.CREDIT else burden.shared
                self._add_cover(cover, exchange.amount / made, shared)
            drawn.append((cover, exchange))
            if exchange.screening:
                rows.screened.add(cover)
        several = self._declared_severally(drawn)
        for cover, exchange in drawn:
            source = self._source(cover, exchange.supplier, several=cover in several)
            self._add_row(cover, source, exchange.amount / made)
        for emission in process.emissions:
            amount = emission.mass_kg / made
            cover = suppliers.get((emission.line, emission.stage, emission.gas))
            if cover is None:
                cover = self._cover_of_gas(number, emission)
                self._add_cover(cover, amount, burden.shared)
            self._add_row(cover, self._priced((GAS, emission.gas, FOR_ALL)), amount)
        for gap in process.gaps:
            rows.gap_lines.add((number, gap.line))
            if (gap.line, gap.stage) in lines:
                rows.gaps.add(lines[gap.line, gap.stage])

    def _read_needs(
        self, number: int, process: Process, burden: _Burden
    ) -> tuple[dict[tuple[str, Stage], int], dict[tuple[str, Stage, Supplier | str], int]]:
        """Covers by line, and by what a line draws on; what it emits covers its own need."""
        lines: dict[tuple[str, Stage], int] = {}
        suppliers: dict[tuple[str, Stage, Supplier | str], int] = {}
        for need in process.needs:
            if not need.amount > 0:
                continue  # it covers nothing: its rows stand for themselves
            key = number, need.stage, need.name, need.unit
            cover = self._cover_of(key, need.suppliers, need.cover)
            amount = need.amount / process.amount
            self._add_cover(cover, amount, burden.of(need))
            self._carry(key, need, process.amount)
            lines[need.line, need.stage] = cover
            for supplier in need.suppliers or (need.cover,):
                suppliers[need.line, need.stage, supplier] = cover
        return lines, suppliers

    def _cover_of(self, need: NeedKey, suppliers: tuple[Supplier, ...], name: str) -> int:
        """Members and declarers cover by themselves, all published values of a need together."""
        kind = SupplierKind.BACKGROUND
        if not name and len(suppliers) == 1 and suppliers[0].kind is not kind:
            (supplier,) = suppliers
            kind, name = supplier.kind, supplier.id
            if kind is SupplierKind.DECLARED:
                name = self.side.declared[name].organisation
        number = self.found.needs.setdefault(need, len(self.found.needs))
        return self.found.covers.setdefault((number, kind, name), len(self.found.covers))

    def _own_cover(self, number: int, exchange: Exchange) -> int:
        """A line without a need is one: by its label, in the unit of its source."""
        supplier, stage = exchange.supplier, exchange.stage
        # What is below zero covers nothing together with others: it is a need of its own.
        apart = exchange.amount < 0 or stage is Stage.CREDIT
        name = f"{exchange.line}\n{supplier.id}" if apart else exchange.line
        published = supplier.kind is SupplierKind.BACKGROUND and stage not in MATERIAL_STAGES
        key = number, stage, name, self._unit_of(supplier)
        return self._cover_of(key, (supplier,), supplier.id if published else "")

    def _cover_of_gas(self, number: int, emission: Emission) -> int:
        key = number, emission.stage, f"{emission.line}\n{emission.gas}", "kg"
        return self._cover_of(key, (), emission.gas)

    def _add_cover(self, cover: int, amount: float, burden: float) -> None:
        self.rows.cover.append(cover)
        self.rows.covered.append(amount)
        self.rows.unshared.append(amount / burden)

    def _add_row(self, cover: int, source: int, amount: float) -> None:
        terms = self.found.terms
        self.rows.term.append(terms.setdefault((cover, source), len(terms)))
        self.rows.amount.append(amount)

    def _carry(self, key: NeedKey, need: Need, made: float) -> None:
        """Legs of one line carry the same: the heaviest tells how much."""
        place = self.found.needs[key], need.line
        known = self.rows.carried.get(place, 0.0)
        carried = None if need.carried_t is None else need.carried_t / made
        both_known = known is not None and carried is not None
        self.rows.carried[place] = max(known or 0.0, carried or 0.0) if both_known else None

    def _unit_of(self, supplier: Supplier) -> str:
        match supplier.kind:
            case SupplierKind.PRODUCT:
                return self.side.processes[self.products[supplier.id]].unit
            case SupplierKind.DECLARED:
                return self.side.declared[supplier.id].unit
            case SupplierKind.BACKGROUND:
                return self.side.factors[supplier.id].unit

    def reassign(self, number: int, need: Need, made: float, burden: _Burden) -> None:
        """What the run still needs, but another of its products now bears whole."""
        key = number, need.stage, need.name, need.unit
        cover = self._cover_of(key, need.suppliers, need.cover)
        self.rows.cover.append(cover)
        self.rows.covered.append(0.0)
        self.rows.unshared.append(need.amount / made / burden.alone)

    def _declared_severally(self, drawn: Iterable[tuple[int, Exchange]]) -> frozenset[int]:
        """Covers with several declarations of one owner: nothing tells which follows which."""
        declared = {
            (cover, exchange.supplier.id)
            for cover, exchange in drawn
            if exchange.supplier.kind is SupplierKind.DECLARED
            and exchange.supplier.id not in self.kept
        }
        counts = Counter(cover for cover, _ in declared)
        return frozenset(cover for cover, count in counts.items() if count > 1)

    def _source(self, cover: int, supplier: Supplier, *, several: bool) -> int:
        if supplier.kind is SupplierKind.PRODUCT:
            return self.products[supplier.id]
        if supplier.kind is SupplierKind.BACKGROUND or supplier.id in self.kept:
            return self._priced((supplier.kind.value, supplier.id, FOR_ALL))
        declared = self.side.declared[supplier.id]
        # A new declaration by the owner of the old one, for the same cover, is the old one anew.
        name = f"{declared.unit}\n{declared.id}" if several else declared.unit
        source = self._priced((DECLARED, name, cover))
        self.rows.anew[source - len(self.products)] = declared
        return source

    def _priced(self, key: SourceKey) -> int:
        return len(self.products) + self.found.sources.setdefault(key, len(self.found.sources))


def _weigh_burdens(before: Process, after: Process) -> tuple[_Burden, _Burden]:
    """Amounts of a run that is shared in both versions are told per kilogram of all that it makes.

    More of another product is then no saving. Otherwise they are told per unit of this product.
    """
    if not before.allocation and not after.allocation:
        return _BORNE, _BORNE
    apart = _borne_alone(before) & _borne_alone(after)
    pair = before, after
    sharing = all(p.allocation not in {"", AllocationMethod.SUBSTITUTION} for p in pair)
    masses = [p.mass_share or 0.0 for p in pair] if sharing else [0.0]
    first, second = masses if all(masses) else (1.0, 1.0)
    return (
        _Burden((before.share or 1.0) / first, 1.0 / first, apart),
        _Burden((after.share or 1.0) / second, 1.0 / second, apart),
    )


def _borne_alone(process: Process) -> frozenset[NeedName]:
    return frozenset(_name_of(need) for need in process.needs if need.alone)


def _name_of(need: Need) -> NeedName:
    return need.stage, need.name, need.unit


def _read_reassigned(sides: Sides, readers: Iterable[_Reader]) -> None:
    """A line that comes to serve one product of a run is no saving of the others."""
    pair = sides.before.processes, sides.after.processes
    lacking = sides.only_after, sides.only_before
    for reader, own, other, lacks in zip(readers, pair, reversed(pair), lacking, strict=True):
        runs: dict[str, list[tuple[int, Need]]] = {}
        for maker, (process, twin) in enumerate(zip(own, other, strict=True)):
            if process.run and process.product not in lacks:
                apart = _borne_alone(twin) if sides.in_both(process.product) else frozenset()
                served = ((maker, n) for n in process.needs if n.alone and _name_of(n) not in apart)
                runs.setdefault(process.run, []).extend(served)
        for number, (process, twin) in enumerate(zip(own, other, strict=True)):
            known = {_name_of(need) for need in twin.needs}
            for maker, need in runs.get(process.run, []):
                if maker != number and _name_of(need) in known:
                    burden = _weigh_burdens(process, twin)[0]
                    reader.reassign(number, need, process.amount, burden)
