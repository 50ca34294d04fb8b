"""The response funnel counts what a lead firm sees, by tier."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from service.domain.data_request import DataRequestState
from service.domain.invitation import InvitationState
from service.domain.membership import Membership
from service.domain.response_funnel import ChainProgress, build_funnel
from service.store.ids import new_id
from tests.domain.test_data_requests import DUE, data_request
from tests.domain.test_links import LEAD, invitation, link
from tests.members import NOW

AXLES, STEEL, ORE, HIDDEN = (new_id() for _ in range(4))


def member(firm: UUID) -> Membership:
    return Membership(new_id(), new_id(), LEAD, firm, LEAD, seen_by_lead=True, joined_at=NOW)


def test_firms_are_counted_in_the_tier_of_their_shortest_way_to_the_lead() -> None:
    # Axles sell to the lead, steel to axles, ore to steel, and axles back to steel: a loop.
    sold = [(AXLES, LEAD), (STEEL, AXLES), (ORE, STEEL), (AXLES, STEEL)]
    progress = ChainProgress(
        lead_id=LEAD,
        invitations=(
            invitation(inviter_id=LEAD, invitee_id=AXLES, state=InvitationState.ACCEPTED),
            invitation(inviter_id=LEAD),
            invitation(inviter_id=LEAD, expires_at=NOW),
            invitation(inviter_id=LEAD, state=InvitationState.DECLINED, invitee_id=HIDDEN),
            invitation(inviter_id=LEAD, state=InvitationState.WITHDRAWN),
        ),
        memberships=tuple(map(member, (AXLES, STEEL, ORE))),
        links=tuple(link(supplier_id=s, buyer_id=b) for s, b in sold),
        requests=tuple(
            replace(data_request(state), supplier_id=AXLES)
            for state in (
                DataRequestState.ACCEPTED,
                DataRequestState.SUBMITTED,
                DataRequestState.REQUESTED,
                DataRequestState.DECLINED,
                DataRequestState.WITHDRAWN,
            )
        ),
    )
    after = NOW + (DUE - NOW.date()) - timedelta(days=33)  # 28 March: nothing is overdue
    funnel = build_funnel(progress, after)
    total = funnel.total
    assert (total.invited, total.awaiting, total.declined, total.joined) == (4, 1, 1, 3)
    assert total.response_rate == 2 / 4  # of accepted, submitted, requested, declined
    assert total.overdue == 0
    assert [(s.tier, s.joined, s.invited) for s in funnel.tiers] == [
        (1, 1, 1),
        (2, 1, 0),
        (3, 1, 0),
        (None, 0, 3),
    ]
    late = build_funnel(progress, NOW + timedelta(days=90))
    assert (late.total.overdue, late.total.awaiting) == (1, 0)


def test_a_funnel_without_requests_has_no_rate() -> None:
    nothing = ChainProgress(LEAD, (), (), (), ())
    assert build_funnel(nothing, NOW).total.response_rate is None
    assert build_funnel(nothing, NOW).tiers == ()
