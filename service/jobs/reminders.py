"""Reminds suppliers of what they were asked for, once a day."""

from __future__ import annotations

from service.jobs.handling import Work
from service.use_cases.remind_suppliers import remind_suppliers


def remind(work: Work) -> None:
    """Write the reminders of the day; letters and their jobs stand when it is done, or not."""
    with work.transaction() as session:
        count = remind_suppliers(session, public_url=work.wiring.members.public_url, now=work.now)
        work.finish(session, {"reminded": count})
