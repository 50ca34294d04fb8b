"""What identifies a calculation: a hash of its inputs and the versions of its engine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version

from lca_models.inventory.processes import Inventory

_ENGINE_PACKAGES = ("bw2calc", "bw_processing", "matrix_utils", "numpy", "scipy")


def engine_versions() -> Mapping[str, str]:
    """Versions of the packages that calculate, by name."""
    return {package: version(package) for package in _ENGINE_PACKAGES}


def hash_inputs(inventory: Inventory, library_version: str, characterisation: str) -> str:
    """SHA-256 over everything that the digits of a result depend on.

    Processes, exchanges and emissions count as sets: their order does not change the hash.
    """
    content = {
        "processes": sorted(_canonical(_unordered(asdict(p))) for p in inventory.processes),
        "declared": sorted(_canonical(asdict(d)) for d in inventory.declared),
        "library": library_version,
        "characterisation": characterisation,
    }
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def _unordered(process: dict[str, object]) -> dict[str, object]:
    return {
        key: sorted(_canonical(part) for part in value)
        if isinstance(value, tuple | list)
        else value
        for key, value in process.items()
    }


def _canonical(content: object) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
