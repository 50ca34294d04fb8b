"""`/v1/people` and `/v1/joining-links`: who works for your organisation, and who is asked to."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from service.api.callers import Calling
from service.api.context import Wired
from service.api.lists import Listing
from service.api.preconditions import IfMatch, put_etag
from service.api.routing import make_router
from service.api.transactions import Now, Reading, Transaction
from service.formats.members.listing import ListDocument
from service.formats.members.person import (
    JoiningLinkDocument,
    NewJoiningLink,
    PersonChanges,
    PersonDocument,
    from_person_changes,
    to_joining_link_document,
    to_person_document,
)
from service.store import one_time_links, people
from service.store.registering import Invited
from service.use_cases.cancel_invitation import cancel_invitation
from service.use_cases.change_person import change_person
from service.use_cases.enrol_one_time_code import remove_secret
from service.use_cases.invite_person import invite_person
from service.use_cases.remove_person import remove_person

router = make_router("people")


@router.get("/v1/people")
def list_people(asked: Listing, session: Reading) -> ListDocument[PersonDocument]:
    """The people of your organisation."""
    return asked.answer(people.list_page(session, asked).map(to_person_document))


@router.get("/v1/people/{person_id}")
def get_person(person_id: UUID, session: Reading, response: Response) -> PersonDocument:
    """One person of your organisation."""
    person = people.get(session, person_id)
    put_etag(response, person.version)
    return to_person_document(person)


@router.patch("/v1/people/{person_id}")
def edit_person(
    person_id: UUID,
    changes: PersonChanges,
    session: Transaction,
    version: IfMatch,
    now: Now,
    response: Response,
) -> PersonDocument:
    """Change name, language or rights of a person of your organisation."""
    person = change_person(
        session, person_id, from_person_changes(changes), version=version, now=now
    )
    put_etag(response, person.version)
    return to_person_document(person)


@router.delete("/v1/people/{person_id}", status_code=204)
def delete_person(person_id: UUID, session: Transaction, now: Now) -> None:
    """Let a person leave; the last administrator cannot."""
    remove_person(session, person_id, now=now)


@router.delete("/v1/people/{person_id}/one-time-code", status_code=204)
def delete_one_time_code(person_id: UUID, session: Transaction, now: Now) -> None:
    """Let a person sign in without one-time codes, for its telephone is lost."""
    remove_secret(session, person_id, now=now)


@router.post("/v1/joining-links", status_code=201)
def create_joining_link(
    asked: NewJoiningLink, session: Transaction, wiring: Wired, caller: Calling, now: Now
) -> JoiningLinkDocument:
    """Invite somebody to your organisation by letter."""
    link = invite_person(
        session,
        caller.organisation_id,
        Invited(asked.email, frozenset(asked.rights)),
        public_url=wiring.members.public_url,
        now=now,
    )
    return to_joining_link_document(link)


@router.get("/v1/joining-links")
def list_joining_links(
    asked: Listing, session: Reading, now: Now
) -> ListDocument[JoiningLinkDocument]:
    """The invitations of people that wait."""
    page = one_time_links.list_open(session, asked, now=now)
    return asked.answer(page.map(to_joining_link_document))


@router.delete("/v1/joining-links/{link_id}", status_code=204)
def delete_joining_link(link_id: UUID, session: Transaction, caller: Calling, now: Now) -> None:
    """Take an invitation back."""
    cancel_invitation(session, link_id, caller.organisation_id, now=now)
