"""The values of a chain document: numbers within their bounds, and text that stands for fields."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic.config import JsonDict

_SAID = {"title", "description"}


def _refuse_truth(given: object) -> object:
    if given is True or given is False:  # YAML's yes and no, which Python counts as 1 and 0
        message = "this is not a number | 不是有效数值"
        raise ValueError(message)
    return given


# Beyond a thousand million million a number is a slip of the keyboard.
Number = Annotated[float, BeforeValidator(_refuse_truth), Field(ge=-1e15, le=1e15)]
Share = Annotated[Number, Field(ge=0, le=1)]
NotNegative = Annotated[Number, Field(ge=0)]
Positive = Annotated[Number, Field(gt=0)]
Key = Annotated[str, Field(min_length=1, max_length=200)]
Score = Annotated[int, Field(ge=1, le=5)]
Rating = Annotated[Number, Field(ge=1, le=5)]


def allow_text(schema: JsonDict) -> None:
    """Say in the JSON Schema that plain text stands for the fields as well."""
    fields: JsonDict = {name: schema.pop(name) for name in list(schema) if name not in _SAID}
    schema["anyOf"] = [{"type": "string"}, fields]
