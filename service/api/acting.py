"""Who acts, when and with what: what most routes of chains hand to their use case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from service.api.callers import Calling
from service.api.context import Wired
from service.api.transactions import Now
from service.wiring import Wiring


@dataclass(frozen=True, slots=True)
class Act:
    """One call of a firm.

    Args:
        by: The firm.
        now: The present moment.
        wiring: What the doors need.
    """

    by: UUID
    now: datetime
    wiring: Wiring

    @property
    def today(self) -> date:
        """The present day, by UTC."""
        return self.now.date()

    @property
    def public_url(self) -> str:
        """Address under which others reach the service."""
        return self.wiring.members.public_url


async def _tell(caller: Calling, now: Now, wiring: Wired) -> Act:
    return Act(caller.organisation_id, now, wiring)


Acting = Annotated[Act, Depends(_tell)]
