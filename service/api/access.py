"""Who may call which route: the one table, and the refusal to start without a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fastapi import FastAPI
from fastapi.routing import APIRoute

from service.domain.access import Rule, Scope
from service.domain.organisation import Role

PUBLIC = Rule(public=True)
SIGNED_IN = Rule()
LEAD = frozenset({Role.LEAD})
VERIFIER = frozenset({Role.VERIFIER})
OPERATOR = frozenset({Role.OPERATOR})

RULES: Mapping[str, Rule] = {
    "GET /healthz": PUBLIC,
    "GET /readyz": PUBLIC,
    "GET /problems": PUBLIC,
    "GET /problems/{code}": PUBLIC,
    "GET /v1/background": PUBLIC,
    "GET /v1/background/{entry_id}": PUBLIC,
    "GET /v1/schemas/{kind}": PUBLIC,
    "GET /v1/templates/bom": PUBLIC,
    "GET /v1/organisations/{organisation_id}": Rule(scope=Scope.READ),
    "POST /v1/bom/check": PUBLIC,
    "POST /v1/calculations": PUBLIC,
}


class UnguardedRouteError(Exception):
    """A route has no rule, or a rule has no route: the application does not start."""


def refuse_unguarded(app: FastAPI) -> None:
    """Make sure that every route has a rule, and every rule a route.

    Raises:
        UnguardedRouteError: Names those that lack the other.
    """
    routes = set(list_routes(app))
    unguarded, idle = routes - RULES.keys(), RULES.keys() - routes
    if unguarded or idle:
        message = (
            f"routes without a rule: {sorted(unguarded)}; rules without a route: {sorted(idle)}"
        )
        raise UnguardedRouteError(message)


def list_routes(app: FastAPI) -> Iterator[str]:
    """Every method and path that the application answers, as the table names them."""
    for route in _walk(app.routes):
        for method in (route.methods or set()) - {"HEAD"}:
            yield f"{method} {route.path}"


def _walk(routes: Iterable[object]) -> Iterator[APIRoute]:
    for route in routes:
        included = getattr(route, "original_router", None)  # FastAPI keeps included routers whole
        if isinstance(route, APIRoute):
            yield route
        elif included is not None:
            yield from _walk(included.routes)
        elif getattr(route, "path", None) != "/openapi.json":
            message = f"{route!r} is no route that a rule could guard"
            raise UnguardedRouteError(message)
