"""What a cell says: text, a number, a percentage or a date, read strictly and never guessed."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date

from lca_models.errors import Text
from service.formats.errors import InvalidCellError
from service.formats.sheets.table import Fault, Faulty, Percent, Value

MAX_NAME_LENGTH = 200
MAX_NOTE_LENGTH = 5_000
_SHOWN_LENGTH = 80
_MAX_NUMBER_LENGTH = 40
# Beyond this a spreadsheet no longer keeps every digit: what looks like a number was an identifier.
_EXACT_DIGITS = 1e15
_FIRST_YEAR, _LAST_YEAR = 2000, 2100

# Full-width forms of ASCII, and the ideographic space. Nothing else: a superscript is no digit.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
# Groups of three are read where they cannot be a decimal comma: several, or with a point after.
_GROUPED = re.compile(
    r"[+-]?[0-9]{1,3}(?:(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|(?:,[0-9]{3})\.[0-9]+"
    r"|(?: [0-9]{3})+(?:\.[0-9]+)?)"
)
_WITH_UNIT = re.compile(r"[+-]?[0-9][0-9.,]*\s*[^\W\d_].*")
_DATE = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_COMPACT_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:\.0)?")
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00(\.0+)?)?$")

_GIVE_NUMBER = Text(en="Give a plain number such as 1234.5.", zh="请填写普通数字，如1234.5。")


def clean(text: str) -> str:
    """Text without what nobody sees: marks of direction and width, controls, runs of space."""
    composed = unicodedata.normalize("NFC", text)
    if not composed.isprintable():
        kinds = ((character, unicodedata.category(character)) for character in composed)
        seen = (" " if kind == "Cc" else character for character, kind in kinds if kind != "Cf")
        composed = "".join(seen)
    return " ".join(composed.split())


def narrow(text: str) -> str:
    """Text with full-width letters, digits and signs as their ASCII counterparts."""
    return clean(text.translate(_WIDE))


def show(value: Value) -> str:
    """What a cell holds, for a message."""
    if value is None:
        return ""
    if isinstance(value, Faulty):
        shown = value.shown
    elif isinstance(value, Percent):
        shown = f"{value.points:g}%"
    elif isinstance(value, bool):
        shown = "TRUE" if value else "FALSE"
    elif isinstance(value, float):
        shown = str(int(value)) if _is_whole(value) else repr(value)
    else:
        shown = clean(str(value))
    return shown if len(shown) <= _SHOWN_LENGTH else shown[: _SHOWN_LENGTH - 1] + "…"


def to_text(value: Value, longest: int = MAX_NAME_LENGTH) -> str | None:
    """The text of a cell, None if it is empty.

    Raises:
        InvalidCellError: A formula without result, a number that lost digits, or too long a text.
    """
    _refuse_faulty(value)
    if isinstance(value, float) and abs(value) >= _EXACT_DIGITS:
        raise InvalidCellError(
            Text(
                en="The long number has lost its last digits in the spreadsheet.",
                zh="长数字在表格中已丢失末尾数位。",
            ),
            Text(en="Format the cell as text and enter it again.", zh="请设为文本格式后重新填写。"),
            value=show(value),
        )
    text = clean(value) if isinstance(value, str) else show(value)
    if len(text) > longest:
        raise InvalidCellError(
            Text(
                en="The text has more than {most} characters.", zh="文字超过{most}个字符。"
            ).format(most=longest),
            Text(en="Shorten it.", zh="请缩短。"),
            value=show(value),
        )
    return text or None


def to_number(value: Value) -> float:
    """The number of a cell.

    Raises:
        InvalidCellError: It is no number, or could be read as two different ones.
    """
    if isinstance(value, Faulty):
        raise _faulty(value)
    if isinstance(value, Percent):
        raise _no_number(value, Text(en="a percentage", zh="是百分比"))
    if isinstance(value, date):
        cure = Text(
            en="Format the cell as a number and enter it again: the spreadsheet made a date of it.",
            zh="表格软件已将其转换为日期，请将单元格设为数值格式后重新填写。",
        )
        raise _no_number(value, Text(en="a date", zh="是日期"), cure)
    if isinstance(value, bool) or value is None:
        raise _no_number(value, Text(en="no number", zh="不是数字"))
    number = value if isinstance(value, float) else _parse(value)
    if not math.isfinite(number):
        raise _no_number(value, Text(en="not a finite number", zh="不是有限数值"))
    return number


def to_percent(value: Value) -> float:
    """Percentage points of a cell: 5 for a cell that shows `5`, `5%` or a number format of 5 %.

    Raises:
        InvalidCellError: It is no number, or a fraction that may be meant as a percentage.
    """
    if isinstance(value, Percent):
        return value.points
    if isinstance(value, str) and narrow(value).endswith("%"):
        return to_number(narrow(value).removesuffix("%").strip())
    points = to_number(value)
    if 0 < abs(points) < 1:
        raise InvalidCellError(
            Text(
                en="{value} may be meant as {points:g} % or as {fraction:g} %.",
                zh="“{value}”可能表示{points:g}%，也可能表示{fraction:g}%。",
            ).format(value=show(value), points=points * 100, fraction=points),
            Text(
                en="Write it with a percent sign, such as {points:g}%.",
                zh="请写明百分号，如{points:g}%。",
            ).format(points=points * 100),
            value=show(value),
        )
    return points


def to_date(value: Value) -> date:
    """The day of a cell: a date of the spreadsheet, or text that starts with the year.

    Raises:
        InvalidCellError: It is no day between 2000 and 2100, or the order of day and month is open.
    """
    _refuse_faulty(value)
    if isinstance(value, date):
        found: date | None = value
    else:
        text = _MIDNIGHT.sub("", narrow(show(value)))
        match = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
        found = _day(*(int(part) for part in match.groups())) if match else None
    if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise InvalidCellError(
            Text(en="“{value}” is not a usable date.", zh="“{value}”不是有效日期。").format(
                value=show(value)
            ),
            Text(
                en="Write year, month, day, such as 2024-01-31.",
                zh="请按年-月-日填写，如2024-01-31。",
            ),
            value=show(value),
        )
    return found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _parse(text: str) -> float:
    narrowed = narrow(text)
    if len(narrowed) <= _MAX_NUMBER_LENGTH:
        if _PLAIN.fullmatch(narrowed):
            return float(narrowed)
        if _GROUPED.fullmatch(narrowed):
            return float(narrowed.replace(",", "").replace(" ", ""))
    raise _unreadable(text, narrowed)


def _unreadable(text: str, narrowed: str) -> InvalidCellError:
    if narrowed.endswith("%"):
        return _no_number(text, Text(en="a percentage", zh="是百分比"))
    if _WITH_UNIT.fullmatch(narrowed):
        cure = Text(
            en="Give the number alone; the unit has a column of its own.",
            zh="此处只填数字，单位请填入单位列。",
        )
        return _no_number(text, Text(en="a number with a word", zh="含有文字"), cure)
    if "," in narrowed:
        cure = Text(
            en="Write 1.5 or 1234.5: a point for decimals, no separators of thousands.",
            zh="请写作1.5或1234.5：小数用点号，不加千位分隔符。",
        )
        return _no_number(text, Text(en="ambiguous: the comma", zh="含逗号，有歧义"), cure)
    return _no_number(text, Text(en="no number", zh="不是数字"))


def _no_number(value: Value, what: Text, cure: Text = _GIVE_NUMBER) -> InvalidCellError:
    shown = show(value)
    return InvalidCellError(
        Text(en="“{value}” is {what}.", zh="“{value}”{what}。").format(value=shown, what=what),
        cure,
        value=shown,
    )


def _refuse_faulty(value: Value) -> None:
    if isinstance(value, Faulty):
        raise _faulty(value)


def _faulty(value: Faulty) -> InvalidCellError:
    if value.fault is Fault.ERROR:
        return InvalidCellError(
            Text(
                en="The formula gives the error {shown}.", zh="公式计算结果为错误值{shown}。"
            ).format(shown=value.shown),
            Text(en="Correct the formula, or give the value.", zh="请更正公式或直接填写数值。"),
            value=value.shown,
        )
    return InvalidCellError(
        Text(en="The formula has never been calculated.", zh="公式尚未计算，没有结果。"),
        Text(
            en="Open the file in a spreadsheet program and save it, or give the value itself.",
            zh="请用表格软件打开并保存，或直接填写数值。",
        ),
        value=value.shown,
    )


def _is_whole(value: float) -> bool:
    return math.isfinite(value) and value == int(value)
