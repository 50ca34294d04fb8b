"""The door to the question why: two versions of a chain in, the causes of every change out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lca_models.calculation.change.decomposition import Decomposition, Versions, decompose
from lca_models.calculation.change.local_changes import lay_out_factors
from lca_models.calculation.change.matching import match_versions
from lca_models.calculation.change.telling import tell_changes
from lca_models.calculation.change.versions import ChainVersion, put_side_by_side
from lca_models.impacts.change import Change


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the footprints of a chain changed.

    Args:
        decomposition: The change of every product, in columns.
        changes: The products that were asked for, one by one.
        borrowed: Factors that one library lacks; there they counted as in the other, unchanged.
    """

    decomposition: Decomposition
    changes: tuple[Change, ...]
    borrowed: tuple[str, ...]


def explain_change(
    before: ChainVersion,
    after: ChainVersion,
    *,
    products: Sequence[str] = (),
    sold: Mapping[str, tuple[float, float]] | None = None,
) -> Explanation:
    """Explain the change of every product between two versions of a chain, exactly and additively.

    The causes of a product sum to its change (1e-9 of what enters its chain by magnitude), neither
    version nor any order of causes is preferred, and exchanging the versions turns every sign.

    Args:
        before: The first version.
        after: The second, whose library and set of GWPs may be others.
        products: Products to tell one by one, with the firms where it happened.
        sold: Declared units sold in either version, by product.

    Raises:
        InventoryError: A version cannot be laid out, a product changed its declared unit, or a
            product that is asked for is in neither.
        UnproductiveLoopError: Firms use up what they make for each other.
        UnknownGasError: A gas has no GWP in the set of its version.
        FactorNotForFootprintsError: A process draws on a factor for site accounts.

    Source: Dietzenbacher and Los (1998), structural decomposition; Ang (2005), logarithmic means.
    """
    sides = put_side_by_side(before, after)
    versions = Versions(sides, lay_out_factors(sides, match_versions(sides)))
    found = decompose(versions)
    changes = tuple(tell_changes(versions, found, products, sold or {}))
    return Explanation(found, changes, sides.borrowed)
