"""All rules of plausibility, and the one function that asks them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from service.domain.plausibility.carbon_balance import (
    find_carbon_from_nowhere,
    find_double_counting,
)
from service.domain.plausibility.energy_use import find_impossible_energy, find_unusual_energy
from service.domain.plausibility.examination import Examination
from service.domain.plausibility.factor_boundaries import find_wrong_factors
from service.domain.plausibility.finding import Finding, Severity
from service.domain.plausibility.history import (
    find_far_from_screening,
    find_far_lines,
    find_far_total,
    find_repeated_year,
)
from service.domain.plausibility.mass_balance import find_imbalance, find_mass_slips
from service.domain.plausibility.run_size import find_mixed_runs
from service.domain.plausibility.transport_legs import find_strange_legs
from service.domain.plausibility.typed_digits import find_round_numbers

Rule = Callable[[Examination], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    find_wrong_factors,
    find_mass_slips,
    find_mixed_runs,
    find_imbalance,
    find_double_counting,
    find_carbon_from_nowhere,
    find_impossible_energy,
    find_unusual_energy,
    find_strange_legs,
    find_far_lines,
    find_far_total,
    find_far_from_screening,
    find_repeated_year,
    find_round_numbers,
)
_ORDER = (Severity.BLOCKING, Severity.DOUBTFUL, Severity.NOTED)
# What explains that a run does not balance, so that it is told once.
_IMBALANCE = "mass-balance"
_EXPLAIN_IMBALANCE = frozenset({"unit-slip", "total-for-one-unit", "recipe-for-many-units"})


def find_doubts(examined: Examination) -> tuple[Finding, ...]:
    """Everything that is hard to believe about a submission, worst first.

    What several rules find of one line under one code is told once.
    """
    found: dict[tuple[str, str | None], Finding] = {}
    for rule in RULES:
        for finding in rule(examined):
            found.setdefault(finding.key, finding)
    if _EXPLAIN_IMBALANCE & {finding.code for finding in found.values()}:
        found.pop((_IMBALANCE, None), None)
    return tuple(sorted(found.values(), key=lambda finding: _ORDER.index(finding.severity)))
