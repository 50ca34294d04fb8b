"""A chain as a workbook in the layout that `bw2io.ExcelImporter` reads."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import xlsxwriter

from lca_models.inventory.portable import PortableChain
from lca_models.inventory.processes import Process, Supplier, SupplierKind

Row = tuple[str | float, ...]

# The same chain is the same file, to the byte, whenever it is written.
_WRITTEN_ON = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
# The importer splits texts at this mark, and skips a sheet whose first cell says so.
_MARK = "::"
_SKIPPED = "skip"
_COLUMNS = ("name", "amount", "unit", "type", "input", "line")
_WIDTHS = (44, 16, 14, 16, 44, 30)


def write_brightway_workbook(
    chain: PortableChain, database: str, *, names: Mapping[str, str]
) -> bytes:
    """Write processes, factors and gases as activities of one database, and the GWPs beside them.

    Exchanges name what they draw on by code, so that no name can be mistaken. Amounts are those of
    one run, without their uncertainty; the datapackage has it.

    Args:
        chain: What may leave.
        database: What the database is called.
        names: What products are called, by id.
    """
    database = _plain(database)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        book.set_properties({"created": _WRITTEN_ON})
        sheet = book.add_worksheet("inventory")
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        for number, row in enumerate(_list_rows(chain, database, names)):
            sheet.write_row(number, 0, row)
        factors = book.add_worksheet("characterisation")
        factors.write_row(0, 0, (_SKIPPED, f"kg CO2e per kg, {chain.characterisation}"))
        for number, (gas, gwp) in enumerate(chain.gas_factors.items(), start=1):
            factors.write_row(number, 0, (_code("gas", gas), gwp))
    return buffer.getvalue()


def _list_rows(chain: PortableChain, database: str, names: Mapping[str, str]) -> Iterator[Row]:
    yield ("Database", database)
    yield ()
    for process in chain.inventory.processes:
        yield from _list_process(process, database, names.get(process.product, process.product))
    for declared in chain.inventory.declared:
        node = Supplier(SupplierKind.DECLARED, declared.id)
        yield from _list_published(node, declared.id, declared.unit, declared.gases, database)
    for factor in chain.factors:
        node = Supplier(SupplierKind.BACKGROUND, factor.id)
        yield from _list_published(node, factor.name.en, factor.unit, factor.gases, database)
    for gas in chain.gas_factors:
        yield ("Activity", gas)
        yield ("code", _code("gas", gas))
        yield ("unit", "kilogram")
        yield ("type", "emission")
        yield ("categories", "air")
        yield ()


def _list_process(process: Process, database: str, name: str) -> Iterator[Row]:
    node = Supplier(SupplierKind.PRODUCT, process.product)
    yield from _head(node, name, process.unit, process.amount, database)
    for exchange in process.exchanges:
        code = _code_of(exchange.supplier)
        link = f"{database}{_MARK}{code}"
        yield (code, exchange.amount, "", "technosphere", link, _plain(exchange.line))
    for emission in process.emissions:
        yield _emit(emission.gas, emission.mass_kg, database, emission.line)
    yield ()


def _list_published(
    node: Supplier, name: str, unit: str, gases: Mapping[str, float], database: str
) -> Iterator[Row]:
    yield from _head(node, name, unit, 1.0, database)
    for gas, mass_kg in gases.items():
        yield _emit(gas, mass_kg, database, "")
    yield ()


def _head(node: Supplier, name: str, unit: str, amount: float, database: str) -> Iterator[Row]:
    code = _code_of(node)
    title = f"{_plain(name)} [{_plain(node.id)}]"
    yield ("Activity", title)
    yield ("code", code)
    yield ("reference product", title)
    yield ("unit", unit)
    yield ("location", "GLO")
    yield ("type", "processwithreferenceproduct")
    yield ("Exchanges",)
    yield _COLUMNS
    yield (title, amount, unit, "production", f"{database}{_MARK}{code}", "")


def _emit(gas: str, mass_kg: float, database: str, line: str) -> Row:
    code = _code("gas", gas)
    return (gas, mass_kg, "kilogram", "biosphere", f"{database}{_MARK}{code}", _plain(line))


def _code_of(node: Supplier) -> str:
    return _code(node.kind, node.id)


def _code(kind: str, key: str) -> str:
    # The kind before it keeps a code a text: the importer reads “1001” as a number.
    return f"{kind}:{_plain(key)}"


def _plain(text: str) -> str:
    return text.replace(_MARK, ":")
