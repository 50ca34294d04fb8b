"""`/auth/token` and `/.well-known/…`: how machines get tokens (RFC 6749, RFC 8414, RFC 7517)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from service.api.attempts import Attempting, Attempts, Guess
from service.api.context import Wired
from service.api.routing import make_router
from service.api.transactions import Now
from service.domain.access import SERVICE
from service.domain.client import Client, TokenProblem, TokenRefusedError
from service.formats.members.token import (
    DiscoveryDocument,
    TokenDocument,
    TokenRefusal,
    to_discovery,
)
from service.formats.members.token_request import GRANT, TokenRequest, read_token_request
from service.store import clients
from service.store.session import open_transaction
from service.use_cases.issue_token import issue_token
from service.wiring import Members

router = make_router("machines")

_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"
_CHALLENGE = 'Basic realm="greenchain"'
_FIELDS = {
    "grant_type": {"type": "string", "enum": [GRANT]},
    "scope": {"type": "string", "example": "read submissions"},
    "client_id": {"type": "string", "format": "uuid", "description": "Without HTTP Basic."},
    "client_secret": {"type": "string", "description": "Without HTTP Basic.", "example": "…"},
}
_SCHEMA = {"type": "object", "required": ["grant_type"], "properties": _FIELDS}
_BODY: dict[str, Any] = {"requestBody": {"required": True, "content": {_FORM: {"schema": _SCHEMA}}}}
_REFUSED: dict[str, Any] = {"model": TokenRefusal, "description": "RFC 6749, section 5.2."}


async def _read_fields(request: Request) -> list[tuple[str, str]]:
    """The fields of a form; none where the body is none."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        return []
    async with request.form() as form:
        return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]


@router.post(
    "/auth/token",
    response_model=TokenDocument,
    responses={400: _REFUSED, 401: _REFUSED},
    openapi_extra=_BODY,
)
def get_token(
    request: Request,
    fields: Annotated[list[tuple[str, str]], Depends(_read_fields)],
    wiring: Wired,
    attempts: Attempting,
    now: Now,
) -> Response:
    """Get a token for a client's secret, by HTTP Basic or in the form; it holds 15 minutes."""
    members = wiring.members
    try:
        asked = read_token_request(fields, request.headers.get("authorization"))
        client = _prove(members, asked, attempts)
        with open_transaction(members.engine, SERVICE, actor=f"client:{client.id}") as session:
            issued = issue_token(
                session,
                client,
                asked.scope,
                keyring=members.keyring,
                issuer=members.public_url,
                now=now,
            )
    except TokenRefusedError as refused:
        return _refuse(refused)
    document = TokenDocument(access_token=issued.token, scope=" ".join(sorted(issued.scopes)))
    return Response(document.model_dump_json(), media_type=_JSON)


@router.get("/.well-known/oauth-authorization-server")
def discover_tokens(wiring: Wired) -> DiscoveryDocument:
    """Tell where tokens come from (RFC 8414)."""
    return to_discovery(wiring.members.public_url)


@router.get("/.well-known/openid-configuration")
def discover_openid(wiring: Wired) -> DiscoveryDocument:
    """Tell the same where clients of PACT look for it."""
    return to_discovery(wiring.members.public_url)


@router.get("/.well-known/jwks.json")
def get_public_keys(wiring: Wired) -> dict[str, Any]:
    """The keys that our tokens can be verified with (RFC 7517)."""
    return wiring.members.keyring.public_keys()


def _prove(members: Members, asked: TokenRequest, attempts: Attempts) -> Client:
    """The client of a secret; only who is wrong is counted, and made to wait.

    A right secret is never made to wait, or whoever knows the id of a client could shut it out;
    and no number of guesses finds 256 random bits.
    """
    with open_transaction(members.engine, SERVICE, reading=True) as session:
        client_id = _read_id(asked.client_id)
        client = (
            None
            if client_id is None
            else clients.find_proven(session, client_id, asked.secret, now=members.clock())
        )
    if client is None:
        attempts.spend(Guess.CLIENT_SECRET, asked.client_id)
        raise TokenRefusedError(
            TokenProblem.INVALID_CLIENT, "The client is unknown, or its secret is wrong."
        )
    return client


def _read_id(client_id: str) -> UUID | None:
    try:
        return UUID(client_id)
    except ValueError:
        return None


def _refuse(refused: TokenRefusedError) -> Response:
    unproved = refused.problem is TokenProblem.INVALID_CLIENT
    refusal = TokenRefusal(error=refused.problem, error_description=refused.description)
    return Response(
        refusal.model_dump_json(),
        status_code=HTTPStatus.UNAUTHORIZED if unproved else HTTPStatus.BAD_REQUEST,
        media_type=_JSON,
        headers={"WWW-Authenticate": _CHALLENGE} if unproved else None,
    )
