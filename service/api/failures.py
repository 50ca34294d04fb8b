"""Answers what fails on our side before a server could write its text, and our data, into a log."""

from __future__ import annotations

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.problems import answer_error


class BrokenOffError(Exception):
    """An answer that had begun could not be ended; the log has told why."""


class Failures:
    """Turns whatever escapes the application into a problem document."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except Exception as error:  # noqa: BLE001 - whatever it is
            answer = answer_error(Request(scope), error)
            if begun:
                raise BrokenOffError from None
            await answer(scope, receive, send)
