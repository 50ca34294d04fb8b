"""Letters to a firm: one to each of its people who may act on it, in that person's language."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.access import Right
from service.formats.members.chain_letters import LetterText
from service.store import letters, people
from service.store.session import whole_store


def write_to_firm(session: Session, firm_id: UUID, letter: LetterText, now: datetime) -> None:
    """Write to all people of a firm who may edit, whoever asks for it."""
    with whole_store(session):
        readers = [p for p in people.list_of(session, firm_id) if Right.EDIT in p.rights]
        for person in readers:
            letters.write(
                session,
                to=person.email,
                subject=letter.subject.to(person.language),
                body=letter.body.to(person.language),
                organisation_id=firm_id,
                now=now,
            )
