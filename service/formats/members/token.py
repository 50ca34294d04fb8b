"""What the token endpoint says: tokens, refusals, and where everything is found."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from service.domain.access import Scope
from service.domain.client import TOKEN_SECONDS, TokenProblem
from service.formats.bilingual import Part


class TokenDocument(Part):
    """An access token. Source: RFC 6749, section 5.1."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a kind of token
    expires_in: int = Field(TOKEN_SECONDS, description="Seconds.")
    scope: str


class TokenRefusal(Part):
    """Why there is no token. Source: RFC 6749, section 5.2."""

    error: TokenProblem
    error_description: str


class DiscoveryDocument(Part):
    """Where tokens come from. Source: RFC 8414, section 2.

    PACT 3, section 6 (and 2.1 and later) looks for `token_endpoint` under the address of OpenID;
    there are no sign-ins of people here by OpenID, so that what it asks for beside is empty.
    """

    issuer: str
    token_endpoint: str
    jwks_uri: str
    scopes_supported: list[Scope]
    response_types_supported: list[str]
    grant_types_supported: list[str]
    token_endpoint_auth_methods_supported: list[str]


def to_discovery(public_url: str) -> DiscoveryDocument:
    """Where tokens come from, at an address of the service."""
    return DiscoveryDocument(
        issuer=public_url,
        token_endpoint=f"{public_url}/auth/token",
        jwks_uri=f"{public_url}/.well-known/jwks.json",
        scopes_supported=sorted(Scope),
        response_types_supported=[],
        grant_types_supported=["client_credentials"],
        token_endpoint_auth_methods_supported=["client_secret_basic", "client_secret_post"],
    )
