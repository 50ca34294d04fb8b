"""The version of this software, as results and commands name it."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def find_release() -> str:
    """The installed version; `unreleased` where the code runs without being installed."""
    try:
        return version("greenchain")
    except PackageNotFoundError:
        return "unreleased"
