"""A data request: a buyer asks a supplier for the data of a product and period, by a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lca_models.errors import RuleBrokenError, Text
from service.domain.submission import Period
from service.domain.versions import NotNowError

# When a supplier is reminded: days before the due day, and once it has passed every week.
REMINDED_BEFORE = (timedelta(days=7), timedelta(days=1))
REMINDED_AFTER = timedelta(days=1)
REMINDED_EVERY = timedelta(days=7)


class InvalidRequestedDayError(RuleBrokenError):
    """Days that no request can have: a past due day, a period that ends before it starts."""

    code = "invalid-requested-day"
    title = Text(en="Days are not usable", zh="日期无效")


class DataRequestState(StrEnum):
    """Where a data request stands; that it is overdue follows from the clock."""

    REQUESTED = "requested"
    IN_WORK = "in_work"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


_State = DataRequestState
# What the supplier still has to work on.
AWAITED = frozenset({_State.REQUESTED, _State.IN_WORK, _State.RETURNED})
# What is not over.
OPEN = AWAITED | {_State.SUBMITTED}
# What the supplier has sent data for.
ANSWERED = frozenset({_State.SUBMITTED, _State.RETURNED, _State.ACCEPTED})

_STEPS: Mapping[DataRequestState, frozenset[DataRequestState]] = {
    _State.REQUESTED: frozenset(
        {_State.IN_WORK, _State.SUBMITTED, _State.DECLINED, _State.WITHDRAWN}
    ),
    _State.IN_WORK: frozenset({_State.SUBMITTED, _State.DECLINED, _State.WITHDRAWN}),
    _State.SUBMITTED: frozenset({_State.RETURNED, _State.ACCEPTED, _State.WITHDRAWN}),
    _State.RETURNED: frozenset(
        {_State.IN_WORK, _State.SUBMITTED, _State.DECLINED, _State.WITHDRAWN}
    ),
    _State.ACCEPTED: frozenset(),
    _State.DECLINED: frozenset(),
    _State.WITHDRAWN: frozenset(),
}
STATE_NAMES: Mapping[DataRequestState, Text] = {
    _State.REQUESTED: Text(en="requested", zh="已索取"),
    _State.IN_WORK: Text(en="in work", zh="填报中"),
    _State.SUBMITTED: Text(en="submitted", zh="已提交"),
    _State.RETURNED: Text(en="returned", zh="已退回"),
    _State.ACCEPTED: Text(en="accepted", zh="已接受"),
    _State.DECLINED: Text(en="declined", zh="已拒绝"),
    _State.WITHDRAWN: Text(en="withdrawn", zh="已撤回"),
}


@dataclass(frozen=True, slots=True)
class DataRequest:
    """Data that a buyer wants along an accepted link.

    Args:
        id: Its id here.
        chain_id: The chain.
        link_id: The link along which it goes.
        asker_id: The buyer.
        supplier_id: The firm that is asked.
        product_id: Its product.
        period: The reporting period.
        due_on: The last day on which an answer is in time, by UTC.
        state: Where it stands.
        reason: Why it was last declined, returned or withdrawn.
        submission_id: What was submitted for it.
        asked_at: When it was asked.
        reminded_at: When the supplier was last reminded.
        version: Counts its changes.
    """

    id: UUID
    chain_id: UUID
    link_id: UUID
    asker_id: UUID
    supplier_id: UUID
    product_id: UUID
    period: Period
    due_on: date
    state: DataRequestState
    reason: str | None
    submission_id: UUID | None
    asked_at: datetime
    reminded_at: datetime | None = None
    version: int = 1

    def is_overdue(self, today: date) -> bool:
        """Whether the supplier should have answered before today."""
        return self.state in AWAITED and today > self.due_on


def refuse_unusable_days(period: Period, due_on: date, today: date) -> None:
    """Make sure that a period has days, and that there is time for the answer.

    Raises:
        InvalidRequestedDayError: The period ends before it starts, or the due day has passed.
    """
    if period.end < period.start:
        raise InvalidRequestedDayError(
            Text(
                en="The period ends on {end}, before it starts.",
                zh="报告期于{end}结束，早于起始日。",
            ).format(end=period.end),
            Text(en="Give its first and its last day.", zh="请填写报告期的首日和末日。"),
            value=period.end,
        )
    if due_on < today:
        raise InvalidRequestedDayError(
            Text(en="{day} has passed.", zh="{day}已过。").format(day=due_on),
            Text(en="Give a day from today on.", zh="请填写今天或以后的日期。"),
            value=due_on,
        )


def move(
    request: DataRequest,
    state: DataRequestState,
    *,
    reason: str | None = None,
    submission_id: UUID | None = None,
) -> DataRequest:
    """Take a request one step further.

    Args:
        request: Where it stands.
        state: Where it goes.
        reason: Why; the last one stays where none is given.
        submission_id: What was submitted; likewise.

    Raises:
        NotNowError: No step leads there.
    """
    if state not in _STEPS[request.state]:
        raise NotNowError(
            Text(
                en="The data request is {now}; it cannot become {then}.",
                zh="该数据请求{now}，不能变为“{then}”。",
            ).format(now=STATE_NAMES[request.state], then=STATE_NAMES[state]),
            _cure(_STEPS[request.state]),
        )
    return replace(
        request,
        state=state,
        reason=reason or request.reason,
        submission_id=submission_id or request.submission_id,
        version=request.version + 1,
    )


def _cure(steps: frozenset[DataRequestState]) -> Text:
    if not steps:
        return Text(
            en="It is over; ask anew where needed.", zh="该请求已结束，如有需要请重新索取。"
        )
    listed = [STATE_NAMES[state] for state in sorted(steps)]
    return Text(
        en=f"It can become: {', '.join(name.en for name in listed)}.",
        zh=f"可变为：{'、'.join(name.zh for name in listed)}。",
    )


def needs_reminder(request: DataRequest, today: date) -> bool:
    """Whether a day for a reminder has come on which the supplier has not heard of the request.

    Days are a week and a day before the due day, the day after it, and every week from then on;
    of several that have come the last one counts.
    """
    if request.state not in AWAITED:
        return False
    heard_on = (request.reminded_at or request.asked_at).date()
    return any(heard_on < day <= today for day in _days(request.due_on, today))


def _days(due_on: date, today: date) -> Iterator[date]:
    yield from (due_on - before for before in REMINDED_BEFORE)
    day = due_on + REMINDED_AFTER
    while day <= today:
        yield day
        day += REMINDED_EVERY
