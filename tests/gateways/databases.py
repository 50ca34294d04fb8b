"""One small database in every form that is read: three processes in a loop, and one that removes.

A kilowatt hour takes 0.1 kg of steel and emits 0.5 kg CO2; a kilogram of steel takes 2 kWh and
0.5 t km and emits 1 kg CO2; a tonne-kilometre emits 0.1 kg CO2; a cubic metre of timber emits 20 kg
CO2 and has taken 800 kg of it from the air. Per unit, all suppliers counted,

    electricity  e = 0.5 + 0.1 s
    steel        s = 1 + 2 e + 0.5 · 0.1     s = 1 + 1 + 0.2 s + 0.05, so s = 2.5625, e = 0.75625
"""

import csv
import io
from pathlib import Path

import xlsxwriter

KG_CO2 = {"electricity": 0.75625, "steel": 2.5625, "transport": 0.1, "timber": 20.0}
KG_TAKEN_UP = {"electricity": 0.0, "steel": 0.0, "transport": 0.0, "timber": -800.0}
UNITS = {"electricity": "kWh", "steel": "kg", "transport": "tkm", "timber": "m3"}

WORDS = {"kWh": "kilowatt hour", "kg": "kilogram", "tkm": "ton kilometer", "m3": "cubic meter"}
TAKEN = {"electricity": {"steel": 0.1}, "steel": {"electricity": 2.0, "transport": 0.5}}
EMITTED = {"electricity": 0.5, "steel": 1.0, "transport": 0.1, "timber": 20.0}
FOSSIL, IN_AIR = "Carbon dioxide, fossil", "Carbon dioxide, in air"
UPTAKE = {"timber": 800.0}


def rows() -> list[list[object]]:
    """The layout of Brightway's tables."""
    found: list[list[object]] = [["Database", "small"], []]
    for name, unit in UNITS.items():
        word = WORDS[unit]
        found += [["Activity", name], ["unit", word], ["location", "GLO"]]
        found += [["reference product", name], ["type", "process"], ["Exchanges"]]
        found += [["name", "amount", "unit", "location", "type", "categories"]]
        found += [[name, 1, word, "GLO", "production", ""]]
        for taken, amount in TAKEN.get(name, {}).items():
            found += [[taken, amount, WORDS[UNITS[taken]], "GLO", "technosphere", ""]]
        found += [[FOSSIL, EMITTED[name], "kilogram", "", "biosphere", "air"]]
        found += [["Particulate Matter, < 2.5 um", 1, "kilogram", "", "biosphere", "air"]]
        if name in UPTAKE:
            found += [
                [IN_AIR, UPTAKE[name], "kilogram", "", "biosphere", "natural resource::in air"]
            ]
        found += [[]]
    return found


def write_csv(folder: Path, table: list[list[object]] | None = None) -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(table or rows())
    path = folder / "small.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def write_excel(folder: Path) -> Path:
    path = folder / "small.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("small")
        for number, row in enumerate(rows()):
            sheet.write_row(number, 0, row)
    return path


def write_simapro(folder: Path) -> Path:
    """A text export with the parts of SimaPro that hold data."""
    lines = ["{SimaPro 9.5}", "{processes}", "{CSV separator: Semicolon}"]
    lines += ["{Decimal separator: .}", "", ""]
    for name, unit in UNITS.items():
        lines += ["Process", "", "Category type", "material", "", "Process identifier", name, ""]
        lines += ["Type", "Unit process", "", "Process name", name, ""]
        lines += ["Products", f"{name};{unit};1;100;not defined;material;", "", "Resources"]
        if name in UPTAKE:
            lines += [f"{IN_AIR};in air;kg;{UPTAKE[name]};Undefined;0;0;0;"]
        lines += ["", "Materials/fuels"]
        for taken, amount in TAKEN.get(name, {}).items():
            lines += [f"{taken};{UNITS[taken]};{amount};Undefined;0;0;0;"]
        lines += ["", "Electricity/heat", "", "Emissions to air"]
        lines += [f"{FOSSIL};;kg;{EMITTED[name]};Undefined;0;0;0;"]
        lines += ["Particulates, < 2.5 um;;kg;1;Undefined;0;0;0;"]
        lines += ["", "End", ""]
    path = folder / "small.simapro.csv"
    path.write_text("\n".join(lines), encoding="latin-1")
    return path


def write_ecospold2(folder: Path) -> Path:
    """One `.spold` file a process, with what the format makes compulsory."""
    place = folder / "datasets"
    place.mkdir()
    for name in UNITS:
        flows = [_intermediate(name, 1.0, output=True)]
        flows += [_intermediate(taken, a) for taken, a in TAKEN.get(name, {}).items()]
        flows += [_elementary(FOSSIL, EMITTED[name], output=True)]
        flows += [_elementary("Particulate Matter", 1.0, output=True)]
        if name in UPTAKE:
            flows += [_elementary(IN_AIR, UPTAKE[name], output=False)]
        text = _SPOLD.format(id=_id("activity", name), name=name, flows="\n".join(flows))
        (place / f"{name}.spold").write_text(text, encoding="utf-8")
    return place


_SPOLD = """<?xml version="1.0" encoding="utf-8"?>
<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold02"><activityDataset>
<activityDescription>
 <activity id="{id}" specialActivityType="0"><activityName>{name}</activityName></activity>
 <geography><shortname>GLO</shortname></geography>
 <technology/>
 <timePeriod startDate="2025-01-01" endDate="2025-12-31" isDataValidForEntirePeriod="true"/>
</activityDescription>
<flowData>
{flows}
</flowData>
<modellingAndValidation/>
<administrativeInformation>
 <dataEntryBy personName="nobody" personEmail="nobody@example.org"/>
 <dataGeneratorAndPublication personName="nobody" personEmail="nobody@example.org"/>
</administrativeInformation>
</activityDataset></ecoSpold>
"""


def _intermediate(name: str, amount: float, *, output: bool = False) -> str:
    link = "" if output else f' activityLinkId="{_id("activity", name)}"'
    group = "<outputGroup>0</outputGroup>" if output else "<inputGroup>5</inputGroup>"
    return (
        f'<intermediateExchange intermediateExchangeId="{_id("product", name)}"{link} '
        f'amount="{amount}"><name>{name}</name><unitName>{UNITS[name]}</unitName>{group}'
        "</intermediateExchange>"
    )


def _elementary(name: str, amount: float, *, output: bool) -> str:
    group = "<outputGroup>4</outputGroup>" if output else "<inputGroup>4</inputGroup>"
    return (
        f'<elementaryExchange elementaryExchangeId="{_id("flow", name)}" amount="{amount}">'
        f"<name>{name}</name><unitName>kg</unitName>{group}</elementaryExchange>"
    )


def _id(kind: str, name: str) -> str:
    return f"{kind}-{name.replace(' ', '').replace(',', '').replace('<', '')}"
