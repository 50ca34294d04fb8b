"""Machine clients in the store: each with the hash of its secret, and of the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from lca_models.errors import Text
from service.domain.access import Caller, Scope, not_there
from service.domain.client import Client
from service.domain.organisation import Role
from service.domain.paging import Page, PageAsked
from service.domain.versions import refuse_other_version
from service.store.paging import read_page
from service.store.tables.identity import ClientRow, OrganisationRow
from service.store.tokens import hash_token, is_hash_of, new_token

_WHAT = Text(en="client", zh="客户端")
_SORTS = {"created_at": ClientRow.created_at, "name": ClientRow.name}
# Put together once, for it is asked at every request.
_FIND_CALLER = (
    select(ClientRow.organisation_id, ClientRow.scopes, OrganisationRow.roles)
    .join(OrganisationRow, col(OrganisationRow.id) == col(ClientRow.organisation_id))
    .where(
        col(ClientRow.id) == bindparam("client_id"),
        col(ClientRow.revoked_at).is_(None),
        col(OrganisationRow.suspended_at).is_(None),
    )
)


@dataclass(frozen=True, slots=True)
class MadeSecret:
    """A client and its new secret, which is told this once."""

    client: Client
    secret: str


def add(session: Session, client: Client) -> MadeSecret:
    """Keep a new client, and make its secret."""
    secret = new_token()
    session.add(
        ClientRow(
            id=client.id,
            organisation_id=client.organisation_id,
            name=client.name,
            scopes=sorted(scope.value for scope in client.scopes),
            secret_hash=hash_token(secret),
            created_at=client.created_at,
        )
    )
    session.flush()
    return MadeSecret(client, secret)


def get(session: Session, client_id: UUID) -> Client:
    """One client.

    Raises:
        NotThereError: There is none that the viewer sees.
    """
    return _to_client(_get_row(session, client_id))


def list_page(session: Session, asked: PageAsked) -> Page[Client]:
    """The clients that the viewer sees."""
    query = select(ClientRow)
    return read_page(session, query, asked, sorts=_SORTS, key=ClientRow.id).map(_to_client)


def find_proven(session: Session, client_id: UUID, secret: str, *, now: datetime) -> Client | None:
    """The client that a secret proves; None where it proves none, or its firm is suspended."""
    row = session.exec(
        select(ClientRow)
        .join(OrganisationRow, col(OrganisationRow.id) == col(ClientRow.organisation_id))
        .where(
            ClientRow.id == client_id,
            col(ClientRow.revoked_at).is_(None),
            col(OrganisationRow.suspended_at).is_(None),
        )
    ).first()
    if row is None:
        return None
    overlaps = row.former_until is not None and now < row.former_until
    proven = is_hash_of(row.secret_hash, secret)
    if overlaps:
        proven |= is_hash_of(row.former_secret_hash, secret)
    return _to_client(row) if proven else None


def find_caller(session: Session, client_id: UUID, granted: frozenset[Scope]) -> Caller | None:
    """As whom a machine calls: with the scopes of its token that it still holds.

    None where it is revoked or its firm suspended: its tokens stop with it.
    """
    found = session.exec(_FIND_CALLER, params={"client_id": client_id}).first()
    if found is None:
        return None
    organisation_id, scopes, roles = found
    return Caller(
        organisation_id=organisation_id,
        roles=frozenset(map(Role, roles)),
        scopes=granted & frozenset(map(Scope, scopes)),
        client_id=client_id,
    )


def note_use(session: Session, client_id: UUID, *, now: datetime) -> None:
    """Keep when a client last got a token."""
    _get_row(session, client_id, lock=True).last_used_at = now
    session.flush()


def rotate(
    session: Session, client_id: UUID, *, version: int | None, former_until: datetime
) -> MadeSecret:
    """Make a new secret; the one before holds until the moment given.

    Raises:
        NotThereError: There is none that the viewer sees, or it is revoked.
        ChangedMeanwhileError: It stands at another version.
    """
    row = _get_row(session, client_id, lock=True)
    if row.revoked_at is not None:
        raise not_there(_WHAT)
    refuse_other_version(version, row.version)
    secret = new_token()
    row.former_secret_hash, row.former_until = row.secret_hash, former_until
    row.secret_hash = hash_token(secret)
    row.version += 1
    session.flush()
    return MadeSecret(_to_client(row), secret)


def revoke(session: Session, client_id: UUID, *, now: datetime) -> bool:
    """Let a client and its tokens do nothing any more; False where that was so before.

    Raises:
        NotThereError: There is none that the viewer sees.
    """
    row = _get_row(session, client_id, lock=True)
    if row.revoked_at is not None:
        return False
    row.revoked_at = now
    row.former_secret_hash = row.former_until = None
    row.version += 1
    session.flush()
    return True


def _get_row(session: Session, client_id: UUID, *, lock: bool = False) -> ClientRow:
    query = select(ClientRow).where(ClientRow.id == client_id)
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is None:
        raise not_there(_WHAT)
    return row


def _to_client(row: ClientRow) -> Client:
    return Client(
        id=row.id,
        organisation_id=row.organisation_id,
        name=row.name,
        scopes=frozenset(map(Scope, row.scopes)),
        created_at=row.created_at,
        former_until=row.former_until,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
        version=row.version,
    )
