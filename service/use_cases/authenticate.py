"""Find out who calls, by the token of a machine or of a person's session."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.access import Caller, Scope
from service.gateways.keyring import Keyring
from service.store import members


def authenticate(
    session: Session, token: str, *, keyring: Keyring, issuer: str, now: datetime
) -> Caller | None:
    """The caller whom a token proves; None for a token that proves nobody.

    Args:
        session: Sees the whole store.
        token: A signed access token of a machine.
        keyring: Keys of the service.
        issuer: Who must have signed it.
        now: The present moment.
    """
    claims = keyring.read(token, issuer=issuer, now=now)
    if claims is None:
        return None
    member = members.get(session, UUID(claims["organisation"]))
    if member.suspended_at is not None:
        return None
    return Caller(
        organisation_id=member.id,
        roles=member.roles,
        scopes=frozenset(map(Scope, claims["scope"].split())),
        client_id=UUID(claims["sub"]),
    )
