"""Makes the router of each room, so that all routes have the same manners."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute

from service.api.idempotent import answer_once
from service.api.openapi import PROBLEMS
from service.api.preconditions import answer_if_changed


class PoliteRoute(APIRoute):
    """A route whose POSTs are done once, and whose GETs are answered if something changed."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request."""
        handle = super().get_route_handler()
        methods = self.methods or set()
        if "POST" in methods:
            return partial(answer_once, handle)
        if "GET" in methods:
            return partial(answer_if_changed, handle)
        return handle


def make_router(tag: str) -> APIRouter:
    """The router of a room, whose routes stand under one tag of the description."""
    return APIRouter(tags=[tag], responses=PROBLEMS, route_class=PoliteRoute)
