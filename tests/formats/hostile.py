"""Writes hostile and odd files, and reads them all as the service would, in one process.

python -m tests.formats.hostile write FOLDER     writes the files
python -m tests.formats.hostile read FOLDER      reads them; one JSON line a file, then memory
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from lca_models.errors import GreenchainError, Language
from lca_models.facts.library import Library, load_library
from service.domain.submission import Period
from service.formats.bom.annotate import annotate
from service.formats.bom.reading import read_bom
from service.formats.chain.sheet import read_chain_sheet
from service.formats.sheets.file import read_content
from tests.formats.hostile_archives import archive_cases
from tests.formats.hostile_texts import Case, text_cases
from tests.formats.hostile_workbooks import workbook_cases

LARGE_FILES = ("two-hundred-megabytes.csv", "two-hundred-megabytes.xlsx")
MOST_MEMORY = 300_000_000
# A backstop around the measurement: no run of the corpus may claim more, freed or not.
_MOST_ADDRESSES = 2_000_000_000
_PERIOD = Period(date(2025, 1, 1), date(2025, 12, 31))
_SIZE = 200_000_000
_SMALL = 200_000


def cases() -> Iterator[Case]:
    """Every hostile file but the large ones, which are made on the disk."""
    yield from text_cases()
    yield from workbook_cases()
    yield from archive_cases()


def expected() -> dict[str, str]:
    """The code that each file must bring: `reads`, or empty where any error will do."""
    return {name: code for name, code, _ in cases()} | dict.fromkeys(LARGE_FILES, "file-too-large")


def write(folder: Path) -> None:
    """Write every file."""
    for name, _, make in cases():
        (folder / name).write_bytes(make())
    for name in LARGE_FILES:
        with (folder / name).open("wb") as stream:
            stream.write(b"PK\x03\x04" if name.endswith("xlsx") else b"kind,name\n")
            stream.truncate(_SIZE)


def read(path: Path, library: Library) -> list[str]:
    """Codes of everything that is wrong with a file: `reads` if nothing is."""
    try:
        with path.open("rb") as stream:
            content = read_content(stream)
        reading = read_bom(content, path.name, library, product_id="P1", default_period=_PERIOD)
        # Large files in which nothing is wrong have been read once: that is enough.
        if reading.defects or len(content) < _SMALL:
            annotate(content, path.name, reading, Language.ZH)
        if len(content) < _SMALL:
            read_chain_sheet(content, path.name)
    except GreenchainError as error:
        str(error)
        return [defect.code for defect in error.defects]
    told = [defect.to_text().zh for defect in reading.defects]
    codes = [defect.code for defect in reading.defects]
    return codes if told and codes else ["reads"]


def _read_all(folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_ADDRESSES, _MOST_ADDRESSES))
    library = load_library()
    for path in sorted(folder.iterdir()):
        start = time.perf_counter()
        codes = sorted(set(read(path, library)))
        spent = time.perf_counter() - start
        line = {"name": path.name, "codes": codes, "seconds": round(spent, 3), "peak": _peak()}
        sys.stdout.write(json.dumps(line) + "\n")


def _peak() -> int:
    """The most memory that this process has held, in bytes."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    # `ru_maxrss` begins with what the process that started this one held at that moment.
    (kilobytes,) = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())
    return int(kilobytes) * 1024


def main(command: str, folder: str) -> None:
    """Run one of the two commands."""
    {"write": write, "read": _read_all}[command](Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
