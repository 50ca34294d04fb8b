"""The footprint that an owner sees, written with the ids of the network."""

from __future__ import annotations

from typing import Any

from service.domain.seen_network import true_id
from service.formats.result_document import FootprintPart


def to_seen(shown: FootprintPart) -> dict[str, Any]:
    """A footprint of `chain_as_seen`, in which no made-up id is left."""
    written: dict[str, Any] = shown.model_dump(mode="json")
    written["product"] = true_id(shown.product)
    for line in written["by_line"]:
        if line["supplier"] is not None:
            line["supplier"]["id"] = true_id(line["supplier"]["id"])
    for gap in written["gaps"]:
        gap["product"] = true_id(gap["product"])
    return written
