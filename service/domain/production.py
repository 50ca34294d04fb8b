"""How much of a product a period made: what turns the amounts of one run into those of all runs."""

from __future__ import annotations

from decimal import Context, Decimal

from lca_models.errors import InvalidAmountError, Text
from lca_models.facts.units import Quantity
from service.domain.product import Product
from service.domain.submission import Submission

# A binary number tells as many decimal digits truly; what follows them is of its arithmetic.
_TRUE_DIGITS = Context(prec=15)


def count_runs(activity: Submission, product: Product, produced: Quantity) -> Decimal:
    """How many runs of its process made what a period made of a product, at least one.

    Args:
        activity: One run.
        product: Its product; a mass is turned into pieces by the mass of one.
        produced: What the period made.

    Raises:
        InvalidAmountError: It is less than one run makes.
        UnitMismatchError: It is in a unit of another kind than the product.
    """
    made, of_one_run = (
        Decimal(repr(product.declared_units(quantity)))
        for quantity in (produced, activity.output.quantity)
    )
    if of_one_run <= 0 or true_digits(made) < true_digits(of_one_run):
        raise InvalidAmountError(
            Text(
                en="The period made {made:g} {unit}, less than one run makes.",
                zh="报告期产量为{made:g}{unit}，少于一个批次的产出。",
            ).format(made=produced.amount, unit=produced.unit),
            Text(
                en="Correct “produced”, or give the amounts of a smaller run.",
                zh="请更正“produced”，或改按较小批次填写各项数量。",
            ),
            value=produced.amount,
        )
    return made / of_one_run


def true_digits(value: Decimal) -> Decimal:
    """A value that came from binary numbers, without the digits that are of their arithmetic."""
    return _TRUE_DIGITS.plus(value)
