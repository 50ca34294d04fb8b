"""Hostile and odd archives and other kinds of files: bombs, damage, disguises, entities."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from functools import partial
from hashlib import shake_256

from tests.formats import raw_workbook as raw
from tests.formats.hostile_texts import READS, SOUND, Case

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEET = "xl/worksheets/sheet1.xml"
_LOLS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_LAUGHS = f'<!DOCTYPE x [<!ENTITY l0 "lol">{_LOLS}]>'
_OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def archive_cases() -> Iterator[Case]:
    """Every file that is no sound archive, or hides something in one."""
    yield from _other_kinds()
    yield from _damaged()
    yield from _bombs()
    yield from _entities()
    yield from _odd_parts()


def _other_kinds() -> Iterator[Case]:
    starts = {
        "old-workbook.xls": _OLE + bytes(4096),
        "password.xlsx": _OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512),
        "document.xlsx": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "page.xls": b"<html><table><tr><td>kind</td></tr></table></html>",
        "page-2.xlsx": b"\xef\xbb\xbf  <!DOCTYPE html><html></html>",
        "xml-workbook.xls": b'<?xml version="1.0"?><Workbook></Workbook>',
        "packed.xlsx": b"\x1f\x8b\x08\x00" + bytes(100),
        "packed-2.xlsx": b"7z\xbc\xaf\x27\x1c" + bytes(100),
        "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "letter.csv": b"{\\rtf1\\ansi kind,name}",
        "database.csv": b"SQLite format 3\x00" + bytes(100),
    }
    for name, content in starts.items():
        yield name, "unsupported-file", partial(bytes, content)
    yield "text-as-workbook.xlsx", READS, SOUND.encode
    yield "workbook-as-text.csv", READS, lambda: raw.workbook(raw.sound_sheet())
    inside: dict[str, dict[str, str | bytes]] = {
        "macros.xlsm": {**raw.PARTS, _SHEET: raw.sound_sheet(), "xl/vbaProject.bin": b"x"},
        "binary.xlsb": {"xl/workbook.bin": b"x"},
        "letter.xlsx": {"word/document.xml": "<x/>"},
        "slides.xlsx": {"ppt/presentation.xml": "<x/>"},
        "open-document.ods": {"mimetype": "x", "content.xml": "<x/>"},
        "archive-of-anything.xlsx": {"readme.txt": "hello"},
        "archive-of-archives.xlsx": {"a.zip": raw.archive({"b.zip": raw.archive({"c": "d"})})},
        "empty-archive.xlsx": {"": ""},
    }
    for name, parts in inside.items():
        yield name, "unsupported-file", partial(raw.archive, parts)


def _damaged() -> Iterator[Case]:
    sound = raw.workbook(raw.sound_sheet())
    yield "truncated.xlsx", "unreadable-file", lambda: sound[: len(sound) // 2]
    yield "nothing-but-a-start.xlsx", "unreadable-file", lambda: b"PK\x03\x04"
    yield (
        "start-and-noise.xlsx",
        "unreadable-file",
        lambda: b"PK\x03\x04" + shake_256(b"1").digest(5000),
    )
    yield "noise-inside.xlsx", "unreadable-file", lambda: _with_noise(sound)
    yield "wrong-checksum.xlsx", "unreadable-file", lambda: _with_wrong_checksum(sound)
    yield "encrypted-entry.xlsx", "unsupported-file", lambda: _with_flag(sound)
    yield "directory-elsewhere.xlsx", "unreadable-file", lambda: _with_far_directory(sound)
    for name, method in (("bzip2", zipfile.ZIP_BZIP2), ("lzma", zipfile.ZIP_LZMA)):
        parts = {**raw.PARTS, _SHEET: raw.sound_sheet()}
        yield (
            f"{name}.xlsx",
            "unreadable-file",
            partial(raw.archive, parts, method),
        )
    for name, path in (("upwards", "../../evil.xml"), ("absolute", "/etc/cron.d/evil")):
        parts = {**raw.PARTS, _SHEET: raw.sound_sheet(), path: "x"}
        yield f"path-{name}.xlsx", "unreadable-file", partial(raw.archive, parts)
    yield "entry-twice.xlsx", "unreadable-file", _entry_twice


def _bombs() -> Iterator[Case]:
    yield "zip-bomb.xlsx", "file-too-large", lambda: raw.workbook(b" " * 120_000_000)
    yield (
        "zip-bomb-in-another-part.xlsx",
        "file-too-large",
        lambda: raw.archive(
            {**raw.PARTS, _SHEET: raw.sound_sheet(), "xl/media/image1.png": bytes(60_000_000)}
        ),
    )
    yield (
        "high-ratio.xlsx",
        "file-too-large",
        lambda: raw.workbook(raw.sound_sheet() + " " * 20_000_000),
    )
    yield "size-understated.xlsx", "unreadable-file", _understated
    yield (
        "five-thousand-entries.xlsx",
        "file-too-large",
        lambda: raw.archive(
            {**raw.PARTS, _SHEET: raw.sound_sheet()} | {f"x/{n}": "" for n in range(5000)}
        ),
    )
    yield (
        "directory-bomb.xlsx",
        "file-too-large",
        lambda: b"PK\x03\x04" + (b"PK\x01\x02" + bytes(42)) * 300_000,
    )


def _entities() -> Iterator[Case]:
    sound = raw.sound_sheet()
    laughing = raw.sound_sheet().replace("hot-rolled coil", "&l9;")
    yield "billion-laughs.xlsx", "unreadable-file", lambda: raw.workbook(_LAUGHS + laughing)
    strings = f'{_LAUGHS}<sst xmlns="{raw.MAIN}"><si><t>&l9;</t></si></sst>'
    yield (
        "billion-laughs-in-texts.xlsx",
        "unreadable-file",
        lambda: raw.workbook(sound, strings=strings),
    )
    reading = raw.sound_sheet().replace("hot-rolled coil", "&e;")
    yield "outside-entity.xlsx", "unreadable-file", lambda: raw.workbook(_OUTSIDE + reading)
    properties = f"{_LAUGHS}<properties>&l9;</properties>"
    yield (
        "billion-laughs-elsewhere.xlsx",
        READS,
        lambda: raw.archive({**raw.PARTS, _SHEET: sound, "docProps/app.xml": properties}),
    )
    undefined = sound.replace("hot-rolled coil", "&nothing;")
    yield "undefined-entity.xlsx", "unreadable-file", lambda: raw.workbook(undefined)


def _odd_parts() -> Iterator[Case]:
    sound = raw.sound_sheet()
    deep = "<x>" * 100_000 + "</x>" * 100_000
    yield "deep-elements.xlsx", READS, lambda: raw.workbook(raw.sound_sheet(after=deep))
    unclosed = "<x>" * 200_000
    yield (
        "unclosed-elements.xlsx",
        "unreadable-file",
        lambda: raw.workbook(raw.sound_sheet(after=unclosed)),
    )
    attribute = f'<x y="{"z" * 10_000_000}"/>'
    yield (
        "long-attribute.xlsx",
        "file-too-large",
        lambda: raw.workbook(raw.sound_sheet(after=attribute)),
    )
    many = "".join(raw.many(100_000, 'a{n}="1" '))
    yield "many-attributes.xlsx", READS, lambda: raw.workbook(raw.sound_sheet(after=f"<x {many}/>"))
    yield (
        "utf-16-parts.xlsx",
        "unreadable-file",
        lambda: raw.workbook(f'<?xml version="1.0" encoding="UTF-16"?>{sound}'.encode("utf-16")),
    )
    yield (
        "unknown-encoding.xlsx",
        "unreadable-file",
        lambda: raw.workbook(f'<?xml version="1.0" encoding="klingon"?>{sound}'),
    )
    yield "empty-sheet-part.xlsx", "unreadable-file", lambda: raw.workbook("")
    link = '<externalLink xmlns="x"><externalBook/></externalLink>'
    yield (
        "external-link.xlsx",
        READS,
        lambda: raw.archive(
            {**raw.PARTS, _SHEET: sound, "xl/externalLinks/externalLink1.xml": link}
        ),
    )
    yield "styles-are-noise.xlsx", "unreadable-file", lambda: raw.workbook(sound, styles="<<<")


def _with_noise(sound: bytes) -> bytes:
    middle = sound.index(b"xl/worksheets/sheet1.xml") + 60
    return sound[:middle] + shake_256(b"3").digest(80) + sound[middle + 80 :]


def _with_wrong_checksum(sound: bytes) -> bytes:
    at = sound.rindex(b"PK\x01\x02") + 16
    return sound[:at] + b"\0\0\0\0" + sound[at + 4 :]


def _with_flag(sound: bytes) -> bytes:
    at = sound.rindex(b"PK\x01\x02") + 8
    return sound[:at] + b"\x01\x00" + sound[at + 2 :]


def _with_far_directory(sound: bytes) -> bytes:
    at = sound.rindex(b"PK\x05\x06") + 16
    return sound[:at] + struct.pack("<I", 0xFFFFFFF0) + sound[at + 4 :]


def _understated() -> bytes:
    """A sheet that unpacks to thirty megabytes and claims to have hundred bytes."""
    whole = raw.workbook(raw.sound_sheet() + " " * 30_000_000)
    at = whole.rindex(b"PK\x01\x02") + 24
    return whole[:at] + struct.pack("<I", 100) + whole[at + 4 :]


def _entry_twice() -> bytes:
    buffer = io.BytesIO(raw.workbook(raw.sound_sheet()))
    with zipfile.ZipFile(buffer, "a") as target:
        entry = zipfile.ZipInfo(_SHEET.replace("sheet1", "sheet2"), (1980, 1, 1, 0, 0, 0))
        target.writestr(entry, raw.sheet(""))
    return buffer.getvalue().replace(b"sheet2.xml", b"sheet1.xml")
