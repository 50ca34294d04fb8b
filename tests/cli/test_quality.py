"""The terminal says how good a footprint is, what may be left out, and why it is no better."""

import pytest

from tests.cli.running import SAMPLE, run


def shown(product: str, language: str) -> str:
    found = run("calculate", SAMPLE, "--product", product, "--lang", language, COLUMNS="400")
    return "\n".join(" ".join(line.split()) for line in found.stdout.splitlines())


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "en",
            (
                "(1 best, 5 worst)",
                "; at most 10.5% left out, PACT allows 3.0%",
                "usability L2 consistent, no higher: More than 3 % may be left out: ",
                "Measure them for this process.",
            ),
        ),
        (
            "zh",
            (
                "（1最好，5最差）",
                "；未计入至多10.5%，超过PACT允许的3.0%",
                "可用性 L2 一致级；未达更高级别：未计入部分可能超过3%：",
                "请提供该工序的实测数据。",
            ),
        ),
    ],
)
def test_ratings_share_left_out_and_usability_are_shown(
    language: str, parts: tuple[str, ...]
) -> None:
    printed = shown("primary-aluminium", language)
    for part in parts:
        assert part in printed


def test_a_footprint_without_gaps_leaves_nothing_out() -> None:
    printed = shown("coke", "en")
    assert "left out" not in printed
    assert "usability L1 indicative, no higher: Data quality is worse than 4" in printed
