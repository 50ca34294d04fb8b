"""Who sees which row: one condition a table, laid on every query of a viewer.

On PostgreSQL the same conditions stand a second time, as row-level security (migrations).
A table that is not named here is seen by the service alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Uuid, and_, bindparam, exists, false, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import SQLModel, col

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

# The firm that looks; its id is given with every query. None equals nothing, and sees nothing.
VIEWER_ID = "greenchain_viewer_id"
_viewer = bindparam(VIEWER_ID, type_=Uuid())


# Under names of their own, so that a query of the same tables does not run into them.
_Membership, _Link = aliased(MembershipRow), aliased(LinkRow)
_Invitation, _Appointment = aliased(InvitationRow), aliased(AppointmentRow)


def _by(*columns: Any) -> Condition:  # noqa: ANN401 - columns of SQLModel are typed as their values
    """Seen by the firms that these columns name."""
    return or_(*(col(column) == _viewer for column in columns))


def _led(table: Any) -> Condition:  # noqa: ANN401 - as `_by`
    """Seen by the lead firm, where it was let to."""
    return and_(col(table.lead_id) == _viewer, col(table.seen_by_lead))


def _exists(*conditions: Any) -> Condition:  # noqa: ANN401 - as `_by`
    return exists().where(*conditions)


def _organisation() -> Condition:
    """Itself, and firms with which it stands in a relation that it sees."""
    own = col(OrganisationRow.id)
    in_chain = col(_Membership.organisation_id)
    buyer, supplier = col(_Link.buyer_id), col(_Link.supplier_id)
    return or_(
        own == _viewer,
        _exists(in_chain == own, _led(_Membership) | _by(_Membership.invited_by_id)),
        _exists(
            in_chain == _viewer,
            or_(own == col(_Membership.lead_id), own == col(_Membership.invited_by_id)),
        ),
        _exists(supplier == own, or_(buyer == _viewer, _led(_Link))),
        _exists(buyer == own, or_(supplier == _viewer, _led(_Link))),
        _exists(
            _Link.lead_id == own,
            col(_Link.seen_by_lead),
            _by(_Link.buyer_id, _Link.supplier_id),
        ),
        *_either(_Invitation.inviter_id, _Invitation.invitee_id),
        *_either(_Appointment.owner_id, _Appointment.verifier_id),
    )


def _either(one: Any, other: Any) -> tuple[Condition, Condition]:  # noqa: ANN401 - as `_by`
    """Each of two firms in a relation sees the other."""
    own = col(OrganisationRow.id)
    return (
        _exists(col(one) == own, col(other) == _viewer),
        _exists(col(other) == own, col(one) == _viewer),
    )


def _product() -> Condition:
    """Its maker, who buys or supplies with it and, if let to, who leads that chain."""
    own = col(ProductRow.id)
    return or_(
        _by(ProductRow.organisation_id),
        _exists(_Link.supplier_product_id == own, _by(_Link.buyer_id) | _led(_Link)),
        _exists(_Link.buyer_product_id == own, _by(_Link.supplier_id) | _led(_Link)),
        _verifies(ProductRow.organisation_id, ProductRow.id),
    )


def _chain() -> Condition:
    """Its lead firm, and who is in it."""
    return or_(
        _by(ChainRow.lead_id),
        _exists(
            _Membership.chain_id == ChainRow.id,
            _by(_Membership.organisation_id),
            col(_Membership.left_at).is_(None),
        ),
    )


def _verifies(owner: Any, product: Any) -> Condition:  # noqa: ANN401 - as `_by`
    return _exists(
        _by(_Appointment.verifier_id),
        col(_Appointment.owner_id) == col(owner),
        col(_Appointment.ended_at).is_(None),
        or_(
            col(_Appointment.product_id).is_(None),
            col(_Appointment.product_id) == col(product),
        ),
    )


def _own_or_verified(owner: Any, product: Any) -> Condition:  # noqa: ANN401 - as `_by`
    """Its firm, and a verifier that this firm appointed for it."""
    return _by(owner) | _verifies(owner, product)


SIGHTS: Mapping[type[SQLModel], Condition] = {
    OrganisationRow: _organisation(),
    SiteRow: _by(SiteRow.organisation_id),
    PersonRow: _by(PersonRow.organisation_id),
    SignedInRow: _by(SignedInRow.organisation_id),
    OneTimeLinkRow: _by(OneTimeLinkRow.organisation_id),
    ClientRow: _by(ClientRow.organisation_id),
    AnsweredPostRow: _by(AnsweredPostRow.organisation_id),
    ProductRow: _product(),
    ChainRow: _chain(),
    ChainProductRow: _by(ChainProductRow.lead_id),
    MembershipRow: _by(MembershipRow.organisation_id, MembershipRow.invited_by_id)
    | _led(MembershipRow),
    InvitationRow: _by(InvitationRow.inviter_id, InvitationRow.invitee_id),
    LinkRow: _by(LinkRow.buyer_id, LinkRow.supplier_id) | _led(LinkRow),
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
OPERATED: frozenset[type[SQLModel]] = frozenset({OrganisationRow, JobRow, AuditEntryRow})

_NOTHING: Condition = false()
_ALL: Condition = true()
FIRM_SEES = {**SIGHTS, **dict.fromkeys(HIDDEN, _NOTHING)}
OPERATOR_SEES: Mapping[type[SQLModel], Condition] = {
    **FIRM_SEES,
    **dict.fromkeys(OPERATED, _ALL),
}
