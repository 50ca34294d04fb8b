"""A response funnel as the API gives it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.domain.data_request import DataRequestState
from service.domain.response_funnel import FunnelStage, ResponseFunnel
from service.formats.bilingual import Part


class StagePart(Part):
    """Counts of one tier, or of all."""

    tier: int | None = Field(description="Null for all, or where you see no link to the firm.")
    invited: int = Field(description="Invitations that you sent, without those taken back.")
    awaiting: int = Field(description="Those of them that can still be answered.")
    declined: int = Field(description="Those of them that were declined.")
    joined: int = Field(description="Firms in the chain that you see.")
    requests: dict[DataRequestState, int] = Field(
        description="Your data requests by state, without those taken back."
    )
    overdue: int = Field(description="Those of them whose due day has passed without data.")
    response_rate: Annotated[
        float | None,
        Field(ge=0, le=1, description="Share of requests with data: submitted, returned, accepted"),
    ]


class FunnelDocument(Part):
    """How far your suppliers have come; firms that you may not see are not counted."""

    chain_id: UUID
    total: StagePart
    tiers: list[StagePart]


def to_funnel_document(funnel: ResponseFunnel, chain_id: UUID) -> FunnelDocument:
    """A funnel as its lead firm reads it."""
    return FunnelDocument(
        chain_id=chain_id,
        total=_to_part(funnel.total),
        tiers=[_to_part(stage) for stage in funnel.tiers],
    )


def _to_part(stage: FunnelStage) -> StagePart:
    shown = (state for state in DataRequestState if state is not DataRequestState.WITHDRAWN)
    return StagePart(
        tier=stage.tier,
        invited=stage.invited,
        awaiting=stage.awaiting,
        declined=stage.declined,
        joined=stage.joined,
        requests={state: stage.requests.get(state, 0) for state in shown},
        overdue=stage.overdue,
        response_rate=stage.response_rate,
    )
