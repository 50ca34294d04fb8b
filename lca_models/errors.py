"""What can be wrong with what we are given, said in both languages of the house."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Self


class Language(StrEnum):
    """A language in which the house speaks to people."""

    EN = "en"
    ZH = "zh"


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in English and in Chinese."""

    en: str
    zh: str

    def to(self, language: Language) -> str:
        """The sentence in one language."""
        return self.zh if language is Language.ZH else self.en

    def format(self, **fields: object) -> Text:
        """Fill the braces of both sentences; a field that is a `Text` is filled per language."""
        en = {name: f.en if isinstance(f, Text) else f for name, f in fields.items()}
        zh = {name: f.zh if isinstance(f, Text) else f for name, f in fields.items()}
        return Text(en=self.en.format(**en), zh=self.zh.format(**zh))


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is wrong: in a chain (firm, product, line) or in a file (sheet, row, column).

    Args:
        organisation: Name or id of the firm.
        product: Id of the firm's product.
        line: Label of the line in the product's activity data.
        sheet: Name of the sheet or file.
        row: Row as a spreadsheet counts it, from 1.
        column: Heading of the column as the user wrote it.
    """

    organisation: str | None = None
    product: str | None = None
    line: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def within(self, outer: Place) -> Place:
        """This place, with what it leaves open taken from the place around it."""
        return Place(
            organisation=self.organisation or outer.organisation,
            product=self.product or outer.product,
            line=self.line or outer.line,
            sheet=self.sheet or outer.sheet,
            row=self.row or outer.row,
            column=self.column or outer.column,
        )

    def to_text(self) -> Text:
        """The place as words, empty where nothing is known."""
        parts = [
            (Text(en="firm {v}", zh="企业“{v}”"), self.organisation),
            (Text(en="product {v}", zh="产品“{v}”"), self.product),
            (Text(en="line {v}", zh="明细“{v}”"), self.line),
            (Text(en="sheet {v}", zh="工作表“{v}”"), self.sheet),
            (Text(en="row {v}", zh="第{v}行"), self.row),
            (Text(en="column {v}", zh="列“{v}”"), self.column),
        ]
        said = [text.format(v=value) for text, value in parts if value is not None]
        return Text(en=", ".join(t.en for t in said), zh="，".join(t.zh for t in said))


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that is wrong, where it is, and what would mend it."""

    code: str
    reason: Text
    cure: Text
    place: Place = Place()
    value: str | None = None

    def to_text(self) -> Text:
        """Place, reason and cure as one sentence."""
        place = self.place.to_text()
        return Text(
            en=f"{place.en}: {self.reason.en} {self.cure.en}".removeprefix(": "),
            zh=f"{place.zh}：{self.reason.zh}{self.cure.zh}".removeprefix("："),
        )


class GreenchainError(Exception):
    """Something we were given breaks a rule of the house.

    Every subclass names one rule by a stable `code` and a `title`; its defects say where the rule
    was broken and what would mend it.
    """

    code: ClassVar[str]
    title: ClassVar[Text]

    def __init__(self, *defects: Defect) -> None:
        """Keep the defects; the message is all of them in English."""
        self.defects = defects
        super().__init__(*defects)

    def __str__(self) -> str:
        """All defects in English, one a line."""
        return self.to_text().en

    def to_text(self) -> Text:
        """All defects, one a line."""
        texts = [defect.to_text() for defect in self.defects]
        return Text(en="\n".join(t.en for t in texts), zh="\n".join(t.zh for t in texts))

    def at(self, place: Place) -> Self:
        """The same error, told with the place around it."""
        moved = (replace(d, place=d.place.within(place)) for d in self.defects)
        error = self.__class__.__new__(self.__class__)
        GreenchainError.__init__(error, *moved)
        return error


class RuleBrokenError(GreenchainError):
    """An error of one rule and one defect: what most of our errors are."""

    def __init__(self, reason: Text, cure: Text, *, value: object = None) -> None:
        """Say what is wrong and what would mend it; `at` adds where."""
        shown = None if value is None else str(value)
        super().__init__(Defect(self.code, reason, cure, value=shown))


class UnknownUnitError(RuleBrokenError):
    """A unit is not in the closed list."""

    code = "unknown-unit"
    title = Text(en="Unknown unit", zh="未知计量单位")


class UnitMismatchError(RuleBrokenError):
    """An amount is given in a unit of another kind than the one expected."""

    code = "unit-mismatch"
    title = Text(en="Unit does not fit", zh="计量单位不符")


class InvalidAmountError(RuleBrokenError):
    """An amount is not a finite number, or not of the sign that its meaning asks for."""

    code = "invalid-amount"
    title = Text(en="Amount is not usable", zh="数量无效")


class UnknownFactorError(RuleBrokenError):
    """No emission factor has the id that was asked for."""

    code = "unknown-factor"
    title = Text(en="Unknown emission factor", zh="未知排放因子")


class FactorNotForFootprintsError(RuleBrokenError):
    """A factor for site accounts, or for comparison only, was asked for in a footprint."""

    code = "factor-not-for-footprints"
    title = Text(en="Factor cannot be used in a footprint", zh="该因子不能用于产品碳足迹")


class UnknownActivityError(RuleBrokenError):
    """A fuel, transport mode, treatment or kind of electricity is not in the list."""

    code = "unknown-activity"
    title = Text(en="Unknown activity", zh="未知活动类型")


class UnknownGasError(RuleBrokenError):
    """A gas has no characterisation factor in the chosen set. Nothing is treated as zero."""

    code = "unknown-gas"
    title = Text(en="Gas without characterisation factor", zh="温室气体缺少特征化因子")


class UnknownCharacterisationError(RuleBrokenError):
    """The named set of global warming potentials does not exist."""

    code = "unknown-characterisation"
    title = Text(en="Unknown characterisation set", zh="未知特征化因子集")


class AllocationError(RuleBrokenError):
    """Co-products cannot be allocated as asked."""

    code = "allocation"
    title = Text(en="Allocation is not possible", zh="无法分配")


class UnproductiveLoopError(RuleBrokenError):
    """Firms that buy from each other use up more than they make: the chain has no footprint."""

    code = "unproductive-loop"
    title = Text(en="Loop without net output", zh="循环供应无净产出")


class InventoryError(RuleBrokenError):
    """An inventory does not hang together: a missing supplier, a product made twice."""

    code = "inventory"
    title = Text(en="Inventory does not hang together", zh="清单不完整")


class LicenceError(RuleBrokenError):
    """Values whose licence keeps them here were asked to leave."""

    code = "licence"
    title = Text(en="Licence does not allow it", zh="许可条款不允许")


class FactsError(RuleBrokenError):
    """A fact of the library lacks unit, source or place, or contradicts itself."""

    code = "facts"
    title = Text(en="Fact without complete citation", zh="数据缺少完整出处")
