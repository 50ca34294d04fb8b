"""`greenchain cross-check`: a chain solved again with `bw2calc`."""

import re

from service.use_cases.cross_check import EngineDifference
from tests.cli.running import SAMPLE, run


def test_both_engines_agree_on_the_sample_chain() -> None:
    shown = run("cross-check", SAMPLE, "--lang", "en")
    told = re.fullmatch(
        r"31 products solved by greenchain and by bw2calc: at most (\S+) apart\.\n", shown.stdout
    )
    assert told is not None, shown.stdout
    assert float(told[1]) <= 1e-9
    assert shown.exit_code == 0


def test_it_is_told_in_chinese() -> None:
    assert (
        "31个产品分别由greenchain与bw2calc求解" in run("cross-check", SAMPLE, "--lang", "zh").stdout
    )


def test_a_difference_is_relative_to_the_larger_of_both() -> None:
    assert EngineDifference("a", 4.0, 5.0).relative == 0.2
    assert EngineDifference("a", -5.0, 5.0).relative == 2.0
    assert EngineDifference("a", 0.0, 0.0).relative == 0.0
