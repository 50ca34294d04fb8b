"""A run shared among its products: what each of them bears, and the credits against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lca_models.activities.displacement import draw_credit
from lca_models.activities.drawn import Drawn
from lca_models.errors import AllocationError, Text
from lca_models.facts.library import Library
from lca_models.facts.units import Quantity, find_unit
from lca_models.inventory.allocation import (
    AllocatedOutput,
    Allocation,
    AllocationMethod,
    allocate,
)
from lca_models.inventory.processes import Emission, Exchange, Need, Process
from service.domain.chain import Chain
from service.domain.product import Product
from service.domain.submission import Output, Submission


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One line of a run in the engine's terms.

    Args:
        serves: The product that it serves alone; None where all share it.
        drawn: What it draws on.
        emissions: What is emitted by it.
    """

    serves: str | None
    drawn: Drawn
    emissions: tuple[Emission, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedRun:
    """How a run is shared.

    Args:
        allocation: Method, and the share of every output in the common lines.
        products: The outputs that bear something, with their declared units and shares.
        mass_shares: Their shares of the mass of all outputs; None where a mass is not known.
        credits: What the other outputs displace, below zero; borne by the first product.
    """

    allocation: Allocation
    products: tuple[tuple[Product, float, float], ...]
    mass_shares: tuple[float | None, ...]
    credits: tuple[Exchange, ...] = ()


def share_run(submission: Submission, chain: Chain, library: Library) -> SharedRun:
    """Find how a run is shared among its products.

    Lines that serve one product stay out of it: only what is common is shared.

    Raises:
        AllocationError: An output lacks what the method needs, or would bear nothing.
        GreenchainError: A quantity is not in a unit of its product, or a displaced process is none.
    """
    facts = [_allocated_output(output, chain) for output in submission.outputs]
    allocation = allocate(facts, submission.allocation)
    _refuse_free_outputs(submission, allocation)
    products = [chain.get_product(output.product_id) for output in submission.bearing_outputs]
    amounts = [
        product.declared_units(output.quantity)
        for product, output in zip(products, submission.bearing_outputs, strict=True)
    ]
    return SharedRun(
        allocation=allocation,
        products=tuple(zip(products, amounts, allocation.shares, strict=False)),
        mass_shares=_mass_shares(facts),
        credits=tuple(_credits(submission, library)),
    )


def processes_of(run: SharedRun, lines: Sequence[DrawnLine]) -> Iterator[Process]:
    """One process for each product of a run, with its part of every line."""
    method = run.allocation.method.value if len(run.allocation.shares) > 1 else ""
    alone = len(run.products) == 1
    name = "" if alone else run.products[0][0].id
    bearing = zip(run.products, run.mass_shares, strict=False)
    for (product, amount, share), mass_share in bearing:
        parts = [
            (share if alone or line.serves is None else 1.0, line)
            for line in lines
            if alone or line.serves in {None, product.id}
        ]
        yield Process(
            product=product.id,
            organisation=product.organisation_id,
            unit=product.describe_declared_unit(),
            amount=amount,
            exchanges=(
                *(replace(e, amount=e.amount * p) for p, x in parts for e in x.drawn.exchanges),
                *run.credits,
            ),
            emissions=tuple(
                replace(e, mass_kg=e.mass_kg * p) for p, x in parts for e in x.emissions
            ),
            gaps=tuple(replace(g, amount=g.amount * p) for p, x in parts for g in x.drawn.gaps),
            needs=tuple(need for p, x in parts for need in _needs(x, p, alone=alone)),
            share=share,
            allocation=method,
            run=name,
            mass_share=mass_share,
        )


def _needs(line: DrawnLine, part: float, *, alone: bool) -> Iterator[Need]:
    for need in line.drawn.needs:
        carried = None if need.carried_t is None else need.carried_t * part
        whole = line.serves is not None and not alone
        yield replace(need, amount=need.amount * part, carried_t=carried, alone=whole)


def _mass_shares(outputs: Sequence[AllocatedOutput]) -> tuple[float | None, ...]:
    masses = [output.mass_kg for output in outputs if output.mass_kg is not None]
    if len(masses) < len(outputs) or not sum(masses):
        return (None,) * len(outputs)
    return tuple(mass / sum(masses) for mass in masses)


def _refuse_free_outputs(submission: Submission, allocation: Allocation) -> None:
    """A run is made for its product, and who buys a co-product must not have it for nothing."""
    if not allocation.shares[0]:
        raise AllocationError(
            Text(
                en="The product itself would bear nothing of its run.",
                zh="主产品不承担其生产批次的任何排放。",
            ),
            Text(
                en="Choose a method by which it counts, or make another output the product.",
                zh="请选择使其参与分配的方法，或将其他产出作为主产品。",
            ),
        )
    served = {line.notes.serves for line in submission.lines}
    for output, share in zip(submission.bearing_outputs, allocation.shares, strict=False):
        if not share and output.product_id not in served:
            raise AllocationError(
                Text(
                    en="The co-product “{product}” would bear nothing of its run, and be free to "
                    "who buys it.",
                    zh="副产品“{product}”不承担其生产批次的任何排放，使用方将无偿获得。",
                ).format(product=output.product_id),
                Text(
                    en="If it is worth nothing, list it as waste; otherwise give its share, or "
                    "choose another allocation method.",
                    zh="若无经济价值，请将其列为废弃物；否则请填写其份额，或选择其他分配方法。",
                ),
                value=output.product_id,
            )


def _credits(submission: Submission, library: Library) -> Iterator[Exchange]:
    if submission.allocation is not AllocationMethod.SUBSTITUTION:
        return
    for output in submission.co_products:
        if output.displaces is None:
            raise AllocationError(
                Text(
                    en="It is not said what the co-product “{product}” displaces.",
                    zh="未说明副产品“{product}”替代何种产品。",
                ).format(product=output.product_id),
                Text(
                    en="Name the one product or material that it displaces, and how much, or "
                    "choose another allocation method.",
                    zh="请填写其替代的唯一产品或材料及数量，或选择其他分配方法。",
                ),
                value=output.product_id,
            )
        per_unit = output.displaces.per_unit
        quantity = Quantity(per_unit.amount * output.quantity.amount, per_unit.unit)
        yield draw_credit(library, output.product_id, output.displaces.displaced, quantity)


def _allocated_output(output: Output, chain: Chain) -> AllocatedOutput:
    product = chain.get_product(output.product_id)
    amount = output.quantity.amount
    mass_kg: float | None = None
    if find_unit(output.quantity.unit).kind == find_unit("kg").kind:
        mass_kg = output.quantity.to("kg")
    elif product.mass_kg is not None:
        mass_kg = product.declared_units(output.quantity) * product.mass_kg
    return AllocatedOutput(
        product=product.id,
        mass_kg=mass_kg,
        value=None if output.value is None else output.value * amount,
        energy_mj=None if output.energy_mj is None else output.energy_mj * amount,
        relation=None if output.relation is None else output.relation * amount,
        share=output.share,
    )
