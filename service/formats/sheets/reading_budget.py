"""How much of one workbook may be read, so that it ends within seconds and in bounded memory."""

from __future__ import annotations

from lca_models.errors import Text
from service.formats.errors import FileTooLargeError
from service.formats.sheets.table import MAX_CELLS

_MAX_ELEMENTS = 2_000_000
_MAX_TEXT = 20_000_000


class ReadingBudget:
    """What is left of the elements, values and characters that one file may hold."""

    def __init__(self) -> None:
        self._elements = _MAX_ELEMENTS
        self._values = MAX_CELLS
        self._characters = _MAX_TEXT

    def spend_element(self) -> None:
        """Count one element of a part.

        Raises:
            FileTooLargeError: The file has more than we read.
        """
        self._elements -= 1
        if self._elements < 0:
            what = Text(en="cells and rows, most of them blank", zh="个单元格和行（大多为空白）")
            raise _refusal(_MAX_ELEMENTS, what)

    def spend_value(self, length: int) -> None:
        """Count one filled cell and the characters of its text.

        Raises:
            FileTooLargeError: The file has more than we read.
        """
        self._values -= 1
        self._characters -= length
        if self._values < 0:
            raise _refusal(MAX_CELLS, Text(en="filled cells", zh="个非空单元格"))
        if self._characters < 0:
            raise _refusal(_MAX_TEXT, Text(en="characters of text", zh="个文字"))


def _refusal(most: int, what: Text) -> FileTooLargeError:
    return FileTooLargeError(
        Text(
            en="The workbook holds more than {most} {what}.", zh="工作簿包含超过{most}{what}。"
        ).format(most=most, what=what),
        Text(
            en="Keep only the bill of materials in it, and delete blank formatted rows and "
            "columns.",
            zh="请仅保留物料清单，并删除带格式的空白行和空白列。",
        ),
    )
