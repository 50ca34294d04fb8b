"""A client: a machine of a firm, which gets short-lived tokens for its secret (OAuth 2.0)."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from service.domain.access import Scope

# Choices of ours: a stolen token is worth little, and PACT clients renew five minutes before.
TOKEN_SECONDS = 900
LONGEST_OVERLAP = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Client:
    """A machine, without its secret.

    Args:
        id: Its id, `client_id` of OAuth.
        organisation_id: The firm for which it works.
        name: What its firm calls it.
        scopes: What it may do.
        created_at: When it was made.
        former_until: Until when the secret before the last rotation holds.
        last_used_at: When it last got a token.
        revoked_at: Since when it may do nothing.
        version: Counts its rotations.
    """

    id: UUID
    organisation_id: UUID
    name: str
    scopes: frozenset[Scope]
    created_at: datetime
    former_until: datetime | None = None
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None
    version: int = 1


class TokenProblem(StrEnum):
    """What can be wrong with a request for a token. Source: RFC 6749, section 5.2."""

    INVALID_REQUEST = "invalid_request"
    INVALID_CLIENT = "invalid_client"
    INVALID_SCOPE = "invalid_scope"
    UNSUPPORTED_GRANT_TYPE = "unsupported_grant_type"


class TokenRefusedError(Exception):
    """A request for a token is refused; the token endpoint answers as RFC 6749 says, not we."""

    def __init__(self, problem: TokenProblem, description: str) -> None:
        """Keep what is wrong, by its name in RFC 6749, and a sentence for developers."""
        self.problem = problem
        self.description = description
        super().__init__(problem.value, description)


def choose_scopes(held: AbstractSet[Scope], asked: str | None) -> frozenset[Scope]:
    """The scopes of a token: all that a client holds, or those of them that it asks for.

    Raises:
        TokenRefusedError: It asks for one that it does not hold; whether there is such a one is
            not told.
    """
    if asked is None or not asked.strip():
        return frozenset(held)
    names = set(asked.split())
    if not names <= {scope.value for scope in held}:
        raise TokenRefusedError(
            TokenProblem.INVALID_SCOPE, "The client does not hold every scope that it asks for."
        )
    return frozenset(map(Scope, names))
