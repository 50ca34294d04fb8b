"""Which formulas of a user's workbook may live on: plain sums over its own cells."""

from __future__ import annotations

import re
from collections.abc import Iterable

# They read nothing but the cells that they are given, and call nothing.
_FUNCTIONS = frozenset(
    {
        *("ABS", "AND", "AVERAGE", "CEILING", "COUNT", "COUNTA", "COUNTBLANK"),
        *("COUNTIF", "COUNTIFS", "FLOOR", "IF", "IFERROR", "INT", "ISBLANK"),
        *("ISERROR", "ISNUMBER", "ISTEXT", "LEN", "MAX", "MEDIAN", "MIN"),
        *("MOD", "NOT", "OR", "POWER", "PRODUCT", "ROUND", "ROUNDDOWN"),
        *("ROUNDUP", "SQRT", "SUBTOTAL", "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT"),
        *("VLOOKUP",),
    }
)
_LITERALS = frozenset({"true", "false"})
_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_TOKEN = re.compile(
    r'(?P<text>"[^"]*")'
    r"|(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*)!"
    rf"|(?P<cells>{_CELL}(?::{_CELL})?|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}"
    r"|\$?[0-9]{1,7}:\$?[0-9]{1,7})(?![\w.(!:])"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(?![\w.(!:])"
    r"|(?P<function>[A-Za-z]+)\("
    r"|(?P<name>[^\W\d][\w.]*)(?![\w.(!:])"
    r"|(?P<sign>[-+*^&=<>%(),;\s]|/(?!/))"
)


class SafeFormulas:
    """What the formulas of one workbook may refer to.

    Args:
        sheets: Names of its sheets.
        names: Names that it defines and that are safe themselves.
    """

    def __init__(self, sheets: Iterable[str], names: Iterable[str] = ()) -> None:
        self._sheets = frozenset(sheet.casefold() for sheet in sheets)
        self._names = _LITERALS | {name.casefold() for name in names}

    def allow(self, formula: str | None) -> bool:
        """Whether all of a formula, with or without its sign, is known to be harmless.

        All else is refused, known to be harmful or not: other files, addresses, programs and
        functions that fetch or that build references are too many to be listed.
        """
        if not formula:
            return True
        place, end = 0, len(formula)
        while place < end:
            token = _TOKEN.match(formula, place)
            if token is None or not self._allow_token(token):
                return False
            place = token.end()
        return True

    def _allow_token(self, token: re.Match[str]) -> bool:
        kind, word = token.lastgroup, token.group(token.lastgroup or 0)
        if kind == "function":
            return word.upper() in _FUNCTIONS
        if kind == "sheet":
            return word.strip("'").replace("''", "'").casefold() in self._sheets
        if kind == "name":
            return word.casefold() in self._names
        return True
