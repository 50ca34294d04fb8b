"""Links, invitations, products and chains: their rules, and that each error is read."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from lca_models.errors import InvalidAmountError, UnknownUnitError
from lca_models.facts.library import load_library
from service.domain import invitation as invitations
from service.domain import link as links
from service.domain.access import NotThereError
from service.domain.drawn_chain import (
    DrawnChain,
    InvalidTargetError,
    Target,
    TargetKind,
    UnknownKeyChainError,
    refuse_unknown_key_chain,
)
from service.domain.invitation import Invitation, InvitationState
from service.domain.link import InvalidLinkError, Link, LinkState
from service.domain.offered_product import (
    OfferedProduct,
    UnusableScreeningError,
    refuse_unusable_screening,
    withdraw,
)
from service.domain.versions import NotNowError
from service.store.ids import new_id
from tests import make
from tests.members import NOW

LEAD, BUYER, SUPPLIER = new_id(), new_id(), new_id()
LIBRARY = load_library()


def link(state: LinkState = LinkState.ACCEPTED, **more: Any) -> Link:
    made = Link(
        id=new_id(),
        chain_id=new_id(),
        lead_id=LEAD,
        buyer_id=BUYER,
        buyer_product_id=new_id(),
        supplier_id=SUPPLIER,
        supplier_product_id=None if state is LinkState.PROPOSED else new_id(),
        material="steel",
        state=state,
        shown_by_buyer=True,
        seen_by_lead=False,
        reason=None,
        proposed_at=NOW,
    )
    return replace(made, **more)


@pytest.mark.parametrize(
    ("changes", "seen_firms", "sees"),
    [
        ({}, {BUYER, SUPPLIER}, True),
        ({}, {BUYER}, False),
        ({}, {SUPPLIER}, False),
        ({"shown_by_buyer": False}, {BUYER, SUPPLIER}, False),
        ({"supplier_product_id": None}, {BUYER, SUPPLIER}, False),
        ({"buyer_id": LEAD, "shown_by_buyer": False}, set(), True),
        ({"supplier_id": LEAD, "shown_by_buyer": False}, set(), True),
    ],
)
def test_the_lead_sees_what_both_sides_let_it(
    changes: dict[str, Any], seen_firms: set[UUID], *, sees: bool
) -> None:
    assert links.sees_as_lead(link(**changes), seen_firms) is sees


def test_a_product_cannot_supply_itself() -> None:
    proposed = link(LinkState.PROPOSED)
    with pytest.raises(InvalidLinkError) as caught:
        links.accept(proposed, proposed.buyer_product_id, NOW)
    assert caught.value.to_text().zh == (
        "产品不能直接供应自身。请选择其他产品；工序内部自用不属于供应。"
    )


def test_only_a_proposal_is_answered_and_only_a_standing_link_ended() -> None:
    for state in (LinkState.ACCEPTED, LinkState.DECLINED, LinkState.ENDED):
        with pytest.raises(NotNowError, match=f"The link is {state.value}"):
            links.accept(link(state), new_id(), NOW)
        with pytest.raises(NotNowError):
            links.decline(link(state), "no", NOW)
    for state in (LinkState.DECLINED, LinkState.ENDED):
        with pytest.raises(NotNowError):
            links.end(link(state), None, NOW)
    assert links.end(link(LinkState.PROPOSED), None, NOW).state is LinkState.ENDED


def test_nothing_goes_along_a_link_that_is_not_agreed() -> None:
    with pytest.raises(NotNowError):
        links.supplied_product(link(LinkState.PROPOSED))
    with pytest.raises(ValueError, match="without a product"):
        links.supplied_product(link(supplier_product_id=None))


def invitation(**more: Any) -> Invitation:
    made = Invitation(
        id=new_id(),
        chain_id=new_id(),
        lead_id=LEAD,
        inviter_id=BUYER,
        invitee_id=None,
        email=None,
        code_hash="",
        state=InvitationState.OPEN,
        reason=None,
        created_at=NOW,
        expires_at=NOW + invitations.VALID_FOR,
    )
    return replace(made, **more)


def accept(asked: Invitation, by: UUID = SUPPLIER, days: int = 0) -> Invitation:
    now = NOW + timedelta(days=days)
    return invitations.answer(asked, InvitationState.ACCEPTED, by, now, None)


def test_an_invitation_is_answered_once_in_time_by_whom_it_asks() -> None:
    accepted = accept(invitation(), days=29)
    assert (accepted.invitee_id, accepted.state) == (SUPPLIER, InvitationState.ACCEPTED)
    with pytest.raises(NotNowError, match="answered or withdrawn"):
        accept(accepted)
    with pytest.raises(NotNowError, match="ran out on 2026-04-01"):
        accept(invitation(), days=30)
    with pytest.raises(NotThereError):
        accept(invitation(invitee_id=new_id()))
    for own in (BUYER, LEAD):
        with pytest.raises(NotNowError, match="leads the chain itself"):
            accept(invitation(), by=own)


def test_what_was_answered_cannot_be_taken_back() -> None:
    assert invitations.withdraw(invitation(), NOW).state is InvitationState.WITHDRAWN
    with pytest.raises(NotNowError):
        invitations.withdraw(accept(invitation()), NOW)


def product(**more: Any) -> OfferedProduct:
    made = OfferedProduct(
        id=new_id(),
        organisation_id=SUPPLIER,
        site_id=None,
        code="AX-100",
        name=make.text("Axle"),
        declared_amount=Decimal(1),
        declared_unit="kilogram",
        mass_kg=None,
        screening=None,
        created_at=NOW,
    )
    return replace(made, **more)


def test_a_product_keeps_the_rules_of_every_product() -> None:
    assert product().declared_unit == "kg"
    with pytest.raises(UnknownUnitError):
        product(declared_unit="tce")
    with pytest.raises(InvalidAmountError):
        product(declared_amount=Decimal(12), mass_kg=Decimal(11))
    calculated = product(declared_unit="件", mass_kg=Decimal("48.5")).to_product()
    assert (calculated.declared.unit, calculated.mass_kg) == ("piece", 48.5)


def test_what_stands_in_for_a_product_must_fit_it() -> None:
    steel = next(m for m in LIBRARY.materials.values() if LIBRARY.factors[m.factor].unit == "kg")
    refuse_unusable_screening(product(screening=steel.key), LIBRARY)
    refuse_unusable_screening(product(), LIBRARY)
    unknown = product(screening="unobtainium")
    without_mass = product(screening=steel.key, declared_unit="piece")
    for unusable in (unknown, without_mass, product(screening=LIBRARY.electricity.grid)):
        with pytest.raises(UnusableScreeningError) as caught:
            refuse_unusable_screening(unusable, LIBRARY)
        assert caught.value.to_text().zh


def test_a_product_in_use_is_not_withdrawn_nor_one_twice() -> None:
    with pytest.raises(NotNowError, match="stands in an open chain"):
        withdraw(product(), in_use=True, now=NOW)
    withdrawn = withdraw(product(), in_use=False, now=NOW)
    with pytest.raises(NotNowError, match="was withdrawn"):
        withdraw(withdrawn, in_use=False, now=NOW)


def test_a_target_is_a_reduction_after_its_base_year() -> None:
    for percent in ("0", "-1", "100.1"):
        with pytest.raises(InvalidTargetError):
            Target(Decimal(percent), 2030, TargetKind.ABSOLUTE)
    target = Target(Decimal(18), 2025, TargetKind.INTENSITY)
    with pytest.raises(InvalidTargetError) as caught:
        DrawnChain(new_id(), LEAD, make.text("Trucks"), "trucks", 2025, target, None, NOW)
    assert caught.value.to_text().zh == "目标年为2025年，基准年为2025年。目标年应晚于基准年。"


def test_a_tag_is_one_of_the_list_of_the_service() -> None:
    refuse_unknown_key_chain("trucks", ("trucks", "drones"))
    refuse_unknown_key_chain(None, ())
    with pytest.raises(UnknownKeyChainError, match=r"Use one of: trucks, drones\."):
        refuse_unknown_key_chain("planes", ("trucks", "drones"))
    with pytest.raises(UnknownKeyChainError, match="has no list of key chains"):
        refuse_unknown_key_chain("planes", ())
