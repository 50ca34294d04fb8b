"""Compare a chain's footprints under every admissible method."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lca_models.calculate import calculate
from lca_models.errors import GreenchainError
from lca_models.facts.library import Library
from lca_models.inventory.allocation import AllocationMethod
from lca_models.inventory.recycling import RecyclingMethod
from service.domain.allocation_choice import SwitchedChain, switch_allocation
from service.domain.chain import Chain
from service.domain.chain_inventory import lay_out
from service.domain.method_envelope import (
    InadmissibleMethod,
    MethodChoice,
    MethodEnvelope,
    MethodResult,
    describe_result,
    find_flips,
)
from service.domain.recycled_lines import RecycledLines, find_recycled_lines

_BASE_SET, *_OTHER_SETS = ("AR6", "AR5")
_Tried = Iterator[MethodResult | InadmissibleMethod]


def compare_methods(chain: Chain, library: Library) -> MethodEnvelope:
    """Calculate a chain under each admissible allocation and set of GWPs, recycling apart.

    Certificates count. Recycling is cut-off everywhere but in the sensitivities.

    Args:
        chain: What its members said for one reporting period.
        library: Published factors.

    Raises:
        GreenchainError: The chain cannot be calculated as it stands.
    """
    choice = MethodChoice(_BASE_SET)
    found = calculate(
        lay_out(chain, library).inventory, library, characterisation=choice.characterisation
    )
    base = describe_result(choice, chain, found)
    tried = [
        *_by_set(choice, SwitchedChain(chain, 0, ()), library, _OTHER_SETS),
        *_by_allocation(choice, chain, library),
    ]
    recycled = find_recycled_lines(chain, library)
    counted = list(_by_recycling(choice, chain, library, recycled))
    return MethodEnvelope(
        chain=chain,
        base=base,
        alternatives=_compared(base, tried),
        sensitivities=_compared(base, counted),
        inadmissible=tuple(choice for choice in tried if isinstance(choice, InadmissibleMethod)),
        uncounted=recycled.unavailable,
    )


def _compared(
    base: MethodResult, tried: Sequence[MethodResult | InadmissibleMethod]
) -> tuple[MethodResult, ...]:
    results = [result for result in tried if isinstance(result, MethodResult)]
    return tuple(replace(result, flips=tuple(find_flips(base, result))) for result in results)


def _by_allocation(choice: MethodChoice, chain: Chain, library: Library) -> _Tried:
    for method in AllocationMethod:
        chosen = replace(choice, allocation=method)
        switched = switch_allocation(chain, method, library)
        if method is AllocationMethod.PACT and _methods(switched.chain) == _methods(chain):
            continue  # the rule of the base, or of none of its runs
        if switched.switched:
            yield from _by_set(chosen, switched, library, (_BASE_SET, *_OTHER_SETS))
        elif switched.kept:
            yield InadmissibleMethod(chosen, switched.kept)


def _methods(chain: Chain) -> dict[str, AllocationMethod]:
    return {s.product_id: s.allocation for s in chain.current_submissions()}


def _by_set(
    choice: MethodChoice, switched: SwitchedChain, library: Library, sets: Sequence[str]
) -> _Tried:
    inventory = lay_out(switched.chain, library).inventory
    for name in sets:
        chosen = replace(choice, characterisation=name)
        try:
            found = calculate(inventory, library, characterisation=name)
        except GreenchainError as error:
            yield InadmissibleMethod(chosen, error.defects)
        else:
            yield describe_result(chosen, switched.chain, found, switched.kept)


def _by_recycling(
    choice: MethodChoice, chain: Chain, library: Library, recycled: RecycledLines
) -> Iterator[MethodResult]:
    if not recycled.by_product:
        return
    inventory = lay_out(chain, library).inventory
    for method in RecyclingMethod:
        if method is RecyclingMethod.CUT_OFF:
            continue
        counted = recycled.count(inventory, method)
        found = calculate(counted, library, characterisation=choice.characterisation)
        yield describe_result(replace(choice, recycling=method), chain, found)
