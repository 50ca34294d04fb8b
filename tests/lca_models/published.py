"""The published calculations that stand as data in the folder of cases."""

from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parent / "cases"


def read_all() -> list[dict[str, Any]]:
    """Every case, by the name of its file."""
    paths = sorted(FOLDER.glob("*.yaml"))
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths]


def read(kind: str) -> list[Any]:
    """The cases of one kind, as parameters of a test."""
    return [pytest.param(case, id=case["case"]) for case in read_all() if case["kind"] == kind]


def get(case: str) -> dict[str, Any]:
    """One case by its name."""
    return next(found for found in read_all() if found.get("case") == case)


def expect(value: float, case: dict[str, Any]) -> Any:
    """The published value with the tolerance of its case."""
    relative, absolute = case.get("tolerance_rel"), case.get("tolerance_abs")
    return pytest.approx(value, rel=relative or 0.0, abs=absolute or 0.0)
