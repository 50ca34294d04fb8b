"""Forms in which libraries and chains are handed round among users of Brightway."""

from __future__ import annotations

from enum import StrEnum


class BackgroundFormat(StrEnum):
    """Forms of a library; of the last four, only the reason why they are not read is told."""

    ECOSPOLD2 = "ecospold2"
    SIMAPRO_CSV = "simapro-csv"
    EXCEL = "excel"
    CSV = "csv"
    BW2PACKAGE = "bw2package"
    DATAPACKAGE = "datapackage"
    ECOSPOLD1 = "ecospold1"
    SIMAPRO_BLOCK = "simapro-block"
    OPENLCA_JSONLD = "openlca-jsonld"
    ILCD = "ilcd"


class ChainFormat(StrEnum):
    """Forms in which a chain can leave."""

    DATAPACKAGE = "datapackage"
    EXCEL = "excel"
