"""What the program that reads databases hands over: plain JSON, amounts by number of activity."""

from __future__ import annotations

import json
from typing import Any

from lca_models.facts.elementary_flows import ElementaryFlow
from service.domain.brought_database import Activity, BroughtDatabase
from service.formats.sheets.cells import clean


def read_imported(text: str) -> BroughtDatabase:
    """The database that `service/gateways/background_import.py` wrote down.

    It holds `versions` (of `bw2data` and `bw2io`), `activities` and `products` (id, name, product,
    unit, location), `flows` (name, compartment, cas, unit), `made` and `taken` (activity, product,
    amount), `emitted` (activity, flow, amount), `unlinked` and `without_amount` (activity, name).
    """
    document: dict[str, Any] = json.loads(text)
    cells = {
        field: tuple((int(column), int(row), float(amount)) for column, row, amount in rows)
        for field, rows in document.items()
        if field in {"made", "taken", "emitted"}
    }
    return BroughtDatabase(
        versions=document["versions"],
        activities=tuple(Activity(**_cleaned(node)) for node in document["activities"]),
        products=tuple(Activity(**_cleaned(node)) for node in document["products"]),
        flows=tuple(ElementaryFlow(**_cleaned(flow)) for flow in document["flows"]),
        unlinked=tuple((column, clean(name)) for column, name in document["unlinked"]),
        without_amount=tuple((column, clean(name)) for column, name in document["without_amount"]),
        **cells,
    )


def _cleaned(texts: dict[str, str]) -> dict[str, str]:
    return {key: clean(text) for key, text in texts.items()}
