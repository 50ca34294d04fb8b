"""A product says per how much its footprint is, and turns amounts into that."""

import pytest

from lca_models.errors import InvalidAmountError, UnitMismatchError, UnknownUnitError
from lca_models.facts.units import DECLARED_UNITS, Quantity
from service.domain.product import Product
from tests import make


def declared(amount: float, unit: str, mass_kg: float | None = None) -> Product:
    return Product("p", "firm", make.text("p"), Quantity(amount, unit), mass_kg)


@pytest.mark.parametrize(
    ("product", "quantity", "units"),
    [
        (declared(1, "kg"), Quantity(2, "t"), 2000),
        (declared(1, "kg"), Quantity(2, "千克"), 2),
        (declared(0.5, "kg"), Quantity(2, "kg"), 4),
        (declared(12, "L"), Quantity(1, "m3"), 1000 / 12),
        (declared(1, "kWh"), Quantity(3.6, "GJ"), 1000),
        (declared(1, "piece"), Quantity(3, "台"), 3),
        # a hundred pieces of 25 kg are 2.5 t
        (declared(1, "piece", 25), Quantity(2.5, "t"), 100),
        (declared(1, "piece", 25), Quantity(100, "件"), 100),
        # five packs of twelve, 6 kg each
        (declared(12, "piece", 6), Quantity(60, "piece"), 5),
        (declared(12, "piece", 6), Quantity(30, "kg"), 5),
    ],
)
def test_a_quantity_is_so_many_declared_units(
    product: Product, quantity: Quantity, units: float
) -> None:
    assert product.declared_units(quantity) == pytest.approx(units, rel=1e-14)


def test_the_ten_units_of_pact_can_be_declared_and_no_others() -> None:
    assert len(DECLARED_UNITS) == 10
    for unit in DECLARED_UNITS:
        assert declared(1, unit.symbol).describe_declared_unit() == unit.symbol
    for unit_name in ("t", "MWh", "GJ", "g", "km"):
        with pytest.raises(UnknownUnitError, match="cannot be the declared unit of a product"):
            declared(1, unit_name)


def test_another_amount_than_one_is_part_of_the_declared_unit() -> None:
    assert declared(12, "L").describe_declared_unit() == "12 L"
    assert declared(0.5, "kg").describe_declared_unit() == "0.5 kg"


def test_pieces_without_a_mass_are_not_weighed() -> None:
    with pytest.raises(UnitMismatchError) as caught:
        declared(1, "piece").declared_units(Quantity(3, "kg"))
    assert caught.value.to_text().en == (
        "The unit “kg” measures mass, but an amount in “piece” (count) is expected. "
        "Give the amount in piece."
    )


@pytest.mark.parametrize(
    ("amount", "mass_kg"), [(0, None), (-1, None), (1, 0.0), (1, -2.0), (-0.0, 1.0)]
)
def test_a_declared_unit_of_nothing_is_refused(amount: float, mass_kg: float | None) -> None:
    with pytest.raises(InvalidAmountError) as caught:
        declared(amount, "piece", mass_kg)
    told = caught.value.to_text()
    assert told.en == (
        "The declared amount and the mass must be above zero. Give the amount of one declared unit."
    )
    assert told.zh == "声明单位数量和质量必须大于零。请填写一个声明单位的数量。"


def test_a_kilogram_weighs_a_kilogram() -> None:
    assert declared(1, "kg", 1.0).declared_units(Quantity(1, "t")) == 1000
    assert declared(25, "kg", 25.0).declared_units(Quantity(1, "t")) == 40
    with pytest.raises(InvalidAmountError) as caught:
        declared(1, "kg", 100.0)
    told = caught.value.to_text()
    assert told.en == (
        "The declared unit is 1 kg, but its mass is 100 kg. "
        "Leave the mass out, or declare the product by the piece."
    )
    assert told.zh == "声明单位为1千克，但填写的质量为100千克。请删除质量，或以件为声明单位。"
