"""JSON or YAML text as plain data: bounded, without aliases, doubled keys or exotic numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sized
from typing import Any, NoReturn

import yaml

from lca_models.errors import Defect, Place, Text
from service.domain.errors import InvalidDocumentError
from service.formats.chain.validation_texts import NO_SYNTAX, describe_json, describe_yaml
from service.formats.errors import FileTooLargeError

LARGEST_DOCUMENT_BYTES = 20_000_000
MOST_VALUES = 400_000
MOST_FIELDS = 200
MOST_ITEMS = 10_000
MOST_LINES = 20_000
_DEEPEST = 40
_LONGEST_STEP = 100
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_LONG_NUMBER = re.compile(r"[0-9]{1000}")
_DEEP = Text(en=f"nested deeper than {_DEEPEST}", zh=f"嵌套超过{_DEEPEST}层")
_HALF_CHARACTER = Text(en="half a character in an escape", zh="转义序列中的字符不完整")
_LONG = Text(en="a number has too many digits", zh="数字位数过多")
_NO_DAY = Text(en="there is no day {day}", zh="日期{day}不存在")
_TAG = Text(en="it uses a YAML tag", zh="不支持YAML标签")
_LONG_LIST = Text(
    en="The list has {count} entries; at most {most} are read.",
    zh="列表有{count}项，最多可读取{most}项。",
)
_MANY_FIELDS = Text(
    en="There are {count} fields in one place; at most {most} are read.",
    zh="此处有{count}个字段，最多可读取{most}个。",
)
_SPLIT = Text(en="Send the chain in parts.", zh="请拆分后提交。")
_FEWER_FIELDS = Text(en="Leave out what the format does not know.", zh="请删除格式中没有的字段。")
# YAML 1.1 takes 010 for eight, 0x10 for sixteen and 1:30 for ninety.
_AMBIGUOUS = re.compile(r"[-+]?(0[0-9_]+|0[bx][0-9a-fA-F_]+|[0-9][0-9_]*(:[0-9]+)+(\.[0-9_]*)?)")


class _Loader(yaml.CSafeLoader):
    """Safe YAML without doubled keys."""

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002 - PyYAML's signature
    ) -> dict[Any, Any]:
        """Refuse a key that is given twice: the second would silently win."""
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    _refuse(
                        Text(en="The field “{key}” is given twice.", zh="字段“{key}”重复。").format(
                            key=key.value
                        ),
                        Text(en="Keep one of them.", zh="请只保留一个。"),
                        _row(key.start_mark),
                    )
                seen.add(key.value)
        return super().construct_mapping(node, deep=deep)

    def construct_day(self, node: yaml.ScalarNode) -> object:
        """Refuse a day that the calendar does not have, at its row."""
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError:
            _refuse_syntax(_NO_DAY.format(day=node.value[:_LONGEST_STEP]), _row(node.start_mark))

    def construct_number(self, node: yaml.ScalarNode) -> object:
        """Refuse a number that is too long to be one, at its row."""
        try:
            return super().construct_yaml_int(node)
        except ValueError:
            _refuse_syntax(_LONG, _row(node.start_mark))


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_day)
_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_number)


def read_document_text(content: bytes) -> dict[str, object]:
    """Read a JSON or YAML document.

    Raises:
        FileTooLargeError: It has more bytes than we read.
        InvalidDocumentError: It is no UTF-8 text, neither JSON nor YAML, or no mapping.
    """
    if len(content) > LARGEST_DOCUMENT_BYTES:
        raise FileTooLargeError(
            Text(en="The document is larger than {limit} MB.", zh="文档超过{limit} MB。").format(
                limit=LARGEST_DOCUMENT_BYTES // 1_000_000
            ),
            _SPLIT,
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse(
            Text(en="The document is not UTF-8 text.", zh="文档不是UTF-8编码文本。"),
            Text(en="Save it as UTF-8.", zh="请另存为UTF-8编码。"),
            1 + content[: error.start].count(b"\n"),
        )
    read = _parse(text)
    if not isinstance(read, dict):
        _refuse(
            Text(en="The document is empty or no set of fields.", zh="文档为空，或不是字段集合。"),
            Text(
                en="Start from the example (greenchain schema chain).",
                zh="请参照示例编写（greenchain schema chain）。",
            ),
        )
    return read


def refuse_large_document(read: Mapping[str, object]) -> None:
    """Count what a document holds, before anything looks at each value of it.

    Raises:
        InvalidDocumentError: A list, a set of fields or the whole is too large, or too deep.
    """
    left = MOST_VALUES
    pending: list[tuple[tuple[str, ...], Mapping[str, object] | list[object]]] = [((), read)]
    while pending:
        path, item = pending.pop()
        _refuse_large_part(path, item)
        left -= len(item)
        if left < 0:
            _refuse_many_values()
        steps = item.items() if isinstance(item, Mapping) else enumerate(item)
        pending += [
            ((*path, str(step)[:_LONGEST_STEP]), part)
            for step, part in steps
            if isinstance(part, dict | list)
        ]


def _refuse_large_part(path: tuple[str, ...], item: Sized) -> None:
    if len(path) > _DEEPEST:
        _refuse_syntax(_DEEP, None)
    is_list = isinstance(item, list)
    most = (MOST_ITEMS if len(path) == 1 else MOST_LINES) if is_list else MOST_FIELDS
    if len(item) <= most:
        return
    raise InvalidDocumentError(
        Defect(
            InvalidDocumentError.code,
            (_LONG_LIST if is_list else _MANY_FIELDS).format(most=most, count=len(item)),
            _SPLIT if is_list else _FEWER_FIELDS,
            place=Place(line=".".join(path) or None),
        )
    )


def _parse(text: str) -> object:
    try:
        return _parse_json(text) if text.lstrip()[:1] in {"{", "["} else _parse_yaml(text)
    except json.JSONDecodeError as error:
        _refuse_syntax(describe_json(error), error.lineno)
    except yaml.YAMLError as error:
        _refuse_syntax(describe_yaml(error), _row(getattr(error, "problem_mark", None)))
    except UnicodeEncodeError:
        _refuse_syntax(_HALF_CHARACTER, None)
    except RecursionError:
        _refuse_syntax(_DEEP, None)
    except (ValueError, OverflowError):
        found = _LONG_NUMBER.search(text)
        row = None if found is None else 1 + text.count("\n", 0, found.start())
        _refuse_syntax(NO_SYNTAX if found is None else _LONG, row)


def _parse_json(text: str) -> object:
    if _count_marks(text) > 2 * MOST_VALUES:  # an empty part may count twice
        plain = _STRING.sub("", text)
        if _count_marks(plain) > 2 * MOST_VALUES:
            _refuse_many_values()
    read = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_without_doubles)
    if "\\ud" in text.casefold():  # half a character, which nothing can print or store
        json.dumps(read, ensure_ascii=False).encode()
    return read


def _count_marks(text: str) -> int:
    return text.count(",") + text.count("[") + text.count("{")


def _parse_yaml(text: str) -> object:
    depth = scalars = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        scalars += isinstance(event, yaml.ScalarEvent)
        if scalars > 2 * MOST_VALUES:  # names of fields count as well
            _refuse_many_values()
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        row = _row(event.start_mark)
        if depth > _DEEPEST:
            _refuse_syntax(_DEEP, row)
        if getattr(event, "tag", None) is not None:
            _refuse_syntax(_TAG, row)
        if isinstance(event, yaml.ScalarEvent) and event.implicit[0]:
            _refuse_ambiguous(event.value, row)
        if isinstance(event, yaml.AliasEvent):  # a few of them can unfold into gigabytes
            _refuse(
                Text(en="The document uses a YAML alias.", zh="文档使用了YAML别名。"),
                Text(en="Write the part out in full.", zh="请完整写出该部分内容。"),
                row,
            )
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, made stricter


def _refuse_ambiguous(plain: str, row: int | None) -> None:
    if _AMBIGUOUS.fullmatch(plain):
        _refuse(
            Text(
                en="YAML does not read “{plain}” as it is written.", zh="YAML会误读“{plain}”。"
            ).format(plain=plain),
            Text(
                en="Write a number without leading zeros, and text in quotes.",
                zh="数字请勿以0开头，文本请加引号。",
            ),
            row,
        )


def _row(mark: Any) -> int | None:  # noqa: ANN401 - PyYAML's marks have no common type
    return None if mark is None else int(mark.line) + 1


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            _refuse(
                Text(en="The field “{key}” is given twice.", zh="字段“{key}”重复。").format(
                    key=key
                ),
                Text(en="Keep one of them.", zh="请只保留一个。"),
            )
        found[key] = value
    return found


def _refuse_constant(name: str) -> NoReturn:
    _refuse(
        Text(en="{name} is not a number.", zh="{name}不是有效数值。").format(name=name),
        Text(en="Give a finite number or leave the field out.", zh="请填写有限数值或删除该字段。"),
    )


def _refuse_many_values() -> NoReturn:
    _refuse(
        Text(en="The document has more than {most} values.", zh="文档超过{most}个数据项。").format(
            most=MOST_VALUES
        ),
        _SPLIT,
    )


def _refuse_syntax(problem: Text, row: int | None) -> NoReturn:
    _refuse(
        Text(
            en="The document is neither JSON nor YAML: {problem}.",
            zh="文档不是有效的JSON或YAML：{problem}。",
        ).format(problem=problem),
        Text(en="Correct the text there.", zh="请更正该处文本。"),
        row,
    )


def _refuse(reason: Text, cure: Text, row: int | None = None) -> NoReturn:
    raise InvalidDocumentError(
        Defect(InvalidDocumentError.code, reason, cure, place=Place(row=row))
    )
