"""How much a request may send, and how long it may take over it."""

from __future__ import annotations

import asyncio
import time
from http import HTTPStatus

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.problems import answer_status


class BodyLimits:
    """Refuses bodies that are too large by their header, and stops those that grow too large.

    FastAPI's own limit answers in plain text where the header tells the size.

    Args:
        app: What is limited.
        most_bytes: Largest body.
        seconds: How long a body may take to arrive.
    """

    def __init__(self, app: ASGIApp, *, most_bytes: int, seconds: float) -> None:
        self._app = app
        self._most_bytes = most_bytes
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        told = request.headers.get("content-length", "")
        if told.isdecimal() and int(told[:20]) > self._most_bytes:
            answer = answer_status(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            await answer(scope, receive, send)
            return
        body = _Body(receive, self._most_bytes, time.monotonic() + self._seconds)
        await self._app(scope, body.receive, send)


class _Body:
    """Counts what arrives of one body."""

    def __init__(self, receive: Receive, most_bytes: int, deadline: float) -> None:
        self._receive = receive
        self._left = most_bytes
        self._deadline = deadline
        self._complete = False

    async def receive(self) -> Message:
        if self._complete:
            return await self._receive()
        try:
            async with asyncio.timeout(max(self._deadline - time.monotonic(), 0.0)):
                message = await self._receive()
        except TimeoutError as error:
            raise HTTPException(HTTPStatus.REQUEST_TIMEOUT) from error
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        self._complete = not message.get("more_body", False)
        return message
