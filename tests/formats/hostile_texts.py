"""Hostile and odd CSV files: encodings, quotes, numbers, words and dates."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Mapping
from hashlib import shake_256

READS = "reads"
HEADINGS = "kind,name,source,amount,unit,transport_mode,distance_km,note"
OUTPUT = "output,Frame,,100,piece,,,"
STEEL = "material,hot-rolled coil,,250,kg,,,"
SOUND = f"{HEADINGS}\n{OUTPUT}\n{STEEL}\n"
CHINESE = "类别,名称,来源,数量,单位,运输方式,运输距离(km),备注\n产出,框架,,100,件,,,\n"

Make = Callable[[], bytes]
Case = tuple[str, str, Make]
"""Name of the file, code of the error or defect that it must bring, and how it is made."""


def text_cases() -> Iterator[Case]:
    """Every hostile CSV file."""
    yield from _shapes()
    yield from _encodings()
    yield from _quotes()
    for name, (row, code) in {**_NUMBERS, **_WORDS}.items():
        yield f"{name}.csv", code, _with(row)
    for name, (start, end, code) in _PERIODS.items():
        yield f"{name}.csv", code, _period(start, end)


def _with(row: str) -> Make:
    return f"{SOUND}{row}\n".encode


def _period(start: str, end: str) -> Make:
    rows = f"kind,name,amount,unit,period_start,period_end\noutput,Frame,100,piece,{start},{end}\n"
    return rows.encode


def _shapes() -> Iterator[Case]:
    yield "empty.csv", "unreadable-file", lambda: b""
    yield "only-a-byte-order-mark.csv", "unreadable-file", lambda: codecs.BOM_UTF8
    yield "only-blank-lines.csv", "unreadable-file", lambda: b"\r\n" * 1_000_000
    yield "a-million-blank-lines.csv", READS, lambda: SOUND.encode() + b"\n" * 1_000_000
    yield "a-million-lines-of-commas.csv", READS, lambda: SOUND.encode() + b",,,,,,,\n" * 1_000_000
    yield "only-headings.csv", "empty-table", HEADINGS.encode
    yield "no-headings.csv", "no-headings", f"{OUTPUT}\n{STEEL}\n".encode
    yield "headings-too-far-down.csv", "no-headings", lambda: b"title\n" * 40 + SOUND.encode()
    yield "eight-title-rows.csv", READS, lambda: b"title\n" * 8 + SOUND.encode()
    yield "heading-twice.csv", "duplicate-heading", f"{HEADINGS},amount\n{OUTPUT}".encode
    both = f"{HEADINGS},数量\n{OUTPUT},5"
    yield "heading-in-both-languages.csv", "duplicate-heading", both.encode
    lacking = "kind,name,unit\noutput,Frame,piece\n"
    yield "no-amount-column.csv", "missing-heading", lacking.encode
    near = f"{HEADINGS},Loss (kg)\n{OUTPUT},5\n"
    yield "heading-with-another-unit.csv", "unclear-heading", near.encode
    yield "two-outputs.csv", "not-one-output", f"{SOUND}{OUTPUT}\n".encode
    yield "no-output.csv", "not-one-output", f"{HEADINGS}\n{STEEL}\n".encode
    yield "ragged-rows.csv", READS, lambda: f"{SOUND}{STEEL},extra,cells\nnote\n\n".encode()[:-6]
    yield "too-many-rows.csv", "file-too-large", (SOUND + f"{STEEL}\n" * 30_000).encode
    yield "too-many-columns.csv", "file-too-large", (SOUND + "x," * 300).encode
    wide = ("x," * 199 + "x\n") * 5_000
    yield "too-many-cells.csv", "file-too-large", (SOUND + wide).encode
    yield "every-row-wrong.csv", "more-defects", (SOUND + "?,?,?,?,?\n" * 19_000).encode
    names = "".join(f"material,stuff {number},,1,kg,,,\n" for number in range(2_000))
    yield "thousands-of-unknown-names.csv", READS, (SOUND + names).encode


def _encodings() -> Iterator[Case]:
    rare = f"{CHINESE}原材料,𠮷野㐀钢,,5,kg,,,龘\n"
    yield "rare-characters-in-gb18030.csv", READS, lambda: rare.encode("gb18030")
    yield "utf-16-with-mark.csv", READS, lambda: rare.encode("utf-16")
    yield "utf-16-without-mark.csv", "unreadable-file", lambda: rare.encode("utf-16-le")
    yield "utf-32.csv", "unreadable-file", lambda: rare.encode("utf-32")
    yield "latin-1.csv", "unreadable-file", lambda: f"{SOUND}é,m³,\n".encode("latin-1")
    mojibake = CHINESE.encode().decode("latin-1")
    yield "mojibake.csv", "no-headings", mojibake.encode
    yield (
        "shift-jis.csv",
        "no-headings",
        lambda: "種類,名前,数量\nせいひん,かな,1\n".encode("cp932"),
    )
    yield "overlong-utf-8.csv", "unreadable-file", lambda: SOUND.encode() + b"\xc0\xaf,\xff\xff"
    yield "half-a-character.csv", "unknown-choice", lambda: SOUND.encode() + b"\xe4\xb8"
    yield "lone-surrogate.csv", "unreadable-file", lambda: SOUND.encode() + b"\xed\xa0\x80\xff"
    yield "nul-bytes.csv", "unreadable-file", lambda: SOUND.encode() + b"material,a\0b,,1,kg\n"
    yield "control-characters.csv", "unreadable-file", lambda: SOUND.encode() + b"a\x07\x1b[31m\n"
    yield "random-bytes.csv", "unreadable-file", lambda: shake_256(b"noise").digest(200_000)
    wide = "\U0001f3ed".encode() * 4_000_000
    yield "sixteen-megabytes-of-emoji.csv", "unreadable-file", lambda: SOUND.encode() + wide


def _quotes() -> Iterator[Case]:
    yield "open-quote.csv", "unreadable-file", f'{SOUND}material,"steel,,1,kg\n'.encode
    bomb = '"' + "x\n" * 7_000_000
    yield "quote-bomb.csv", "unreadable-file", (SOUND + bomb).encode
    pairs = '"' * 15_000_000
    yield "nothing-but-quotes.csv", "unreadable-file", (SOUND + pairs).encode
    yield "misplaced-quote.csv", "unreadable-file", f'{SOUND}"a"b,c\n'.encode
    yield "one-line-of-megabytes.csv", "unreadable-file", lambda: SOUND.encode() + b"x" * 5_000_000
    yield "a-million-commas.csv", "unreadable-file", lambda: SOUND.encode() + b"," * 1_000_000
    many = '"\n",' * 1_000_000
    yield "lines-inside-quotes.csv", "unreadable-file", (SOUND + many).encode
    yield "long-field.csv", "unreadable-file", f"{SOUND}{'y' * 200_000}\n".encode
    broken = f'{SOUND}material,"hot-rolled\ncoil",,250,kg,,,"two\nlines"\n'
    yield "line-break-in-a-cell.csv", READS, broken.encode
    yield "semicolons.csv", READS, lambda: SOUND.replace(",", ";").encode()
    yield "tabs.csv", READS, lambda: SOUND.replace(",", "\t").encode()
    yield "separator-line.csv", READS, f"sep=;\n{SOUND.replace(',', ';')}".encode
    yield "old-line-ends.csv", READS, lambda: SOUND.replace("\n", "\r").encode()
    comma = f"{SOUND.replace(',', ';')}material;hot-rolled coil;;2,5;kg;;;\n"
    yield "decimal-commas.csv", "invalid-cell", comma.encode


_NUMBERS: Mapping[str, tuple[str, str]] = {
    "not-a-number": ("material,hot-rolled coil,,NaN,kg,,,", "invalid-cell"),
    "infinite": ("material,hot-rolled coil,,inf,kg,,,", "invalid-cell"),
    "overflow": ("material,hot-rolled coil,,1e400,kg,,,", "invalid-cell"),
    "huge": ("material,hot-rolled coil,,1e300,kg,,,", "invalid-amount"),
    "five-thousand-digits": (f"material,hot-rolled coil,,{'9' * 5000},kg,,,", "invalid-cell"),
    "minus-zero": ("material,hot-rolled coil,,-0,kg,,,", "invalid-amount"),
    "negative": ("material,hot-rolled coil,,-5,kg,,,", "invalid-amount"),
    "underflow": ("material,hot-rolled coil,,1e-400,kg,,,", "invalid-amount"),
    "hexadecimal": ("material,hot-rolled coil,,0x10,kg,,,", "invalid-cell"),
    "arabic-digits": ("material,hot-rolled coil,,٣٤,kg,,,", "invalid-cell"),
    "superscript": ("material,hot-rolled coil,,10²,kg,,,", "invalid-cell"),
    "underscores": ("material,hot-rolled coil,,1_000,kg,,,", "invalid-cell"),
    "full-width-digits": ("material,hot-rolled coil,,１２．５,ｋｇ,,,", READS),
    "spaces-of-thousands": ("material,hot-rolled coil,,1 000 000,kg,,,", READS),
    "ambiguous-thousands": ('material,hot-rolled coil,,"1,234",kg,,,', "invalid-cell"),
    "percent-as-amount": ("material,hot-rolled coil,,12%,kg,,,", "invalid-cell"),
    "amount-with-unit": ("material,hot-rolled coil,,12kg,kg,,,", "invalid-cell"),
    "amount-as-word": ("material,hot-rolled coil,,三吨,kg,,,", "invalid-cell"),
    "amount-as-formula": ("material,hot-rolled coil,,=1+1,kg,,,", "invalid-cell"),
}
_WORDS: Mapping[str, tuple[str, str]] = {
    "unknown-kind": ("treasure,hot-rolled coil,,1,kg,,,", "unknown-choice"),
    "unknown-unit": ("material,hot-rolled coil,,1,stone,,,", "unknown-unit"),
    "unit-of-another-kind": ("material,hot-rolled coil,,1,kWh,,,", "unit-mismatch"),
    "unknown-factor": ("material,steel,gb51366-hot-roled,1,kg,,,", "unknown-factor"),
    "site-factor": ("material,power,el-co2-cn-sn-2023,1,kWh,,,", "factor-not-for-footprints"),
    "unknown-mode": ("material,hot-rolled coil,,1,kg,teleport,5,", "unknown-activity"),
    "mode-without-distance": ("material,hot-rolled coil,,1,kg,road,,", "missing-value"),
    "distance-without-mode": ("material,hot-rolled coil,,1,kg,,5,", "missing-value"),
    "reference-without-id": ("material,beam,product:,1,kg,,,", "unknown-reference"),
    "formula-injection": ("material,=cmd|' /C calc'!A0,,1,kg,,,@SUM(1+1)", READS),
    "minus-injection": ("material,-2+3+cmd|' /C calc'!A0,,1,kg,,,+1", READS),
    "braces": ("material,{0.__class__}{name},{x},1,{unit},,,%s%n", "unknown-unit"),
    "markup": ("material,<script>alert(1)</script>,,1,kg,,,&amp;", READS),
    "right-to-left": ("material,\u202ehot-rolled coil\u202c,,1,kg,,,", READS),
    "zero-width-space-in-id": ("material,beam,prod\u200buct:P\u200b2,1,kg,,,", READS),
    "combining-marks": (f"material,e{'́' * 150},,1,kg,,,", READS),
    "long-name": (f"material,{'长' * 5000},,1,kg,,,", "invalid-cell"),
    "path-as-name": ("material,../../etc/passwd,,1,kg,,,", READS),
}
_PERIODS: Mapping[str, tuple[str, str, str]] = {
    "year-zero": ("0000-00-00", "2025-12-31", "invalid-cell"),
    "year-9999": ("2025-01-01", "9999-12-31", "invalid-cell"),
    "thirtieth-of-february": ("2025-02-30", "2025-12-31", "invalid-cell"),
    "day-or-month-first": ("01/02/2025", "2025-12-31", "invalid-cell"),
    "date-as-serial": ("45658", "46022", "invalid-cell"),
    "period-backwards": ("2025-12-31", "2025-01-01", "invalid-period"),
    "half-a-period": ("2025-01-01", "", "missing-value"),
}
