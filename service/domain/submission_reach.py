"""What the lines of a product's submission may refer to, and the refusal of anything else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from lca_models.errors import (
    Defect,
    GreenchainError,
    InvalidAmountError,
    Place,
    RuleBrokenError,
    Text,
)
from lca_models.facts.units import Quantity
from service.domain.chain import refuse_duplicates
from service.domain.errors import (
    InvalidChainError,
    MissingQuantityError,
    UnknownReferenceError,
)
from service.domain.kept_submission import KeptSubmission
from service.domain.product import Product
from service.domain.production import count_runs
from service.domain.registered_certificate import RegisteredCertificate
from service.domain.submission import (
    DeclaredSupply,
    Electricity,
    Input,
    Line,
    MemberProduct,
    Submission,
)

# More lines than a bill of materials may have rows.
_MOST_LINES = 20_000


class MadeElsewhereError(RuleBrokenError):
    """Another accepted run makes the same product in the same period."""

    code = "made-elsewhere"
    title = Text(en="Two runs make one product", zh="同一产品由两个批次产出")


_Rule = Callable[[], object]
_LINE = Text(en="Line", zh="明细")
_OUTPUT = Text(en="Product of the run", zh="产出")
NO_DECLARATIONS = (
    Text(en="Declared footprints cannot be drawn on yet.", zh="暂不支持引用碳足迹声明。"),
    Text(
        en="Name a factor or a material, or link the supplier's product.",
        zh="请改用背景因子或材料名称，或与供应商产品建立供需关系。",
    ),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A product, with what a firm may call it in its files.

    Args:
        id: Its id, as lines refer to it.
        code: Its maker's number for it.
        names: Its names.
    """

    id: str
    code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a product's submission may refer to.

    Args:
        product: The product.
        supplies: Products that accepted links supply to it.
        own: Products of the same firm, which a run may make beside it.
        certificates: Green-power certificates that the firm holds, by their id.
    """

    product: Product
    supplies: Mapping[str, Named]
    own: Mapping[str, Named]
    certificates: Mapping[str, RegisteredCertificate]


def refuse_beyond(activity: Submission, reach: Reach, produced: Quantity | None = None) -> None:
    """Make sure that activity data refers to nothing but what is in its reach.

    Args:
        activity: One run.
        reach: What it may refer to.
        produced: How much the period made, where that is stated; at least what one run makes.

    Raises:
        InvalidChainError: Every line that does, with what would mend it; lines of one label.
    """
    defects: list[Defect] = []
    for label, rule in _rules(activity, reach, produced):
        try:
            rule()
        except GreenchainError as error:
            defects += error.at(Place(product=reach.product.id, line=label)).defects
    if defects:
        raise InvalidChainError(*defects)


def refuse_empty(activity: Submission) -> None:
    """Make sure that activity data says something.

    Raises:
        MissingQuantityError: It has no line.
    """
    if not activity.lines:
        raise MissingQuantityError(
            Text(en="The submission has no line.", zh="该提交没有任何明细。"),
            Text(
                en="Give what the run takes in and emits, then submit it.",
                zh="请填写投入与排放后再提交。",
            ),
        )


def made_by(activity: Submission) -> frozenset[UUID]:
    """Ids of the products that a run makes."""
    return frozenset(UUID(output.product_id) for output in activity.outputs)


def refuse_made_elsewhere(kept: KeptSubmission, makers: Collection[UUID]) -> None:
    """Make sure that no other accepted run makes what a version makes.

    A product would have two footprints, and nothing would say which one holds.

    Args:
        kept: The version.
        makers: Products of the accepted runs of its period that make any of its products.

    Raises:
        MadeElsewhereError: One of them is another run.
    """
    others = sorted(str(maker) for maker in makers if maker != kept.product_id)
    if others:
        raise MadeElsewhereError(
            Text(
                en="Accepted data of another product makes the same product in this period: {ids}.",
                zh="同一报告期内，另一产品已接受的数据也产出相同产品：{ids}。",
            ).format(ids=", ".join(others)),
            Text(
                en="A product comes from one run a period: take it out of one of the two, or submit"
                " the other one again without it first.",
                zh="同一报告期内每个产品只能由一个批次产出：请从其中一份数据中删除该产品，"
                "或先更新另一份数据。",
            ),
            value=", ".join(others),
        ).at(Place(product=str(kept.product_id)))


def _rules(
    activity: Submission, reach: Reach, produced: Quantity | None
) -> Iterator[tuple[str | None, _Rule]]:
    yield None, partial(_refuse_many, activity)
    yield None, partial(reach.product.declared_units, activity.output.quantity)
    if produced is not None:
        yield None, partial(count_runs, activity, reach.product, produced)
    yield None, partial(refuse_duplicates, [line.label for line in activity.lines], _LINE)
    made = [output.product_id for output in activity.outputs]
    yield None, partial(refuse_duplicates, made, _OUTPUT)
    for product_id in made[1:]:
        yield None, partial(_refuse_foreign, product_id, reach)
    for line in activity.lines:
        if line.notes.serves is not None:
            yield line.label, partial(_refuse_unmade, line.notes.serves, made)
        rule = _rule_of(line, activity, reach)
        if rule is not None:
            yield line.label, rule


def _rule_of(line: Line, activity: Submission, reach: Reach) -> _Rule | None:
    match line:
        case Input(supply=MemberProduct(product_id)):
            return partial(_refuse_unlinked, product_id, reach)
        case Input(supply=DeclaredSupply(declaration_id)):
            return partial(_refuse_declared, declaration_id)
        case Electricity(certificate_id=str(certificate_id)):
            return partial(_refuse_claim, line, certificate_id, activity, reach)
    return None


def _refuse_many(activity: Submission) -> None:
    if len(activity.lines) > _MOST_LINES:
        raise InvalidChainError(
            Defect(
                InvalidChainError.code,
                Text(
                    en="There are {count} lines; at most {most} are kept.",
                    zh="共有{count}行明细，最多{most}行。",
                ).format(count=len(activity.lines), most=_MOST_LINES),
                Text(
                    en="Put small lines of one material together.", zh="请合并同种材料的小额明细。"
                ),
            )
        )


def _refuse_unlinked(product_id: str, reach: Reach) -> None:
    if product_id not in reach.supplies:
        raise UnknownReferenceError(
            Text(
                en="No accepted link supplies “{id}” to this product.",
                zh="没有已确认的供需关系向本产品供应“{id}”。",
            ).format(id=product_id),
            Text(
                en="Propose a link and wait until its supplier accepts, or name a material.",
                zh="请先建立供需关系并等待供应商确认，或改填材料名称。",
            ),
            value=product_id,
        )


def _refuse_foreign(product_id: str, reach: Reach) -> None:
    if product_id not in reach.own:
        raise UnknownReferenceError(
            Text(en="You have no product “{id}”.", zh="您没有产品“{id}”。").format(id=product_id),
            Text(
                en="List the co-product first, or correct its id.",
                zh="请先登记该副产品，或更正编号。",
            ),
            value=product_id,
        )


def _refuse_unmade(served: str, made: list[str]) -> None:
    if served not in made:
        raise UnknownReferenceError(
            Text(
                en="The line serves “{served}”, which this run does not make.",
                zh="该明细归属于“{served}”，但本批次不生产该产品。",
            ).format(served=served),
            Text(
                en="Name a product that it makes, or none if all share the line.",
                zh="请填写本批次产出的产品；若各产出共用，请留空。",
            ),
            value=served,
        )


def _refuse_declared(declaration_id: str) -> None:
    raise UnknownReferenceError(*NO_DECLARATIONS, value=declaration_id)


def _refuse_claim(
    line: Electricity, certificate_id: str, activity: Submission, reach: Reach
) -> None:
    if line.quantity.to("kWh") <= 0:  # or it would give another line's claim back
        raise InvalidAmountError(
            Text(en="Certified power must be above zero.", zh="绿证电量必须大于零。"),
            Text(en="Give what was used.", zh="请填写实际用电量。"),
            value=line.quantity.amount,
        )
    held = reach.certificates.get(certificate_id)
    if held is None:
        raise UnknownReferenceError(
            Text(
                en="You have registered no certificate “{id}”.", zh="您没有登记绿证“{id}”。"
            ).format(id=certificate_id),
            Text(
                en="Register it first (POST /v1/certificates), and name it by its id.",
                zh="请先登记绿证（POST /v1/certificates），再填写其编号。",
            ),
            value=certificate_id,
        )
    held.refuse_other_years(activity.period)
