"""`/v1/footprints`: calculating them, their versions, their lockfiles.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from service.client.connection import Connection
from service.formats.lockfile import LockfileDocument
from service.formats.members.footprint import (
    ChainFootprintDocument,
    FootprintSummary,
    KeptFootprintDocument,
    PeriodAsked,
)
from service.formats.members.listing import ListDocument


class Footprints:
    """`/v1/footprints`: calculating them, their versions, their lockfiles."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def request_product_footprint(
        self, product_id: UUID, body: PeriodAsked, *, prefer: str | None = None
    ) -> bytes:
        """Calculate a product of yours, and all that rests on it, where data has changed."""
        return self._connection.send(
            "POST",
            f"/v1/products/{product_id}/footprint-requests",
            bytes,
            body=body,
            headers={"prefer": prefer},
        )

    def request_chain_footprint(
        self, chain_id: UUID, body: PeriodAsked, *, prefer: str | None = None
    ) -> bytes:
        """Calculate a chain that you lead, where data has changed."""
        return self._connection.send(
            "POST",
            f"/v1/chains/{chain_id}/footprint-requests",
            bytes,
            body=body,
            headers={"prefer": prefer},
        )

    def list_footprints(
        self,
        product_id: UUID,
        *,
        period_start: date | None = None,
        period_end: date | None = None,
        as_known_on: date | None = None,
        limit: int = 50,
        cursor: str | None = None,
        sort: str | None = None,
    ) -> ListDocument[FootprintSummary]:
        """Versions of the footprint of a product of yours, or one that you verify."""
        return self._connection.send(
            "GET",
            f"/v1/products/{product_id}/footprints",
            ListDocument[FootprintSummary],
            query={
                "period_start": period_start,
                "period_end": period_end,
                "as_known_on": as_known_on,
                "limit": limit,
                "cursor": cursor,
                "sort": sort,
            },
        )

    def get_footprint(self, footprint_id: UUID) -> KeptFootprintDocument:
        """One version, as its owner or a verifier that it appointed may see it."""
        return self._connection.send("GET", f"/v1/footprints/{footprint_id}", KeptFootprintDocument)

    def get_lockfile(self, footprint_id: UUID) -> LockfileDocument:
        """What makes the version again: `greenchain verify` reads it."""
        return self._connection.send(
            "GET", f"/v1/footprints/{footprint_id}/lockfile", LockfileDocument
        )

    def get_chain_footprint(self, chain_id: UUID, *, period: PeriodAsked) -> ChainFootprintDocument:
        """The products of a chain that you lead, and what the firms that you see bring to them."""
        return self._connection.send(
            "GET",
            f"/v1/chains/{chain_id}/footprint",
            ChainFootprintDocument,
            query={"period": period},
        )
