"""Text that is no plain JSON or YAML is refused in words, whatever hides in it."""

from datetime import date

import pytest

from service.domain.errors import InvalidDocumentError
from service.formats.chain.document_text import LARGEST_DOCUMENT_BYTES, read_document_text

BOMB = b"""
a: &a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
"""
NO_SYNTAX = "The document is neither JSON nor YAML: "
NO_SYNTAX_ZH = "文档不是有效的JSON或YAML："
NO_FIELDS = "The document is empty or no set of fields. Start from the example"
NO_FIELDS_ZH = "文档为空，或不是字段集合。请参照示例编写"

REFUSED: dict[str, tuple[bytes, str, str]] = {
    "a doubled field in YAML": (
        b"id: a\nname: b\nid: c\n",
        "row 3: The field “id” is given twice. Keep one of them.",
        "第3行：字段“id”重复。请只保留一个。",
    ),
    "a doubled field in JSON": (
        b'{"id": "a", "id": "b"}',
        "The field “id” is given twice. Keep one of them.",
        "字段“id”重复。请只保留一个。",
    ),
    "a doubled field deep inside": (
        b'{"a": [{"b": {"unit": "kg", "unit": "t"}}]}',
        "The field “unit” is given twice.",
        "字段“unit”重复。",
    ),
    "an alias": (
        b"a: &x 1\nb: *x\n",
        "row 2: The document uses a YAML alias. Write the part out in full.",
        "第2行：文档使用了YAML别名。请完整写出该部分内容。",
    ),
    "a bomb of aliases": (BOMB, "row 3: The document uses a YAML alias.", "第3行：文档使用了"),
    "a merged part": (
        b"a: &x {b: 1}\nc:\n  <<: *x\n",
        "row 3: The document uses a YAML alias.",
        "第3行：文档使用了YAML别名。",
    ),
    "no number in JSON": (b'{"a": NaN}', "NaN is not a number. Give a finite", "NaN不是有效数值。"),
    "an endless number in JSON": (b'{"a": -Infinity}', "-Infinity is not a number.", "不是有效"),
    "deep YAML": (
        b"a: " + b"[" * 50 + b"]" * 50,
        f"row 1: {NO_SYNTAX}nested deeper than 40. Correct the text there.",
        f"第1行：{NO_SYNTAX_ZH}nested deeper than 40。请更正该处文本。",
    ),
    "very deep YAML": (b"a: " + b"[" * 100_000, f"{NO_SYNTAX}nested deeper", NO_SYNTAX_ZH),
    "very deep JSON": (b'{"a":' * 100_000, NO_SYNTAX, NO_SYNTAX_ZH),
    "half a character": (rb'{"a": "\ud800"}', NO_SYNTAX, NO_SYNTAX_ZH),
    "half a character in YAML": (rb'a: "\ud800"', NO_SYNTAX, NO_SYNTAX_ZH),
    "an endless integer": (b'{"a": ' + b"9" * 5000 + b"}", NO_SYNTAX, NO_SYNTAX_ZH),
    "a broken end": (b'{"a": 1', f"row 1: {NO_SYNTAX}Expecting", f"第1行：{NO_SYNTAX_ZH}"),
    "broken YAML": (b"a: 1\nb: [1, 2\n", NO_SYNTAX, NO_SYNTAX_ZH),
    "two documents": (b"a: 1\n---\nb: 2\n", NO_SYNTAX, NO_SYNTAX_ZH),
    "an object of Python": (b"a: !!python/object/apply:os.system [ls]", NO_SYNTAX, NO_SYNTAX_ZH),
    "a day that never was": (b"a: 2025-02-30", NO_SYNTAX, NO_SYNTAX_ZH),
    "a control character": (b"a: \x00", NO_SYNTAX, NO_SYNTAX_ZH),
    "an octal number": (
        b"a: 1\nb: {amount: 010, unit: kg}",
        (
            "row 2: YAML does not read “010” as it is written. "
            "Write a number without leading zeros, and text in quotes."
        ),
        "第2行：YAML会误读“010”。数字请勿以0开头，文本请加引号。",
    ),
    "a number to the base of sixteen": (b"a: 0x10", "YAML does not read “0x10”", "误读“0x10”"),
    "minutes and seconds": (b"a: 1:30", "YAML does not read “1:30”", "YAML会误读“1:30”"),
    "degrees": (b"a: -1:30:12.5", "YAML does not read “-1:30:12.5”", "误读“-1:30:12.5”"),
    "nothing": (b"", NO_FIELDS, NO_FIELDS_ZH),
    "blanks": (b" \n\n", NO_FIELDS, NO_FIELDS_ZH),
    "a list": (b"[1, 2]", NO_FIELDS, NO_FIELDS_ZH),
    "a word": (b"carbon", NO_FIELDS, NO_FIELDS_ZH),
    "another encoding": (
        "名称: 车桥\n".encode("gb18030"),
        "row 1: The document is not UTF-8 text. Save it as UTF-8.",
        "第1行：文档不是UTF-8编码文本。请另存为UTF-8编码。",
    ),
    "a vast document": (
        b" " * (LARGEST_DOCUMENT_BYTES + 1),
        "The document is larger than 20 MB. Send the chain in parts.",
        "文档超过20 MB。请拆分后提交。",
    ),
}


@pytest.mark.parametrize(("content", "en", "zh"), REFUSED.values(), ids=REFUSED)
def test_text_that_is_no_document_is_refused(content: bytes, en: str, zh: str) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        read_document_text(content)
    told = caught.value.to_text()
    assert en in told.en
    assert zh in told.zh
    told.en.encode()
    told.zh.encode()


def test_numbers_and_days_are_read_as_they_are_written() -> None:
    text = "a: 0\nb: 0.5\nc: 1_000\nd: 1e3\ne: '010'\nf: 10:00\ng: 2025-01-01\nh: -7\ni: 00.5"
    plain = text.replace("f: 10:00", "f: '10:00'")
    read = read_document_text(plain.encode())
    assert list(read.values()) == [0, 0.5, 1000, "1e3", "010", "10:00", date(2025, 1, 1), -7, 0.5]


def test_whole_characters_beyond_the_first_plane_are_read() -> None:
    assert read_document_text(rb'{"a": "\ud83d\ude9a"}') == {"a": "🚚"}
    assert read_document_text("a: 🚚".encode()) == {"a": "🚚"}
