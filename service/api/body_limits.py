"""How much a request may send, and how long it may take over it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.problems import answer_status
from service.api.turns import RETRY_AFTER


class BodyLimits:
    """Refuses bodies that are too large by their header, and stops those that grow too large.

    FastAPI's own limit answers in plain text where the header tells the size.

    Args:
        app: What is limited.
        most_bytes: Largest body.
        seconds: How long a body may take to arrive.
        buffered_bytes: How much all bodies of requests under way may hold together.
    """

    def __init__(
        self, app: ASGIApp, *, most_bytes: int, seconds: float, buffered_bytes: int
    ) -> None:
        self._app = app
        self._most_bytes = most_bytes
        self._seconds = seconds
        self._room = _Room(buffered_bytes)

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
        body = _Body(receive, self._most_bytes, time.monotonic() + self._seconds, self._room)
        try:
            await self._app(scope, body.receive, send)
        finally:
            self._room.left += body.taken


@dataclass(slots=True)
class _Room:
    """What is left for the bodies of all requests under way; one event loop alone touches it."""

    left: int


class _Body:
    """Counts what arrives of one body."""

    def __init__(self, receive: Receive, most_bytes: int, deadline: float, room: _Room) -> None:
        self._receive = receive
        self._left = most_bytes
        self._deadline = deadline
        self._room = room
        self._complete = False
        self.taken = 0

    async def receive(self) -> Message:
        if self._complete:
            return await self._receive()
        try:
            async with asyncio.timeout(max(self._deadline - time.monotonic(), 0.0)):
                message = await self._receive()
        except TimeoutError as error:
            raise HTTPException(HTTPStatus.REQUEST_TIMEOUT) from error
        size = len(message.get("body", b""))
        self._left -= size
        if self._left < 0:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if size > self._room.left:
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, headers=RETRY_AFTER)
        self._room.left -= size
        self.taken += size
        self._complete = not message.get("more_body", False)
        return message
