"""What a co-product displaces elsewhere, as a credit."""

from __future__ import annotations

from lca_models.errors import AllocationError, Text
from lca_models.facts.choices import GapMaterial
from lca_models.facts.factors import Factor
from lca_models.facts.library import Library
from lca_models.facts.stages import Stage
from lca_models.facts.units import Quantity
from lca_models.inventory.processes import Exchange, Supplier, SupplierKind


def draw_credit(library: Library, line: str, displaced: str, quantity: Quantity) -> Exchange:
    """The credit for something that need not be made elsewhere: an exchange below zero.

    Grid electricity and purchased heat may be displaced; otherwise the factor must cover all
    upstream, as for something bought.

    Args:
        library: Published factors.
        line: How results name the credit.
        displaced: Factor id, or name of a material with a default factor.
        quantity: How much is displaced, above zero.

    Raises:
        AllocationError: What is displaced has no value, or the quantity is not above zero.
        UnknownFactorError: No factor has the id.
        FactorNotForFootprintsError: The factor cannot stand for something displaced.
        UnitMismatchError: The quantity is of another kind than the factor's unit.

    Source: ISO 14044:2006, 4.3.4.2 (system expansion); PACT Methodology v3 (one dominant,
    identifiable displaced product and process).
    """
    factor = _displaced_factor(library, displaced)
    if not quantity.amount > 0:
        raise AllocationError(
            Text(
                en="The displaced amount {amount:g} is not above zero.",
                zh="被替代数量{amount:g}不大于零。",
            ).format(amount=quantity.amount),
            Text(
                en="Give how much is displaced, or choose another allocation method.",
                zh="请填写被替代的数量，或选择其他分配方法。",
            ),
            value=quantity.amount,
        )
    return Exchange(
        line=line,
        stage=Stage.CREDIT,
        supplier=Supplier(SupplierKind.BACKGROUND, factor.id),
        amount=-quantity.to(factor.unit),
        primary=False,
    )


def _displaced_factor(library: Library, displaced: str) -> Factor:
    if displaced in {library.electricity.grid, library.heat}:
        return library.get_footprint_factor(displaced)
    material = library.find_material(displaced)
    if isinstance(material, GapMaterial):
        raise AllocationError(
            Text(
                en="There is no good open value for {name}, so none for displacing it.",
                zh="{name}没有合适的公开因子，无法计算替代抵扣。",
            ).format(name=material.name),
            Text(
                en="Name a factor that may be used, or choose another allocation method.",
                zh="请指定可用的因子，或选择其他分配方法。",
            ),
            value=displaced,
        )
    return library.get_supply_factor(displaced if material is None else material.factor)
