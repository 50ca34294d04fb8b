"""A request for a token as machines write it: HTTP Basic or fields of a form (RFC 6749)."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from service.domain.client import TokenProblem, TokenRefusedError

GRANT = "client_credentials"
_BASIC = "basic"


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """What a machine asks for, and what it proves itself with."""

    client_id: str
    secret: str = field(repr=False)
    scope: str | None


def read_token_request(
    fields: Sequence[tuple[str, str]], authorization: str | None
) -> TokenRequest:
    """Read the fields of the form and the header `Authorization`.

    Other fields are let pass, as RFC 6749, section 3.2 asks: clients of PACT send `audience` and
    `resource`, too.

    Raises:
        TokenRefusedError: A field stands twice, the grant is missing or another one, or there are
            no credentials, or two different ones.
    """
    told = dict(fields)
    if len(told) != len(fields):
        raise TokenRefusedError(TokenProblem.INVALID_REQUEST, "A field stands twice.")
    grant = told.get("grant_type")
    if not grant:
        raise TokenRefusedError(TokenProblem.INVALID_REQUEST, f"The form lacks grant_type={GRANT}.")
    if grant != GRANT:
        raise TokenRefusedError(TokenProblem.UNSUPPORTED_GRANT_TYPE, f"Use grant_type={GRANT}.")
    client_id, secret = _read_credentials(told, authorization)
    return TokenRequest(client_id, secret, told.get("scope"))


def _read_credentials(told: Mapping[str, str], authorization: str | None) -> tuple[str, str]:
    in_form = told.get("client_id"), told.get("client_secret")
    if authorization is None:
        client_id, secret = in_form
        if not client_id or not secret:
            raise TokenRefusedError(
                TokenProblem.INVALID_CLIENT, "Send client_id and client_secret, by HTTP Basic."
            )
        return client_id, secret
    in_header = _read_basic(authorization)
    if any(a is not None and a != b for a, b in zip(in_form, in_header, strict=True)):
        raise TokenRefusedError(
            TokenProblem.INVALID_REQUEST, "The header and the form tell different credentials."
        )
    return in_header


def _read_basic(authorization: str) -> tuple[str, str]:
    """Id and secret, each encoded as in a form. Source: RFC 6749, section 2.3.1."""
    kind, _, encoded = authorization.partition(" ")
    try:
        decoded = b64decode(encoded.strip(), validate=True).decode() if kind else ""
    except (binascii.Error, UnicodeDecodeError):
        decoded = ""
    client_id, colon, secret = decoded.partition(":")
    if kind.lower() != _BASIC or not colon:
        raise TokenRefusedError(TokenProblem.INVALID_CLIENT, "Authorization is no HTTP Basic.")
    return unquote_plus(client_id), unquote_plus(secret)
