"""`/auth/token` and `/.well-known/…`: how machines get tokens (RFC 6749, RFC 8414, RFC 7517).

Written by `service.api.client_source`.
"""

from __future__ import annotations

from typing import Any

from service.client.connection import Connection
from service.formats.members.token import DiscoveryDocument, TokenDocument


class Tokens:
    """`/auth/token` and `/.well-known/…`: how machines get tokens (RFC 6749, RFC 8414, RFC 7517)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get_token(
        self, body: bytes, *, content_type: str = "application/x-www-form-urlencoded"
    ) -> TokenDocument:
        """Get a token for a client's secret, by HTTP Basic or in the form; it holds 15 minutes."""
        return self._connection.send(
            "POST", "/auth/token", TokenDocument, body=body, headers={"Content-Type": content_type}
        )

    def discover_tokens(self) -> DiscoveryDocument:
        """Tell where tokens come from (RFC 8414)."""
        return self._connection.send(
            "GET", "/.well-known/oauth-authorization-server", DiscoveryDocument
        )

    def discover_openid(self) -> DiscoveryDocument:
        """Tell the same where clients of PACT look for it."""
        return self._connection.send("GET", "/.well-known/openid-configuration", DiscoveryDocument)

    def get_public_keys(self) -> dict[str, Any]:
        """The keys that our tokens can be verified with (RFC 7517)."""
        return self._connection.send("GET", "/.well-known/jwks.json", dict[str, Any])
