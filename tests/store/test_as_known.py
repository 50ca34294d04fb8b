"""The state as known on a day for a period."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from service.domain.access import SERVICE
from service.domain.submission import Period
from service.store.as_known import as_known, for_period
from service.store.session import open_transaction
from service.store.tables.submissions import SubmissionRow
from tests.store.population import populate

LAST_YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
THIS_YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def day(number: int) -> datetime:
    return datetime(2026, 3, number, tzinfo=UTC)


# Number, period, accepted on, superseded on: 2 takes the place of 1, and 4 is a draft.
VERSIONS = [
    (1, LAST_YEAR, day(2), day(10)),
    (2, LAST_YEAR, day(10), None),
    (3, THIS_YEAR, day(5), None),
    (4, LAST_YEAR, None, None),
]


@pytest.mark.parametrize(
    ("moment", "period", "numbers"),
    [
        (day(1), LAST_YEAR, []),
        (day(2), LAST_YEAR, [1]),
        (day(9), LAST_YEAR, [1]),
        (day(10), LAST_YEAR, [2]),
        (None, LAST_YEAR, [2]),
        (day(4), THIS_YEAR, []),
        (day(9), THIS_YEAR, [3]),
        (None, THIS_YEAR, [3]),
        (None, Period(date(2025, 1, 1), date(2026, 12, 31)), []),
    ],
)
def test_each_moment_has_one_version(
    engine: Engine, moment: datetime | None, period: Period, numbers: list[int]
) -> None:
    population = populate(len(VERSIONS))
    for row, (number, held, accepted_at, superseded_at) in zip(
        population.rows["submission"], VERSIONS, strict=True
    ):
        row |= {"number": number, "period_start": held.start, "period_end": held.end}
        row |= {"accepted_at": accepted_at, "superseded_at": superseded_at}
    known = as_known(SubmissionRow.accepted_at, SubmissionRow.superseded_at, moment)
    held_for = for_period(SubmissionRow.period_start, SubmissionRow.period_end, period)
    with open_transaction(engine, SERVICE) as session:
        population.store(session)
        assert session.exec(select(SubmissionRow.number).where(known, held_for)).all() == numbers
