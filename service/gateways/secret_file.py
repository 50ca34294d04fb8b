"""The file that keeps the secret of a service on one machine, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

SECRET_CHARACTERS = 32


def find_or_make_secret(file: Path) -> str:
    """The secret of a file; a new one where there is no file yet."""
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as made:
        made.write(secrets.token_hex(SECRET_CHARACTERS))
    return file.read_text(encoding="ascii").strip()
