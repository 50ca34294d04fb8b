"""The process of one product as it is kept: one canonical text, and the hash that names it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from lca_models.errors import Defect, Place, Text
from lca_models.facts.units import Quantity
from service.domain.errors import InvalidDocumentError
from service.domain.submission import Period, Submission
from service.formats.chain.document import PeriodItem, ProcessItem, RunItem
from service.formats.chain.document_text import refuse_large_document
from service.formats.chain.process_writing import write_process
from service.formats.chain.reading import to_submission
from service.formats.chain.validation_texts import MOST_DEFECTS, describe, tell_how_many_more

# Lists of a process that hold lines, in the order in which lines are read.
SECTIONS = (
    "inputs",
    "packaging",
    "fuels",
    "electricity",
    "transport",
    "direct_emissions",
    "waste",
)
# PostgreSQL keeps no such character, and no reader needs one.
_NOUGHT = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
_MINUS_ZERO = "-0.0"
_BARE = (",", ":")
# What is kept states its own period.
_UNSTATED = Period(date.min, date.min)

Process = Mapping[str, Any]


def validate_run(read: Process) -> RunItem:
    """Check the shape of a run.

    Raises:
        InvalidDocumentError: Every field that does not fit, by its path; or too many of them.
    """
    refuse_large_document({"process": read})
    try:
        return RunItem.model_validate(read)
    except ValidationError as error:
        details, count = error.errors(include_url=False, include_input=False), error.error_count()
    defects = [
        _defect(d["loc"], *describe(d["type"], d["msg"], d.get("ctx", {})))
        for d in details[:MOST_DEFECTS]
    ]
    if count > len(defects):
        defects.append(tell_how_many_more(InvalidDocumentError.code, count - len(defects)))
    raise InvalidDocumentError(*defects)


def _defect(path: Sequence[int | str], reason: Text, cure: Text) -> Defect:
    line = ".".join(map(str, path)) or None
    return Defect(InvalidDocumentError.code, reason, cure, Place(line=line))


def run_of(kept: Process) -> dict[str, Any]:
    """A process as it is kept, without whose and when it is."""
    return {name: value for name, value in kept.items() if name in RunItem.model_fields}


def read_kept_process(kept: Process) -> Submission:
    """The activity data of a process as it is kept."""
    item = ProcessItem.model_validate(kept)
    return to_submission(item, _UNSTATED)


@dataclass(frozen=True, slots=True)
class WrittenProcess:
    """A process in both its forms.

    Args:
        activity: As activity data.
        text: As it is kept: defaults left out, every line with the label it goes by.
        hash: SHA-256 of the canonical text, in hexadecimal digits.
        produced: How much of the product the period made, where that is stated beside it.
    """

    activity: Submission
    text: Process
    hash: str
    produced: Quantity | None = None


def write_activity(activity: Submission, produced: Quantity | None = None) -> WrittenProcess:
    """Activity data that was read from a file, as a process."""
    text = write_process(activity)
    return WrittenProcess(activity, text, hash_process(text), produced)


def write_run(
    product_id: str, period: Period, run: RunItem, produced: Quantity | None = None
) -> WrittenProcess:
    """One run of a product and period, as a process.

    Raises:
        InvalidChainError: Every unit or amount that is not usable, with its line.
        InvalidDocumentError: It has too many values, or a character that cannot be kept.
    """
    fields = {name: getattr(run, name) for name in RunItem.model_fields}
    period_item = PeriodItem(start=period.start, end=period.end)
    item = ProcessItem.model_construct(product=product_id, period=period_item, **fields)
    activity = to_submission(item, period)
    text = _label_lines(item, activity)
    refuse_large_document({"process": text})
    return WrittenProcess(activity, text, hash_process(text), produced)


def _label_lines(item: ProcessItem, activity: Submission) -> dict[str, Any]:
    """Without defaults, and with the labels that lines go by; those stand in the same order."""
    kept = item.model_dump(mode="json", exclude_defaults=True)
    labels = iter(activity.lines)
    for section in SECTIONS:
        for line in kept.get(section, ()):
            line["id"] = next(labels).label
    return kept


def write_canonical(process: Process) -> str:
    """A process as the one text that its hash covers: keys sorted, numbers in one spelling.

    Raises:
        InvalidDocumentError: A text in it has a character that cannot be kept.
    """
    text = json.dumps(
        process, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=_BARE
    )
    if "\\u0000" in text and _NOUGHT.search(text):
        raise InvalidDocumentError(
            Defect(
                InvalidDocumentError.code,
                Text(en="A text has a null character.", zh="文本中含有空字符。"),
                Text(en="Remove it.", zh="请删除该字符。"),
            )
        )
    if _MINUS_ZERO in text:
        return json.dumps(_unsign(json.loads(text)), ensure_ascii=False, separators=_BARE)
    return text


def hash_process(process: Process) -> str:
    """SHA-256 of the canonical text, in hexadecimal digits."""
    return hashlib.sha256(write_canonical(process).encode()).hexdigest()


def _unsign(part: Any) -> Any:  # noqa: ANN401 - any part of a JSON document
    """The same document without zeros below zero, which databases do not keep."""
    if isinstance(part, dict):
        return {key: _unsign(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_unsign(value) for value in part]
    return 0.0 if part == 0 and isinstance(part, float) else part
