"""Every wrong row of a bill of materials is told at once, with its place and its cure."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from lca_models.errors import Place
from tests.formats import raw_workbook as raw
from tests.formats.bom_files import OUTPUT, csv_file, only_defect, read, read_rows

STEEL: dict[str, object] = {
    "kind": "material",
    "name": "hot-rolled coil",
    "amount": 250,
    "unit": "kg",
}
POWER: dict[str, object] = {
    "kind": "electricity",
    "amount": 5,
    "unit": "kWh",
    "electricity_source": "grid",
}
WASTE: dict[str, object] = {"kind": "waste", "name": "slag", "amount": 2, "unit": "t"}

CASES: Mapping[str, tuple[Mapping[str, object], str, str]] = {
    "an unknown kind": (STEEL | {"kind": "treasure"}, "Kind", "“treasure” is not in the list."),
    "a missing amount": (STEEL | {"amount": ""}, "Amount", "“Amount” is empty."),
    "a negative amount": (STEEL | {"amount": -5}, "Amount", "The number -5 is not above 0."),
    "a zero": (STEEL | {"amount": 0}, "Amount", "The number 0 is not above 0."),
    "an absurd amount": (
        STEEL | {"amount": "1e16"},
        "Amount",
        "The number 1e16 is absurdly large.",
    ),
    "an unknown unit": (STEEL | {"unit": "stone"}, "Unit", "“stone” is not a unit we know."),
    "a unit of another kind": (
        STEEL | {"unit": "kWh"},
        "Unit",
        "The unit “kWh” measures energy, but an amount in “kg” (mass) is expected.",
    ),
    "a unit that does not fit the factor": (
        STEEL | {"name": "x", "source": "gb51366-concrete-c30", "unit": "kg"},
        "Unit",
        "The unit “kg” measures mass, but an amount in “m3” (volume) is expected.",
    ),
    "an unknown factor": (
        STEEL | {"source": "mat-iai-al-2202"},
        "Source",
        "No emission factor has the id “mat-iai-al-2202”.",
    ),
    "a factor of site accounts": (
        STEEL | {"source": "el-co2-cn-sn-2023", "unit": "kWh"},
        "Source",
        (
            "“el-co2-cn-sn-2023” is a direct CO2 factor of the grid, for site accounts; it leaves "
            "out the life cycle of electricity."
        ),
    ),
    "a reference without id": (
        STEEL | {"source": "product:"},
        "Source",
        "The id after the colon is missing.",
    ),
    "a loss of all": (STEEL | {"loss_percent": 100}, "Loss (%)", "All of the input would be lost."),
    "a percentage above all": (
        STEEL | {"loss_percent": 150},
        "Loss (%)",
        "150 % is not between 0 and 100 %.",
    ),
    "recycled content above all": (
        STEEL | {"recycled_pre_percent": 60, "recycled_post_percent": 50},
        "Recycled, post-consumer (%)",
        "Recycled content is more than 100 % together.",
    ),
    "a mode without distance": (
        STEEL | {"transport_mode": "road"},
        "Distance (km)",
        "“Distance (km)” is empty.",
    ),
    "a distance without mode": (
        STEEL | {"distance_km": 5},
        "Transport mode",
        "“Transport mode” is empty.",
    ),
    "a carried mass without its unit": (
        STEEL | {"transport_mode": "road", "distance_km": 5, "transported_mass": 3},
        "Unit of transported mass",
        "“Unit of transported mass” is empty.",
    ),
    "an uncertainty below one": (
        STEEL | {"uncertainty_gsd": 0.9},
        "Geometric standard deviation",
        "The number 0.9 is not at least 1.",
    ),
    "an unknown fuel": (
        {"kind": "fuel", "name": "moonshine", "amount": 5, "unit": "kg"},
        "Name",
        "“moonshine” is not a fuel we know.",
    ),
    "a fuel by area": (
        {"kind": "fuel", "name": "diesel", "amount": 5, "unit": "m2"},
        "Unit",
        "The unit “m2” measures area, but an amount in “kg” (mass) is expected.",
    ),
    "power by mass": (
        POWER | {"unit": "kg"},
        "Unit",
        "The unit “kg” measures mass, but an amount in “kWh” (energy) is expected.",
    ),
    "power from nowhere": (
        POWER | {"electricity_source": ""},
        "Electricity source",
        "“Electricity source” is empty.",
    ),
    "own power without technology": (
        POWER | {"electricity_source": "on site"},
        "Generation technology",
        "“Generation technology” is empty.",
    ),
    "certified power without certificate": (
        POWER | {"electricity_source": "certified", "technology": "wind"},
        "Certificate number",
        "“Certificate number” is empty.",
    ),
    "a certificate beside grid power": (
        POWER | {"certificate": "GEC-1"},
        "Certificate number",
        "Power from “grid” has none.",
    ),
    "a removal": (
        {"kind": "direct", "amount": -5, "unit": "kg", "gas": "CO2"},
        "Amount",
        "The number -5 is not above 0.",
    ),
    "an unknown gas": (
        {"kind": "direct", "amount": 5, "unit": "kg", "gas": "phlogiston"},
        "Gas",
        "We know no gas “phlogiston”.",
    ),
    "an unknown treatment": (
        WASTE | {"treatment": "wishing"},
        "Treatment",
        "“wishing” is not a waste treatment we know.",
    ),
    "waste by the piece": (
        WASTE | {"treatment": "landfill", "unit": "piece"},
        "Unit",
        "The unit “piece” measures count, but an amount in “kg” (mass) is expected.",
    ),
    "a gas on a material": (
        STEEL | {"gas": "CO2"},
        "Gas",
        "Rows of kind “material” have no “Gas”.",
    ),
    "tonne-kilometres over a distance": (
        {
            "kind": "transport",
            "amount": 5,
            "unit": "tkm",
            "transport_mode": "road",
            "distance_km": 9,
        },
        "Distance (km)",
        "Tonne-kilometres already hold the distance.",
    ),
    "a co-product without its product": (
        {"kind": "co-product", "amount": 5, "unit": "kg"},
        "Source",
        "“Source” is empty.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_wrong_row_is_told_by_column_and_reason(case: str) -> None:
    row, column, reason = CASES[case]
    defect = only_defect(row)
    assert defect.place == Place(sheet="bom.csv", row=3, column=column)
    assert defect.reason.en == reason
    assert defect.cure.en
    assert defect.cure.zh
    assert defect.reason.zh


def test_all_wrong_rows_are_told_at_once() -> None:
    reading = read_rows(
        STEEL | {"amount": "x", "unit": "stone"},
        STEEL,
        POWER | {"unit": "kg"},
        {"kind": "nonsense"},
    )
    assert reading.submission is None
    assert [(d.place.row, d.place.column) for d in reading.defects] == [
        (3, "Amount"),
        (3, "Unit"),
        (5, "Unit"),
        (6, "Kind"),
    ]


def test_a_misspelt_factor_is_told_the_nearest_and_proposed() -> None:
    reading = read_rows(STEEL | {"source": "mat-iai-al-2202"})
    assert "mat-iai-al-2022" in reading.defects[0].cure.en


def test_exactly_one_row_is_the_output() -> None:
    none = read(csv_file(STEEL)).defects
    assert [d.reason.en for d in none] == ["No row is the output."]
    two = read(csv_file(OUTPUT, STEEL, OUTPUT)).defects
    assert [d.reason.en for d in two] == ["Row 4 is a second output; the first is row 2."]


def test_headings_are_told_before_rows_are_read() -> None:
    reading = read("kind,name,amount,数量,Loss (kg)\nmaterial,x,1,2,3\n".encode())
    assert [(d.code, d.reason.zh) for d in reading.defects] == [
        ("duplicate-heading", "C, D列的表头均为“amount”。"),
        ("missing-heading", "缺少“单位”列。"),
        ("unclear-heading", "表头“Loss (kg)”与“损耗率(%)”相近但不一致。"),
    ]
    assert reading.rows == ()


def test_merged_cells_are_told_by_their_range() -> None:
    after = '<mergeCells><mergeCell ref="D2:D3"/></mergeCells>'
    reading = read(raw.workbook(raw.sound_sheet(after=after)), "a.xlsx")
    assert [d.reason.en for d in reading.defects] == ["The cells D2:D3 are merged."]


def test_a_hidden_bill_of_materials_is_not_passed_over() -> None:
    sheets = {"BOM": raw.sound_sheet(), "old": raw.sound_sheet()}
    reading = read(raw.book_with(sheets, {"old": "hidden"}), "a.xlsx")
    assert [d.reason.en for d in reading.defects] == [
        "The hidden sheet “old” looks like a bill of materials."
    ]


def test_two_visible_bills_of_materials_are_refused() -> None:
    sheets = {"BOM": raw.sound_sheet(), "more": raw.sound_sheet()}
    reading = read(raw.book_with(sheets), "a.xlsx")
    assert [d.code for d in reading.defects] == ["several-tables"]


def test_what_looks_like_markup_or_a_template_is_only_text() -> None:
    defect = only_defect(STEEL | {"unit": "{0.__class__}"})
    assert defect.reason.en == "“{0.__class__}” is not a unit we know."


def test_more_errors_than_anybody_reads_are_counted() -> None:
    rows = [STEEL | {"unit": "stone"}] * 2_100
    defects = read_rows(*rows).defects
    assert len(defects) == 2_001
    assert defects[-1].reason.en == "100 further errors are not listed."
