"""Documents tell where a factor comes from; its value only if its licence lets it out."""

from dataclasses import replace

from service.formats.background_document import to_entry, to_entry_document
from service.formats.factor_document import to_factor
from tests import make

OPEN = make.factor("open", gases={"CO2": 2.0}, kg_co2e=2.0)
LICENSED = replace(OPEN, id="licensed", redistributable=False, valid_year=None)


def test_an_open_factor_is_told_whole() -> None:
    told = to_factor(OPEN)
    assert (told.kg_co2e, told.gases_kg, told.year) == (2.0, {"CO2": 2.0}, 2025)


def test_the_value_of_a_licensed_factor_stays_here() -> None:
    told = to_factor(LICENSED)
    assert (told.kg_co2e, told.gases_kg) == (None, {})
    assert told.citation.line == "the test (2025): Numbers of a test, here"
    assert told.year is None


def test_a_list_names_a_licensed_factor_without_its_value() -> None:
    library = make.library(OPEN, LICENSED)
    values = {each.id: to_entry(each, library).kg_co2e for each in (OPEN, LICENSED)}
    assert values == {"open": 2.0, "licensed": None}
    entry = to_entry_document(LICENSED, library)
    assert entry.factor is not None
    assert entry.factor.kg_co2e is None
