"""Amounts that look typed from memory rather than read from a meter."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lca_models.errors import Text
from service.domain.plausibility.examination import Examination
from service.domain.plausibility.finding import Finding, note
from service.domain.submission import DataType, Line, Transport


def find_round_numbers(examined: Examination) -> Iterator[Finding]:
    """Every measured amount has two digits at most: estimates, perhaps."""
    limits = examined.facts.limits
    amounts = [
        _amount_of(line)
        for line in examined.submission.lines
        if line.notes.data_type is DataType.PRIMARY
    ]
    if len(amounts) < limits.least_lines:
        return
    if all(_count_digits(amount) <= limits.round_digits for amount in amounts):
        yield note(
            "all-round",
            None,
            Text(
                en="All {count} amounts stated as measured are round.",
                zh="标为实测的{count}个数量全部为整数或约数。",
            ).format(count=len(amounts)),
            Text(
                en="Give what was read from meters and records, or mark estimates as secondary.",
                zh="请填写计量或台账读数；若为估计值，请标为次级数据。",
            ),
        )


def _amount_of(line: Line) -> float:
    return line.leg.distance.amount if isinstance(line, Transport) else line.quantity.amount


def _count_digits(amount: float) -> int:
    return len(Decimal(repr(amount)).normalize().as_tuple().digits)
