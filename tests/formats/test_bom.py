"""A bill of materials becomes activity data, line by line, with nothing guessed."""

from __future__ import annotations

from datetime import date

import pytest

from lca_models.errors import Language
from lca_models.facts.units import Quantity
from lca_models.inventory.allocation import AllocationMethod
from lca_models.inventory.processes import DistributionKind, Uncertainty
from service.domain.submission import (
    BackgroundSupply,
    DataType,
    DeclaredSupply,
    DirectEmission,
    Electricity,
    ElectricitySource,
    Fuel,
    Input,
    MemberProduct,
    NamedMaterial,
    Notes,
    Output,
    Period,
    RecycledContent,
    Transport,
    TransportLeg,
    Waste,
)
from tests.formats import raw_workbook as raw
from tests.formats.bom_files import (
    OUTPUT,
    YEAR,
    csv_file,
    filled_template,
    only_defect,
    read,
    read_rows,
    submission_of,
)

STEEL: dict[str, object] = {
    "kind": "material",
    "name": "hot-rolled coil",
    "amount": 250,
    "unit": "kg",
}


def test_the_output_row_says_product_amount_and_period() -> None:
    row = OUTPUT | {"period_start": "2024-07-01", "period_end": "2025-06-30", "value_per_unit": 8}
    submission = read(csv_file(row)).submission
    assert submission is not None
    assert submission.period == Period(date(2024, 7, 1), date(2025, 6, 30))
    assert submission.output == Output("P1", Quantity(100, "piece"), value=8)
    assert submission.allocation is AllocationMethod.PACT


def test_the_period_of_the_chain_stands_in_where_the_file_has_none() -> None:
    assert submission_of().period == YEAR
    defects = read(csv_file(OUTPUT), period=None).defects
    assert [defect.place.column for defect in defects] == ["Period start", "Period end"]


def test_a_material_carries_all_that_its_row_says() -> None:
    row = STEEL | {
        "source": "gb51366-hot-rolled-wide-strip-coil",
        "loss_percent": "4%",
        "recycled_pre_percent": 10,
        "recycled_post_percent": 20,
        "transport_mode": "铁路",
        "distance_km": "1,200.5",
        "transport_mode_2": "truck",
        "distance_km_2": 30,
        "data_type": "二手",
        "uncertainty_gsd": 1.2,
        "evidence": "PO-17",
        "note": "batch 3",
    }
    assert submission_of(row).lines == (
        Input(
            label="3 hot-rolled coil",
            name="hot-rolled coil",
            quantity=Quantity(250, "kg"),
            supply=BackgroundSupply("gb51366-hot-rolled-wide-strip-coil"),
            loss_share=0.04,
            recycled=RecycledContent(0.1, 0.2),
            legs=(
                TransportLeg("rail", Quantity(1200.5, "km")),
                TransportLeg("road", Quantity(30, "km")),
            ),
            notes=Notes(
                DataType.SECONDARY,
                Uncertainty(DistributionKind.LOGNORMAL, geometric_sd=1.2),
                "PO-17",
                "batch 3",
            ),
        ),
    )


@pytest.mark.parametrize(
    ("source", "supply"),
    [
        ("product:P2", MemberProduct("P2")),
        ("产品：P2", MemberProduct("P2")),
        ("declared:D-1", DeclaredSupply("D-1")),
        ("mat-iai-al-2022", BackgroundSupply("mat-iai-al-2022")),
        ("factor: mat-iai-al-2022", BackgroundSupply("mat-iai-al-2022")),
        ("原铝", NamedMaterial("原铝")),
        ("", NamedMaterial("beam")),
    ],
)
def test_one_cell_says_where_an_input_comes_from(source: str, supply: object) -> None:
    row = {"kind": "material", "name": "beam", "source": source, "amount": 5, "unit": "kg"}
    line = submission_of(row).lines[0]
    assert isinstance(line, Input)
    assert line.supply == supply


def test_pieces_travel_by_the_mass_that_is_given() -> None:
    row = {
        "kind": "packaging",
        "name": "crate",
        "source": "product:CRATE",
        "amount": 40,
        "unit": "件",
        "transport_mode": "road",
        "distance_km": 12,
        "transported_mass": 0.8,
        "transported_mass_unit": "t",
    }
    line = submission_of(row).lines[0]
    assert isinstance(line, Input)
    assert line.packaging
    assert line.legs == (TransportLeg("road", Quantity(12, "km"), Quantity(0.8, "t")),)


def test_energy_rows_name_their_carrier_and_source() -> None:
    lines = submission_of(
        {"kind": "fuel", "name": "天然气", "amount": 20, "unit": "m³"},
        {"kind": "heat", "amount": 3, "unit": "GJ"},
        {"kind": "electricity", "amount": 2, "unit": "万千瓦时", "electricity_source": "电网"},
        {
            "kind": "electricity",
            "amount": 5,
            "unit": "MWh",
            "electricity_source": "certified",
            "technology": "风电",
            "certificate": "GEC-1",
        },
    ).lines
    assert lines == (
        Fuel("3 天然气", "natural_gas", Quantity(20, "m3")),
        Fuel("4 heat", "heat", Quantity(3, "GJ")),
        Electricity("5 electricity", Quantity(2, "万kWh"), ElectricitySource.GRID),
        Electricity(
            "6 electricity", Quantity(5, "MWh"), ElectricitySource.CERTIFIED, "wind", "GEC-1"
        ),
    )


def test_transport_is_mass_over_distance_or_tonne_kilometres() -> None:
    by_mass: dict[str, object] = {
        "kind": "transport",
        "amount": 8,
        "unit": "t",
        "transport_mode": "rail",
    }
    by_work = {"kind": "transport", "amount": 500, "unit": "tkm", "transport_mode": "road"}
    assert submission_of(by_mass | {"distance_km": 90}, by_work).lines == (
        Transport("3 transport", TransportLeg("rail", Quantity(90, "km"), Quantity(8, "t"))),
        Transport("4 transport", TransportLeg("road", Quantity(1, "km"), Quantity(500, "t"))),
    )


def test_direct_emissions_have_a_gas_and_waste_has_a_treatment() -> None:
    lines = submission_of(
        {"kind": "direct", "name": "curing", "amount": 2, "unit": "kg", "gas": "二氧化碳"},
        {"kind": "waste", "name": "slag", "amount": 1, "unit": "t", "treatment": "填埋"},
    ).lines
    assert lines == (
        DirectEmission("3 curing", "CO2", Quantity(2, "kg")),
        Waste("4 slag", "slag", "landfill", Quantity(1, "t")),
    )


def test_co_products_are_shared_by_the_method_of_the_output_row() -> None:
    co_product = {
        "kind": "副产品",
        "source": "product:P9",
        "amount": 4,
        "unit": "t",
        "value_per_unit": 100,
        "energy_mj_per_unit": 7,
        "relation_per_unit": 3,
    }
    submission = read(csv_file(OUTPUT | {"allocation": "经济价值"}, co_product)).submission
    assert submission is not None
    assert submission.allocation is AllocationMethod.ECONOMIC
    assert submission.co_products == (
        Output("P9", Quantity(4, "t"), value=100, energy_mj=7, relation=3),
    )


def test_an_unknown_name_stays_a_gap_and_is_only_proposed() -> None:
    row = {"kind": "material", "name": "热轧卷板材", "amount": 1, "unit": "kg"}
    reading = read_rows(row)
    assert reading.submission is not None
    line = reading.submission.lines[0]
    assert isinstance(line, Input)
    assert line.supply == NamedMaterial("热轧卷板材")
    assert reading.proposals[3][0].id == "steel_hrc"


def test_a_material_without_open_value_is_no_error_and_needs_no_proposal() -> None:
    reading = read_rows({"kind": "material", "name": "铜", "amount": 3, "unit": "piece"})
    assert reading.submission is not None
    assert reading.proposals == {}


@pytest.mark.parametrize("language", list(Language))
def test_the_example_of_the_template_reads_without_errors(language: Language) -> None:
    reading = read(filled_template(language), "bom.xlsx", period=None)
    assert reading.defects == ()
    assert reading.sheet == "BOM"
    assert reading.submission is not None
    assert len(reading.submission.lines) == 14
    assert reading.submission.output.quantity == Quantity(12000, "piece")
    assert reading.submission.allocation is AllocationMethod.ECONOMIC


def test_both_languages_of_the_example_say_the_same() -> None:
    english = read(filled_template(Language.EN), "bom.xlsx").rows
    chinese = read(filled_template(Language.ZH), "bom.xlsx").rows
    words = {"name", "evidence", "note"}
    assert [{k: v for k, v in row.values.items() if k not in words} for row in english] == [
        {k: v for k, v in row.values.items() if k not in words} for row in chinese
    ]


def test_headings_may_be_mixed_in_any_order_and_further_columns_are_kept() -> None:
    text = "单位,Own column,AMOUNT,kind,名　称\n件,x,100,产出,Frame\nkg,y,2.5,Material,原铝\n"
    reading = read(text.encode())
    assert reading.submission is not None
    assert reading.unread_headings == ("Own column",)
    line = reading.submission.lines[0]
    assert isinstance(line, Input)
    assert line.quantity == Quantity(2.5, "kg")


def test_rows_are_told_as_they_were_understood() -> None:
    row = read_rows(STEEL | {"unit": "公斤", "loss_percent": "2%"}).rows[1]
    assert row.number == 3
    assert row.values == {
        "kind": "material",
        "name": "hot-rolled coil",
        "amount": 250.0,
        "unit": "kg",
        "loss_percent": 2.0,
        "matched": "steel_hrc",
    }


def test_a_stroke_or_a_zero_says_that_a_cell_does_not_apply() -> None:
    row = {"kind": "heat", "amount": 3, "unit": "GJ", "loss_percent": 0, "gas": "/", "source": "—"}
    assert submission_of(row).lines == (Fuel("3 heat", "heat", Quantity(3, "GJ")),)


def test_a_percent_format_is_read_as_the_user_sees_it() -> None:
    forms = '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs>'
    styles = f'<styleSheet xmlns="{raw.MAIN}">{forms}</styleSheet>'
    rows = raw.rows(("kind", "name", "amount", "unit", "loss (%)"), ("output", "F", 1, "kg"))
    cells = [raw.cell("A3", "material"), raw.cell("B3", "原铝"), raw.cell("C3", 5)]
    cells += [raw.cell("D3", "kg"), '<c r="E3" s="1"><v>0.04</v></c>']
    sheet = raw.sheet(f'{rows}<row r="3">{"".join(cells)}</row>')
    content = raw.workbook(sheet, styles=styles)
    submission = read(content, "a.xlsx").submission
    assert submission is not None
    line = submission.lines[0]
    assert isinstance(line, Input)
    assert line.loss_share == 0.04


def test_a_wrong_reference_in_the_output_row_is_refused() -> None:
    defects = read(csv_file(OUTPUT | {"source": "product:P2"})).defects
    assert [d.reason.en for d in defects] == [
        "The output is “P2”, but the file is for the product “P1”."
    ]


def test_an_output_in_kilometres_is_refused() -> None:
    defects = read(csv_file(OUTPUT | {"unit": "km"})).defects
    assert [d.reason.en for d in defects] == ["A product cannot be made in “km”."]


def test_a_defect_says_sheet_row_column_value_and_cure() -> None:
    defect = only_defect(STEEL | {"amount": "1,5"})
    assert defect.to_text().zh == (
        "工作表“bom.csv”，第3行，列“Amount”：“1,5”含逗号，有歧义。"
        "请写作1.5或1234.5：小数用点号，不加千位分隔符。"
    )
    assert defect.value == "1,5"
