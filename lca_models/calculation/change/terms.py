"""Matched versions as numbers: what a need emits is burden x amount x distance x intensity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lca_models.calculation.change.matching import Matching

Numbers = NDArray[np.float64]
Positions = NDArray[np.int64]
Flags = NDArray[np.bool_]
# Quotients of equal amounts differ by rounding: that is no change, and far below what is verified.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Needs:
    """What processes need, per declared unit.

    Args:
        process: Process of each need, shape (needs,).
        there: Which version has it, shape (2, needs).
        freight: Where mass and distance are known apart, shape (needs,).
        factors: Burden, amount and distance before and after, shape (2, 3, needs).
    """

    process: Positions
    there: Flags
    freight: Flags
    factors: Numbers


@dataclass(frozen=True, slots=True)
class Covers:
    """What covers the needs.

    Args:
        need: Need of each cover, shape (covers,).
        shares: Share of the need that it covers, before and after, shape (2, covers).
    """

    need: Positions
    shares: Numbers


@dataclass(frozen=True, slots=True)
class Terms:
    """Sources of covers: the intensity of a need is the sum of share x ratio x price.

    Args:
        cover: Cover of each term, shape (terms,).
        need: Need of each term, shape (terms,).
        process: Process of each term, shape (terms,).
        source: Product, or priced source from the number of products on, shape (terms,).
        amounts: Taken per declared unit, before and after, shape (2, terms).
        shares: Share of the cover in the need, before and after, shape (2, terms).
        ratios: Taken per unit of the cover, before and after, shape (2, terms).
    """

    cover: Positions
    need: Positions
    process: Positions
    source: Positions
    amounts: Numbers
    shares: Numbers
    ratios: Numbers


def lay_out_needs(matching: Matching) -> tuple[Needs, Covers, Terms]:
    """Turn matched versions into numbers.

    What one version lacks is there as in the other, so that only what came or went has changed.
    """
    process = _column([key[0] for key in matching.needs])
    of_cover = _column([key[0] for key in matching.covers])
    covered = _sum([(rows.cover, rows.covered) for rows in matching.rows], len(of_cover))
    unshared = _sum([(rows.cover, rows.unshared) for rows in matching.rows], len(of_cover))
    amount = _sum([(of_cover, each) for each in covered], len(process))
    whole = _sum([(of_cover, each) for each in unshared], len(process))
    there = amount != 0
    carried, freight = _carried(matching, there)
    burden = _fill(_divide(amount, whole), whole != 0)
    mass = _fill(_divide(carried, burden), burden != 0)
    quantity = np.where(freight, mass, whole)
    distance = np.where(freight, _fill(_divide(amount, carried), there), 1.0)
    factors = [_steady(each) for each in (burden, quantity, distance)]
    needs = Needs(process, there, freight, np.stack(factors, axis=1))
    shares = _steady(_fill(_divide(covered, amount[:, of_cover]), there[:, of_cover]))
    covers = Covers(of_cover, shares)
    return needs, covers, _lay_out_terms(matching, needs, covers, covered)


def _lay_out_terms(matching: Matching, needs: Needs, covers: Covers, covered: Numbers) -> Terms:
    cover = _column([term[0] for term in matching.terms])
    taken = _sum([(rows.term, rows.amount) for rows in matching.rows], len(cover))
    need, by = covers.need[cover], covered[:, cover]
    return Terms(
        cover=cover,
        need=need,
        process=needs.process[need],
        source=_column([term[1] for term in matching.terms]),
        amounts=taken,
        shares=covers.shares[:, cover],
        ratios=_steady(_fill(_divide(taken, by), by != 0)),
    )


def _carried(matching: Matching, there: Flags) -> tuple[Numbers, Flags]:
    """Tonnes carried, and where they are known in every version that has the need."""
    carried = np.zeros(there.shape)
    unknown = there.copy()
    for side, rows in enumerate(matching.rows):
        lacking = set()
        for (need, _), tonnes in rows.carried.items():
            carried[side, need] += tonnes or 0.0
            if not tonnes:
                lacking.add(need)
        known = list({need for need, _ in rows.carried} - lacking)
        unknown[side, known] = False
    freight: Flags = np.logical_and(there.any(axis=0), ~unknown.any(axis=0))
    return np.where(there, carried, 0.0), freight


def _column(numbers: list[int]) -> Positions:
    return np.array(numbers, dtype=np.int64)


def _sum(columns: list[tuple[list[int] | Positions, list[float] | Numbers]], size: int) -> Numbers:
    """Numbers of both versions, added up by position."""
    sums = [
        np.bincount(np.asarray(positions, dtype=np.int64), numbers, size)
        for positions, numbers in columns
    ]
    return np.array(sums, dtype=np.float64).reshape(2, size)


def _divide(numbers: Numbers, by: Numbers) -> Numbers:
    return np.divide(numbers, by, out=np.zeros_like(numbers), where=by != 0)


def _fill(numbers: Numbers, known: Flags) -> Numbers:
    """What one version does not know is as in the other; zero if neither knows."""
    held = np.where(known, numbers, 0.0)
    return np.where(known, held, held[::-1])


def _steady(numbers: Numbers) -> Numbers:
    """Numbers of both versions, the same where they differ by rounding alone."""
    first, second = numbers
    same = np.abs(second - first) <= _ROUNDING * np.abs(numbers).max(axis=0)
    return np.where(same, 0.5 * (first + second), numbers)
