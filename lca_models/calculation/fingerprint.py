"""What identifies a calculation: a hash of its inputs and the versions of its engine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from lca_models.calculation.solution import Engine
from lca_models.inventory.processes import Inventory, Process, in_canonical_order

_PACKAGES: Mapping[Engine, Sequence[str]] = {
    Engine.BLOCK: ("numpy", "scipy"),
    Engine.BW2CALC: ("bw2calc", "bw_processing", "matrix_utils", "numpy", "scipy"),
}
_DESCRIPTIVE = frozenset({"needs", "mass_share"})


def engine_versions(engine: Engine) -> Mapping[str, str]:
    """Versions of the packages that an engine calculates with, by name."""
    return {package: version(package) for package in _PACKAGES[engine]}


def hash_inputs(inventory: Inventory, library_version: str, characterisation: str) -> str:
    """SHA-256 over everything that the digits of a result depend on.

    Processes, exchanges and emissions count as sets: their order does not change the hash. Needs
    and mass shares tell what amounts are for; no digit of a footprint depends on them.
    """
    ordered = in_canonical_order(inventory)
    content = {
        "processes": list(map(_content, ordered.processes)),
        "declared": ordered.declared,
        "library": library_version,
        "characterisation": characterisation,
    }
    return hashlib.sha256(_encode(content).encode()).hexdigest()


def _content(process: Process) -> dict[str, object]:
    return {name: part for name, part in _fields(process).items() if name not in _DESCRIPTIVE}


def _fields(part: Any) -> dict[str, object]:  # noqa: ANN401 - any of an inventory's dataclasses
    return {name: getattr(part, name) for name in part.__slots__}


_encode = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_fields
).encode
