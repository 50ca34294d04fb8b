"""`/v1/clients`: the machines of your organisation."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from service.api.callers import Calling
from service.api.lists import Listing
from service.api.preconditions import IfMatch, put_etag
from service.api.routing import make_router
from service.api.transactions import Now, Reading, Transaction
from service.domain.client import Client
from service.formats.members.client import (
    ClientDocument,
    NewClientDocument,
    RotationRequest,
    SecretDocument,
    to_client_document,
)
from service.formats.members.listing import ListDocument
from service.store import clients
from service.store.ids import new_id
from service.use_cases.keep_clients import create_client, revoke_client, rotate_secret

router = make_router("machines")


@router.post("/v1/clients", status_code=201)
def make_client(
    asked: NewClientDocument, session: Transaction, caller: Calling, now: Now, response: Response
) -> SecretDocument:
    """Let a machine in; its secret is told in this answer alone."""
    client = Client(
        new_id(), caller.organisation_id, asked.name, frozenset(asked.scopes), created_at=now
    )
    made = create_client(session, client, now=now)
    response.headers["Location"] = f"/v1/clients/{client.id}"
    put_etag(response, client.version)
    return SecretDocument(client=to_client_document(made.client), client_secret=made.secret)


@router.get("/v1/clients")
def list_clients(asked: Listing, session: Reading) -> ListDocument[ClientDocument]:
    """The machines of your organisation, those that are revoked too."""
    return asked.answer(clients.list_page(session, asked).map(to_client_document))


@router.get("/v1/clients/{client_id}")
def get_client(client_id: UUID, session: Reading, response: Response) -> ClientDocument:
    """One machine of your organisation."""
    client = clients.get(session, client_id)
    put_etag(response, client.version)
    return to_client_document(client)


@router.post("/v1/clients/{client_id}/rotation", status_code=201)
def rotate_client_secret(
    client_id: UUID,
    asked: RotationRequest,
    session: Transaction,
    version: IfMatch,
    now: Now,
    response: Response,
) -> SecretDocument:
    """Give a machine a new secret; the one before holds on for the hours that you say."""
    made = rotate_secret(session, client_id, version=version, overlap=asked.overlap, now=now)
    put_etag(response, made.client.version)
    return SecretDocument(client=to_client_document(made.client), client_secret=made.secret)


@router.delete("/v1/clients/{client_id}", status_code=204)
def delete_client(client_id: UUID, session: Transaction, now: Now) -> None:
    """Revoke a machine: its secrets and its tokens stop at once."""
    revoke_client(session, client_id, now=now)
