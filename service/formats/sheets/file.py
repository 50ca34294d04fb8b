"""The door for files of rows: bytes of a CSV file or a workbook in, tables of cells out."""

from __future__ import annotations

from typing import BinaryIO

from lca_models.errors import Text
from service.formats.errors import FileTooLargeError, UnreadableFileError, UnsupportedFileError
from service.formats.sheets.csv_text import read_csv
from service.formats.sheets.table import MAX_FILE_BYTES, TableFile
from service.formats.sheets.xlsx import read_xlsx

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams of an encrypted workbook bear this name, in UTF-16, inside an OLE container.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_WORKBOOK = Text(en="an old workbook (.xls)", zh="旧版Excel工作簿（.xls）")
_ARCHIVE = Text(en="a packed archive", zh="压缩包")
_WEB_PAGE = Text(en="a web page", zh="网页")
_PICTURE = Text(en="a picture", zh="图片")
_BY_START: tuple[tuple[bytes, Text], ...] = (
    (b"%pdf", Text(en="a PDF", zh="PDF文件")),
    (b"{\\rtf", Text(en="a text document (RTF)", zh="RTF文档")),
    (b"<!doctype", _WEB_PAGE),
    (b"<html", _WEB_PAGE),
    (b"<?xml", Text(en="an XML document", zh="XML文档")),
    (b"<workbook", Text(en="an XML document", zh="XML文档")),
    (b"<table", _WEB_PAGE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"rar!\x1a\x07", _ARCHIVE),
    (b"bzh", _ARCHIVE),
    (b"\xfd7zxz", _ARCHIVE),
    (b"\x89png", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"gif8", _PICTURE),
    (b"sqlite format 3", Text(en="a database", zh="数据库文件")),
    (b"\x7felf", Text(en="a program", zh="程序文件")),
)
_SNIFFED = 64


def read_content(stream: BinaryIO, *, most: int = MAX_FILE_BYTES) -> bytes:
    """The whole content of an open file, never more than one byte over the limit into memory.

    Raises:
        FileTooLargeError: The file is larger than `most` bytes.
    """
    content = stream.read(most + 1)
    refuse_large(len(content), most=most)
    return content


def refuse_large(size: int, *, most: int = MAX_FILE_BYTES) -> None:
    """Refuse a file by its size in bytes, before any of it is read.

    Raises:
        FileTooLargeError: It is larger than `most` bytes.
    """
    if size > most:
        raise FileTooLargeError(
            Text(en="The file is larger than {most} MB.", zh="文件超过{most} MB。").format(
                most=most // 1_000_000
            ),
            Text(
                en="Keep only the bill of materials in it; pictures and other sheets can go.",
                zh="请仅保留物料清单，删除图片和其他工作表。",
            ),
        )


def read_tables(content: bytes, file_name: str) -> TableFile:
    """Read every sheet of a file, whatever its name ends in: the content decides what it is.

    Args:
        content: The file as bytes.
        file_name: Its name, for messages and as the name of a CSV file's only table.

    Raises:
        FileTooLargeError: The file, what it unpacks to, or a sheet is too large.
        UnsupportedFileError: It is neither CSV nor XLSX, or it has a password.
        UnreadableFileError: It is empty, damaged, or its encoding cannot be told.
    """
    refuse_large(len(content))
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise UnreadableFileError(
            Text(en="The file is empty.", zh="文件为空。"),
            Text(en="Fill in the template and send it again.", zh="请填写模板后重新上传。"),
        )
    if content.startswith(_ZIP):
        return TableFile(read_xlsx(content))
    _refuse_other_kinds(content)
    return read_csv(content, file_name)


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise UnsupportedFileError(
                Text(en="The workbook has a password.", zh="工作簿设有打开密码。"),
                Text(
                    en="Remove the password in Excel and save it as .xlsx.",
                    zh="请在Excel中取消密码后另存为.xlsx。",
                ),
            )
        raise _unsupported(_OLD_WORKBOOK)
    start = content[:_SNIFFED].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for magic, kind in _BY_START:
        if start.startswith(magic):
            raise _unsupported(kind)


def _unsupported(kind: Text) -> UnsupportedFileError:
    return UnsupportedFileError(
        Text(en="The file is {kind}.", zh="该文件是{kind}。").format(kind=kind),
        Text(
            en="Save it as .xlsx or as CSV (UTF-8) and send that.",
            zh="请另存为.xlsx或CSV（UTF-8）后上传。",
        ),
    )
