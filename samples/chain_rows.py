"""A chain document, without its activity data, as rows of a chain sheet."""

from __future__ import annotations

from collections.abc import Mapping

from lca_models.errors import Language, Text
from lca_models.facts.data_quality import UNKNOWN_RATING
from lca_models.facts.units import Quantity
from samples.bom_rows import Row, name_of
from service.formats.chain import document as written
from service.formats.chain.provinces import PROVINCES
from service.formats.chain.sheet_columns import ROLE_NAMES, VERIFICATION_NAMES


def chain_rows(
    document: written.ChainDocument, bom_files: Mapping[str, str], language: Language
) -> dict[str, list[Row]]:
    """The rows of every table of a chain sheet, by the key of the table.

    Args:
        document: The chain.
        bom_files: Name of the file with the bill of materials, by product.
        language: Language of words from closed lists.
    """
    return {
        "chain": [_chain(document)],
        "organisations": [_organisation(item, language) for item in document.organisations],
        "products": [_product(item, bom_files) for item in document.products],
        "declarations": [_declaration(item, language) for item in document.declarations],
        "certificates": [_certificate(item) for item in document.certificates],
    }


def _chain(document: written.ChainDocument) -> Row:
    remark = Text("", "") if document.remark is None else name_of(document.remark)
    return {
        "id": document.id,
        **_names(document.name),
        "lead": document.lead,
        "period_start": document.period.start,
        "period_end": document.period.end,
        "remark": f"{remark.zh} {remark.en}",
    }


def _organisation(item: written.OrganisationItem, language: Language) -> Row:
    return {
        "id": item.id,
        **_names(item.name),
        "uscc": item.identifier.value,
        "roles": "；".join(ROLE_NAMES[role].to(language) for role in item.roles),
        "site": item.sites[0].name,
        "province": PROVINCES[item.sites[0].province].to(language),
    }


def _product(item: written.ProductItem, bom_files: Mapping[str, str]) -> Row:
    mass = item.mass
    return {
        "id": item.id,
        "organisation": item.organisation,
        **_names(item.name),
        "declared_unit": item.declared_unit,
        "mass_kg": None if mass is None else Quantity(mass.amount, mass.unit).to("kg"),
        "bom_file": bom_files.get(item.id),
        "screening": item.screening,
    }


def _declaration(item: written.DeclarationItem, language: Language) -> Row:
    return {
        "id": item.id,
        "owner": item.owner,
        **_names(item.name),
        "unit": item.unit,
        "kg_co2e": item.kg_co2e,
        "gwp_basis": item.gwp_basis,
        "valid_from": item.valid_from,
        "valid_until": item.valid_until,
        "primary_percent": item.primary_data_share * 100,
        "statement": item.statement,
        "verification": VERIFICATION_NAMES[item.verification].to(language),
        **{
            name: None if rating == UNKNOWN_RATING else rating for name, rating in item.data_quality
        },
        "uncertainty_gsd": None if item.uncertainty is None else item.uncertainty.geometric_sd,
    }


def _certificate(item: written.CertificateItem) -> Row:
    return {
        "id": item.id,
        "organisation": item.organisation,
        "energy": item.energy.amount,
        "energy_unit": item.energy.unit,
        "technology": item.technology,
    }


def _names(item: written.NameItem) -> Row:
    return {"name_zh": item.zh, "name_en": item.en}
