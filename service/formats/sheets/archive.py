"""The archive that a workbook is: guarded, then copied with only the parts that hold cells.

Nothing is unpacked before its stated size is known to be small, nothing beyond that size is read,
and the reader of cells sees our own clean copy: no links, pictures, programs or stray paths.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable

from lca_models.errors import Text
from service.formats.errors import FileTooLargeError, UnsupportedFileError, damaged

MAX_UNPACKED_BYTES = 50_000_000
WORKBOOK = "xl/workbook.xml"

_MAX_ENTRIES = 1_000
_MAX_RATIO = 400
_RATIO_MATTERS_FROM = 1_000_000
_ENTRY_START = b"PK\x01\x02"
_ENCRYPTED_FLAG = 1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_FASTEST = 1
# What in an archive gives away that it is no plain workbook.
_OTHER_KINDS: tuple[tuple[str, Text], ...] = (
    ("xl/vbaProject.bin", Text(en="a workbook with macros (.xlsm)", zh="含宏的工作簿（.xlsm）")),
    ("xl/workbook.bin", Text(en="a binary workbook (.xlsb)", zh="二进制工作簿（.xlsb）")),
    ("word/document.xml", Text(en="a Word document", zh="Word文档")),
    ("ppt/presentation.xml", Text(en="a presentation", zh="演示文稿")),
    ("content.xml", Text(en="an OpenDocument file (.ods)", zh="OpenDocument文件（.ods）")),
    ("Index/Document.iwa", Text(en="a Numbers document", zh="Numbers表格")),
)


class Archive:
    """A guarded archive: parts can be read, each within the size that it stated.

    Args:
        content: The file as bytes.

    Raises:
        UnreadableFileError: It is damaged.
        UnsupportedFileError: It is no workbook of the kind that we read.
        FileTooLargeError: It would unpack to too much, or has too many entries.
    """

    def __init__(self, content: bytes) -> None:
        if content.count(_ENTRY_START) > _MAX_ENTRIES:
            raise _too_large()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as cause:
            raise damaged() from cause
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        if len(self._entries) != len(self._zip.infolist()):
            raise damaged()
        _refuse_other_kinds(self._entries)
        for entry in self._entries.values():
            _verify_entry(entry)
        if sum(entry.file_size for entry in self._entries.values()) > MAX_UNPACKED_BYTES:
            raise _too_large()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all parts."""
        return tuple(self._entries)

    def size_of(self, name: str) -> int:
        """Bytes that a part unpacks to, as stated."""
        return self._entries[name].file_size

    def read(self, name: str) -> bytes:
        """One part, unpacked.

        Raises:
            UnreadableFileError: The part is missing or damaged.
        """
        try:
            return self._zip.read(self._entries[name])
        except (
            KeyError,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
            zipfile.BadZipFile,
            zlib.error,
        ) as cause:
            raise damaged() from cause

    def copy(self, names: Iterable[str]) -> io.BytesIO:
        """A new archive with some of the parts, those that exist."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_FASTEST) as copied:
            for name in dict.fromkeys(names):
                if name in self._entries:
                    copied.writestr(name, self.read(name))
        target.seek(0)
        return target


def _refuse_other_kinds(names: Iterable[str]) -> None:
    present = set(names)
    for name, kind in _OTHER_KINDS:
        if name in present:
            raise _unsupported(kind)
    if WORKBOOK not in present:
        raise _unsupported(Text(en="a packed archive", zh="压缩包"))


def _verify_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED_FLAG:
        raise UnsupportedFileError(
            Text(en="The file has a password.", zh="文件设有密码。"),
            Text(en="Save it without a password.", zh="请取消密码后重新保存。"),
        )
    parts = entry.filename.split("/")
    if entry.compress_type not in _METHODS or ".." in parts or parts[0] == "":
        raise damaged()
    ratio = entry.file_size / max(entry.compress_size, 1)
    if entry.file_size > _RATIO_MATTERS_FROM and ratio > _MAX_RATIO:
        raise _too_large()


def _too_large() -> FileTooLargeError:
    return FileTooLargeError(
        Text(
            en="The workbook unpacks to more than {most} MB.", zh="工作簿解压后超过{most} MB。"
        ).format(most=MAX_UNPACKED_BYTES // 1_000_000),
        Text(
            en="Delete blank formatted rows, pictures and other sheets, then save it again.",
            zh="请删除带格式的空白行、图片和其他工作表后重新保存。",
        ),
    )


def _unsupported(kind: Text) -> UnsupportedFileError:
    return UnsupportedFileError(
        Text(en="The file is {kind}.", zh="该文件是{kind}。").format(kind=kind),
        Text(en="Save it as .xlsx and send that.", zh="请另存为.xlsx后上传。"),
    )
