"""How benchmarks measure time and memory, and how they tell it."""

from __future__ import annotations

import ctypes
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

REPEATS = 7
_STATUS, _FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_FORGET_PEAK = "5"  # proc(5): the peak begins anew at what is resident now
_KIB_PER_MB = 1000**2 / 1024


def seconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Median wall time after one run to warm up."""
    work()
    return statistics.median(seconds_once(work) for _ in range(repeats))


def seconds_once(work: Callable[[], object]) -> float:
    """Wall time of one run."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def seconds_by_turns(
    work: Callable[[], object], reference: Callable[[], object], repeats: int = REPEATS
) -> tuple[float, float]:
    """Median wall times of two things, run by turns: what slows the machine slows both."""
    work(), reference()
    taken = [(seconds_once(work), seconds_once(reference)) for _ in range(repeats)]
    ours, theirs = zip(*taken, strict=True)
    return statistics.median(ours), statistics.median(theirs)


def peak_mb(work: Callable[[], object]) -> float | None:
    """The most memory that the process takes during some work, beyond what it has before.

    None on systems that keep no peak that can be forgotten; Linux with glibc does.
    """
    try:
        ctypes.CDLL(None).malloc_trim(0)  # or what was freed before is used again, unseen
        _FORGET.write_text(_FORGET_PEAK)
        before = _resident_kib("VmRSS")
        work()
        return (_resident_kib("VmHWM") - before) / _KIB_PER_MB
    except (AttributeError, OSError):
        return None


def report(
    bench: str,
    case: str,
    value: float,
    reference: float | None = None,
    *,
    unit: str = "s",
    peak: float | None = None,
) -> None:
    """Print one measurement as JSON, with its ratio to the reference where there is one."""
    row = {
        "bench": bench,
        "case": case,
        "value": value,
        "unit": unit,
        "reference": reference,
        "ratio": None if reference is None else value / reference,
        "peak_mb": peak,
    }
    sys.stdout.write(json.dumps(row) + "\n")
    sys.stdout.flush()


def _resident_kib(field: str) -> int:
    lines = _STATUS.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:"))
