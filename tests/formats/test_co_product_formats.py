"""Co-products as documents and bills of materials write them: shares, displacement, own lines."""

import json

import pytest

from lca_models.facts.units import Quantity
from lca_models.inventory.allocation import AllocationMethod
from service.domain.errors import InvalidDocumentError
from service.domain.submission import Displacement, Output, Waste
from service.formats.chain.reading import read_chain
from tests import make
from tests.formats.bom_files import OUTPUT, csv_file, only_defect, read

SLAG = {
    "kind": "co_product",
    "source": "product:P9",
    "amount": 4,
    "unit": "t",
    "share_percent": "25%",
    "displaces": "水泥",
    "displaced_per_unit": 900,
    "displaced_unit": "kg",
}


def document(**slag: object) -> bytes:
    given = make.chain_document()
    products, processes = given["products"], given["processes"]
    assert isinstance(products, list)
    assert isinstance(processes, list)
    products.append({"id": "slag", "organisation": "mill", "name": "渣", "declared_unit": "kg"})
    processes[1] |= {
        "co_products": [{"product": "slag", "quantity": "100 kg", **slag}],
        "direct_emissions": [{"gas": "CO2", "quantity": "1 kg", "serves": "slag"}],
        "waste": [
            {"name": "dust", "treatment": "recycling", "quantity": "1 kg", "material": "粗钢"}
        ],
    }
    return json.dumps(given).encode()


def test_a_document_says_shares_displacement_and_whom_a_line_serves() -> None:
    content = document(share=0.25, displaces={"material": "水泥", "quantity_per_unit": "0.9 kg"})
    run = read_chain(content).submissions[1]
    assert run.co_products == (
        Output(
            "slag",
            Quantity(100, "kg"),
            share=0.25,
            displaces=Displacement("水泥", Quantity(0.9, "kg")),
        ),
    )
    assert run.lines[0].notes.serves == "slag"
    assert isinstance(run.lines[1], Waste)
    assert run.lines[1].material == "粗钢"


@pytest.mark.parametrize("both", [{}, {"factor": "a", "material": "b"}])
def test_exactly_one_thing_is_displaced(both: dict[str, str]) -> None:
    with pytest.raises(InvalidDocumentError, match="Give either factor or material"):
        read_chain(document(displaces={**both, "quantity_per_unit": "1 kg"}))


def test_a_bill_of_materials_says_the_same() -> None:
    own = {"kind": "direct", "gas": "CO2", "amount": 1, "unit": "kg", "serves": "P9"}
    output = OUTPUT | {"allocation": "约定份额", "share_percent": 75}
    submission = read(csv_file(output, SLAG, own)).submission
    assert submission is not None
    assert submission.allocation is AllocationMethod.STATED
    assert submission.output.share == 0.75
    assert submission.co_products[0].share == 0.25
    assert submission.co_products[0].displaces == Displacement("水泥", Quantity(900, "kg"))
    assert submission.lines[0].notes.serves == "P9"


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"displaces": ""}, "Displaces", "“Displaces” is empty."),
        ({"displaced_unit": ""}, "Unit of what is displaced", "“Unit of what is displaced” is em"),
        ({"displaces": "copper"}, "Displaces", "There is no good open value for copper"),
        ({"displaced_unit": "kWh"}, "Displaces", "“kWh”"),
    ],
)
def test_half_a_displacement_is_refused_at_its_cell(
    change: dict[str, str], column: str, reason: str
) -> None:
    defect = only_defect(SLAG | change)
    assert defect.place.column == column
    assert reason in defect.reason.en
