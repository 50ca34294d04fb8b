"""What identifies a calculation: a hash of its inputs and the versions of its engine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from lca_models.inventory.processes import Inventory, Process

_ENGINE_PACKAGES = ("bw2calc", "bw_processing", "matrix_utils", "numpy", "scipy")
_DESCRIPTIVE = frozenset({"needs", "mass_share"})


def engine_versions() -> Mapping[str, str]:
    """Versions of the packages that calculate, by name."""
    return {package: version(package) for package in _ENGINE_PACKAGES}


def hash_inputs(inventory: Inventory, library_version: str, characterisation: str) -> str:
    """SHA-256 over everything that the digits of a result depend on.

    Processes, exchanges and emissions count as sets: their order does not change the hash. Needs
    and mass shares tell what amounts are for; no digit of a footprint depends on them.
    """
    content = {
        "processes": sorted(_encode(_content(process)) for process in inventory.processes),
        "declared": sorted(map(_encode, inventory.declared)),
        "library": library_version,
        "characterisation": characterisation,
    }
    return hashlib.sha256(_encode(content).encode()).hexdigest()


def _content(process: Process) -> dict[str, object]:
    content = _fields(process)
    return {
        name: sorted(map(_encode, value)) if isinstance(value, tuple) else value
        for name, value in content.items()
        if name not in _DESCRIPTIVE
    }


def _fields(part: Any) -> dict[str, object]:  # noqa: ANN401 - any of an inventory's dataclasses
    return {name: getattr(part, name) for name in part.__slots__}


_encode = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_fields
).encode
