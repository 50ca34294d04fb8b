"""The door for intervals by drawing: an inventory in, footprints under many draws out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from lca_models.calculation.checks import refuse_other_units
from lca_models.calculation.tabulating import tabulate
from lca_models.calculation.uncertainty.montecarlo import Progress
from lca_models.calculation.uncertainty.simulation import (
    Simulation,
    compare,
    draw_products,
    summarise,
)
from lca_models.errors import InventoryError, Text
from lca_models.facts.library import Library
from lca_models.impacts.interval import DifferenceInterval
from lca_models.inventory.processes import Inventory
from lca_models.inventory.upstream import upstream_of


def simulate(
    inventory: Inventory,
    library: Library,
    *,
    seed: int,
    draws: int = 1000,
    characterisation: str = "AR6",
    products: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> Simulation:
    """Draw everything that is uncertain in a chain many times, and solve it anew for each draw.

    What a quantity draws depends on the seed and on its own name: the same seed gives the same
    draws on every machine, in any order, for some products as for all, and in another chain that
    has the quantity too. A published factor is drawn once for all firms.

    Args:
        inventory: Processes of all members, laid out per run, allocation done.
        library: Published factors and global warming potentials.
        seed: Any integer.
        draws: How often to draw, 2 or more.
        characterisation: Set of GWPs by name.
        products: Ids of products; only these and what they draw on are solved. All, if not given.
        progress: Called with draws done and draws wanted. What it raises ends the run, and nothing
            is left of it.

    Raises:
        InventoryError: A product is not of the chain, there are too few draws, more results than
            memory should hold, or too many draws that no chain can be; and as `calculate`.
        UnproductiveLoopError: Firms use up what they make for each other.
        UnknownGasError: A gas has no GWP in the set.
        UnknownCharacterisationError: There is no such set.
        FactorNotForFootprintsError: A process draws on a factor for site accounts.
    """
    part = inventory if products is None else upstream_of(inventory, products)
    chain = tabulate(part, library, library.get_characterisation(characterisation))
    named = list(chain.positions) if products is None else list(dict.fromkeys(products))
    drawn = draw_products(chain, named, seed=seed, draws=draws, progress=progress or _ignore)
    return Simulation(
        intervals=summarise(named, drawn, seed),
        draws_kg_co2e={} if products is None else dict(zip(named, drawn, strict=True)),
    )


def simulate_difference(
    before: tuple[Inventory, Library],
    after: tuple[Inventory, Library],
    *,
    seed: int,
    draws: int = 1000,
    characterisation: str = "AR6",
    products: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> Mapping[str, DifferenceInterval]:
    """Draw two chains with common draws: what is uncertain in both alike does not blur the change.

    Args:
        before: A chain and the library it draws on.
        after: The other chain, and its library.
        seed: Any integer.
        draws: How often to draw, 2 or more.
        characterisation: Set of GWPs by name.
        products: Ids of products that both chains make; all of these, if not given.
        progress: As in `simulate`; both chains count.

    Returns:
        Intervals of footprints after less before, by product.

    Raises:
        GreenchainError: As `simulate`; and InventoryError if the chains share no product, or a
            product is declared per another unit in the other chain.
    """
    told = progress or _ignore
    named = _shared(before[0], after[0]) if products is None else list(dict.fromkeys(products))
    chosen = [library.get_characterisation(characterisation) for _, library in (before, after)]
    chains = [
        tabulate(upstream_of(inventory, named), library, gwp)
        for (inventory, library), gwp in zip((before, after), chosen, strict=True)
    ]
    wanted = set(named)
    refuse_other_units(
        *({p.product: p for p in c.inventory.processes if p.product in wanted} for c in chains)
    )
    old, new = (
        draw_products(
            chain,
            named,
            seed=seed,
            draws=draws,
            progress=partial(_tell_of_two, told, past),
        )
        for past, chain in zip((0, draws), chains, strict=True)
    )
    return compare(named, old, new, seed)


def _tell_of_two(told: Progress, past: int, done: int, wanted: int) -> None:
    told(past + done, 2 * wanted)


def _ignore(_done: int, _wanted: int) -> None:
    """Nobody wants to know."""


def _shared(before: Inventory, after: Inventory) -> list[str]:
    made = {process.product for process in after.processes}
    shared = sorted(p.product for p in before.processes if p.product in made)
    if not shared:
        raise InventoryError(
            Text(en="The two chains make no product in common.", zh="两条供应链没有共同的产品。"),
            Text(en="Compare chains of the same product.", zh="请比较同一产品的供应链。"),
        )
    return shared
