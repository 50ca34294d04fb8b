"""What a member's file may refer to: products and certificates, by id, code or name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lca_models.errors import Text
from lca_models.facts.names import fold
from service.domain.submission_reach import NO_DECLARATIONS, Named, Reach
from service.formats.sheets.row_reader import RowReader

_CODE = "unknown-reference"
_MOST_LISTED = 10

Level = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Spellings:
    """Ids by how a file may spell them, the surest spelling first: ids, numbers, then names.

    Args:
        levels: Ids by folded spelling; the first level that knows a spelling decides.
        listed: What a message proposes instead.
    """

    levels: tuple[Level, ...]
    listed: tuple[str, ...]

    def find(self, text: str) -> frozenset[str]:
        """What a spelling may mean: nothing, one id, or several."""
        key = fold(text)
        return next((level[key] for level in self.levels if key in level), frozenset())


@dataclass(frozen=True, slots=True)
class References:
    """What the rows of a member's file may refer to.

    Args:
        supplies: Products that accepted links supply.
        own: Products of the member itself.
        certificates: Green-power certificates that it holds.
    """

    supplies: Spellings
    own: Spellings
    certificates: Spellings


def index_references(reach: Reach) -> References:
    """Spell out what a product's submission may refer to."""
    held = reach.certificates.values()
    return References(
        supplies=_spell(reach.supplies.values()),
        own=_spell(reach.own.values()),
        certificates=Spellings(
            (
                _index((str(each.id), str(each.id)) for each in held),
                _index((each.number, str(each.id)) for each in held),
            ),
            tuple(each.number for each in held),
        ),
    )


def name_supply(row: RowReader, text: str, references: References | None) -> str:
    """The linked product that the source cell names; the text itself where there are no links."""
    if references is None:
        return text
    reason = Text(
        en="No accepted link supplies “{text}” to this product.",
        zh="没有已确认的供需关系向本产品供应“{text}”。",
    )
    cure = Text(
        en="Propose a link and wait until its supplier accepts; linked are: {listed}.",
        zh="请先建立供需关系并等待供应商确认；已有供应：{listed}。",
    )
    return _find(row, "source", text, references.supplies, (reason, cure))


def name_own_product(row: RowReader, key: str, text: str, references: References | None) -> str:
    """The member's own product that a cell names."""
    if references is None:
        return text
    reason = Text(en="You have no product “{text}”.", zh="您没有产品“{text}”。")
    cure = Text(
        en="List it first, or correct its code; you have: {listed}.",
        zh="请先登记该产品，或更正编号；已有产品：{listed}。",
    )
    return _find(row, key, text, references.own, (reason, cure))


def name_certificate(row: RowReader, references: References | None) -> str | None:
    """The member's certificate that the certificate cell names."""
    text = row.text("certificate")
    if text is None or references is None:
        return text
    reason = Text(en="You have registered no certificate “{text}”.", zh="您没有登记绿证“{text}”。")
    cure = Text(
        en="Register it first, or correct its number; you have: {listed}.",
        zh="请先登记该绿证，或更正编号；已登记：{listed}。",
    )
    return _find(row, "certificate", text, references.certificates, (reason, cure))


def refuse_declaration(row: RowReader, references: References | None) -> None:
    """Complain of a declared footprint where members cannot draw on any."""
    if references is not None:
        row.complain("source", _CODE, *NO_DECLARATIONS)


def _find(row: RowReader, key: str, text: str, known: Spellings, unknown: tuple[Text, Text]) -> str:
    found = sorted(known.find(text))
    if len(found) == 1:
        return found[0]
    if found:
        row.complain(
            key,
            _CODE,
            Text(en="“{text}” may mean {count} things.", zh="“{text}”对应{count}个对象。").format(
                text=text, count=len(found)
            ),
            Text(en="Name it by its id: {ids}.", zh="请填写其编号：{ids}。").format(
                ids=", ".join(found[:_MOST_LISTED])
            ),
        )
        return text
    reason, cure = unknown
    listed = ", ".join(known.listed[:_MOST_LISTED]) or "–"
    row.complain(key, _CODE, reason.format(text=text), cure.format(listed=listed))
    return text


def _spell(products: Iterable[Named]) -> Spellings:
    listed = tuple(products)
    return Spellings(
        (
            _index((product.id, product.id) for product in listed),
            _index((product.code, product.id) for product in listed),
            _index((name, product.id) for product in listed for name in product.names),
        ),
        tuple(product.code for product in listed),
    )


def _index(pairs: Iterable[tuple[str, str]]) -> Level:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for spelling, meant in pairs:
        found[fold(spelling)].add(meant)
    return {spelling: frozenset(ids) for spelling, ids in found.items()}
