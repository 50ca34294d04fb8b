"""The second factor: codes of six digits that change with time (RFC 6238)."""

from __future__ import annotations

from datetime import datetime

from pyotp import TOTP, random_base32

_STEP_SECONDS = 30  # RFC 6238, section 5.2 recommends it
_NEIGHBOURS = (0, -1, 1)  # the same section: one step is let pass for slow fingers and clocks
_ISSUER = "greenchain"


def make_shared_secret() -> str:
    """A secret for an authenticator, 160 bits as RFC 4226, section 4 recommends, in base 32."""
    return random_base32()


def find_step(secret: str, code: str, *, now: datetime) -> int | None:
    """The step of time to which a code belongs; None for a code that does not hold now.

    A code is accepted once: keep the step, and refuse it and those before it from then on.

    Args:
        secret: What the authenticator shares.
        code: Six digits.
        now: The present moment.
    """
    codes, present = TOTP(secret), int(now.timestamp()) // _STEP_SECONDS
    for neighbour in _NEIGHBOURS:
        step = present + neighbour
        if codes.verify(code, for_time=step * _STEP_SECONDS):
            return step
    return None


def to_authenticator_uri(secret: str, email: str) -> str:
    """What an authenticator reads from a square code."""
    return TOTP(secret).provisioning_uri(name=email, issuer_name=_ISSUER)
