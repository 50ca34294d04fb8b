"""The connection of a client: who it is, and how often it asks again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, TypeAdapter
from uuid_utils import uuid7

from service.client.problems import read_problem

Answer = TypeVar("Answer")

_WORDS = TypeAdapter(dict[str, Any])
_LATER = {
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
}
_RENEW_SECONDS = 30  # a token that ends sooner is renewed before it is used


@dataclass(frozen=True, slots=True)
class Machine:
    """OAuth2 client credentials."""

    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Token:
    """A token that was got otherwise: of a person's session, say."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """A form to send: its plain fields, and its files as name and content."""

    files: Mapping[str, tuple[str, bytes]]
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request is sent again that got no answer, or was told to come later.

    Every POST names itself by an `Idempotency-Key`, so that being sent again does nothing twice.

    Args:
        attempts: Most attempts, the first included.
        seconds: Wait before the second; it doubles. What the service asks for is waited instead.
        longest: Most seconds to wait at once.
    """

    attempts: int = 5
    seconds: float = 0.2
    longest: float = 30.0

    def wait_after(self, attempt: int, asked: str | None) -> float:
        """Seconds to wait after an attempt; `asked` is the header Retry-After."""
        wanted = float(asked) if asked and asked.isdigit() else self.seconds * 2.0 ** (attempt - 1)
        return min(wanted, self.longest)


@dataclass
class Connection:
    """Sends the requests of one caller.

    Args:
        http: Knows the address of the service; its other settings are its maker's.
        caller: Who calls; None calls public routes only.
        patience: How often it asks again.
        sleep: Waits so many seconds.
        clock: Seconds that only grow.
    """

    http: httpx.Client
    caller: Machine | Token | None = None
    patience: Patience = Patience()
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _token: tuple[str, float] | None = field(default=None, init=False, repr=False)

    def send(
        self,
        method: str,
        path: str,
        answer: type[Answer],
        *,
        query: Mapping[str, Any] | None = None,
        body: BaseModel | Form | bytes | None = None,
        version: int | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> Answer:
        """Send a request and read its answer.

        Args:
            method: Method of HTTP.
            path: Path on the service.
            answer: What it answers: a document, `bytes` for a file, `NoneType` for nothing.
            query: Parameters; those that are None are left out, a document gives its fields.
            body: A document, a form, or a file as it is.
            version: The version that an edit was made on.
            headers: What else the route asks for; those that are None are left out.

        Raises:
            RefusedError: The service refused it.
            httpx.TransportError: It could not be reached.
        """
        told = {name: value for name, value in (headers or {}).items() if value is not None}
        if method == "POST":
            told.setdefault("Idempotency-Key", str(uuid7()))
        if version is not None:
            told["If-Match"] = f'"{version}"'
        given = _WORDS.dump_python(dict(_list_parameters(query or {})), mode="json")
        parts: dict[str, Any] = {"params": given}
        match body:
            case BaseModel():
                parts["content"] = body.model_dump_json(exclude_unset=True)
                told["Content-Type"] = "application/json"
            case Form(files, fields):
                parts |= {"files": dict(files), "data": dict(fields)}
            case _:
                parts["content"] = body
        response = self._send_patiently(method, path, told, parts)
        return _read(response, answer)

    def _send_patiently(
        self, method: str, path: str, headers: Mapping[str, str], parts: Mapping[str, Any]
    ) -> httpx.Response:
        renewed = False
        for attempt in range(1, self.patience.attempts + 1):
            last = attempt == self.patience.attempts
            try:
                response = self.http.request(method, path, headers=self._sign(headers), **parts)
            except httpx.TransportError:
                if last or method == "PATCH":
                    raise
                asked = None
            else:
                turned_away = response.status_code == HTTPStatus.UNAUTHORIZED and not renewed
                if last or not (response.status_code in _LATER or (turned_away and self._token)):
                    return response
                if turned_away:
                    self._token, renewed = None, True
                asked = response.headers.get("retry-after")
            self.sleep(self.patience.wait_after(attempt, asked))
        message = "at least one attempt is made"
        raise ValueError(message)

    def _sign(self, headers: Mapping[str, str]) -> dict[str, str]:
        match self.caller:
            case None:
                return dict(headers)
            case Token(token):
                return {**headers, "Authorization": f"Bearer {token}"}
            case Machine() as machine:
                return {**headers, "Authorization": f"Bearer {self._find_token(machine)}"}

    def _find_token(self, machine: Machine) -> str:
        if self._token is None or self._token[1] < self.clock() + _RENEW_SECONDS:
            response = self.http.post(
                "/auth/token",
                data={"grant_type": "client_credentials"},
                auth=(quote(machine.client_id), quote(machine.client_secret)),
            )
            if not response.is_success:
                raise read_problem(response)
            given = response.json()
            self._token = given["access_token"], self.clock() + given["expires_in"]
        return self._token[0]


def _list_parameters(query: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in query.items():
        if isinstance(value, BaseModel):
            yield from _list_parameters(dict(value))
        elif value is not None:
            yield name, value


def _read(response: httpx.Response, answer: type[Answer]) -> Answer:
    if not response.is_success:
        raise read_problem(response)
    if answer is bytes:
        return response.content  # type: ignore[return-value] # mypy does not narrow a type variable
    content = response.content or b"null"
    return TypeAdapter(answer).validate_json(content)


def quoted(part: str) -> str:
    """A word as a part of a path, whatever stands in it."""
    return quote(part, safe="")
