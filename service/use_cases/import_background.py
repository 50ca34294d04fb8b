"""Import a database as a frozen background file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from lca_models.errors import Text
from lca_models.facts.elementary_flows import load_elementary_flows
from lca_models.inventory.bringing import Terms, bring_background
from lca_models.inventory.brought import (
    BackgroundProcess,
    BroughtBackground,
    save_brought_background,
)
from service.domain.brightway_formats import BackgroundFormat
from service.domain.brought_database import square
from service.gateways.brightway import read_database


@dataclass(frozen=True, slots=True)
class ImportedBackground:
    """What became of a database.

    Args:
        background: As it was frozen.
        left_out: Greenhouse gases that do not count, with how often they are emitted.
        other_flows: How many of its flows are no greenhouse gases.
        versions: Versions of what read it, by package.
    """

    background: BroughtBackground
    left_out: dict[str, int]
    other_flows: int
    versions: dict[str, str]


def import_background(
    path: Path,
    kind: BackgroundFormat,
    terms: Terms,
    output: Path,
    *,
    leave_out: Collection[str] = (),
    python: Path | None = None,
) -> ImportedBackground:
    """Read a database in a process of its own, solve it, and write it as one sealed file.

    Args:
        path: File or folder of the database.
        kind: Its format.
        terms: Its name and its terms.
        output: File to write; there is none yet.
        leave_out: Names of greenhouse gases without a GWP here that need not count.
        python: The Python of an environment with `brightway25`.

    Raises:
        GreenchainError: The database cannot be read, or cannot be a background.
    """
    database = read_database(path, kind, python)
    squared = square(database, load_elementary_flows(), leave_out=leave_out)
    processes = [
        BackgroundProcess(
            id=activity.id,
            name=Text(en=activity.name, zh=activity.name),
            unit=activity.unit,
            geography=activity.location,
            product=activity.product,
        )
        for activity in squared.activities
    ]
    background = bring_background(
        terms, processes, squared.technosphere, squared.emissions_kg, list(squared.left_out)
    )
    save_brought_background(output, background)
    return ImportedBackground(
        background=background,
        left_out=squared.left_out,
        other_flows=squared.other_flows,
        versions=database.versions,
    )
