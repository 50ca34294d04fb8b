"""Hashes of passwords by Argon2id; each takes a tenth of a second and 64 MiB, on purpose.

Whoever calls takes a turn first (`service.api.turns`), or many at once would fill the memory.
"""

from __future__ import annotations

from functools import cache

from pwdlib import PasswordHash

from service.domain.password import fold_password


def hash_password(password: str) -> str:
    """The hash of a password, with its salt and cost. Source: RFC 9106, section 4."""
    return _argon2().hash(fold_password(password))


def matches(password: str, kept: str | None) -> bool:
    """Whether a password is the one of a hash; without a hash no, after the same time."""
    decoy = _decoy()  # made at the first call of either kind, so that neither stands out
    right = _argon2().verify(fold_password(password), kept or decoy)
    return right and kept is not None


@cache
def _argon2() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _decoy() -> str:
    return hash_password("nobody signs in with this")
