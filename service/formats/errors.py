"""What can be wrong with a file as a whole, before a single row of it is read."""

from __future__ import annotations

from lca_models.errors import GreenchainError, RuleBrokenError, Text


class FileTooLargeError(RuleBrokenError):
    """A file, or what it unpacks to, is larger than we read."""

    code = "file-too-large"
    title = Text(en="File is too large", zh="文件过大")


class UnsupportedFileError(RuleBrokenError):
    """A file is of a kind that we do not read: an old workbook, a PDF, one with a password."""

    code = "unsupported-file"
    title = Text(en="Kind of file is not supported", zh="不支持的文件类型")


class UnreadableFileError(RuleBrokenError):
    """A file is damaged, empty, or in an encoding that cannot be told."""

    code = "unreadable-file"
    title = Text(en="File cannot be read", zh="文件无法读取")


class InvalidCellError(RuleBrokenError):
    """What a cell says cannot be read as what its column asks for."""

    code = "invalid-cell"
    title = Text(en="Cell cannot be read", zh="单元格内容无效")


class InvalidBomError(GreenchainError):
    """A bill of materials has wrong rows; every one is listed at once."""

    code = "invalid-bom"
    title = Text(en="The bill of materials has errors", zh="物料清单有误")


def damaged() -> UnreadableFileError:
    """The refusal of a workbook whose inside does not hold together."""
    return UnreadableFileError(
        Text(en="The workbook is damaged.", zh="工作簿已损坏。"),
        Text(
            en="Open it in a spreadsheet program, save it anew as .xlsx and send that.",
            zh="请用表格软件打开后另存为.xlsx，再重新上传。",
        ),
    )
