"""What pydantic complains of, in both languages of the house."""

from __future__ import annotations

from collections.abc import Mapping

from lca_models.errors import Text

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
_DATE = Text(en="This is not a date such as 2025-12-31.", zh="不是有效日期，格式如2025-12-31。")


def describe(kind: str, message: str, context: Mapping[str, object]) -> tuple[Text, Text]:
    """Reason and cure of one complaint; our own validators speak both languages already.

    Args:
        kind: Pydantic's type of the error.
        message: Pydantic's words.
        context: Limits and expectations that the words are filled with.
    """
    if kind == "value_error":
        en, _, zh = str(context.get("error", message)).partition(" | ")
        return Text(en=f"{_sentence(en)}.", zh=f"{zh or en}。"), _CURE
    if kind.startswith("date"):
        return _DATE, _CURE
    found = _TEXTS.get(kind)
    if found is None:
        return Text(en=f"{_sentence(message)}.", zh=f"不符合要求：{message}。"), _CURE
    return found.format(**context), _CURE


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")
