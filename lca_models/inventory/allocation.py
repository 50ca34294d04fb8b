"""How a process that makes several products shares its burdens among them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from lca_models.errors import AllocationError, Text

# PACT Methodology v3: economic allocation where the highest value per unit exceeds the lowest more
# than fivefold, physical allocation otherwise.
_PACT_VALUE_RATIO = 5.0
# Decimals: a sum may miss 1, and a ratio of exactly five exceed it, by rounding; by no more.
_ROUNDING = 1e-9


class AllocationMethod(StrEnum):
    """By what the burdens of a process are shared."""

    PACT = "pact"
    MASS = "mass"
    ENERGY = "energy"
    ECONOMIC = "economic"
    PHYSICAL = "physical"
    STATED = "stated"
    SUBSTITUTION = "substitution"


@dataclass(frozen=True, slots=True)
class AllocatedOutput:
    """What allocation needs to know of one output of a run.

    Args:
        product: Id of the product.
        mass_kg: Mass of the whole output, None where it has none.
        value: Economic value of the whole output, in the currency of all outputs.
        energy_mj: Energy content of the whole output.
        relation: Another stated physical relation of the whole output.
        share: Its share as the firm states it, 0 to 1.
    """

    product: str
    mass_kg: float | None = None
    value: float | None = None
    energy_mj: float | None = None
    relation: float | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Allocation:
    """The outcome: the method that was used and the share of each output, in the order given.

    Args:
        method: The method; never `PACT`, which is a rule to choose one.
        shares: Shares that sum to 1.
        value_ratio: Highest over lowest economic value per kg, where PACT's rule was applied.
    """

    method: AllocationMethod
    shares: tuple[float, ...]
    value_ratio: float | None = None


def allocate(outputs: Sequence[AllocatedOutput], method: AllocationMethod) -> Allocation:
    """Share the burdens of one run among its outputs.

    Args:
        outputs: Every product of the run, its main product first; waste is not among them.
        method: A method, or PACT's rule to choose between economic and mass. By substitution the
            main product bears all, and credits stand against it.

    Raises:
        AllocationError: An output lacks what the method needs, all shares would be zero, or stated
            shares do not sum to 1.

    Source: PACT Methodology v3, allocation of multi-output processes (fivefold rule).
    """
    if len(outputs) == 1 and method is not AllocationMethod.STATED:
        return Allocation(method=AllocationMethod.MASS, shares=(1.0,))
    if method is AllocationMethod.PACT:
        return _allocate_by_pact(outputs)
    if method is AllocationMethod.SUBSTITUTION:
        return Allocation(method, (1.0, *(0.0 for _ in outputs[1:])))
    if method is AllocationMethod.STATED:
        return Allocation(method, _stated_shares(outputs))
    keys = [_key(output, method) for output in outputs]
    total = math.fsum(keys)
    if total <= 0:
        raise AllocationError(
            Text(
                en="The {method} of all outputs together is zero.", zh="各产出的{method}合计为零。"
            ).format(method=_METHOD_NAMES[method]),
            Text(en="Choose another allocation method.", zh="请选择其他分配方法。"),
        )
    return Allocation(method=method, shares=tuple(key / total for key in keys))


_METHOD_NAMES = {
    AllocationMethod.MASS: Text(en="mass", zh="质量"),
    AllocationMethod.ENERGY: Text(en="energy content", zh="能量含量"),
    AllocationMethod.ECONOMIC: Text(en="economic value", zh="经济价值"),
    AllocationMethod.PHYSICAL: Text(en="physical relation", zh="物理关系量"),
    AllocationMethod.STATED: Text(en="stated share", zh="约定份额"),
}


def _stated_shares(outputs: Sequence[AllocatedOutput]) -> tuple[float, ...]:
    shares = tuple(_key(output, AllocationMethod.STATED) for output in outputs)
    total = math.fsum(shares)
    if abs(total - 1) > _ROUNDING:
        raise AllocationError(
            Text(
                en="The stated shares sum to {total:.10g}, not to 1.",
                zh="约定份额合计为{total:.10g}，不等于1。",
            ).format(total=total),
            Text(
                en="Correct the shares, or let a method find them.",
                zh="请更正各产出的份额，或选择其他分配方法。",
            ),
            value=total,
        )
    return shares


def _allocate_by_pact(outputs: Sequence[AllocatedOutput]) -> Allocation:
    values = [_key(output, AllocationMethod.ECONOMIC) for output in outputs]
    masses = [_key(output, AllocationMethod.MASS) for output in outputs]
    per_kg = [value / mass for value, mass in zip(values, masses, strict=True)]
    ratio = max(per_kg) / min(per_kg) if min(per_kg) > 0 else math.inf
    exceeds = ratio > _PACT_VALUE_RATIO * (1 + _ROUNDING)
    chosen = AllocationMethod.ECONOMIC if exceeds else AllocationMethod.MASS
    found = allocate(outputs, chosen)
    return Allocation(found.method, found.shares, ratio)


def _key(output: AllocatedOutput, method: AllocationMethod) -> float:
    found = {
        AllocationMethod.MASS: output.mass_kg,
        AllocationMethod.ENERGY: output.energy_mj,
        AllocationMethod.ECONOMIC: output.value,
        AllocationMethod.PHYSICAL: output.relation,
        AllocationMethod.STATED: output.share,
    }[method]
    needs_more = method is AllocationMethod.MASS
    if found is None or found < 0 or (needs_more and found == 0) or not math.isfinite(found):
        raise AllocationError(
            Text(
                en="Output “{product}” has no usable {method} to allocate by.",
                zh="产出“{product}”缺少可用于分配的{method}。",
            ).format(product=output.product, method=_METHOD_NAMES[method]),
            Text(
                en="Give the {method} of every output, or choose another allocation method.",
                zh="请填写每个产出的{method}，或选择其他分配方法。",
            ).format(method=_METHOD_NAMES[method]),
            value=output.product,
        )
    return found
