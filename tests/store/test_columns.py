"""Exact numbers and moments come back as they went in, from either database."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.exc import StatementError

from service.domain.access import SERVICE
from service.store.ids import new_id
from service.store.session import open_transaction
from service.store.tables.identity import OrganisationRow
from service.store.tables.submissions import CertificateRow

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
EXACT = st.decimals(allow_nan=False, allow_infinity=False, min_value=0, places=9)
ONE_DATABASE = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def round_trip(engine: Engine, energy_kwh: Decimal, at: datetime) -> CertificateRow:
    firm_id, row_id = new_id(), new_id()
    firm = OrganisationRow(
        id=firm_id,
        name_zh="",
        name_en="",
        scheme="",
        number="",
        folded_number=str(row_id),
        roles=[],
        created_at=NOW,
    )
    with open_transaction(engine, SERVICE, reading=True) as session:
        session.add(firm)
        session.flush()
        session.add(
            CertificateRow(
                id=row_id,
                organisation_id=firm_id,
                issuer="",
                number=str(row_id),
                shown_number="",
                technology="",
                energy_kwh=energy_kwh,
                generated_from=date(2025, 1, 1),
                generated_until=date(2025, 12, 31),
                registered_at=at,
            )
        )
        session.flush()
        session.expunge_all()
        found = session.get_one(CertificateRow, row_id)
        session.connection().rollback()
        return found


@ONE_DATABASE
@given(EXACT)
def test_an_exact_number_keeps_its_digits(engine: Engine, number: Decimal) -> None:
    found = round_trip(engine, number, NOW).energy_kwh
    assert found == number
    assert isinstance(found, Decimal)


@ONE_DATABASE
@given(st.datetimes(datetime(1900, 1, 2), datetime(9000, 1, 1), timezones=ZONES))  # noqa: DTZ001 - the zone comes with `timezones`
def test_a_moment_comes_back_in_utc(engine: Engine, moment: datetime) -> None:
    found = round_trip(engine, Decimal(1), moment).registered_at
    assert found == moment
    assert found.tzinfo is UTC


def test_a_moment_without_its_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="a moment needs its time zone"):
        round_trip(engine, Decimal(1), NOW.replace(tzinfo=None))
