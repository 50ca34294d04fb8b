"""Who sees which row: one condition a table, laid on every query of a viewer.

On PostgreSQL the same conditions stand a second time, as row-level security (migrations).
A table that is not named here is seen by the service alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, false, or_, true
from sqlmodel import SQLModel, col, select

from service.domain.access import Viewer
from service.store.tables.chains import (
    ChainProductRow,
    ChainRow,
    DataRequestRow,
    InvitationRow,
    LinkRow,
    MembershipRow,
    ProductRow,
    QuestionRow,
)
from service.store.tables.footprints import (
    AppointmentRow,
    ConsentRow,
    DisclosureRow,
    FootprintRow,
    ReleaseRow,
    VerificationRow,
)
from service.store.tables.identity import (
    AnsweredPostRow,
    AttemptRow,
    ClientRow,
    OneTimeLinkRow,
    OrganisationRow,
    PersonRow,
    SignedInRow,
    SiteRow,
)
from service.store.tables.operations import AuditEntryRow, AuditHeadRow, JobRow, LetterRow
from service.store.tables.submissions import (
    CertificateRow,
    CertificateSpendRow,
    EvidenceRow,
    ReviewRow,
    SubmissionInputRow,
    SubmissionRow,
)

Condition = ColumnElement[bool]
Sight = Callable[[UUID], Condition]


def _by(*columns: Any) -> Sight:  # noqa: ANN401 - columns of SQLModel are typed as their values
    """Seen by the firms that these columns name."""
    return lambda viewer: or_(*(col(column) == viewer for column in columns))


def _organisation(viewer: UUID) -> Condition:
    """Itself, and firms with which it stands in a relation that it sees."""
    own = col(OrganisationRow.id)
    pairs = (
        (MembershipRow.lead_id, MembershipRow.organisation_id, col(MembershipRow.seen_by_lead)),
        (MembershipRow.invited_by_id, MembershipRow.organisation_id, None),
        (LinkRow.buyer_id, LinkRow.supplier_id, None),
        (LinkRow.lead_id, LinkRow.supplier_id, col(LinkRow.seen_by_lead)),
        (LinkRow.lead_id, LinkRow.buyer_id, col(LinkRow.seen_by_lead)),
        (InvitationRow.inviter_id, InvitationRow.invitee_id, None),
        (AppointmentRow.owner_id, AppointmentRow.verifier_id, None),
    )
    seen = [own == viewer]
    for one, other, condition in pairs:
        for here, there in ((one, other), (other, one)):
            query = select(here).where(col(here) == viewer, col(there) == own)
            seen.append(exists(query if condition is None else query.where(condition)))
    leads = select(MembershipRow.id).where(
        MembershipRow.organisation_id == viewer, col(MembershipRow.lead_id) == own
    )
    return or_(*seen, exists(leads))


def _product(viewer: UUID) -> Condition:
    """Its maker, and who buys it or, if let to, leads the chain in which it is bought."""
    return or_(
        col(ProductRow.organisation_id) == viewer,
        exists(
            select(LinkRow.id).where(
                col(LinkRow.supplier_product_id) == col(ProductRow.id),
                or_(
                    col(LinkRow.buyer_id) == viewer,
                    (col(LinkRow.lead_id) == viewer) & col(LinkRow.seen_by_lead),
                ),
            )
        ),
        exists(
            select(LinkRow.id).where(
                col(LinkRow.buyer_product_id) == col(ProductRow.id),
                or_(
                    col(LinkRow.supplier_id) == viewer,
                    (col(LinkRow.lead_id) == viewer) & col(LinkRow.seen_by_lead),
                ),
            )
        ),
        _verifies(viewer, ProductRow.organisation_id, ProductRow.id),
    )


def _chain(viewer: UUID) -> Condition:
    return or_(
        col(ChainRow.lead_id) == viewer,
        exists(
            select(MembershipRow.id).where(
                MembershipRow.chain_id == ChainRow.id,
                MembershipRow.organisation_id == viewer,
                col(MembershipRow.left_at).is_(None),
            )
        ),
    )


def _membership(viewer: UUID) -> Condition:
    return or_(
        col(MembershipRow.organisation_id) == viewer,
        col(MembershipRow.invited_by_id) == viewer,
        (col(MembershipRow.lead_id) == viewer) & col(MembershipRow.seen_by_lead),
    )


def _link(viewer: UUID) -> Condition:
    return or_(
        col(LinkRow.buyer_id) == viewer,
        col(LinkRow.supplier_id) == viewer,
        (col(LinkRow.lead_id) == viewer) & col(LinkRow.seen_by_lead),
    )


def _verifies(viewer: UUID, owner: Any, product: Any) -> Condition:  # noqa: ANN401 - as `_by`
    return exists(
        select(AppointmentRow.id).where(
            col(AppointmentRow.verifier_id) == viewer,
            col(AppointmentRow.owner_id) == col(owner),
            col(AppointmentRow.ended_at).is_(None),
            or_(
                col(AppointmentRow.product_id).is_(None),
                col(AppointmentRow.product_id) == col(product),
            ),
        )
    )


def _own_or_verified(owner: Any, product: Any) -> Sight:  # noqa: ANN401 - as `_by`
    return lambda viewer: or_(col(owner) == viewer, _verifies(viewer, owner, product))


SIGHTS: Mapping[type[SQLModel], Sight] = {
    OrganisationRow: _organisation,
    SiteRow: _by(SiteRow.organisation_id),
    PersonRow: _by(PersonRow.organisation_id),
    SignedInRow: _by(SignedInRow.organisation_id),
    OneTimeLinkRow: _by(OneTimeLinkRow.organisation_id),
    ClientRow: _by(ClientRow.organisation_id),
    AnsweredPostRow: _by(AnsweredPostRow.organisation_id),
    ProductRow: _product,
    ChainRow: _chain,
    ChainProductRow: _by(ChainProductRow.lead_id),
    MembershipRow: _membership,
    InvitationRow: _by(InvitationRow.inviter_id, InvitationRow.invitee_id),
    LinkRow: _link,
    DataRequestRow: _by(DataRequestRow.asker_id, DataRequestRow.supplier_id),
    QuestionRow: _by(QuestionRow.asker_id, QuestionRow.supplier_id),
    SubmissionRow: _own_or_verified(SubmissionRow.organisation_id, SubmissionRow.product_id),
    SubmissionInputRow: _by(SubmissionInputRow.organisation_id),
    ReviewRow: _by(ReviewRow.supplier_id, ReviewRow.reviewer_id),
    EvidenceRow: _own_or_verified(EvidenceRow.organisation_id, EvidenceRow.product_id),
    CertificateRow: _by(CertificateRow.organisation_id),
    CertificateSpendRow: _by(CertificateSpendRow.organisation_id),
    FootprintRow: _own_or_verified(FootprintRow.organisation_id, FootprintRow.product_id),
    ReleaseRow: _by(ReleaseRow.supplier_id, ReleaseRow.buyer_id),
    ConsentRow: _by(ConsentRow.supplier_id, ConsentRow.buyer_id),
    AppointmentRow: _by(AppointmentRow.owner_id, AppointmentRow.verifier_id),
    VerificationRow: _by(VerificationRow.organisation_id, VerificationRow.verifier_id),
    DisclosureRow: _by(DisclosureRow.supplier_id),
    JobRow: _by(JobRow.organisation_id),
    LetterRow: _by(LetterRow.organisation_id),
    AuditEntryRow: _by(AuditEntryRow.organisation_id),
}

# Read by the service alone.
HIDDEN: tuple[type[SQLModel], ...] = (AttemptRow, AuditHeadRow)

# The operator keeps the service running; what firms submit and calculate is not its business.
OPERATED = frozenset({OrganisationRow, JobRow, AuditEntryRow})


def condition_for(table: type[SQLModel], viewer: Viewer) -> Condition:
    """What a viewer sees of a table; nothing where no sight is named."""
    sight = SIGHTS.get(table)
    if sight is None or viewer.organisation_id is None:
        return false()
    if viewer.operator and table in OPERATED:
        return true()
    return sight(viewer.organisation_id)
