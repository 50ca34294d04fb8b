"""Finds materials and factors by what people call them, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz

from lca_models.facts.choices import GapMaterial, Material
from lca_models.facts.factors import Factor, Use
from lca_models.facts.library import Library
from lca_models.facts.names import fold, fold_words

Entry = Material | GapMaterial | Factor

# Scores only order the matches: whole names, then parts of names, then similar spellings.
_WHOLE = 100.0
_PART_LEAST, _PART_MOST, _AT_START = 70.0, 90.0, 5.0
_SIMILAR_MOST = 90.0
_SIMILAR_ENOUGH, _PARTLY_SIMILAR_ENOUGH = 70.0, 90.0
_SHORT = 3
_PROPOSALS = 5
_NEWER_THAN_ANY = 9999
# Values that may not enter a footprint come after those that may.
_LATER_BY = {Use.FOOTPRINT: 0.0, Use.CROSS_CHECK: 3.0, Use.SITE_ACCOUNT: 12.0}


class How(StrEnum):
    """How a match came about."""

    EXACT = "exact"
    ALIAS = "alias"
    TEXT = "text"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class Match:
    """Something of the library that a text may mean.

    Args:
        entry: A material, a material without a default, or a factor; `Factor.use` tells whether
            it may enter a footprint.
        score: 0 to 100, for ordering only.
        how: `exact` id, `alias` (a whole name), `text` (part of a name) or `fuzzy`.
        name: The id or name that matched.
    """

    entry: Entry
    score: float
    how: How
    name: str

    @property
    def id(self) -> str:
        """Key of the material, or id of the factor."""
        return self.entry.id if isinstance(self.entry, Factor) else self.entry.key


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    folded: str
    words: str

    @classmethod
    def of(cls, text: str) -> _Name:
        return cls(text, fold(text), fold_words(text))


@dataclass(frozen=True, slots=True)
class _Indexed:
    entry: Entry
    id: _Name
    names: tuple[_Name, ...]
    later_by: float = 0.0
    year: int = 0


def search(library: Library, text: str, *, limit: int = 10) -> tuple[Match, ...]:
    """What a text may mean, best first; comparison values and site factors are found too."""
    return _search(_index(library), text, limit)


def propose(library: Library, text: str) -> tuple[Match, ...]:
    """What a name in a bill of materials may mean: materials and footprint factors, best first.

    A proposal is shown to a person; only a whole name that `Library.find_material` knows may be
    applied without asking.
    """
    usable = [
        indexed
        for indexed in _index(library)
        if not isinstance(indexed.entry, Factor) or indexed.entry.use is Use.FOOTPRINT
    ]
    return _search(usable, text, _PROPOSALS)


def _search(index: list[_Indexed], text: str, limit: int) -> tuple[Match, ...]:
    asked = _Name.of(text)
    if not asked.folded:
        return ()
    found = [(match, indexed.year) for indexed in index for match in _match(indexed, asked)]
    # Among equals materials come first, then the newest year.
    found.sort(key=lambda pair: (-pair[0].score, -pair[1], pair[0].id))
    return tuple(match for match, _ in found[:limit])


def _match(indexed: _Indexed, asked: _Name) -> Iterator[Match]:
    if indexed.id.folded == asked.folded:
        yield Match(indexed.entry, _WHOLE, How.EXACT, indexed.id.text)
        return
    best = max(
        (Match(indexed.entry, *_compare(asked, name), name.text) for name in indexed.names),
        key=lambda match: match.score,
    )
    if best.score == 0.0 and len(asked.folded) > _SHORT and asked.folded in indexed.id.folded:
        best = Match(indexed.entry, _PART_LEAST, How.TEXT, indexed.id.text)
    if best.score > 0.0:
        yield replace(best, score=best.score - indexed.later_by)


def _compare(asked: _Name, name: _Name) -> tuple[float, How]:
    if asked.folded == name.folded:
        return _WHOLE, How.ALIAS
    if all(word in name.words for word in asked.words.split()) or asked.folded in name.folded:
        share = len(asked.folded) / len(name.folded)
        start = _AT_START if name.folded.startswith(asked.folded) else 0.0
        return _PART_LEAST + (_PART_MOST - _PART_LEAST) * share + start, How.TEXT
    similar = _similarity(asked, name)
    if similar < _SIMILAR_ENOUGH:
        return 0.0, How.FUZZY
    return similar / _WHOLE * _SIMILAR_MOST, How.FUZZY


def _similarity(asked: _Name, name: _Name) -> float:
    if _contains(asked, name):
        share = len(name.folded) / len(asked.folded)
        return _SIMILAR_ENOUGH + (_WHOLE - _SIMILAR_ENOUGH) * share
    ratios = [
        fuzz.ratio(asked.folded, name.folded),
        fuzz.token_sort_ratio(asked.words, name.words),
    ]
    if _SHORT < len(asked.folded) <= len(name.folded):
        partly = fuzz.partial_ratio(asked.folded, name.folded)
        ratios.append(partly if partly >= _PARTLY_SIMILAR_ENOUGH else 0.0)
    return max(ratios)


def _contains(asked: _Name, name: _Name) -> bool:
    # Chinese is written without spaces; in other scripts “tire” is no part of “entire”.
    if name.folded.isascii():
        return f" {name.words} " in f" {asked.words} "
    return name.folded in asked.folded


@lru_cache(maxsize=4)
def _index(library: Library) -> list[_Indexed]:
    known: list[Material | GapMaterial] = [*library.materials.values(), *library.gaps.values()]
    materials = [
        _Indexed(
            material,
            _Name.of(material.key),
            tuple(_Name.of(n) for n in (material.name.zh, material.name.en, *material.aliases)),
            year=_NEWER_THAN_ANY,
        )
        for material in known
    ]
    factors = [
        _Indexed(
            factor,
            _Name.of(factor.id),
            (_Name.of(factor.name.zh), _Name.of(factor.name.en)),
            _LATER_BY[factor.use],
            factor.valid_year or 0,
        )
        for factor in (*library.factors.values(), *library.cross_checks.values())
    ]
    return materials + factors
