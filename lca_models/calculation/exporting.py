"""A chain as one Brightway datapackage that `bw2calc` solves as it is."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import bw_processing as bwp
from bw_processing.io_helpers import generic_zipfile_filesystem

from lca_models.calculation.checks import gas_factors, refuse_impossible
from lca_models.calculation.matrices import Matrices, build_matrices
from lca_models.facts.library import Library
from lca_models.inventory.background import build_background
from lca_models.inventory.portable import PortableChain, find_factors
from lca_models.inventory.processes import Inventory, Supplier, SupplierKind, in_canonical_order

# The table of ids: what of the datapackage a person can read.
NODES = "nodes.csv"
_PARTS = ("background", "foreground", "characterisation")
_HEADINGS = ("id", "kind", "key", "name", "unit")


def pack_chain(inventory: Inventory, library: Library, *, characterisation: str) -> PortableChain:
    """Take along what a chain needs to be calculated elsewhere.

    Raises:
        LicenceError: It draws on values that may not leave; every line is named.
        GreenchainError: It cannot be calculated, as `calculate` says.
    """
    refuse_impossible(inventory)
    chosen = library.get_characterisation(characterisation)
    return PortableChain(
        inventory=in_canonical_order(inventory),
        factors=find_factors(inventory, library),
        gas_factors=gas_factors(inventory, library, chosen),
        characterisation=chosen.name,
    )


def save_chain(
    chain: PortableChain, library: Library, path: Path, *, names: Mapping[str, str]
) -> None:
    """Write a chain as a zip: foreground, its background, characterisation and a table of ids.

    `bw2calc.LCA({id: 1}, data_objs=[package])` with an id of the table gives kg CO2e per unit.

    Args:
        chain: What may leave.
        library: Where its factors stand; nothing else of it is written.
        path: File to write; there is none yet.
        names: What products are called, by id.
    """
    background = build_background(replace(library, factors={f.id: f for f in chain.factors}))
    matrices = build_matrices(chain.inventory, background, chain.gas_factors)
    package = bwp.create_datapackage(
        fs=generic_zipfile_filesystem(dirpath=path.parent, filename=path.name),
        name="chain",
        id_=library.version,
        metadata={
            "licenses": background.datapackage.metadata["licenses"],
            "library_version": library.version,
            "characterisation": chain.characterisation,
        },
        sum_intra_duplicates=True,
    )
    del package.metadata["created"]
    for name, part in zip(_PARTS, matrices.packages, strict=True):
        for group in part.groups.values():
            _copy(group, package, name)
    package.finalize_serialization()
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        # A `ZipInfo` carries no time of day: the same chain gives the same bytes.
        archive.writestr(zipfile.ZipInfo(NODES), _tabulate(chain, matrices, names))


def _copy(group: bwp.FilteredDatapackage, package: bwp.Datapackage, part: str) -> None:
    arrays = {r["kind"]: group.get_resource(r["name"])[0] for r in group.resources}
    matrix = group.resources[0]["matrix"]
    package.add_persistent_vector(
        matrix=matrix,
        name=f"{part}_{matrix}",
        indices_array=arrays["indices"],
        data_array=arrays["data"],
        flip_array=arrays.get("flip"),
        distributions_array=arrays.get("distributions"),
    )


def _tabulate(chain: PortableChain, matrices: Matrices, names: Mapping[str, str]) -> str:
    told: dict[Supplier, tuple[str, str]] = {}
    for process in chain.inventory.processes:
        node = Supplier(SupplierKind.PRODUCT, process.product)
        told[node] = (names.get(process.product, process.product), process.unit)
    for declared in chain.inventory.declared:
        told[Supplier(SupplierKind.DECLARED, declared.id)] = (declared.id, declared.unit)
    for factor in chain.factors:
        told[Supplier(SupplierKind.BACKGROUND, factor.id)] = (factor.name.en, factor.unit)
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_HEADINGS)
    for supplier, number in sorted(matrices.nodes.items(), key=lambda node: node[1]):
        table.writerow((number, supplier.kind, supplier.id, *told[supplier]))
    table.writerows((number, "gas", gas, gas, "kg") for gas, number in matrices.gases.items())
    return text.getvalue()
