"""Codes of invitations: drawn at random, read as people type them, kept as their hash."""

from __future__ import annotations

import hashlib
import secrets

# Without I, L, O and U, which are misread (Crockford's base 32): 5 bits each, 125 together.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _GROUP_LENGTH = 5, 5
_AS_MEANT = str.maketrans("OIL", "011", "- \t\r\n")


def draw_code() -> str:
    """A new code, such as `7K2M9-0QXFT-…`."""
    letters = [secrets.choice(_ALPHABET) for _ in range(_GROUPS * _GROUP_LENGTH)]
    return "-".join("".join(letters[i::_GROUPS]) for i in range(_GROUPS))


def hash_code(code: str) -> str:
    """What is kept of a code, however it was typed; it needs no salt, being random itself."""
    return hashlib.sha256(code.upper().translate(_AS_MEANT).encode()).hexdigest()
