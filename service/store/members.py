"""Organisations in the store."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import String, cast
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from lca_models.errors import Text
from lca_models.facts.names import fold
from service.domain.access import not_there
from service.domain.member import Member, refuse_registered
from service.domain.organisation import Identifier, IdentifierScheme, Role
from service.domain.paging import Page, PageAsked
from service.domain.versions import refuse_other_version
from service.store.paging import read_page
from service.store.session import viewer_of, whole_store
from service.store.tables.identity import OrganisationRow

_WHAT = Text(en="organisation", zh="组织")
_SORTS = {"name_en": OrganisationRow.name_en, "created_at": OrganisationRow.created_at}


def add(session: Session, member: Member) -> None:
    """Keep a new member, whoever the viewer is.

    Raises:
        AlreadyRegisteredError: Its number is taken.
    """
    row = OrganisationRow(
        id=member.id,
        name_zh=member.name.zh,
        name_en=member.name.en,
        scheme=member.identifier.scheme.value,
        number=member.identifier.value,
        folded_number=fold(member.identifier.value),
        roles=sorted(role.value for role in member.roles),
        industry=member.industry,
        created_at=member.created_at,
    )
    with whole_store(session):
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError as error:
            raise refuse_registered(member.identifier) from error


def get(session: Session, member_id: UUID) -> Member:
    """One member.

    Raises:
        NotThereError: There is none that the viewer sees.
    """
    return to_member(_get_row(session, member_id))


def get_own(session: Session, member_id: UUID) -> Member:
    """The viewer's own firm.

    Raises:
        NotThereError: The id is another's, be it missing, hidden or in sight.
    """
    if viewer_of(session).organisation_id != member_id:
        raise not_there(_WHAT)
    return get(session, member_id)


def find(session: Session, member_id: UUID) -> Member | None:
    """One member, if there is one that the viewer sees."""
    row = session.get(OrganisationRow, member_id)
    return None if row is None else to_member(row)


def find_by_identifier(session: Session, identifier: Identifier) -> Member | None:
    """The member of a number in a register, where the viewer sees it."""
    row = session.exec(
        select(OrganisationRow).where(
            OrganisationRow.scheme == identifier.scheme.value,
            OrganisationRow.folded_number == fold(identifier.value),
        )
    ).first()
    return None if row is None else to_member(row)


def list_page(session: Session, asked: PageAsked, role: Role | None = None) -> Page[Member]:
    """The members that the viewer sees, all or those of one role."""
    query = select(OrganisationRow)
    if role is not None:
        # Both databases write a list of words alike; no role is part of another's name.
        query = query.where(cast(OrganisationRow.roles, String).contains(f'"{role.value}"'))
    page = read_page(session, query, asked, sorts=_SORTS, key=OrganisationRow.id)
    return page.map(to_member)


def replace(session: Session, member: Member, *, version: int | None) -> Member:
    """Keep what was edited of a member: names, roles, industry, suspension.

    Args:
        session: The transaction.
        member: As it shall stand.
        version: The version that the edit was made on; None for any.

    Returns:
        The member with its new version.

    Raises:
        NotThereError: There is none that the viewer may change.
        ChangedMeanwhileError: It stands at another version.
    """
    row = _get_row(session, member.id, lock=True)
    refuse_other_version(version, row.version)
    row.name_zh, row.name_en = member.name.zh, member.name.en
    row.roles = sorted(role.value for role in member.roles)
    row.industry = member.industry
    row.suspended_at = member.suspended_at
    row.version += 1
    session.flush()
    return to_member(row)


def lock(session: Session, member_id: UUID) -> None:
    """Let whoever else changes the people of a firm wait until this transaction ends."""
    _get_row(session, member_id, lock=True)


def _get_row(session: Session, member_id: UUID, *, lock: bool = False) -> OrganisationRow:
    query = select(OrganisationRow).where(OrganisationRow.id == member_id)
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is None:
        raise not_there(_WHAT)
    return row


def to_member(row: OrganisationRow) -> Member:
    """A row as the rest of the house knows it."""
    return Member(
        id=row.id,
        name=Text(en=row.name_en, zh=row.name_zh),
        identifier=Identifier(IdentifierScheme(row.scheme), row.number),
        roles=frozenset(map(Role, row.roles)),
        industry=row.industry,
        created_at=row.created_at,
        suspended_at=row.suspended_at,
        version=row.version,
    )
