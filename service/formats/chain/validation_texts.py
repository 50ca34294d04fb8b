"""What pydantic complains of, in both languages of the house."""

from __future__ import annotations

import json
from collections.abc import Mapping

import yaml

from lca_models.errors import Defect, Text

MOST_DEFECTS = 1_000

_CURE = Text(
    en="See the format's description (greenchain schema chain).",
    zh="请参阅格式说明（greenchain schema chain）。",
)
_TEXTS = {
    "missing": Text(en="The field is missing.", zh="缺少该字段。"),
    "extra_forbidden": Text(en="The format has no such field.", zh="格式中没有该字段。"),
    "float_parsing": Text(en="This is not a number.", zh="不是有效数值。"),
    "float_type": Text(en="This is not a number.", zh="不是有效数值。"),
    "int_parsing": Text(en="This is not a whole number.", zh="不是整数。"),
    "int_type": Text(en="This is not a whole number.", zh="不是整数。"),
    "int_from_float": Text(en="This is not a whole number.", zh="不是整数。"),
    "bool_parsing": Text(en="Allowed are: true, false.", zh="可选值：true、false。"),
    "finite_number": Text(en="The number is not finite.", zh="数值不是有限数。"),
    "string_type": Text(en="This is not text; numbers need quotes.", zh="不是文本，数字请加引号。"),
    "string_too_short": Text(en="The text is empty.", zh="文本为空。"),
    "string_too_long": Text(
        en="The text has more than {max_length} characters.", zh="文本超过{max_length}个字符。"
    ),
    "list_type": Text(en="A list is expected.", zh="此处应为列表。"),
    "dict_type": Text(en="Fields are expected.", zh="此处应为字段集合。"),
    "model_type": Text(en="Fields are expected.", zh="此处应为字段集合。"),
    "model_attributes_type": Text(en="Fields are expected.", zh="此处应为字段集合。"),
    "too_short": Text(
        en="At least {min_length} entries are expected.", zh="至少需要{min_length}项。"
    ),
    "too_long": Text(en="At most {max_length} entries are allowed.", zh="最多{max_length}项。"),
    "enum": Text(en="Allowed are: {expected}.", zh="可选值：{expected}。"),
    "literal_error": Text(en="Allowed are: {expected}.", zh="可选值：{expected}。"),
    "greater_than": Text(en="The number must be above {gt}.", zh="数值必须大于{gt}。"),
    "greater_than_equal": Text(en="The number must be at least {ge}.", zh="数值不得小于{ge}。"),
    "less_than": Text(en="The number must be below {lt}.", zh="数值必须小于{lt}。"),
    "less_than_equal": Text(en="The number must be at most {le}.", zh="数值不得大于{le}。"),
}
_TEXTS |= {
    "bool_type": _TEXTS["bool_parsing"],
    "int_parsing_size": Text(en="The number is too large.", zh="数值过大。"),
    "invalid_key": Text(en="The name of a field must be text.", zh="字段名须为文本。"),
    "string_unicode": Text(en="The text has half a character.", zh="文本含不完整的字符。"),
}
_OTHER = Text(en="The value does not fit the format.", zh="该值不符合格式要求。")
_NO_FILE = Text(en="A file is expected.", zh="此处应为文件。")
NO_SYNTAX = Text(en="the text breaks its rules", zh="文本不符合语法")
_JSON_CAUSES = {
    "Expecting property name": Text(
        en="the name of a field in double quotes is expected", zh="此处应为双引号内的字段名"
    ),
    "Expecting ',' delimiter": Text(
        en="a comma or a closing bracket is missing", zh="缺少逗号或右括号"
    ),
    "Expecting ':' delimiter": Text(en="a colon is missing", zh="缺少冒号"),
    "Expecting value": Text(en="a value is missing", zh="缺少值"),
    "Illegal trailing comma": Text(en="a comma too many", zh="多余的逗号"),
    "Unterminated string": Text(en="a closing quote is missing", zh="缺少右引号"),
    "Invalid control character": Text(
        en="a line break or control character within quotes", zh="引号内含换行符或控制字符"
    ),
    "Invalid \\": Text(en="a backslash that escapes nothing", zh="反斜杠转义无效"),
    "Extra data": Text(en="something follows the end of the document", zh="文档结束后仍有内容"),
}
_YAML_CAUSES = {
    "found character that cannot start": Text(
        en="a tab or special character outside quotes", zh="引号外含制表符或特殊字符"
    ),
    "mapping values are not allowed": Text(
        en="a colon or an indent in the wrong place", zh="冒号或缩进位置有误"
    ),
    "could not find expected ':'": Text(en="a colon is missing", zh="缺少冒号"),
    "but found another document": Text(en="more than one document", zh="含多个文档"),
    "found unexpected end of stream": Text(en="a closing quote is missing", zh="缺少右引号"),
    "found invalid Unicode character escape": Text(
        en="half a character in an escape", zh="转义序列中的字符不完整"
    ),
    "control characters are not allowed": Text(en="a control character", zh="含控制字符"),
    "did not find expected": Text(
        en="a bracket, comma or indent does not fit", zh="括号、逗号或缩进不匹配"
    ),
}
_DATE = Text(en="This is not a date such as 2025-12-31.", zh="不是有效日期，格式如2025-12-31。")


def describe(kind: str, message: str, context: Mapping[str, object]) -> tuple[Text, Text]:
    """Reason and cure of one complaint; our own validators speak both languages already.

    Args:
        kind: Pydantic's type of the error.
        message: Pydantic's words.
        context: Limits and expectations that the words are filled with.
    """
    if kind == "value_error":
        told = str(context.get("error", message))
        en, _, zh = told.partition(" | ")
        if not zh:
            return _NO_FILE if "UploadFile" in told else _OTHER, _CURE
        return Text(en=f"{_sentence(en)}.", zh=f"{zh}。"), _CURE
    if kind.startswith("date"):
        return _DATE, _CURE
    return _TEXTS.get(kind, _OTHER).format(**context), _CURE


def describe_json(error: json.JSONDecodeError) -> Text:
    """Why a text is no JSON."""
    if not error.doc[error.pos :].strip():
        return Text(en="the text ends too early", zh="文本不完整")
    return _find_cause(_JSON_CAUSES, error.msg)


def describe_yaml(error: yaml.YAMLError) -> Text:
    """Why a text is no YAML."""
    return _find_cause(_YAML_CAUSES, str(error))


def tell_how_many_more(code: str, more: int) -> Defect:
    """The last of a long list of complaints."""
    return Defect(
        code,
        Text(en="There are {more} more like these.", zh="另有{more}处错误未列出。").format(
            more=more
        ),
        Text(en="Correct the first ones and check again.", zh="请先更正已列出的错误，再重新检查。"),
    )


def _find_cause(causes: Mapping[str, Text], told: str) -> Text:
    return next((text for start, text in causes.items() if start in told), NO_SYNTAX)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")
