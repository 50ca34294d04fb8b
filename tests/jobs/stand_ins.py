"""Handlers that stand in for real ones, and a service that writes a letter."""

from collections.abc import Callable
from uuid import UUID

from sqlmodel import Session

from service.domain.access import SERVICE
from service.domain.job import JobKind
from service.domain.paging import PageAsked
from service.jobs.handling import Handler, Work
from service.store import jobs, letters
from service.store.session import open_transaction
from service.wiring import Wiring


def only(run: Callable[[Work], None], *, own_data: bool = False) -> dict[JobKind, Handler]:
    """A table in which jobs of one kind are done so."""
    return {JobKind.CALCULATE_PRODUCT: Handler(run, own_data)}


def cause(wiring: Wiring, organisation_id: UUID | None = None, once: str | None = None) -> UUID:
    """A job of that kind."""
    members = wiring.members
    with open_transaction(members.engine, SERVICE) as session:
        return jobs.add(
            session,
            JobKind.CALCULATE_PRODUCT,
            {"product_id": "of no meaning"},
            organisation_id=organisation_id,
            now=members.clock(),
            once=once,
        )


def write_letter(wiring: Wiring, to: str = "wang@example.com") -> UUID:
    """A letter that waits to be sent."""
    members = wiring.members
    with open_transaction(members.engine, SERVICE) as session:
        return letters.write(
            session,
            to=to,
            subject="邀请",
            body="https://example.com/join#secret",
            organisation_id=None,
            now=members.clock(),
        )


def leave_effect(session: Session, work: Work) -> None:
    """Something that can be counted, and that nothing but its transaction keeps from doubling."""
    jobs.add(session, JobKind.REMIND, {}, organisation_id=None, now=work.now)


def count_effects(wiring: Wiring) -> int:
    """How often that was left."""
    with open_transaction(wiring.members.engine, SERVICE, reading=True) as session:
        return len(jobs.read_list(session, PageAsked(), state=None, kind=JobKind.REMIND).items)
