"""Text that is no plain JSON or YAML is refused in words, whatever hides in it."""

import json
import tracemalloc
from datetime import date
from typing import Any

import pytest

from service.domain.errors import InvalidDocumentError
from service.formats.chain.document_text import LARGEST_DOCUMENT_BYTES, read_document_text
from service.formats.chain.reading import read_chain, validate_document
from service.formats.errors import FileTooLargeError

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
        f"第1行：{NO_SYNTAX_ZH}嵌套超过40层。请更正该处文本。",
    ),
    "very deep YAML": (b"a: " + b"[" * 100_000, f"{NO_SYNTAX}nested deeper", NO_SYNTAX_ZH),
    "very deep JSON": (b'{"a":' * 100_000, f"{NO_SYNTAX}nested", f"{NO_SYNTAX_ZH}嵌套"),
    "half a character": (rb'{"a": "\ud800"}', f"{NO_SYNTAX}half a", f"{NO_SYNTAX_ZH}转义序列"),
    "half a character in YAML": (
        rb'a: "\ud800"',
        f"row 1: {NO_SYNTAX}half a character",
        f"第1行：{NO_SYNTAX_ZH}转义序列中的字符不完整",
    ),
    "an endless integer": (
        b'{"b": 1,\n"a": ' + b"9" * 5000 + b"}",
        f"row 2: {NO_SYNTAX}a number has too many digits.",
        f"第2行：{NO_SYNTAX_ZH}数字位数过多。",
    ),
    "an endless integer in YAML": (
        b"b: 1\na: " + b"9" * 5000,
        f"row 2: {NO_SYNTAX}a number has too many digits.",
        f"第2行：{NO_SYNTAX_ZH}数字位数过多。",
    ),
    "a broken end": (
        b'{"a": 1',
        f"row 1: {NO_SYNTAX}the text ends too early.",
        f"第1行：{NO_SYNTAX_ZH}文本不完整。",
    ),
    "a name without quotes": (
        b'{"a": 1,\nb: 2}',
        f"row 2: {NO_SYNTAX}the name of a field in double quotes is expected.",
        f"第2行：{NO_SYNTAX_ZH}此处应为双引号内的字段名。",
    ),
    "no comma": (b'{"a": 1 "b": 2}', f"{NO_SYNTAX}a comma or", f"{NO_SYNTAX_ZH}缺少逗号"),
    "more after the end": (b'{"a": 1} x', f"{NO_SYNTAX}something", f"{NO_SYNTAX_ZH}文档结束后"),
    "a useless backslash": (rb'{"a": "\x"}', f"{NO_SYNTAX}a backslash", f"{NO_SYNTAX_ZH}反斜杠"),
    "a tab in YAML": (b"a:\n\t- 1", f"{NO_SYNTAX}a tab", f"{NO_SYNTAX_ZH}引号外含制表符"),
    "two colons": (b"a: b: c", f"{NO_SYNTAX}a colon or an", f"{NO_SYNTAX_ZH}冒号或缩进"),
    "broken YAML": (b"a: 1\nb: [1, 2\n", f"{NO_SYNTAX}a bracket", f"{NO_SYNTAX_ZH}括号"),
    "two documents": (b"a: 1\n---\nb: 2\n", f"{NO_SYNTAX}more than", f"{NO_SYNTAX_ZH}含多个"),
    "an object of Python": (
        b"a: !!python/object/apply:os.system [ls]",
        f"row 1: {NO_SYNTAX}it uses a YAML tag.",
        f"第1行：{NO_SYNTAX_ZH}不支持YAML标签。",
    ),
    "a truth that is none": (b"a: !!bool x", f"{NO_SYNTAX}it uses a YAML tag", "不支持YAML标签"),
    "a day that never was": (
        b"b: 1\na: 2025-02-30",
        f"row 2: {NO_SYNTAX}there is no day 2025-02-30.",
        f"第2行：{NO_SYNTAX_ZH}日期2025-02-30不存在。",
    ),
    "a control character": (b"a: \x00", f"{NO_SYNTAX}a control", f"{NO_SYNTAX_ZH}含控制字符"),
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


def test_a_document_of_too_many_bytes_is_told_apart_from_a_wrong_one() -> None:
    with pytest.raises(FileTooLargeError, match="larger than 20 MB") as it:
        read_document_text(b" " * (LARGEST_DOCUMENT_BYTES + 1))
    assert "文档超过20 MB。请拆分后提交。" in it.value.to_text().zh


VAST: dict[str, tuple[Any, str, str]] = {
    "products": (
        {"products": [{}] * 10_001},
        "line products: The list has 10001 entries; at most 10000 are read. Send the chain in",
        "明细“products”：列表有10001项，最多可读取10000项。请拆分后提交。",
    ),
    "inputs": (
        {"processes": [{"inputs": [[]] * 20_001}]},
        "line processes.0.inputs: The list has 20001 entries; at most 20000 are read.",
        "明细“processes.0.inputs”：列表有20001项",
    ),
    "unknown fields": (
        {str(number): 1 for number in range(201)},
        "There are 201 fields in one place; at most 200 are read. Leave out what",
        "此处有201个字段，最多可读取200个。",
    ),
    "gases": (
        {"declarations": [{"gases": {str(number): 1 for number in range(201)}}]},
        "line declarations.0.gases: There are 201 fields",
        "明细“declarations.0.gases”：此处有201个字段",
    ),
    "values": (
        {"processes": [{"inputs": [[]] * 15_000}] * 30},
        "The document has more than 400000 values. Send the chain in parts.",
        "文档超过400000个数据项。请拆分后提交。",
    ),
}


@pytest.mark.parametrize(("read", "en", "zh"), VAST.values(), ids=VAST)
def test_a_document_that_holds_too_much_is_refused_in_one_sentence(
    read: dict[str, object], en: str, zh: str
) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        validate_document(read)
    assert len(caught.value.defects) == 1
    assert en in caught.value.to_text().en
    assert zh in caught.value.to_text().zh


@pytest.mark.parametrize("part", ["{}", "[]", '"a"', "1"])
def test_half_a_million_wrong_values_take_little_memory(part: str) -> None:
    body = f'{{"products":[{",".join([part] * 500_000)}]}}'.encode()
    tracemalloc.start()
    with pytest.raises(InvalidDocumentError) as caught:
        read_chain(body)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60_000_000
    assert len(caught.value.defects) == 1


def test_of_many_defects_the_first_thousand_are_told() -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        validate_document({"products": [{}] * 1_000})
    assert len(caught.value.defects) == 1_001
    last = caught.value.defects[-1].to_text()
    assert last.en.startswith("There are 3005 more like these.")
    assert last.zh.startswith("另有3005处错误未列出。")


def test_commas_within_text_count_as_no_values() -> None:
    text = json.dumps({"remark": "," * 900_000 + '\\"['})
    assert len(read_document_text(text.encode())) == 1


def test_long_words_are_cut_where_they_place_a_defect() -> None:
    fields = {str(number): 1 for number in range(150)}
    with pytest.raises(InvalidDocumentError) as caught:
        validate_document({"products": [{"id": "x" * 100_000, **fields}]})
    assert len(str(caught.value)) < 100_000
