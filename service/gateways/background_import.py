"""Reads a database as Brightway does: a program of its own, which no process that serves imports.

    python background_import.py FORMAT FILE OUTPUT

It needs an environment with `brightway25` and nothing else of this house. What it reads it writes
as plain JSON (`service/formats/brightway/imported.py` describes it), and judges nothing: what it
cannot link, it names.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import bw2data
import bw2io
import bw_processing as bwp
import pandas as pd
from bw2io.importers.base_lci import LCIImporter
from bw2io.importers.ecospold2_biosphere import Ecospold2BiosphereImporter
from bw2io.strategies import (
    link_iterable_by_fields,
    normalize_simapro_biosphere_categories,
    normalize_simapro_biosphere_names,
)
from bw2io.units import get_default_units_migration_data

Node = dict[str, Any]
Key = tuple[str, str]

_NAME = "imported"
# They link to a list of elementary flows that is not there, or delete what they cannot link. Here
# flows are told by their names, and what is not linked is named.
_SKIPPED = {
    "delete_exchanges_missing_activity",
    "delete_ghost_exchanges",
    "drop_temporary_outdated_biosphere_flows",
    "fix_ecoinvent_flows_pre35",
    "link_biosphere_by_flow_uuid",
    "link_iterable_by_fields",
    "update_social_flows_in_older_consequential",
}
# How tables that people write name what they draw on, the most exact first.
_LINKING_FIELDS = (("name", "reference product", "unit", "location"), ("name", "unit", "location"))
_SIMAPRO_DELIMITERS = {"Comma": ",", "Semicolon": ";", "Tab": "\t"}
_INVENTORY = {"technosphere_matrix", "biosphere_matrix"}
_PROCESS_TYPES = {None, "", "multifunctional", "process", "processwithreferenceproduct"}
_PRODUCT_TYPES = {"product"}


def read_ecospold2(path: Path) -> list[Node]:
    """A folder of `.spold` files with one product each."""
    return _apply(
        bw2io.SingleOutputEcospold2Importer(str(path), _NAME, add_product_information=False)
    )


def read_simapro_csv(path: Path) -> list[Node]:
    """A text export of SimaPro, allocated as it says."""
    # The one migration that is applied; making all of them takes ten seconds.
    units = bw2io.Migration("default-units")
    units.write(get_default_units_migration_data(), "Convert to default units")
    encoding = _find_encoding(path.read_bytes())
    head = path.read_text(encoding=encoding)
    found = [sign for word, sign in _SIMAPRO_DELIMITERS.items() if f"separator: {word}}}" in head]
    importer = bw2io.SimaProCSVImporter(
        str(path),
        name=_NAME,
        delimiter=found[0] if found else ";",
        encoding=encoding,
        normalize_biosphere=False,
    )
    importer.strategies += [
        normalize_simapro_biosphere_categories,
        normalize_simapro_biosphere_names,
    ]
    return _apply(importer)


def read_excel(path: Path) -> list[Node]:
    """A workbook in Brightway's own layout."""
    return _read_table(bw2io.ExcelImporter(str(path)))


def read_csv(path: Path) -> list[Node]:
    """A CSV file in Brightway's own layout."""
    return _read_table(bw2io.CSVImporter(str(path)))


def read_bw2package(path: Path) -> list[Node]:
    """All databases of a package that Brightway exported, in either generation."""
    loaded = bw2io.BW2Package.load_file(str(path))
    objects = [loaded] if isinstance(loaded, dict) else loaded
    return [
        {**node, "database": key[0], "code": key[1]}
        for each in objects
        if isinstance(each["data"], dict)  # a method is a list
        for key, node in each["data"].items()
    ]


def read_datapackage(path: Path) -> list[Node]:
    """A folder with matrices in `bw_package/NAME` and the names of their ids in `registry`."""
    nodes = {
        int(row["bw_id"]): {**row, "type": row.get("type", "process"), "exchanges": []}
        for table in ("processes", "biosphere")
        for row in pd.read_parquet(path / "registry" / f"{table}.parquet").to_dict("records")
    }
    for node in nodes.values():
        node["reference product"] = node.get("reference_product")
        node["categories"] = tuple(str(node.get("categories", "")).split("::"))
    for matrix, row, column, amount, flip in _list_cells(path / "bw_package"):
        kind = "biosphere"
        if matrix == "technosphere_matrix":
            kind = "technosphere" if amount < 0 else "substitution"
            # A process that takes of its own product has a second, flipped amount at its place.
            kind = "technosphere" if flip else "production" if row == column else kind
        source = nodes[row]
        exchange = {key: source[key] for key in ("name", "unit", "categories")}
        exchange |= {"input": (source["database"], source["code"]), "type": kind}
        exchange["amount"] = -amount if kind == "technosphere" else amount
        nodes[column]["exchanges"].append(exchange)
    return list(nodes.values())


READERS: Mapping[str, Callable[[Path], list[Node]]] = {
    "ecospold2": read_ecospold2,
    "simapro-csv": read_simapro_csv,
    "excel": read_excel,
    "csv": read_csv,
    "bw2package": read_bw2package,
    "datapackage": read_datapackage,
}


def to_document(nodes: list[Node]) -> dict[str, Any]:
    """What a database holds, by numbers: amounts as it states them, production above or below 0."""
    processes = [node for node in nodes if _is_process(node)]
    products = [node for node in nodes if node.get("type") in _PRODUCT_TYPES]
    document: dict[str, Any] = {
        "versions": {"bw2data": bw2data.__version__, "bw2io": bw2io.__version__},
        "made": [],
        "taken": [],
        "emitted": [],
        "unlinked": [],
        "without_amount": [],
    }
    numbers = {_key_of(node): number for number, node in enumerate([*processes, *products])}
    known_flows = {_key_of(node): node for node in nodes}
    flows: dict[tuple[str, ...], int] = {}
    for column, process in enumerate(processes):
        for exchange in _list_exchanges(process):
            _add(document, column, exchange, numbers, partial(_number, flows, known_flows))
    document["activities"] = [_describe(node) for node in processes]
    document["products"] = [_describe(node) for node in products]
    document["flows"] = [
        dict(zip(("name", "compartment", "cas", "unit"), flow, strict=True)) for flow in flows
    ]
    return document


def _find_encoding(content: bytes) -> str:
    """SimaPro writes as its computer does, and does not say how."""
    if _decodes(content, "utf-8"):
        return "utf-8-sig"
    # In Chinese, bytes beyond ASCII come in pairs; in Western languages they mostly stand alone.
    alone = [len(run) % 2 for run in re.findall(rb"[\x80-\xff]+", content)]
    if sum(alone) * 2 < len(alone) and _decodes(content, "gb18030"):
        return "gb18030"
    return "cp1252" if _decodes(content, "cp1252") else "latin-1"


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _read_table(importer: LCIImporter) -> list[Node]:
    nodes = _apply(importer)
    for exchange in (exchange for node in nodes for exchange in node["exchanges"]):
        if exchange.get("formula"):
            exchange.pop("amount", None)  # it may be older than what it is calculated from
    for fields in _LINKING_FIELDS:
        importer.apply_strategy(
            partial(
                link_iterable_by_fields,
                other=nodes,
                fields=fields,
                internal=True,
                edge_kinds=["technosphere", "production", "substitution"],
            )
        )
    return list(importer.data)


def _apply(importer: LCIImporter) -> list[Node]:
    names = [getattr(each, "func", each).__name__ for each in importer.strategies]
    importer.apply_strategies(
        [s for s, name in zip(importer.strategies, names, strict=True) if name not in _SKIPPED]
    )
    return list(importer.data)


def _list_cells(folder: Path) -> Iterator[tuple[str, int, int, float, bool]]:
    """Matrix, row, column, amount as it counts, and whether that was flipped, of every cell."""
    for place in sorted(each.parent for each in folder.glob("*/datapackage.json")):
        package = bwp.load_datapackage(bwp.generic_directory_filesystem(dirpath=place))
        for group in package.groups.values():
            matrix = group.resources[0]["matrix"]
            if matrix not in _INVENTORY:
                continue
            arrays = {r["kind"]: group.get_resource(r["name"])[0] for r in group.resources}
            flips = arrays.get("flip", [False] * len(arrays["data"]))
            for cell, amount, flip in zip(arrays["indices"], arrays["data"], flips, strict=True):
                signed = float(-amount if flip else amount)
                yield matrix, int(cell["row"]), int(cell["col"]), signed, bool(flip)


def _list_exchanges(process: Node) -> list[Node]:
    """Its exchanges; one that states no production makes one of itself, as for Brightway."""
    exchanges: list[Node] = process.get("exchanges", [])
    if any(exchange["type"] in {"production", "generic production"} for exchange in exchanges):
        return exchanges
    return [{"type": "production", "amount": 1.0, "input": _key_of(process)}, *exchanges]


def _add(
    document: dict[str, Any],
    column: int,
    exchange: Node,
    numbers: Mapping[Key, int],
    number_flow: Callable[[Node], int],
) -> None:
    labels, kind = bw2data.labels, exchange["type"]
    amount, name = exchange.get("amount"), str(exchange.get("name", exchange.get("input")))
    if not isinstance(amount, int | float) or not math.isfinite(amount):
        document["without_amount"].append([column, name])
    elif kind in labels.biosphere_edge_types:
        document["emitted"].append([column, number_flow(exchange), amount])
    elif kind in {"production", "generic production"}:
        row = numbers.get(exchange.get("input", ("", "")), column)
        document["made"].append([column, row, amount])
    elif exchange.get("input") not in numbers:
        document["unlinked"].append([column, name])
    else:
        signed = -amount if kind in labels.substitution_edge_types else amount
        document["taken"].append([column, numbers[exchange["input"]], signed])


def _number(flows: dict[tuple[str, ...], int], known: Mapping[Key, Node], exchange: Node) -> int:
    key: Key = exchange.get("input") or ("", "")
    code = exchange.get("flow") or key[1]
    described = {**known.get(key, _shipped_flows().get(code, {})), **exchange}
    compartment = "::".join(part for part in described.get("categories") or () if part)
    told = (
        str(described.get("name", code)),
        compartment,
        str(described.get("CAS number") or "").lstrip("0"),
        str(described.get("unit") or ""),
    )
    return flows.setdefault(told, len(flows))


@cache
def _shipped_flows() -> Mapping[str, Node]:
    """The list of elementary flows that comes with `bw2io`, by code."""
    return {flow["code"]: flow for flow in Ecospold2BiosphereImporter(name="biosphere3").data}


def _describe(node: Node) -> dict[str, str]:
    told = {
        "id": node["code"],
        "name": node["name"],
        "product": node.get("reference product"),
        "unit": node.get("unit"),
        "location": node.get("location"),
    }
    return {key: str(value or "") for key, value in told.items()}


def _is_process(node: Node) -> bool:
    """Whether something runs, also where a tool has a word of its own for it."""
    kind = node.get("type")
    return kind in _PROCESS_TYPES or (kind not in _PRODUCT_TYPES and bool(node.get("exchanges")))


def _key_of(node: Node) -> Key:
    return node["database"], node["code"]


def main() -> None:
    """Read a file and write what it holds."""
    wanted, source, output = sys.argv[1:]
    document = to_document(READERS[wanted](Path(source)))
    Path(output).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
