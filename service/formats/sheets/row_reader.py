"""Reads the cells of one row by column, and notes everything that is wrong with them at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from lca_models.errors import Defect, GreenchainError, Text
from lca_models.facts.names import fold
from lca_models.facts.units import Quantity
from service.formats.sheets.cells import (
    MAX_NAME_LENGTH,
    narrow,
    show,
    to_date,
    to_number,
    to_percent,
    to_text,
)
from service.formats.sheets.headings import Column, Layout
from service.formats.sheets.table import Row, Value

MAX_DEFECTS = 2_000
_WHOLE = 100
# More of anything than there is: a slip of the keyboard, and near where sums lose their digits.
_MOST = 1e15
_NOTHING = {"", "/", "\\", "-", "--", "—", "——", "–", "n/a"}

_Choice = TypeVar("_Choice", bound=StrEnum)
_Read = TypeVar("_Read")

# What stands in for a cell that is wrong, until the row is thrown away whole.
STAND_IN = Quantity(1.0, "kg")


class DefectList:
    """Everything that is wrong with a file, up to a number that people can still read."""

    def __init__(self) -> None:
        self._listed: list[Defect] = []
        self._more = 0

    def add(self, *defects: Defect) -> None:
        """Note what is wrong."""
        room = MAX_DEFECTS - len(self._listed)
        self._listed += defects[:room]
        self._more += max(len(defects) - room, 0)

    def listed(self) -> tuple[Defect, ...]:
        """All defects; the last one says how many more there are."""
        if not self._more:
            return tuple(self._listed)
        rest = Defect(
            "more-defects",
            Text(en="{more} further errors are not listed.", zh="另有{more}处错误未列出。").format(
                more=self._more
            ),
            Text(en="Mend these first, then check again.", zh="请先更正以上错误，再重新检查。"),
        )
        return (*self._listed, rest)


class RowReader:
    """One row of a table, read by the keys of its columns.

    A cell that is wrong is noted and a stand-in returned, so that one pass finds all errors;
    whoever reads must ask `is_broken` before the values are used.

    Args:
        row: The row.
        layout: Where its columns stand.
        columns: What they are, by key.
        defects: Where errors are noted.
    """

    def __init__(
        self, row: Row, layout: Layout, columns: Mapping[str, Column], defects: DefectList
    ) -> None:
        self._row = row
        self._layout = layout
        # Found once: a reader asks for every column of its kind of table, and most are empty.
        cells = {key: row.value_at(position) for key, position in layout.columns.items()}
        self._values = {key: value for key, value in cells.items() if value is not None}
        self._filled = {key for key, value in self._values.items() if not _says_nothing(value)}
        self._columns = columns
        self._defects = defects
        self._complained: set[tuple[str, str]] = set()
        self.is_broken = False
        self.read: dict[str, str | float] = {}

    @property
    def number(self) -> int:
        """The row as the user counts."""
        return self._row.number

    def value(self, key: str) -> Value:
        """What the cell holds, None where the table has no such column."""
        return self._values.get(key)

    def has(self, key: str) -> bool:
        """Whether the cell is filled; a dash or a stroke says that it is not."""
        return key in self._filled

    def complain(self, key: str, code: str, reason: Text, cure: Text) -> None:
        """Note that a cell is wrong, once for each kind of error."""
        self.is_broken = True
        if (key, code) in self._complained:
            return
        self._complained.add((key, code))
        value = show(self.value(key)) or None
        place = self._layout.place(self.number, key)
        if key not in self._layout.headings and key in self._columns:
            heading = self._columns[key].heading.to(self._layout.language)
            place = self._layout.place(self.number, heading)
        self._defects.add(Defect(code, reason, cure, place, value))

    def attempt(self, key: str, read: Callable[[], _Read]) -> _Read | None:
        """Run a reading of a cell; what it raises is noted with the place of the cell."""
        try:
            return read()
        except GreenchainError as error:
            for defect in error.defects:
                self.complain(key, defect.code, defect.reason, defect.cure)
            return None

    def need(self, key: str) -> bool:
        """Whether a cell is filled; complains if it is not."""
        if self.has(key):
            return True
        heading = self._columns[key].heading
        self.complain(
            key,
            "missing-value",
            Text(en="“{name}” is empty.", zh="“{name}”为空。").format(name=heading),
            Text(en="Fill it in.", zh="请填写。"),
        )
        return False

    def text(self, key: str, longest: int = MAX_NAME_LENGTH) -> str | None:
        """The text of a cell, None if it is empty or wrong."""
        if not self.has(key):
            return None
        found = self.attempt(key, lambda: to_text(self.value(key), longest))
        if found is not None:
            self.read.setdefault(key, found)
        return found

    def number_at(self, key: str, *, least: float = 0.0, above: bool = False) -> float | None:
        """The number of a cell, None if it is empty or wrong.

        Args:
            key: The column.
            least: The least number that is allowed.
            above: Whether it must be above the least, not just reach it.
        """
        if not self.has(key):
            return None
        found = self.attempt(key, lambda: to_number(self.value(key)))
        if found is None:
            return None
        if found < least or (above and found == least):
            self._refuse_small(key, least, above=above)
            return None
        if abs(found) > _MOST:
            self._refuse_large(key)
            return None
        self.read[key] = found
        return found

    def _refuse_small(self, key: str, least: float, *, above: bool) -> None:
        bound = Text(en="above {least:g}", zh="大于{least:g}")
        if not above:
            bound = Text(en="at least {least:g}", zh="不小于{least:g}")
        self.complain(
            key,
            "invalid-amount",
            Text(
                en="The number {value} is not {bound}.", zh="数字{value}不符合要求（应{bound}）。"
            ).format(value=show(self.value(key)), bound=bound.format(least=least)),
            Text(
                en="Correct it; leave the row out if there is nothing.",
                zh="请更正；若无此项，请删除该行。",
            ),
        )

    def _refuse_large(self, key: str) -> None:
        self.complain(
            key,
            "invalid-amount",
            Text(en="The number {value} is absurdly large.", zh="数字{value}过大。").format(
                value=show(self.value(key))
            ),
            Text(en="Correct the number or its unit.", zh="请更正数字或单位。"),
        )

    def share(self, key: str) -> float:
        """A percentage as a share from 0 to 1; 0 where the cell is empty or wrong."""
        if not self.has(key):
            return 0.0
        points = self.attempt(key, lambda: to_percent(self.value(key)))
        if points is None:
            return 0.0
        if not 0 <= points <= _WHOLE:
            self.complain(
                key,
                "invalid-percentage",
                Text(
                    en="{points:g} % is not between 0 and 100 %.",
                    zh="{points:g}%不在0至100%之间。",
                ).format(points=points),
                Text(en="Give a percentage, such as 5.", zh="请填写百分比，如5。"),
            )
            return 0.0
        self.read[key] = points
        return points / _WHOLE

    def day(self, key: str) -> date | None:
        """The day of a cell, None if it is empty or wrong."""
        if not self.has(key):
            return None
        found = self.attempt(key, lambda: to_date(self.value(key)))
        if found is not None:
            self.read[key] = found.isoformat()
        return found

    def choice(
        self, key: str, words: Mapping[str, _Choice], names: Mapping[_Choice, Text]
    ) -> _Choice | None:
        """One of a closed list by any of its words, None if the cell is empty or wrong."""
        text = self.text(key)
        if text is None:
            return None
        found = words.get(fold(text))
        if found is None:
            self.complain(
                key,
                "unknown-choice",
                Text(en="“{text}” is not in the list.", zh="“{text}”不在可选范围内。").format(
                    text=text
                ),
                Text(
                    en=f"Use one of: {', '.join(name.en for name in names.values())}.",
                    zh=f"请使用以下之一：{'、'.join(name.zh for name in names.values())}。",
                ),
            )
            return None
        self.read[key] = found.value
        return found

    def quantity(self, amount_key: str, unit_key: str) -> Quantity:
        """An amount above zero with its unit; 1 of the unit where the amount is wrong."""
        self.need(amount_key)
        self.need(unit_key)
        amount = self.number_at(amount_key, above=True)
        unit = self.text(unit_key)
        if unit is None:
            return STAND_IN
        plain = unicodedata.normalize("NFKC", unit)
        made = self.attempt(unit_key, lambda: Quantity(1.0 if amount is None else amount, plain))
        if made is None:
            return STAND_IN
        self.read[unit_key] = made.unit
        return made

    def fit(self, quantity: Quantity, unit: str, unit_key: str = "unit") -> None:
        """Complain if a quantity cannot be given in a unit."""
        if quantity is not STAND_IN:
            self.attempt(unit_key, lambda: quantity.to(unit))


def _says_nothing(value: Value) -> bool:
    return isinstance(value, str) and narrow(value).casefold() in _NOTHING
