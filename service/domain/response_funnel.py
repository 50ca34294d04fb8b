"""A response funnel: how far the firms of a chain have come, of which its lead firm knows."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from service.domain.data_request import ANSWERED, DataRequest, DataRequestState
from service.domain.invitation import Invitation, InvitationState
from service.domain.link import Link
from service.domain.membership import Membership


@dataclass(frozen=True, slots=True)
class FunnelStage:
    """Counts of one tier, or of all.

    Args:
        tier: Distance from the lead firm by links that it sees; None where it sees none.
        invited: Invitations that the lead firm sent.
        awaiting: Those of them that can still be answered.
        declined: Those of them that were declined.
        joined: Firms in the chain.
        requests: Data requests of the lead firm by state, without those taken back.
        overdue: Requests whose due day has passed without data.
    """

    tier: int | None
    invited: int
    awaiting: int
    declined: int
    joined: int
    requests: Mapping[DataRequestState, int]
    overdue: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.invited or self.joined or self.requests)

    @property
    def response_rate(self) -> float | None:
        """Share of the requests that data was sent for, 0 to 1; None where there are none."""
        asked = sum(self.requests.values())
        return sum(self.requests.get(state, 0) for state in ANSWERED) / asked if asked else None


@dataclass(frozen=True, slots=True)
class ResponseFunnel:
    """All tiers together, and each; a firm without a link that the lead sees has no tier."""

    total: FunnelStage
    tiers: tuple[FunnelStage, ...]


@dataclass(frozen=True, slots=True)
class ChainProgress:
    """What a lead firm sees of its chain, and nothing else.

    Args:
        lead_id: The lead firm.
        invitations: Those that it sent.
        memberships: Firms that it sees.
        links: Agreed links that it sees.
        requests: Those that it made.
    """

    lead_id: UUID
    invitations: Sequence[Invitation]
    memberships: Sequence[Membership]
    links: Sequence[Link]
    requests: Sequence[DataRequest]


def build_funnel(progress: ChainProgress, now: datetime) -> ResponseFunnel:
    """Count what a lead firm sees, together and by tier."""
    tiers = _find_tiers(progress.lead_id, progress.links)
    firms = {m.organisation_id for m in progress.memberships}
    firms |= {i.invitee_id for i in progress.invitations if i.invitee_id is not None}
    firms |= {request.supplier_id for request in progress.requests}
    known = {firm: tiers.get(firm) for firm in firms}
    found = sorted({tier for tier in known.values() if tier is not None})
    stages = [_count(progress, _firms_of(known, tier), tier, now) for tier in found]
    without = _firms_of(known, None)
    unplaced = _count(progress, without | {None}, None, now)
    return ResponseFunnel(
        total=_count(progress, frozenset(known) | {None}, None, now),
        tiers=tuple(stage for stage in (*stages, unplaced) if not stage.is_empty),
    )


def _find_tiers(lead_id: UUID, links: Iterable[Link]) -> Mapping[UUID, int]:
    """Tier of each firm that supplies the lead firm, directly or through others."""
    suppliers: dict[UUID, set[UUID]] = {}
    for link in links:
        suppliers.setdefault(link.buyer_id, set()).add(link.supplier_id)
    tiers, waiting = {lead_id: 0}, deque([lead_id])
    while waiting:
        buyer = waiting.popleft()
        for supplier in suppliers.get(buyer, set()) - tiers.keys():
            tiers[supplier] = tiers[buyer] + 1
            waiting.append(supplier)
    return tiers


def _firms_of(known: Mapping[UUID, int | None], tier: int | None) -> frozenset[UUID | None]:
    return frozenset(firm for firm, its in known.items() if its == tier)


def _count(
    progress: ChainProgress, firms: frozenset[UUID | None], tier: int | None, now: datetime
) -> FunnelStage:
    invitations = [i for i in progress.invitations if i.invitee_id in firms]
    requests = [r for r in progress.requests if r.supplier_id in firms]
    states = Counter[DataRequestState](r.state for r in requests)
    del states[DataRequestState.WITHDRAWN]
    today: date = now.date()
    return FunnelStage(
        tier=tier,
        invited=sum(i.state is not InvitationState.WITHDRAWN for i in invitations),
        awaiting=sum(
            i.state is InvitationState.OPEN and not i.has_expired(now) for i in invitations
        ),
        declined=sum(i.state is InvitationState.DECLINED for i in invitations),
        joined=sum(m.organisation_id in firms for m in progress.memberships),
        requests=states,
        overdue=sum(r.is_overdue(today) for r in requests),
    )
