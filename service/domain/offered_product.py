"""An offered product: what a member makes and others may buy, as it stands in its list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from lca_models.activities.drawn import ActivityLine
from lca_models.errors import GreenchainError, Text
from lca_models.facts.library import Library
from lca_models.facts.stages import Stage
from lca_models.facts.units import Quantity, find_declared_unit
from service.domain.chain_inventory import draw_screening
from service.domain.product import Product
from service.domain.versions import NotNowError


class UnusableScreeningError(GreenchainError):
    """What is to stand in for a product's footprint cannot."""

    code = "unusable-screening"
    title = Text(en="It cannot stand in for the product", zh="不能用作该产品的筛查值")


@dataclass(frozen=True, slots=True)
class OfferedProduct:
    """A product of a member.

    Args:
        id: Its id here.
        organisation_id: The firm that makes it.
        site_id: Where it is made; None where the firm does not say.
        code: The firm's own number for it, once a firm.
        name: Name in both languages.
        declared_amount: Amount of the declared unit, such as the 12 of `12 L`.
        declared_unit: Its unit, one of PACT's ten in any spelling; kept as our symbol.
        mass_kg: Mass of one declared unit, where it has one.
        screening: Material or factor that stands in while there is no activity data.
        created_at: When it was listed.
        withdrawn_at: Since when it is offered no more.
        version: Counts its edits.

    Raises:
        UnknownUnitError: The declared unit is none of PACT's ten.
        InvalidAmountError: An amount is not above zero, or the mass contradicts a declared mass.
    """

    id: UUID
    organisation_id: UUID
    site_id: UUID | None
    code: str
    name: Text
    declared_amount: Decimal
    declared_unit: str
    mass_kg: Decimal | None
    screening: str | None
    created_at: datetime
    withdrawn_at: datetime | None = None
    version: int = 1

    def __post_init__(self) -> None:
        """Hold it against the rules of every product, and spell its unit in one way."""
        object.__setattr__(self, "declared_unit", find_declared_unit(self.declared_unit).symbol)
        self.to_product()

    def to_product(self) -> Product:
        """The product as calculations know it, by its id and that of its maker."""
        return Product(
            id=str(self.id),
            organisation_id=str(self.organisation_id),
            name=self.name,
            declared=Quantity(float(self.declared_amount), self.declared_unit),
            mass_kg=None if self.mass_kg is None else float(self.mass_kg),
            screening=self.screening,
        )


def refuse_unusable_screening(product: OfferedProduct, library: Library) -> None:
    """Make sure that what stands in for a product can, so that it never stops a calculation.

    Raises:
        UnusableScreeningError: It is unknown, not for products, or per another kind of unit.
    """
    if product.screening is None:
        return
    line = ActivityLine(product.code, Stage.MATERIALS)
    try:
        draw_screening(product.to_product(), product.screening, line, library)
    except GreenchainError as error:
        raise UnusableScreeningError(*error.defects) from error


def refuse_withdrawn(product: OfferedProduct) -> None:
    """Make sure that a product is still offered.

    Raises:
        NotNowError: It was withdrawn.
    """
    if product.withdrawn_at is not None:
        raise NotNowError(
            Text(en="The product “{code}” was withdrawn.", zh="产品“{code}”已停用。").format(
                code=product.code
            ),
            Text(en="Choose another, or list it anew.", zh="请选择其他产品，或重新登记。"),
        )


def withdraw(product: OfferedProduct, *, in_use: bool, now: datetime) -> OfferedProduct:
    """Offer a product no more.

    Args:
        product: The product.
        in_use: Whether an agreed link or an open chain still has it.
        now: The present moment.

    Raises:
        NotNowError: It is in use, or withdrawn already.
    """
    refuse_withdrawn(product)
    if in_use:
        raise NotNowError(
            Text(
                en="The product “{code}” stands in an open chain.",
                zh="产品“{code}”仍在供应链中使用。",
            ).format(code=product.code),
            Text(
                en="End its links and close its chains first.",
                zh="请先终止相关供需关系并关闭供应链。",
            ),
        )
    return replace(product, withdrawn_at=now, version=product.version + 1)
