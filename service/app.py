"""Builds the HTTP application: `uvicorn --factory service.app:build_app`, or `greenchain serve`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Depends, FastAPI

from lca_models.inventory.background import build_background
from service.api import (
    appointments,
    audit,
    background,
    bom,
    calculations,
    certificates,
    chains,
    clients,
    consents,
    data_requests,
    decisions,
    disclosures,
    evidence,
    footprints,
    formats,
    health,
    invitations,
    jobs,
    joining,
    links,
    members,
    people,
    problems,
    products,
    releases,
    reviews,
    sessions,
    sites,
    submissions,
    templates,
    tokens,
)
from service.api.access import refuse_unguarded
from service.api.body_limits import BodyLimits
from service.api.callers import guard
from service.api.failures import Failures
from service.api.job_watch import JobWatch
from service.api.openapi import DESCRIPTION, TAGS, document_chain
from service.api.openapi_access import document_access
from service.api.packing import Packing
from service.api.rate_limits import Buckets, RateLimits
from service.api.security_headers import AnswerHeaders
from service.api.turns import Turns
from service.formats.release import find_release
from service.jobs.in_process import start_in_process
from service.store.migrating import refuse_unfit
from service.wiring import Wiring, build_from_environment

_HASHES_AT_ONCE, _HASHES_WAITING = 2, 8  # of passwords: 64 MiB each while it runs
ROOMS = (
    audit,
    calculations,
    background,
    templates,
    bom,
    formats,
    health,
    members,
    sites,
    people,
    joining,
    sessions,
    clients,
    tokens,
    products,
    chains,
    invitations,
    links,
    data_requests,
    submissions,
    decisions,
    reviews,
    evidence,
    certificates,
    footprints,
    releases,
    consents,
    appointments,
    disclosures,
    jobs,
)


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
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.wiring = wired
    app.state.turns = Turns(at_once=wired.heavy_at_once, waiting=wired.heavy_waiting)
    # Of their own: nobody shall wait for a calculation to sign in, nor the other way round.
    app.state.hash_turns = Turns(at_once=_HASHES_AT_ONCE, waiting=_HASHES_WAITING)
    app.state.rate_limits = RateLimits(
        signed_in=Buckets(wired.requests_per_minute),
        others=Buckets(wired.anonymous_requests_per_minute),
    )
    for room in ROOMS:
        app.include_router(room.router)
    refuse_unguarded(app)
    problems.install(app)
    app.add_middleware(
        BodyLimits,
        most_bytes=wired.request_bytes,
        seconds=wired.request_seconds,
        buffered_bytes=wired.buffered_bytes,
    )
    app.add_middleware(Packing)
    app.add_middleware(Failures)
    app.add_middleware(AnswerHeaders)
    return app


class _Api(FastAPI):
    """The application, with a description that knows the documents we parse ourselves."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI description."""
        if self.openapi_schema is None:
            described = super().openapi()
            document_chain(described)
            document_access(described)
            self.openapi_schema = described
        return self.openapi_schema


@asynccontextmanager
async def _start(app: FastAPI) -> AsyncIterator[None]:
    """Refuse a database or login that is not fit; build the background before it is needed."""
    refuse_unfit(app.state.wiring.members.engine)
    build_background(app.state.wiring.library)
    app.state.job_watch = JobWatch(app.state.wiring.members.engine)
    with start_in_process(app.state.wiring):
        yield
