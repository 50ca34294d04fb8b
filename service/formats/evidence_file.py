"""What a file of evidence is, told by its content; and the refusal of what could do harm.

Nothing is opened further than it takes to tell: what is kept is only ever handed out as a file to
save, never shown by us.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Collection
from pathlib import PurePosixPath, PureWindowsPath

from lca_models.errors import Text
from service.formats.errors import FileTooLargeError, UnreadableFileError, UnsupportedFileError

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
_OFFICE = "application/vnd.openxmlformats-officedocument."
XLSX = f"{_OFFICE}spreadsheetml.sheet"
DOCX = f"{_OFFICE}wordprocessingml.document"
CSV, TEXT = "text/csv", "text/plain"
# Said by clients that do not know, or do not care.
_ANY = frozenset({"", "application/octet-stream", "binary/octet-stream"})
# What one and the same content may be called: a table of text is text, as Windows names it.
_ALSO_CALLED = {
    CSV: frozenset({TEXT, "application/csv", "application/vnd.ms-excel"}),
    TEXT: frozenset({CSV, "application/csv", "application/vnd.ms-excel"}),
    JPEG: frozenset({"image/jpg", "image/pjpeg"}),
}
_STARTS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_ZIP = b"PK\x03\x04"
_MAIN_PARTS = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX}
_ENCRYPTED_FLAG = 1
_MOST_PARTS = 5_000
_MOST_UNPACKED_BYTES = 500_000_000
_MOST_RATIO = 1_000
_RATIO_MATTERS_FROM = 1_000_000
# Programs and whatever runs within a document.
_ACTIVE_PART = re.compile(r"vbaproject|macrosheets|activex|embeddings/.*\.(bin|exe|dll|js|vbs)$")
_ACTIVE_PDF = (b"/JavaScript", b"/Launch", b"/EmbeddedFile")
_ENCRYPTED_PDF = b"/Encrypt"
# Text that a browser, a shell or a spreadsheet would run. The last letters stand in any case.
_MARKUP = re.compile(
    r"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|xml|\?xml|math|style|link|meta)\b"
    r"|<\?",
    re.IGNORECASE,
)
_SCRIPT = ("#!", "@echo off")
_SEPARATORS = (",", ";", "\t")
_LONGEST_NAME = 200

_SEND_OTHERWISE = Text(
    en="Send it as PDF, PNG, JPEG, XLSX, DOCX, CSV or plain text.",
    zh="请转换为PDF、PNG、JPEG、XLSX、DOCX、CSV或纯文本后上传。",
)


def sniff(content: bytes, declared: str) -> str:
    """The media type of a file by its content.

    Args:
        content: The file.
        declared: What its sender says that it is.

    Raises:
        UnreadableFileError: It is empty or damaged.
        FileTooLargeError: It would unpack to too much.
        UnsupportedFileError: It is none of the kinds that we keep, has a password, could run
            something, or is not what its sender says.
    """
    if not content.strip():
        raise UnreadableFileError(
            Text(en="The file is empty.", zh="文件为空。"),
            Text(en="Send the file itself.", zh="请上传实际文件。"),
        )
    found = _find_type(content)
    said = declared.partition(";")[0].strip().lower()
    if said not in _ANY | {found} | _ALSO_CALLED.get(found, frozenset()):
        raise UnsupportedFileError(
            Text(
                en="The file is {found}, not {said}.", zh="文件实际类型为{found}，而非{said}。"
            ).format(found=found, said=said[:80]),
            Text(en="Send it as what it is.", zh="请按实际类型上传。"),
            value=said[:80],
        )
    return found


def clean_name(name: str) -> str:
    """The name of a file without folders, controls and anything that a system would act on."""
    bare = PureWindowsPath(PurePosixPath(name).name).name
    composed = unicodedata.normalize("NFC", bare)
    seen = "".join(c for c in composed if unicodedata.category(c)[0] != "C")
    plain = re.sub(r'[<>:"/\\|?*]', "_", seen).strip(" .")
    return plain[-_LONGEST_NAME:] or "file"


def _find_type(content: bytes) -> str:
    for start, media_type in _STARTS:
        if content.startswith(start):
            if media_type == PDF:
                _refuse_active_pdf(content)
            return media_type
    if content.startswith(_ZIP):
        return _find_office(content)
    return _find_text(content)


def _refuse_active_pdf(content: bytes) -> None:
    if _ENCRYPTED_PDF in content:
        raise _locked()
    if any(word in content for word in _ACTIVE_PDF):
        raise _active()


def _find_office(content: bytes) -> str:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as cause:
        raise UnreadableFileError(
            Text(en="The file is damaged.", zh="文件已损坏。"),
            Text(en="Save it anew and send that.", zh="请另存后重新上传。"),
        ) from cause
    _refuse_bomb(parts)
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise _locked()
    names = [part.filename.replace("\\", "/") for part in parts]
    if any(_ACTIVE_PART.search(name.lower()) for name in names):
        raise _active()
    return _main_type(names)


def _main_type(names: Collection[str]) -> str:
    found = [media_type for part, media_type in _MAIN_PARTS.items() if part in names]
    if len(found) == 1 and "[Content_Types].xml" in names and len(set(names)) == len(names):
        return found[0]
    raise _unsupported(Text(en="The file is a packed archive.", zh="该文件是压缩包。"))


def _refuse_bomb(parts: Collection[zipfile.ZipInfo]) -> None:
    def swells(part: zipfile.ZipInfo) -> bool:
        limit = max(part.compress_size, 1) * _MOST_RATIO
        return part.file_size > _RATIO_MATTERS_FROM and part.file_size > limit

    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > _MOST_UNPACKED_BYTES or any(map(swells, parts)):
        raise FileTooLargeError(
            Text(en="The file unpacks to far too much.", zh="文件解压后过大。"),
            Text(en="Save it anew, or print it to a PDF.", zh="请另存，或打印为PDF后上传。"),
        )


def _find_text(content: bytes) -> str:
    text = _decode(content)
    if text is None or any(c in text for c in map(chr, (*range(9), 11, *range(14, 32)))):
        raise _unsupported(Text(en="The file is none that we keep.", zh="不支持的文件类型。"))
    if _MARKUP.search(text) or text.lstrip().lower().startswith(_SCRIPT):
        raise _active()
    lines = [line for line in text.splitlines() if line.strip()][:2]
    is_table = any(all(separator in line for line in lines) for separator in _SEPARATORS)
    return CSV if is_table else TEXT


def _decode(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _locked() -> UnsupportedFileError:
    return UnsupportedFileError(
        Text(en="The file has a password.", zh="文件设有密码。"),
        Text(en="Save it without a password.", zh="请取消密码后重新保存。"),
    )


def _active() -> UnsupportedFileError:
    return UnsupportedFileError(
        Text(
            en="The file has macros, scripts, embedded files or markup.",
            zh="文件含有宏、脚本、嵌入文件或标记语言。",
        ),
        Text(en="Print it to a PDF and send that.", zh="请打印为PDF后上传。"),
    )


def _unsupported(reason: Text) -> UnsupportedFileError:
    return UnsupportedFileError(reason, _SEND_OTHERWISE)
