"""Which language a caller wants, by its `Accept-Language` header."""

from __future__ import annotations

from collections.abc import Iterator

from lca_models.errors import Language

_LONGEST = 1_000
_ANY = "*"


def negotiate(header: str | None) -> Language:
    """The language that the header prefers among ours; English where it has no preference.

    Every range of a language counts (`zh-CN`, `zh-Hans`), the heaviest wins, the first among
    equals; a weight of 0 excludes.

    Source: RFC 9110, section 12.5.4.
    """
    weights: dict[str, float] = {}
    for name, weight in _ranges((header or "")[:_LONGEST]):
        weights[name] = max(weight, weights.get(name, 0.0))
    others = weights.get(_ANY, 0.0)
    spoken = sorted(Language, key=lambda language: _position(language, weights))
    best = max(spoken, key=lambda language: weights.get(language.value, others))
    return best if weights.get(best.value, others) > 0 else Language.EN


def _position(language: Language, weights: dict[str, float]) -> int:
    if language.value in weights:
        return list(weights).index(language.value)
    return len(weights) + (language is not Language.EN)


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    for element in header.split(","):
        name, _, parameter = element.partition(";")
        primary = name.strip().lower().partition("-")[0]
        if primary:
            yield primary, _weight(parameter)


def _weight(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if not parameter.strip():
        return 1.0
    try:
        weight = float(value) if name.strip().lower() == "q" else 0.0
    except ValueError:
        return 0.0
    return weight if 0.0 <= weight <= 1.0 else 0.0
