"""Tokens that prove their bearer: the bearer has the token, the store keeps its hash alone."""

from __future__ import annotations

import hashlib
import hmac
import secrets

_BYTES = 32


def new_token() -> str:
    """256 random bits, as letters that stand in addresses and headers."""
    return secrets.token_urlsafe(_BYTES)


def hash_token(token: str) -> str:
    """What is kept of a token.

    A fast hash without salt is right here, unlike for passwords: nobody guesses 256 random bits,
    and the hash is what the token is looked up by.
    """
    return hashlib.sha256(token.encode()).hexdigest()


def is_hash_of(kept: str | None, token: str) -> bool:
    """Whether a token is the one of which a hash was kept, in a time that tells nothing."""
    return hmac.compare_digest(kept or "", hash_token(token))
