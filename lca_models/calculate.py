"""The one door: an inventory in, impacts out."""

from __future__ import annotations

from lca_models.calculation.fingerprint import engine_versions, hash_inputs
from lca_models.calculation.loops import refuse_unproductive_loops
from lca_models.calculation.solution import Engine, solve_chain
from lca_models.calculation.splits import split_impacts
from lca_models.calculation.tabulating import tabulate
from lca_models.facts.library import Library
from lca_models.impacts.impact import Calculation, Method
from lca_models.inventory.processes import Inventory


def calculate(
    inventory: Inventory,
    library: Library,
    *,
    characterisation: str = "AR6",
    engine: Engine = Engine.BLOCK,
) -> Calculation:
    """Calculate the cradle-to-gate impact of every product of a chain, as one linear system.

    Args:
        inventory: Processes of all members, laid out per run, allocation done.
        library: Published factors and global warming potentials.
        characterisation: Set of GWPs by name: AR4, AR5 or AR6.
        engine: What solves it; `bw2calc` is the reference.

    Returns:
        The impact of one declared unit of every product, split exactly, with the method.

    Raises:
        InventoryError: A process draws on something that nothing makes, or is given twice.
        UnproductiveLoopError: Firms use up what they make for each other.
        UnknownGasError: A gas has no GWP in the set.
        UnknownCharacterisationError: There is no such set.
        FactorNotForFootprintsError: A process draws on a factor for site accounts.

    Source: Heijungs and Suh (2002), The Computational Structure of Life Cycle Assessment, ch. 2.
    """
    chain = tabulate(inventory, library, library.get_characterisation(characterisation))
    refuse_unproductive_loops(chain.inventory.processes, chain.table.system)
    impacts = split_impacts(chain, solve_chain(chain, library, engine))
    method = Method(
        characterisation=chain.characterisation,
        library_version=library.version,
        engine=engine_versions(),
        inputs_hash=hash_inputs(chain.inventory, library.version, chain.characterisation),
    )
    return Calculation(impacts=impacts, method=method)
