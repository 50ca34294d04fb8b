"""`/healthz` and `/readyz`: whether the process lives, and whether it can calculate."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter

from lca_models.inventory.background import build_background
from service.api.context import Wired
from service.formats.bilingual import Part
from service.formats.release import find_release

router = APIRouter(tags=["health"])


class Health(Part):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Readiness(Part):
    """The library is loaded and its background is built."""

    status: Literal["ready"] = "ready"
    greenchain: str
    library_version: str
    processes: int


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz")
async def get_health() -> Health:
    """Tell that the process lives, even while all threads calculate."""
    return Health()


@router.head("/readyz", include_in_schema=False)
@router.get("/readyz")
def get_readiness(wiring: Wired) -> Readiness:
    """Tell that calculations can start at once."""
    background = build_background(wiring.library)
    return Readiness(
        greenchain=find_release(),
        library_version=background.library_version,
        processes=len(background.process_ids),
    )
