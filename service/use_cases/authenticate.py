"""Find out who calls, by the token of a machine or of a person's session."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.access import Caller, Scope
from service.gateways.keyring import Keyring
from service.store import clients, sign_ins

_DOTS_OF_SIGNED = 2  # RFC 7515, section 7.1; tokens of sessions have none


def authenticate(
    session: Session, token: str, *, keyring: Keyring, issuer: str, now: datetime
) -> Caller | None:
    """The caller whom a token proves; None for a token that proves nobody.

    A signed token is held against its client, too: it does nothing once that is revoked.

    Args:
        session: Sees the whole store.
        token: A signed access token of a machine, or the token of a person's session.
        keyring: Keys of the service.
        issuer: Who must have signed it.
        now: The present moment.
    """
    if token.count(".") != _DOTS_OF_SIGNED:
        return sign_ins.find_caller(session, token, now=now)
    claims = keyring.read(token, issuer=issuer, now=now)
    if claims is None:
        return None
    granted = frozenset(map(Scope, claims["scope"].split()))
    return clients.find_caller(session, UUID(claims["sub"]), granted)
