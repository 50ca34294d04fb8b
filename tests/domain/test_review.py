"""What a reviewer sees: rounded figures, and findings that are counted."""

from dataclasses import replace

import pytest

from lca_models.calculate import calculate
from service.domain.plausibility.finding import Finding, Severity
from service.domain.review import CountedFindings, count_findings, round_impact
from tests import make


def finding(code: str, line: str, said: str | None = None) -> Finding:
    reason = make.text("a reason")
    return Finding(code, Severity.DOUBTFUL, line, reason, reason, 7.0, said)


def test_findings_are_counted_by_rule() -> None:
    found = [finding("slip", "a"), finding("far", "b", "so it is"), finding("slip", "c", "yes")]
    assert count_findings(found) == (
        CountedFindings("slip", Severity.DOUBTFUL, 2, 1),
        CountedFindings("far", Severity.DOUBTFUL, 1, 1),
    )


@pytest.mark.parametrize(
    ("digits", "total", "gases"),
    [
        # 12.34 kg of CO2 and 0.1 kg of fossil methane at 29.8: 2.98 kg CO2e; 15.32 in all.
        (2, 15.0, {"CO2": 12.0, "CH4_fossil": 3.0}),
        (3, 15.3, {"CO2": 12.3, "CH4_fossil": 3.0}),
    ],
)
def test_total_and_gases_are_rounded_alike(
    digits: int, total: float, gases: dict[str, float]
) -> None:
    process = make.process("p", make.emission(12.34), make.emission(0.1, "CH4_fossil"))
    impact = calculate(make.inventory(process), make.library()).impacts["p"]
    shown = round_impact(impact, "kg", digits)
    assert (shown.kg_co2e, shown.gases_kg_co2e) == (total, gases)
    assert shown.significant_digits == digits


def test_what_has_no_value_is_none_and_not_zero() -> None:
    impact = calculate(make.inventory(make.process("p", make.gap())), make.library()).impacts["p"]
    for unknown in (impact, None):
        shown = round_impact(unknown, "kg", 2)
        assert (shown.kg_co2e, shown.primary_data_share) == (None, None)
    known = replace(impact, gaps=())
    assert round_impact(known, "kg", 2).kg_co2e == 0
