"""`/v1/sessions` and `/v1/one-time-codes`: how people sign in, and their second factor.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from types import NoneType

from service.client.connection import Connection
from service.formats.members.person import (
    CallerDocument,
    OfferedSecretDocument,
    OneTimeCodeDocument,
    SessionDocument,
    SignInRequest,
)


class Sessions:
    """`/v1/sessions` and `/v1/one-time-codes`: how people sign in, and their second factor."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin_session(self, body: SignInRequest) -> SessionDocument:
        """Sign in; whoever fails too often must wait longer and longer."""
        return self._connection.send("POST", "/v1/sessions", SessionDocument, body=body)

    def get_session(self) -> CallerDocument:
        """Tell as whom you are signed in, and what you may do."""
        return self._connection.send("GET", "/v1/sessions/current", CallerDocument)

    def end_session(self) -> None:
        """Sign out."""
        return self._connection.send("DELETE", "/v1/sessions/current", NoneType)

    def offer_one_time_codes(self) -> OfferedSecretDocument:
        """Get a secret for your authenticator; confirm it with a code."""
        return self._connection.send("POST", "/v1/one-time-codes", OfferedSecretDocument)

    def confirm_one_time_codes(self, body: OneTimeCodeDocument) -> None:
        """Send a code of your authenticator: from now on signing in takes one."""
        return self._connection.send("POST", "/v1/one-time-codes/confirmation", NoneType, body=body)
