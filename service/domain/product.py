"""A product: what a footprint is about, and per how much."""

from __future__ import annotations

import math
from dataclasses import dataclass

from lca_models.errors import InvalidAmountError, Text
from lca_models.facts.units import Quantity, find_declared_unit, find_unit


@dataclass(frozen=True, slots=True)
class Product:
    """A product of a member of the chain.

    Args:
        id: Key within the chain.
        organisation_id: The firm that makes it.
        name: Name in both languages.
        declared: The declared unit: amount and one of PACT's ten units, such as 1 kg or 12 L.
        mass_kg: Mass of one declared unit, where it has one; of a declared mass, that mass.
        screening: Material or factor that stands in while the firm has not answered.
    """

    id: str
    organisation_id: str
    name: Text
    declared: Quantity
    mass_kg: float | None = None
    screening: str | None = None

    def __post_init__(self) -> None:
        """Refuse a unit that is not declarable, and amounts not above zero or at odds."""
        find_declared_unit(self.declared.unit)
        if self.declared.amount <= 0 or (self.mass_kg is not None and self.mass_kg <= 0):
            raise InvalidAmountError(
                Text(
                    en="The declared amount and the mass must be above zero.",
                    zh="声明单位数量和质量必须大于零。",
                ),
                Text(en="Give the amount of one declared unit.", zh="请填写一个声明单位的数量。"),
            )
        self._refuse_another_mass()

    def _refuse_another_mass(self) -> None:
        if self.mass_kg is None or find_unit(self.declared.unit).kind != find_unit("kg").kind:
            return
        declared_kg = self.declared.to("kg")
        if not math.isclose(self.mass_kg, declared_kg):
            raise InvalidAmountError(
                Text(
                    en="The declared unit is {declared:g} kg, but its mass is {mass:g} kg.",
                    zh="声明单位为{declared:g}千克，但填写的质量为{mass:g}千克。",
                ).format(declared=declared_kg, mass=self.mass_kg),
                Text(
                    en="Leave the mass out, or declare the product by the piece.",
                    zh="请删除质量，或以件为声明单位。",
                ),
                value=self.mass_kg,
            )

    def declared_units(self, quantity: Quantity) -> float:
        """How many declared units a quantity of the product is.

        A mass is turned into declared units by the mass of one, where the product states it.

        Raises:
            UnitMismatchError: The quantity is in a unit of another kind.
        """
        given = find_unit(quantity.unit).kind
        if self.mass_kg and given == find_unit("kg").kind:
            return quantity.to("kg") / self.mass_kg
        return quantity.to(self.declared.unit) / self.declared.amount

    def describe_declared_unit(self) -> str:
        """The declared unit in symbols, such as `kg` or `12 L`."""
        if self.declared.amount == 1:
            return self.declared.unit
        return f"{self.declared.amount:g} {self.declared.unit}"
