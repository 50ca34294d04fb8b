"""Send a link for a new password, where there is somebody to send it to."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from service.domain.one_time_link import LinkPurpose
from service.domain.person import fold_email
from service.formats.members.letters import write_link_letter
from service.store import audit, letters, members, one_time_links, people
from service.store.audit import AuditNote


def send_reset_link(session: Session, address: str, *, public_url: str, now: datetime) -> None:
    """Write the letter, if somebody signs in with the address; else do nothing.

    Runs in a job, so that the request answers the same, after the same work, for every address.

    Args:
        session: Sees the whole store.
        address: As it was typed.
        public_url: Address of the service.
        now: The present moment.
    """
    known = people.find_credentials(session, fold_email(address))
    if known is None:
        return
    person = known.person
    token, link = one_time_links.add(
        session,
        LinkPurpose.RESET,
        organisation_id=person.organisation_id,
        email=person.email,
        now=now,
    )
    letter = write_link_letter(
        LinkPurpose.RESET,
        organisation=members.get(session, person.organisation_id).name,
        public_url=public_url,
        token=token,
    )
    letters.write(
        session,
        to=person.email,
        subject=letter.subject,
        body=letter.body,
        organisation_id=None,
        now=now,
    )
    audit.note(
        session,
        AuditNote(
            at=now,
            action="person.ask-reset",
            subject="person",
            subject_id=person.id,
            organisation_id=person.organisation_id,
            details={"link": str(link.id)},
        ),
    )
