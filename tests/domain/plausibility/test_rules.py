"""All rules together: their order, their silence, and what they must not depend on."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.facts.library import load_library
from lca_models.facts.plausibility import load_plausibility
from service.domain.plausibility.examination import Examination
from service.domain.plausibility.finding import Severity
from service.domain.plausibility.rules import RULES, find_doubts
from service.domain.plausibility.run_size import find_mixed_runs
from service.domain.plausibility.typed_digits import find_round_numbers
from service.domain.submission import BackgroundSupply, Line, Submission, Transport
from service.formats.chain.reading import read_chain
from tests import make
from tests.domain.plausibility.examined import (
    co2,
    codes,
    examine,
    fuel,
    parts,
    power,
    scaled,
    steel,
    waste,
)

SAMPLE = read_chain(
    (Path(__file__).parents[3] / "samples" / "xian-electric-truck.chain.yaml").read_bytes()
)


def test_the_worst_stands_first() -> None:
    lines = (
        steel("1 t"),
        power("100 MWh"),
        make.line(BackgroundSupply("waste-efw"), "3 kg", label="ash"),
        make.line(BackgroundSupply("greet-libasm"), "1 kWh", label="cell"),
    )
    found = [finding.severity for finding in find_doubts(examine(parts("100 piece", *lines)))]
    assert found == [Severity.BLOCKING, Severity.DOUBTFUL, Severity.DOUBTFUL, Severity.NOTED]


def test_every_finding_speaks_both_languages() -> None:
    lines = steel("1000 t"), power("90000 MWh"), fuel("natural gas", "1 m3"), co2("2162 g")
    found = find_doubts(examine(parts("100 piece", *lines)))
    assert {finding.code for finding in found} >= {"impossible-energy", "combustion-twice"}
    texts = [text for finding in found for text in (finding.reason, finding.cure)]
    assert all(text.en != text.zh and "{" not in text.en + text.zh for text in texts)


@pytest.mark.parametrize("submission", SAMPLE.submissions, ids=lambda s: s.product_id)
def test_the_sample_chain_raises_no_doubt(submission: Submission) -> None:
    examined = Examination(submission, SAMPLE, load_library(), load_plausibility())
    unknown = {"gear-steel-bar", "coke"}  # oxygen and coke oven gas are given by volume
    noted = [("mass-unknown", None)] if submission.product_id in unknown else []
    assert codes(examined) == noted


# Two rules are about the size of a run and about how numbers are typed: size is all they look at.
_OF_SIZE = {find_mixed_runs, find_round_numbers}


@settings(max_examples=40, deadline=None)
@given(
    material=st.floats(1e-4, 1e7),
    electricity=st.floats(1e-4, 1e7),
    emitted=st.floats(1e-4, 1e7),
    factor=st.floats(1e-3, 1e3),
)
def test_the_size_of_a_run_changes_nothing(
    material: float, electricity: float, emitted: float, factor: float
) -> None:
    lines = (
        steel(f"{material} kg"),
        power(f"{electricity} kWh"),
        fuel("natural gas", "7 m3"),
        co2(f"{emitted} kg"),
        waste("11 kg"),
    )
    run = parts("100 piece", *lines)
    for rule in (rule for rule in RULES if rule not in _OF_SIZE):
        small = [finding.key for finding in rule(examine(run))]
        large = [finding.key for finding in rule(examine(_scale(run, factor)))]
        assert small == large


def _scale(run: Submission, factor: float) -> Submission:
    made = replace(run.output, quantity=scaled(run.output.quantity, factor))
    return replace(run, output=made, lines=tuple(_scale_line(line, factor) for line in run.lines))


def _scale_line(line: Line, factor: float) -> Line:
    assert not isinstance(line, Transport)
    return replace(line, quantity=scaled(line.quantity, factor))
