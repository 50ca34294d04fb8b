"""`/v1/joinings`, `/v1/password-resets`, `/v1/passwords`: what people do by links of letters.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from types import NoneType

from service.client.connection import Connection
from service.formats.members.person import (
    NewPasswordDocument,
    NewPersonDocument,
    PersonDocument,
    ResetRequest,
)


class Joining:
    """`/v1/joinings`, `/v1/password-resets`, `/v1/passwords`: what people do by links of letters."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def join_by_link(self, body: NewPersonDocument) -> PersonDocument:
        """Join an organisation by the link of a letter; then sign in."""
        return self._connection.send("POST", "/v1/joinings", PersonDocument, body=body)

    def ask_for_reset(self, body: ResetRequest) -> bytes:
        """Ask for a letter with a link; the answer is the same whether the address is known or not."""
        return self._connection.send("POST", "/v1/password-resets", bytes, body=body)

    def set_password(self, body: NewPasswordDocument) -> None:
        """Set a new password by the link of a letter; sessions under the old one end."""
        return self._connection.send("POST", "/v1/passwords", NoneType, body=body)
