"""Counts attempts at what can be guessed, before they are made, and lets who fails wait."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import Depends, HTTPException, Request

from service.api.context import Wired
from service.api.rate_limits import find_network
from service.domain.access import SERVICE
from service.domain.one_time_link import LinkNotUsableError
from service.domain.person import OneTimeCodeError, SignInFailedError
from service.store import attempts
from service.store.attempts import Tried
from service.store.session import open_transaction
from service.wiring import Members

_FAILURES = (SignInFailedError, OneTimeCodeError, LinkNotUsableError)


class Guess(StrEnum):
    """What is tried; each counts for itself, but together by address."""

    SIGN_IN = "sign-in"
    CLIENT_SECRET = "client-secret"  # noqa: S105 - a word
    LINK = "link"
    RESET_LETTER = "reset-letter"


class Attempts:
    """Counts the attempts of one request, each in a transaction of its own.

    Args:
        members: Database, keys and clock.
        network: Where the request comes from.
    """

    def __init__(self, members: Members, network: str) -> None:
        self._members = members
        self._network = network

    def spend(self, guess: Guess, subject: str) -> UUID:
        """Count an attempt for good, unless it is forgotten later.

        Raises:
            HTTPException: 429, too many failed before it.
        """
        with open_transaction(self._members.engine, SERVICE) as session:
            begun = attempts.begin(session, self._name(guess, subject), now=self._members.clock())
        if isinstance(begun, UUID):
            return begun
        wait_s = math.ceil(begun.total_seconds())
        raise HTTPException(HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(wait_s)})

    @contextmanager
    def guard(self, guess: Guess, subject: str) -> Iterator[None]:
        """Count what is done within, and forgive what failed before once it succeeds.

        Raises:
            HTTPException: 429, too many failed before it.
        """
        attempt_id = self.spend(guess, subject)
        try:
            yield
        except _FAILURES:
            raise
        except Exception:  # it came to no answer: the next try is as good as this one
            with open_transaction(self._members.engine, SERVICE) as session:
                attempts.forget(session, attempt_id)
            raise
        self.pardon(guess, subject)

    def pardon(self, guess: Guess, subject: str) -> None:
        """Forget what failed: whoever it is has proved itself."""
        with open_transaction(self._members.engine, SERVICE) as session:
            attempts.forgive(session, self._name(guess, subject))

    def _name(self, guess: Guess, subject: str) -> Tried:
        keyring = self._members.keyring
        return Tried(
            subject_hash=keyring.hash(f"attempt {guess}", subject),
            address_hash=keyring.hash("attempt address", self._network),
        )


async def _find_attempts(request: Request, wiring: Wired) -> Attempts:
    return Attempts(wiring.members, find_network(request))


Attempting = Annotated[Attempts, Depends(_find_attempts)]
