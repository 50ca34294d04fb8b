"""The page on the chain document names every field, and its example gives what it says."""

import inspect
import re

import pytest

from lca_models.facts.library import load_library
from lca_models.facts.units import UNITS
from service.formats.chain import document as chain_document
from service.formats.chain.document import Item
from service.formats.chain.reading import read_chain
from service.use_cases.calculate_footprints import calculate_footprints
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs" / "chain-document.md").read_text(encoding="utf-8")
MODELS = [
    model
    for _, model in inspect.getmembers(chain_document, inspect.isclass)
    if issubclass(model, Item) and model is not Item
]
# These parts are plain text on the page: a name in two languages, an amount with its unit.
WRITTEN_INLINE = {"zh", "en", "amount", "unit"}


def test_the_page_names_every_field() -> None:
    fields = {field for model in MODELS for field in model.model_fields} - WRITTEN_INLINE
    missing = sorted(field for field in fields if f"`{field}`" not in PAGE)
    assert not missing, f"docs/chain-document.md does not name {missing}"


def test_the_page_names_every_choice() -> None:
    schema = chain_document.ChainDocument.model_json_schema()
    choices = {c for part in schema["$defs"].values() for c in part.get("enum", ())}
    missing = sorted(choice for choice in choices if f"`{choice}`" not in PAGE)
    assert not missing, f"docs/chain-document.md does not name {missing}"


def test_the_page_names_every_unit() -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("| unit |"))
    listed = re.split(r"[,;|]\s*", row)
    assert {unit.symbol for unit in UNITS} <= {word.strip() for word in listed}


def test_the_example_gives_what_the_page_says() -> None:
    example = re.search(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
    assert example is not None
    result = calculate_footprints(read_chain(example[1].encode()), load_library())
    sheet = (10_300 * 2.31 + 300 * (2.16441 + 0.3366) + 2_000 * 0.052) / 10_000
    frame = (1_050 * sheet + 1.05 * 200 * 0.078 + 800 * 0.5777 + 50 * 0.00468568) / 100
    footprints = result.footprints
    assert footprints["sheet"].impact.kg_co2e == pytest.approx(sheet, rel=1e-5)
    assert footprints["frame"].impact.kg_co2e == pytest.approx(frame, rel=1e-5)
    assert f"{footprints['frame'].impact.kg_co2e:.2f} per piece" in PAGE
    assert f"{footprints['sheet'].impact.kg_co2e:.4f} per kg" in PAGE
    assert footprints["frame"].gaps == ()
