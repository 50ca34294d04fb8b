"""Data requests: their steps, when they are overdue, when suppliers hear of them again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.data_request import (
    DataRequest,
    DataRequestState,
    InvalidRequestedDayError,
    move,
    needs_reminder,
    refuse_unusable_days,
)
from service.domain.submission import Period
from service.domain.versions import NotNowError
from service.store.ids import new_id
from tests.make import YEAR

State = DataRequestState
DUE = date(2026, 4, 30)
ASKED = datetime(2026, 3, 2, 8, tzinfo=UTC)


def data_request(state: State = State.REQUESTED, **more: Any) -> DataRequest:
    made = DataRequest(
        id=new_id(),
        chain_id=new_id(),
        link_id=new_id(),
        asker_id=new_id(),
        supplier_id=new_id(),
        product_id=new_id(),
        period=YEAR,
        due_on=DUE,
        state=state,
        reason=None,
        submission_id=None,
        asked_at=ASKED,
    )
    return replace(made, **more)


@pytest.mark.parametrize(
    ("state", "then"),
    [
        (State.REQUESTED, {State.IN_WORK, State.SUBMITTED, State.DECLINED, State.WITHDRAWN}),
        (State.IN_WORK, {State.SUBMITTED, State.DECLINED, State.WITHDRAWN}),
        (State.SUBMITTED, {State.RETURNED, State.ACCEPTED, State.WITHDRAWN}),
        (State.RETURNED, {State.IN_WORK, State.SUBMITTED, State.DECLINED, State.WITHDRAWN}),
        (State.ACCEPTED, set()),
        (State.DECLINED, set()),
        (State.WITHDRAWN, set()),
    ],
)
def test_a_request_takes_the_steps_of_its_state_and_no_other(
    state: State, then: set[State]
) -> None:
    request = data_request(state)
    for step in State:
        if step in then:
            assert move(request, step).state is step
            assert move(request, step).version == 2
        else:
            with pytest.raises(NotNowError):
                move(request, step)


def test_a_wrong_step_is_told_with_the_right_ones() -> None:
    with pytest.raises(NotNowError) as caught:
        move(data_request(), State.ACCEPTED)
    told = caught.value.to_text()
    assert told.en == (
        "The data request is requested; it cannot become accepted. "
        "It can become: declined, in work, submitted, withdrawn."
    )
    assert told.zh.startswith("该数据请求已索取，不能变为“已接受”。可变为：已拒绝、")


def test_what_was_submitted_and_why_it_came_back_stay_until_they_are_replaced() -> None:
    first, second = new_id(), new_id()
    submitted = move(data_request(), State.SUBMITTED, submission_id=first)
    returned = move(submitted, State.RETURNED, reason="kg, not t")
    working = move(returned, State.IN_WORK)
    assert (working.reason, working.submission_id) == ("kg, not t", first)
    assert move(working, State.SUBMITTED, submission_id=second).submission_id == second


@pytest.mark.parametrize(
    ("state", "today", "overdue"),
    [
        (State.REQUESTED, DUE, False),
        (State.REQUESTED, DUE + timedelta(days=1), True),
        (State.IN_WORK, DUE + timedelta(days=1), True),
        (State.RETURNED, DUE + timedelta(days=1), True),
        (State.SUBMITTED, DUE + timedelta(days=1), False),
        (State.ACCEPTED, DUE + timedelta(days=1), False),
        (State.DECLINED, DUE + timedelta(days=1), False),
    ],
)
def test_overdue_follows_from_the_clock(state: State, today: date, *, overdue: bool) -> None:
    assert data_request(state).is_overdue(today) is overdue


@pytest.mark.parametrize(
    ("period", "due_on"),
    [(YEAR, date(2026, 3, 1)), (Period(date(2025, 2, 1), date(2025, 1, 31)), DUE)],
)
def test_days_that_nobody_can_keep_are_refused(period: Period, due_on: date) -> None:
    with pytest.raises(InvalidRequestedDayError) as caught:
        refuse_unusable_days(period, due_on, ASKED.date())
    assert caught.value.to_text().zh


def reminders(request: DataRequest, days: list[date]) -> list[date]:
    """On which of these days the supplier is reminded, when the service looks on each."""
    reminded = []
    for day in days:
        if needs_reminder(request, day):
            reminded.append(day)
            at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
            request = replace(request, reminded_at=at)
    return reminded


def test_a_supplier_hears_a_week_and_a_day_before_and_then_every_week() -> None:
    days = [ASKED.date() + timedelta(days=n) for n in range(75)]  # to 15 May
    assert reminders(data_request(), days) == [
        date(2026, 4, 23),
        date(2026, 4, 29),
        date(2026, 5, 1),
        date(2026, 5, 8),
        date(2026, 5, 15),
    ]


def test_what_was_asked_within_the_week_is_not_followed_by_a_letter_at_once() -> None:
    request = data_request(asked_at=datetime(2026, 4, 26, 8, tzinfo=UTC))
    days = [date(2026, 4, 26) + timedelta(days=n) for n in range(6)]
    assert reminders(request, days) == [date(2026, 4, 29), date(2026, 5, 1)]


def test_of_several_days_that_were_missed_one_is_made_up_for() -> None:
    assert reminders(data_request(), [date(2026, 5, 20), date(2026, 5, 21)]) == [date(2026, 5, 20)]


@given(
    st.lists(st.integers(0, 120), max_size=40).map(sorted),
    st.integers(0, 60),
    st.sampled_from([State.REQUESTED, State.IN_WORK, State.RETURNED]),
)
@settings(max_examples=40, deadline=None)
def test_no_step_is_reminded_of_twice(looked: list[int], due: int, state: State) -> None:
    request = data_request(state, due_on=ASKED.date() + timedelta(days=due))
    days = [ASKED.date() + timedelta(days=n) for n in looked]
    heard = reminders(request, days)
    weeks = max(0, (max(days, default=ASKED.date()) - request.due_on).days + 6) // 7
    assert len(set(heard)) == len(heard) <= 2 + weeks
