"""The job that writes the letter with a link for a new password."""

from __future__ import annotations

from service.jobs.handling import Work
from service.use_cases.send_reset_link import send_reset_link


def send_link(work: Work) -> None:
    """Write the letter, where there is somebody to write to; nothing tells whether there was."""
    members = work.wiring.members
    address = members.keyring.unseal(work.job.subject["address"])
    with work.transaction() as session:
        if address is not None:
            send_reset_link(session, address, public_url=members.public_url, now=work.now)
        work.finish(session)
