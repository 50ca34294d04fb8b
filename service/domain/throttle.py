"""How long whoever fails must wait before the next try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# Failures older than this are forgotten.
MEMORY = timedelta(days=1)
_FIRST_WAIT = timedelta(seconds=1)
_LONGEST_WAIT = timedelta(minutes=30)
_MOST_DOUBLINGS = 20


@dataclass(frozen=True, slots=True)
class Throttle:
    """How many failures are free; each more doubles the wait after the last.

    Args:
        free: Failures without a wait.
    """

    free: int

    def wait_after(self, failures: int, last: datetime | None, *, now: datetime) -> timedelta:
        """How long to wait still; nothing where the next try may come at once.

        Args:
            failures: How many there were within `MEMORY`.
            last: When the last of them was.
            now: The present moment.
        """
        if last is None or failures < self.free:
            return timedelta()
        doublings = min(failures - self.free, _MOST_DOUBLINGS)
        wait = min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)
        return max(last + wait - now, timedelta())


# With five free tries and waits that double to half an hour, an account stands some sixty guesses
# a day: below the hundred of NIST SP 800-63B-4, section 3.2.2. An address may be a whole office.
OF_SUBJECT = Throttle(free=5)
OF_ADDRESS = Throttle(free=50)
