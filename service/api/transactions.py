"""The transaction of a request: through its caller's eyes, committed before the answer leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from service.api.context import Wired
from service.api.idempotent import claim_key
from service.api.request_ids import id_of
from service.domain.access import NOBODY, Caller
from service.store.audit import REQUEST_ID
from service.store.session import open_transaction


def _open(request: Request, wiring: Wired) -> Iterator[Session]:
    yield from _transaction(request, wiring, reading=False)


def _open_reading(request: Request, wiring: Wired) -> Iterator[Session]:
    yield from _transaction(request, wiring, reading=True)


def _transaction(request: Request, wiring: Wired, *, reading: bool) -> Iterator[Session]:
    caller: Caller | None = getattr(request.state, "caller", None)
    viewer = NOBODY if caller is None else caller.viewer
    actor = "nobody" if caller is None else caller.actor
    with open_transaction(wiring.members.engine, viewer, actor=actor, reading=reading) as session:
        request.state.session = session
        session.info[REQUEST_ID] = id_of(request)
        if caller is not None and not reading:
            claim_key(request, session, wiring, caller)
        yield session


async def _tell_time(wiring: Wired) -> datetime:
    return wiring.members.clock()


Transaction = Annotated[Session, Depends(_open, scope="function")]
Reading = Annotated[Session, Depends(_open_reading, scope="function")]
Now = Annotated[datetime, Depends(_tell_time)]
