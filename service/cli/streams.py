"""The three standard streams, which whoever starts us may have closed, filled or cut."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress

_FAILED = 2


def run_on_streams(work: Callable[[], object]) -> int:
    """Run a program that ends by `SystemExit`; a stream that fails is told where one is left.

    Returns:
        The code to leave with.
    """
    _open_closed()
    code, problem = 0, None
    try:
        work()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except OSError as error:
        code, problem = _FAILED, error
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as error:
            problem = problem or (None if code else error)
            code = code or _FAILED
            # What is left in it would fail again when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    if problem is not None:
        with suppress(OSError):
            told = f"The output cannot be written · 无法写出结果: {problem.strerror}\n"
            sys.stderr.write(told)
            sys.stderr.flush()
    return code


def _open_closed() -> None:
    """Open the null device in the place of each closed stream, so that no file gets its number."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            device = os.open(os.devnull, os.O_RDWR)
            if device != number:
                os.dup2(device, number)
                os.close(device)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8"))
