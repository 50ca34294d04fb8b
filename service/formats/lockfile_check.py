"""Holds a lockfile against what is made again from it: texts first, then every field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from lca_models.errors import Defect, Place, Text
from service.domain.chain import Chain
from service.domain.lockfile import (
    LockfileDiffersError,
    LockfileIncompleteError,
    seal,
)
from service.formats.chain.document import ChainDocument
from service.formats.chain.reading import to_chain
from service.formats.lockfile import LockedSubmissionPart, LockfileDocument, to_digits
from service.formats.result_document import FootprintPart


def to_chain_again(document: LockfileDocument, given: Sequence[LockfileDocument]) -> Chain:
    """The chain of a lockfile, with texts that other lockfiles bring.

    Raises:
        LockfileDiffersError: A text does not have its seal.
        LockfileIncompleteError: Texts are withheld; each is listed.
    """
    texts = {part.seal: part for one in (document, *given) for part in _checked(one)}
    missing = [part for part in document.submissions if part.seal not in texts]
    if missing:
        raise LockfileIncompleteError(*map(_withheld, missing))
    return _chain(document, [texts[part.seal].text or {} for part in document.submissions])


def refuse_other_result(
    document: LockfileDocument, found: FootprintPart, given: Sequence[LockfileDocument]
) -> None:
    """Make sure that what was made again is what the lockfile says.

    Raises:
        LockfileDiffersError: It is not; the first field that differs is named.
    """
    again = to_digits(found.model_dump(mode="json"))
    if document.result is not None:
        for field, stands, came in _differences(to_digits(document.result), again, ""):
            raise _differs(field, stands, came)
    wanted = {part.seal for part in document.submissions}
    parts = [part for one in (document, *given) for part in one.submissions]
    salts = {part.seal: part.salt or "" for part in parts if part.text is not None}
    found_seal = seal(again, [salt for key, salt in salts.items() if key in wanted])
    if found_seal != document.result_seal:
        raise _differs("result_seal", document.result_seal, found_seal)


def refuse_other_library(document: LockfileDocument, version: str) -> None:
    """Make sure that the factors are those of the lockfile.

    Raises:
        LockfileDiffersError: The background library is another.
    """
    if document.method.library_version != version:
        raise _differs("method.library_version", document.method.library_version, version)


def _checked(document: LockfileDocument) -> Iterator[LockedSubmissionPart]:
    """The submissions with a text, each held against its seal."""
    for part in document.submissions:
        if part.text is None:
            continue
        found = seal(part.text, [part.salt or ""])
        if found != part.seal:
            raise _differs(f"submissions[{part.submission}].text", part.seal, found)
        yield part


def _withheld(part: LockedSubmissionPart) -> Defect:
    whose = part.organisation or "…"
    return Defect(
        LockfileIncompleteError.code,
        Text(
            en="The submission {seal} is withheld: it is of {whose}.",
            zh="提交数据{seal}未公开，属于{whose}。",
        ).format(seal=part.seal[:_SHOWN], whose=_WHOSE if part.organisation is None else whose),
        Text(
            en="Ask that firm for the lockfile of its own footprint, and give it with --with.",
            zh="请向该企业索取其产品的锁定文件，并用--with提供。",
        ),
        place=Place(organisation=part.organisation, product=part.product),
    )


_SHOWN = 12
_WHOSE = Text(en="a firm further upstream, whom your suppliers know", zh="更上游企业（供应商知悉）")


def _chain(document: LockfileDocument, texts: Sequence[Mapping[str, Any]]) -> Chain:
    """Everything in the order of its ids, as the service laid it out."""
    gathered: dict[str, dict[str, Any]] = {"organisations": {}, "products": {}, "certificates": {}}
    for text in texts:
        for section, items in gathered.items():
            items |= {item["id"]: item for item in text[section]}
    products = [gathered["products"][key] for key in sorted(gathered["products"])]
    return to_chain(
        ChainDocument.model_validate(
            {
                "format": "greenchain.chain/1",
                "id": "network",
                "name": "network",
                "lead": products[0]["organisation"],
                "period": document.period.model_dump(),
                "organisations": _in_order(gathered["organisations"]),
                "products": products,
                "processes": sorted(
                    (text["process"] for text in texts), key=lambda process: process["product"]
                ),
                "certificates": _in_order(gathered["certificates"]),
            }
        )
    )


def _in_order(items: Mapping[str, Any]) -> list[Any]:
    return [items[key] for key in sorted(items)]


def _differences(stands: Any, came: Any, field: str) -> Iterator[tuple[str, Any, Any]]:  # noqa: ANN401 - any JSON
    """Fields that differ, in the order of the document."""
    if isinstance(stands, dict) and isinstance(came, dict):
        for key in dict.fromkeys((*stands, *came)):
            name = f"{field}.{key}" if field else key
            yield from _differences(stands.get(key), came.get(key), name)
    elif isinstance(stands, list) and isinstance(came, list):
        for number, (one, other) in enumerate(zip_longest(stands, came)):
            yield from _differences(one, other, f"{field}[{number}]")
    elif stands != came:
        yield field, stands, came


def _differs(field: str, stands: object, came: object) -> LockfileDiffersError:
    return LockfileDiffersError(
        Text(
            en="{field} is {stands} in the lockfile, and {came} when made again.",
            zh="锁定文件中{field}为{stands}，重新计算得到{came}。",
        ).format(field=field, stands=stands, came=came),
        Text(
            en="Check that the file is as the service gave it, and that greenchain is of the "
            "release that it names.",
            zh="请确认文件未被改动，且greenchain版本与文件所列一致。",
        ),
        value=field,
    )
