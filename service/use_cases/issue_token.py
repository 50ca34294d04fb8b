"""Give a machine a short-lived token for its secret (RFC 6749, section 4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from service.domain.access import Scope
from service.domain.client import TOKEN_SECONDS, Client, choose_scopes
from service.gateways.keyring import Keyring
from service.store import clients
from service.store.ids import new_id


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A signed token and what it is good for."""

    token: str
    scopes: frozenset[Scope]


def issue_token(
    session: Session,
    client: Client,
    asked: str | None,
    *,
    keyring: Keyring,
    issuer: str,
    now: datetime,
) -> IssuedToken:
    """Sign a token; it names the machine and its firm, and nobody else.

    Args:
        session: Sees the whole store.
        client: The machine, proved by its secret.
        asked: Scopes with blanks between; None for all that it holds.
        keyring: Signs.
        issuer: Address of the service.
        now: The present moment.

    Raises:
        TokenRefusedError: It does not hold a scope that it asks for.
    """
    scopes = choose_scopes(client.scopes, asked)
    clients.note_use(session, client.id, now=now)
    token = keyring.sign(write_claims(client, scopes, issuer=issuer, now=now))
    return IssuedToken(token, scopes)


def write_claims(
    client: Client, scopes: frozenset[Scope], *, issuer: str, now: datetime
) -> dict[str, str | int]:
    """What a token says. Source: RFC 9068, section 2.2."""
    issued = int(now.timestamp())
    return {
        "iss": issuer,
        "aud": issuer,
        "sub": str(client.id),
        "client_id": str(client.id),
        "organisation": str(client.organisation_id),
        "scope": " ".join(sorted(scopes)),
        "iat": issued,
        "exp": issued + TOKEN_SECONDS,
        "jti": str(new_id()),
    }
