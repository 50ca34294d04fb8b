"""Which driver stands behind a change of each number: who did what, and what nobody did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.change.matching import DECLARED, GAS, MATERIAL_STAGES, Matching
from lca_models.calculation.change.terms import Covers, Needs, Terms
from lca_models.calculation.change.versions import Sides
from lca_models.facts.stages import Stage
from lca_models.impacts.change import Driver
from lca_models.inventory.processes import Process, SupplierKind

Positions = NDArray[np.int64]
Flags = NDArray[np.bool_]

DRIVERS = tuple(driver for driver in Driver if driver is not Driver.VOLUME)
NUMBERS: Mapping[Driver, int] = {driver: n for n, driver in enumerate(DRIVERS)}
_COVERAGE, _FACTOR, _METHOD = (
    NUMBERS[driver] for driver in (Driver.DATA_COVERAGE, Driver.FACTOR_VERSION, Driver.METHOD)
)
_OPEN = -1
_STAGES = tuple(Stage)
# Shares that move by no more than rounding have not moved.
_ROUNDING = 1e-9
_AMOUNTS: Mapping[Stage, Driver] = {
    Stage.MATERIALS: Driver.MATERIAL_AMOUNTS,
    Stage.PACKAGING: Driver.MATERIAL_AMOUNTS,
    Stage.TRANSPORT_INBOUND: Driver.TRANSPORT,
    Stage.ENERGY: Driver.ENERGY_INTENSITY,
    Stage.DIRECT: Driver.PROCESS_EMISSIONS,
    Stage.WASTE: Driver.WASTE,
    Stage.CREDIT: Driver.METHOD,
}


@dataclass(frozen=True, slots=True)
class Causes:
    """Numbers of drivers.

    Args:
        burden: Of the burden that a product bears of its run, shape (needs,).
        quantity: Of how much is needed, shape (needs,).
        distance: Of how far it is carried, shape (needs,).
        shares: Of who or what covers the need, shape (terms,).
        ratios: Of what stands for a cover, shape (terms,).
    """

    burden: Positions
    quantity: Positions
    distance: Positions
    shares: Positions
    ratios: Positions


def find_causes(
    sides: Sides, matching: Matching, needs: Needs, covers: Covers, terms: Terms
) -> Causes:
    """Name the driver of each number; where data came or went, nobody is said to have done it."""
    stages = [key[1] for key in matching.needs]
    whole = _whole_needs(sides, matching, needs, terms)
    quantity = _choose(whole, [NUMBERS[_AMOUNTS[stage]] for stage in stages])
    inbound = np.array([stage is Stage.TRANSPORT_INBOUND for stage in stages], dtype=np.bool_)
    carried = needs.freight & inbound & (whole == _OPEN) & ~_new_ways(matching, needs)
    quantity[carried] = NUMBERS[Driver.MATERIAL_AMOUNTS]
    return Causes(
        burden=_choose(whole, [_METHOD] * len(stages)),
        quantity=quantity,
        distance=_choose(whole, [NUMBERS[Driver.TRANSPORT]] * len(stages)),
        shares=_of_shares(sides, matching, needs, covers, whole)[terms.cover],
        ratios=_of_ratios(sides, matching, terms, quantity, whole),
    )


def _new_ways(matching: Matching, needs: Needs) -> Flags:
    """Freight of one version only, of an input that both versions have."""
    kept = np.logical_and(*needs.there).tolist()
    inputs = {
        (process, name)
        for (process, stage, name, _), both in zip(matching.needs, kept, strict=True)
        if both and stage in MATERIAL_STAGES
    }
    found = [
        not both and (process, name) in inputs
        for (process, _, name, _), both in zip(matching.needs, kept, strict=True)
    ]
    return np.array(found, dtype=np.bool_)


def _choose(whole: Positions, drivers: list[int]) -> Positions:
    return np.where(whole == _OPEN, np.array(drivers, dtype=np.int64), whole)


def _whole_needs(sides: Sides, matching: Matching, needs: Needs, terms: Terms) -> Positions:
    """The one driver of needs of which nothing tells what was done; open for all others."""
    pairs = zip(sides.before.processes, sides.after.processes, strict=True)
    whole = np.array([_of_process(*pair) for pair in pairs], dtype=np.int64)[needs.process]
    whole[[key[1] is Stage.CREDIT for key in matching.needs]] = _METHOD
    of_cover = [key[0] for key in matching.covers]
    for side, rows in enumerate(matching.rows):
        whole[[of_cover[cover] for cover in rows.screened]] = _COVERAGE
        for number, key in enumerate(matching.needs):
            if not needs.there[side, number] and (key[0], key[2]) in rows.gap_lines:
                whole[number] = _COVERAGE
    replaced = _replaced_measurements(sides, matching, needs)
    replaced |= _replaced_by_gaps(matching, needs, terms)
    return np.where((whole == _OPEN) & replaced, _COVERAGE, whole)


def _replaced_by_gaps(matching: Matching, needs: Needs, terms: Terms) -> Flags:
    """Needs that went where one of their stage came that nothing is known of, or came for such."""
    of_cover = [key[0] for key in matching.covers]
    places = np.array([(key[0], _STAGES.index(key[1])) for key in matching.needs], dtype=np.int64)
    place = places.reshape(-1, 2) @ (len(_STAGES), 1)
    found = np.zeros(len(matching.needs), dtype=np.bool_)
    for side, rows in enumerate(matching.rows):
        here, there = needs.there[side], needs.there[1 - side]
        unknown = np.zeros(len(matching.needs), dtype=np.bool_)
        unknown[[of_cover[cover] for cover in rows.gaps]] = True
        unknown &= here & ~there
        unknown[terms.need[terms.amounts[side] != 0]] = False
        found |= there & ~here & np.isin(place, place[unknown])
    return found


def _replaced_measurements(sides: Sides, matching: Matching, needs: Needs) -> Flags:
    """Own emissions that are measured in one version, and by a published value in the other."""
    of_cover = [key[0] for key in matching.covers]
    numbered = enumerate(matching.sources, len(sides.products))
    gases = {number for number, (kind, *_) in numbered if kind == GAS}
    measured = np.zeros(len(matching.needs), dtype=np.bool_)
    measured[[of_cover[cover] for cover, source in matching.terms if source in gases]] = True
    direct = np.array([key[1] is Stage.DIRECT for key in matching.needs], dtype=np.bool_)
    gone, came = (direct & here & ~there for here, there in (needs.there, needs.there[::-1]))
    found = np.zeros(len(matching.needs), dtype=np.bool_)
    for pair in ((gone & measured, came & ~measured), (gone & ~measured, came & measured)):
        both = np.intersect1d(*(needs.process[each] for each in pair))
        found |= (pair[0] | pair[1]) & np.isin(needs.process, both)
    return found


def _of_process(before: Process, after: Process) -> int:
    if _is_answered(before) != _is_answered(after):
        return _COVERAGE
    return _METHOD if (before.share == 0) != (after.share == 0) else _OPEN


def _is_answered(process: Process) -> bool:
    """Whether a firm said anything: screening values and gaps are what stands in for silence."""
    silent = all(exchange.screening for exchange in process.exchanges) and not process.emissions
    return not silent or not (process.exchanges or process.gaps)


def _of_shares(
    sides: Sides, matching: Matching, needs: Needs, covers: Covers, whole: Positions
) -> Positions:
    """Drivers by cover.

    Materials that move between suppliers with data of their own and what stands in for such data
    are coverage: nothing tells whether the supplier is another one.
    """
    stages = [key[1] for key in matching.needs]
    plain = [
        _of_cover(stage, freight) for stage, freight in zip(stages, needs.freight, strict=True)
    ]
    drivers = _choose(whole, [NUMBERS[driver] for driver in plain])[covers.need]
    known = _know_suppliers(sides, matching)
    moved = covers.shares[1] - covers.shares[0]
    size = len(needs.process)
    among = [np.bincount(covers.need, moved * each, size) for each in (known, ~known)]
    among_alike = np.max(np.abs(among), axis=0, initial=0.0) <= _ROUNDING
    switched = among_alike[covers.need] & known
    material = np.array([stage in MATERIAL_STAGES for stage in stages], dtype=np.bool_)
    drivers[material[covers.need] & ~switched] = _COVERAGE
    return drivers


def _know_suppliers(sides: Sides, matching: Matching) -> Flags:
    """Covers whose supplier gives data of its own, in both versions."""
    processes = (*sides.before.processes, *sides.after.processes)
    silent = {process.product for process in processes if not _is_answered(process)}
    firms = {process.product: process.organisation for process in processes}
    members = {
        (need, firms[name]) for need, kind, name in matching.covers if kind is SupplierKind.PRODUCT
    }
    renamed = _renamed_products(sides, matching, firms)
    # A member that declared a footprint and then gives data is no other supplier.
    known = [
        (kind is SupplierKind.PRODUCT and name not in silent and (need, name) not in renamed)
        or (kind is SupplierKind.DECLARED and (need, name) not in members)
        for need, kind, name in matching.covers
    ]
    return np.array(known, dtype=np.bool_)


def _renamed_products(
    sides: Sides, matching: Matching, firms: Mapping[str, str]
) -> frozenset[tuple[int, str]]:
    """Products in the place of another by the same firm, of which each version has but one.

    Nothing tells what the firm did from another name, method or reach of its data.
    """
    found: dict[tuple[int, str], tuple[set[str], set[str]]] = {}
    for need, kind, name in matching.covers:
        if kind is SupplierKind.PRODUCT and not sides.in_both(name):
            gone, came = found.setdefault((need, firms[name]), (set(), set()))
            (gone if name in sides.only_before else came).add(name)
    return frozenset(
        (need, name)
        for (need, _), (gone, came) in found.items()
        if gone and came
        for name in gone | came
    )


def _of_cover(stage: Stage, freight: object) -> Driver:
    if stage in MATERIAL_STAGES:
        return Driver.SUPPLIER_SWITCH
    if stage is Stage.ENERGY:
        return Driver.ENERGY_MIX
    return Driver.TRANSPORT if freight else _AMOUNTS[stage]


def _of_ratios(
    sides: Sides, matching: Matching, terms: Terms, quantity: Positions, whole: Positions
) -> Positions:
    """Drivers by term.

    What is taken of a member per kilogram of a need is its own matter; published values that
    replace each other are a choice of factors, and where there was a gap a value is coverage.
    """
    kinds = [key[0] for key in matching.sources]
    drivers = [_COVERAGE if kind == DECLARED else _FACTOR for kind in kinds]
    by_source = np.array([*[_OPEN] * len(sides.products), *drivers], dtype=np.int64)
    found = by_source[terms.source]
    gaps = list(matching.rows[0].gaps ^ matching.rows[1].gaps)
    found[np.isin(terms.cover, gaps) & (found != _OPEN)] = _COVERAGE
    found = np.where(found == _OPEN, quantity[terms.need], found)
    return np.where(whole[terms.need] == _OPEN, found, whole[terms.need])
