"""Builds the HTTP application: `uvicorn --factory service.app:build_app`, or `greenchain serve`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Depends, FastAPI

from lca_models.inventory.background import build_background
from service.api import (
    background,
    bom,
    calculations,
    formats,
    health,
    members,
    problems,
    templates,
)
from service.api.access import refuse_unguarded
from service.api.body_limits import BodyLimits
from service.api.callers import guard
from service.api.openapi import DESCRIPTION, TAGS, document_chain
from service.api.security_headers import SecurityHeaders
from service.api.turns import Turns
from service.formats.release import find_release
from service.store.migrating import refuse_behind
from service.wiring import Wiring, build_from_environment

_ROOMS = (calculations, background, templates, bom, formats, health, members)


def build_app(wiring: Wiring | None = None) -> FastAPI:
    """Build the application, from the environment where no wiring is given.

    Raises:
        InvalidSettingsError: An environment variable has a value that cannot be used.
    """
    wired = wiring or build_from_environment()
    app = _Api(
        title="greenchain",
        summary="Product carbon footprints of whole supply chains",
        description=DESCRIPTION,
        version=find_release(),
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_tags=TAGS,
        docs_url=None,  # its page loads scripts from strangers
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_start,
        dependencies=[Depends(guard)],
    )
    app.state.wiring = wired
    app.state.turns = Turns(at_once=wired.heavy_at_once, waiting=wired.heavy_waiting)
    for room in _ROOMS:
        app.include_router(room.router)
    refuse_unguarded(app)
    problems.install(app)
    app.add_middleware(
        BodyLimits,
        most_bytes=wired.request_bytes,
        seconds=wired.request_seconds,
        buffered_bytes=wired.buffered_bytes,
    )
    app.add_middleware(SecurityHeaders)
    return app


class _Api(FastAPI):
    """The application, with a description that knows the documents we parse ourselves."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI description."""
        return self.openapi_schema or document_chain(self, super().openapi())


@asynccontextmanager
async def _start(app: FastAPI) -> AsyncIterator[None]:
    """Refuse a database of another release; build the background before it is needed."""
    refuse_behind(app.state.wiring.members.engine)
    build_background(app.state.wiring.library)
    yield
