"""A door: an inventory in, impacts out."""

from __future__ import annotations

from lca_models.calculation.checks import refuse_beyond_measure
from lca_models.calculation.fingerprint import engine_versions, hash_inputs
from lca_models.calculation.loops import refuse_unproductive_loops
from lca_models.calculation.solution import Engine, SolvedChain, solve_chain
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
        InventoryError: A process draws on something that nothing makes, is given twice, or its
            amounts multiply beyond any measure.
        UnproductiveLoopError: Firms use up what they make for each other.
        UnknownGasError: A gas has no GWP in the set.
        UnknownCharacterisationError: There is no such set.
        FactorNotForFootprintsError: A process draws on a factor for site accounts.

    Source: Heijungs and Suh (2002), The Computational Structure of Life Cycle Assessment, ch. 2.
    """
    solved = solve(inventory, library, characterisation=characterisation, engine=engine)
    return split(solved, library)


def solve(
    inventory: Inventory,
    library: Library,
    *,
    characterisation: str = "AR6",
    engine: Engine = Engine.BLOCK,
) -> SolvedChain:
    """Solve a chain for whoever asks more of it than impacts, such as `lca_models.trace`.

    Args and errors are those of `calculate`.
    """
    chain = tabulate(inventory, library, library.get_characterisation(characterisation))
    refuse_unproductive_loops(chain.inventory.processes, chain.table.system)
    solution = solve_chain(chain, library, engine)
    refuse_beyond_measure(chain.inventory.processes, solution.priced.kg_co2e)
    return SolvedChain(chain, solution)


def split(solved: SolvedChain, library: Library) -> Calculation:
    """Split every product of a solved chain exactly; errors are those of `calculate`."""
    impacts = split_impacts(solved.chain, solved.solution)
    return Calculation(impacts=impacts, method=describe_method(solved, library))


def describe_method(solved: SolvedChain, library: Library) -> Method:
    """Everything that, with the same inventory, gives the same digits."""
    chain = solved.chain
    return Method(
        characterisation=chain.characterisation,
        library_version=library.version,
        engine=engine_versions(solved.solution.engine),
        inputs_hash=hash_inputs(chain.inventory, library.version, chain.characterisation),
    )
