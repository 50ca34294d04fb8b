"""Sends letters: at least once, for a server may take one and never say so."""

from __future__ import annotations

from uuid import UUID

from service.gateways.mail import Envelope
from service.jobs.handling import Work
from service.store import letters
from service.use_cases.close_letter import close_letter


def send(work: Work) -> None:
    """Send the letter of a job, unless that was done."""
    letter_id = UUID(work.job.subject["letter_id"])
    with work.transaction(reading=True) as session:
        letter = letters.get(session, letter_id)
    if letter.sent_at is not None:
        return
    work.wiring.members.mail.send(
        Envelope(letter.id, letter.to, letter.subject, letter.body, letter.written_at)
    )
    with work.transaction() as session:
        close_letter(session, letter, work.now)
        work.finish(session)
