"""Ask for a letter with a link for a new password."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from service.domain.job import JobKind
from service.gateways.keyring import Keyring
from service.store import jobs


def ask_reset(session: Session, address: str, *, keyring: Keyring, now: datetime) -> None:
    """Leave it to a job to find out whether there is anybody to write to.

    So the request does the same for every address, and takes the same time. The address is sealed:
    there is no id to name it by before somebody has looked.
    """
    jobs.add(
        session,
        JobKind.SEND_RESET_LINK,
        {"address": keyring.seal(address)},
        organisation_id=None,
        now=now,
    )
