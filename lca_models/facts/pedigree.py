"""The pedigree matrix: from five quality scores to an uncertainty."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import yaml

_TABLE = files("lca_models.facts.data") / "pedigree.yaml"


@cache
def _table() -> tuple[float, tuple[tuple[float, ...], ...]]:
    read = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    return float(read["basic"]), tuple(tuple(row) for row in read["indicators"].values())


def geometric_sd(scores: Sequence[int]) -> float:
    """Geometric standard deviation that five pedigree scores imply.

    Args:
        scores: Reliability, completeness, time, geography, technology; 1 best to 5 worst.

    Returns:
        Above 1: the square root of exp(sqrt(sum of ln(U)^2)) over indicators and basic uncertainty.

    Source: parameter `pedigree`, after Frischknecht et al. (2007), ecoinvent report No. 1.
    """
    basic, indicators = _table()
    factors = [row[score - 1] for row, score in zip(indicators, scores, strict=True)]
    spread = math.sqrt(sum(math.log(factor) ** 2 for factor in [basic, *factors]))
    return math.sqrt(math.exp(spread))
