"""A process is kept as one canonical text, whichever way it came."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.errors import Language
from lca_models.facts.library import load_library
from service.formats.bom.reading import read_bom
from service.formats.chain.document import RunItem
from service.formats.chain.process_text import (
    hash_process,
    read_kept_process,
    run_of,
    write_activity,
    write_canonical,
    write_run,
)
from tests.formats.bom_files import YEAR, filled_template

AMOUNTS = st.floats(1e-9, 1e12)


def test_everything_that_a_file_can_say_reads_back_the_same() -> None:
    for language in Language:
        reading = read_bom(
            filled_template(language),
            "bom.xlsx",
            load_library(),
            product_id="P1",
            default_period=YEAR,
        )
        assert reading.submission is not None
        written = write_activity(reading.submission)
        assert read_kept_process(written.text) == reading.submission
        # The document's own way to the same text.
        run = RunItem.model_validate(run_of(written.text))
        period = reading.submission.period
        assert write_run("P1", period, run).text == written.text
        assert write_run("P1", period, run).hash == written.hash


def test_order_and_spelling_do_not_change_the_hash() -> None:
    one = write_run("P1", YEAR, RunItem.model_validate({"output": {"quantity": "2 kg"}}))
    other = {"inputs": [], "output": {"quantity": {"unit": "kg", "amount": 2.0}}}
    assert write_run("P1", YEAR, RunItem.model_validate(other)).hash == one.hash
    assert hash_process(dict(reversed(list(one.text.items())))) == one.hash


@settings(max_examples=40, deadline=None)
@given(AMOUNTS, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_text_that_a_database_gives_back_has_the_same_hash(amount: float, words: str) -> None:
    line = {"gas": "CO2", "quantity": {"amount": amount, "unit": "kg"}, "remark": words or None}
    run = RunItem.model_validate({"output": {"quantity": "1 kg"}, "direct_emissions": [line]})
    written = write_run("P1", YEAR, run)
    given_back = json.loads(write_canonical(written.text))
    assert hash_process(given_back) == written.hash
    assert read_kept_process(given_back) == written.activity


def test_zero_below_zero_is_zero() -> None:
    assert write_canonical({"a": [-0.0], "b": "-0.0"}) == '{"a":[0.0],"b":"-0.0"}'
