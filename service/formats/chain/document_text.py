"""JSON or YAML text as plain data: bounded, without aliases, doubled keys or exotic numbers."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

import yaml

from lca_models.errors import Defect, Place, Text
from service.domain.errors import InvalidDocumentError

LARGEST_DOCUMENT_BYTES = 20_000_000
_DEEPEST = 40
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


def read_document_text(content: bytes) -> dict[str, object]:
    """Read a JSON or YAML document.

    Raises:
        InvalidDocumentError: It is too large, no UTF-8 text, neither JSON nor YAML, or no mapping.
    """
    if len(content) > LARGEST_DOCUMENT_BYTES:
        _refuse(
            Text(en="The document is larger than {limit} MB.", zh="文档超过{limit} MB。").format(
                limit=LARGEST_DOCUMENT_BYTES // 1_000_000
            ),
            Text(en="Send the chain in parts.", zh="请拆分后提交。"),
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


def _parse(text: str) -> object:
    try:
        if text.lstrip()[:1] in {"{", "["}:
            read = json.loads(
                text, parse_constant=_refuse_constant, object_pairs_hook=_without_doubles
            )
            if "\\ud" in text.casefold():  # half a character, which nothing can print or store
                json.dumps(read, ensure_ascii=False).encode()
            return read
        return _parse_yaml(text)
    except json.JSONDecodeError as error:
        _refuse_syntax(error.msg, error.lineno)
    except yaml.YAMLError as error:
        row = _row(getattr(error, "problem_mark", None))
        _refuse_syntax(str(getattr(error, "problem", error)), row)
    except (ValueError, RecursionError, OverflowError) as error:
        _refuse_syntax(str(error), None)


def _parse_yaml(text: str) -> object:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        row = _row(event.start_mark)
        if depth > _DEEPEST:
            _refuse_syntax(f"nested deeper than {_DEEPEST}", row)
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


def _refuse_syntax(problem: str, row: int | None) -> NoReturn:
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
