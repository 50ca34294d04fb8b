"""What routes ask for: the wiring of the application, a turn, the language of the caller.

Dependencies that wait for nothing are asynchronous: a thread would cost more than their work.
"""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from lca_models.errors import Language
from service.api.languages import negotiate
from service.api.turns import Turns
from service.wiring import Wiring


async def _find_wiring(request: Request) -> Wiring:
    return cast("Wiring", request.app.state.wiring)


async def _find_turns(request: Request) -> Turns:
    return cast("Turns", request.app.state.turns)


async def _find_hash_turns(request: Request) -> Turns:
    return cast("Turns", request.app.state.hash_turns)


async def _find_language(request: Request) -> Language:
    return negotiate(request.headers.get("accept-language"))


Wired = Annotated[Wiring, Depends(_find_wiring)]
HeavyTurns = Annotated[Turns, Depends(_find_turns)]
HashTurns = Annotated[Turns, Depends(_find_hash_turns)]
Speaking = Annotated[Language, Depends(_find_language)]
