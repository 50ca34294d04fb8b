"""Export a chain for Brightway: what it draws on goes with it, and nothing that must stay."""

from __future__ import annotations

from pathlib import Path

from lca_models.calculation.exporting import pack_chain, save_chain
from lca_models.facts.library import Library
from service.domain.brightway_formats import ChainFormat
from service.domain.chain import Chain
from service.domain.chain_inventory import lay_out
from service.formats.brightway.workbook import write_brightway_workbook


def export_chain(
    chain: Chain,
    library: Library,
    kind: ChainFormat,
    output: Path,
    *,
    characterisation: str = "AR6",
) -> None:
    """Write a chain, electricity contracts counted, so that Brightway gives the same kg CO2e.

    Args:
        chain: What its members said for one reporting period.
        library: Published factors.
        kind: The form.
        output: File to write; there is none yet.
        characterisation: Set of GWPs by name.

    Raises:
        LicenceError: It draws on values that may not leave; every line is named.
        GreenchainError: The chain cannot be calculated.
    """
    packed = pack_chain(
        lay_out(chain, library).inventory, library, characterisation=characterisation
    )
    names = {product.id: product.name.en for product in chain.products}
    if kind is ChainFormat.DATAPACKAGE:
        save_chain(packed, library, output, names=names)
    else:
        content = write_brightway_workbook(packed, chain.id, names=names)
        with output.open("xb") as file:
            file.write(content)
