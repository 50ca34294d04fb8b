"""Rows of a chain sheet as firms, products, declarations and certificates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lca_models.errors import Text
from lca_models.facts.data_quality import UNKNOWN_RATING, DataQuality
from lca_models.facts.factors import NOT_STATED, PUBLISHED_CO2E
from lca_models.facts.names import fold
from lca_models.facts.units import Quantity, find_declared_unit, find_unit
from lca_models.inventory.processes import DistributionKind, Uncertainty
from service.domain.chain import Certificate, Declaration, Verification
from service.domain.organisation import (
    Identifier,
    IdentifierScheme,
    Organisation,
    Role,
    Site,
)
from service.domain.product import Product
from service.domain.submission import Period
from service.formats.chain.provinces import find_province
from service.formats.chain.sheet_columns import (
    ROLE_NAMES,
    ROLES,
    SCHEME_NAMES,
    SCHEMES,
    VERIFICATION_NAMES,
    VERIFICATIONS,
)
from service.formats.sheets.cells import MAX_NOTE_LENGTH, narrow
from service.formats.sheets.row_reader import RowReader

_BEST_RATING = 1.0
_RATINGS = ("technological", "geographical", "temporal")
_BETWEEN = re.compile(r"[;；,，、/]")
_NOT_IN_FILE_NAMES = re.compile(r"[/\\:*?\"<>|]")


@dataclass(frozen=True, slots=True)
class ChainRow:
    """The one row about the chain itself."""

    id: str
    name: Text
    lead_id: str
    period: Period
    remark: Text | None


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product with the name of the file that holds its bill of materials."""

    product: Product
    bom_file: str | None


def read_chain(row: RowReader) -> ChainRow | None:
    """The chain itself."""
    key, name, lead = _key(row, "id"), _name(row), _key(row, "lead")
    period = _period(row, "period_start", "period_end")
    remark = row.text("remark", MAX_NOTE_LENGTH)
    if row.is_broken or period is None:
        return None
    return ChainRow(key, name, lead, period, None if remark is None else Text(remark, remark))


def read_organisation(row: RowReader) -> Organisation | None:
    """A firm."""
    key, name = _key(row, "id"), _name(row)
    identifier, roles, sites = _identifier(row), _roles(row), _sites(row)
    if row.is_broken or identifier is None:
        return None
    return Organisation(key, name, identifier, roles, sites)


def read_product(row: RowReader) -> ProductRow | None:
    """A product, and where its bill of materials is."""
    key, owner, name = _key(row, "id"), _key(row, "organisation"), _name(row)
    amount = row.number_at("declared_amount", above=True)
    mass_kg = row.number_at("mass_kg", above=True)
    unit = _key(row, "declared_unit")
    declared = row.attempt("declared_unit", lambda: find_declared_unit(unit)) if unit else None
    screening, bom_file = row.text("screening"), _file_name(row)
    if row.is_broken or declared is None:
        return None
    quantity = Quantity(1.0 if amount is None else amount, declared.symbol)
    return ProductRow(Product(key, owner, name, quantity, mass_kg, screening), bom_file)


def read_declaration(row: RowReader) -> Declaration | None:
    """A declared footprint."""
    key, owner, name, statement = (
        _key(row, "id"),
        _key(row, "owner"),
        _name(row),
        _key(row, "statement"),
    )
    unit = _key(row, "unit")
    known = row.attempt("unit", lambda: find_unit(unit)) if unit else None
    row.need("kg_co2e")
    value = row.number_at("kg_co2e", least=0.0)
    validity = _period(row, "valid_from", "valid_until")
    verification = row.choice("verification", VERIFICATIONS, VERIFICATION_NAMES)
    primary, basis = row.share("primary_percent"), row.text("gwp_basis")
    quality = DataQuality(*(_rating(row, key) for key in _RATINGS))
    spread = row.number_at("uncertainty_gsd", least=1.0)
    if row.is_broken or known is None or value is None or validity is None:
        return None
    return Declaration(
        id=key,
        owner=owner,
        name=name,
        unit=known.symbol,
        gases={PUBLISHED_CO2E: value},
        gwp_basis=basis or NOT_STATED,
        valid_from=validity.start,
        valid_until=validity.end,
        primary_data_share=primary,
        statement=statement,
        verification=verification or Verification.NONE,
        quality=quality,
        uncertainty=None
        if spread is None or spread == 1.0
        else Uncertainty(DistributionKind.LOGNORMAL, geometric_sd=spread),
    )


def read_certificate(row: RowReader) -> Certificate | None:
    """A green-power certificate."""
    key, owner, technology = _key(row, "id"), _key(row, "organisation"), _key(row, "technology")
    energy = row.quantity("energy", "energy_unit")
    row.fit(energy, "kWh", "energy_unit")
    if row.is_broken:
        return None
    return Certificate(key, owner, energy.to("kWh"), technology)


def _key(row: RowReader, key: str) -> str:
    row.need(key)
    return row.text(key) or ""


def _rating(row: RowReader, key: str) -> float:
    rating = row.number_at(key, least=_BEST_RATING)
    if rating is None:
        return UNKNOWN_RATING
    if rating > UNKNOWN_RATING:
        row.complain(
            key,
            "invalid-amount",
            Text(en="The rating {rating:g} is above 5.", zh="评分{rating:g}大于5。").format(
                rating=rating
            ),
            Text(
                en="Give a rating from 1, best, to 5, worst; leave it empty if it is unknown.",
                zh="请填写1（最好）至5（最差）；未知请留空。",
            ),
        )
    return rating


def _name(row: RowReader) -> Text:
    zh, en = row.text("name_zh"), row.text("name_en")
    if zh is None and en is None:
        row.need("name_zh")
    return Text(en=en or zh or "", zh=zh or en or "")


def _period(row: RowReader, start_key: str, end_key: str) -> Period | None:
    row.need(start_key)
    row.need(end_key)
    start, end = row.day(start_key), row.day(end_key)
    if start is None or end is None:
        return None
    if end < start:
        row.complain(
            end_key,
            "invalid-period",
            Text(en="The end is before the start.", zh="结束日期早于开始日期。"),
            Text(en="Correct the two dates.", zh="请更正起止日期。"),
        )
        return None
    return Period(start, end)


def _identifier(row: RowReader) -> Identifier | None:
    if row.has("scheme") or row.has("number"):
        row.need("scheme")
        row.need("number")
    scheme = row.choice("scheme", SCHEMES, SCHEME_NAMES)
    number, uscc = row.text("number"), row.text("uscc")
    if uscc is not None:
        code = narrow(uscc).replace(" ", "").upper()
        return row.attempt("uscc", lambda: Identifier(IdentifierScheme.USCC, code))
    if scheme is not None and number is not None:
        return row.attempt("number", lambda: Identifier(scheme, number))
    if not row.has("scheme"):
        row.need("uscc")
    return None


def _roles(row: RowReader) -> tuple[Role, ...]:
    text = row.text("roles")
    if text is None:
        return ()
    words = [word.strip() for word in _BETWEEN.split(text) if word.strip()]
    found = [ROLES.get(fold(word)) for word in words]
    if None in found:
        row.complain(
            "roles",
            "unknown-choice",
            Text(en="“{text}” is not in the list.", zh="“{text}”不在可选范围内。").format(
                text=text
            ),
            Text(
                en=f"Use: {', '.join(name.en for name in ROLE_NAMES.values())}.",
                zh=f"请使用：{'、'.join(name.zh for name in ROLE_NAMES.values())}。",
            ),
        )
    return tuple(dict.fromkeys(role for role in found if role is not None))


def _sites(row: RowReader) -> tuple[Site, ...]:
    site, province = row.text("site"), row.text("province")
    if site is None and province is None:
        return ()
    row.need("province")
    if province is None:
        return ()
    code = find_province(province)
    made = row.attempt("province", lambda: Site("1", site or province, code))
    return () if made is None else (made,)


def _file_name(row: RowReader) -> str | None:
    """The name of a file beside the chain sheet: a name, never a path."""
    name = row.text("bom_file")
    if name is None:
        return None
    if _NOT_IN_FILE_NAMES.search(name) or name.startswith("."):
        row.complain(
            "bom_file",
            "invalid-file-name",
            Text(en="“{name}” is not a plain file name.", zh="“{name}”不是有效的文件名。").format(
                name=name
            ),
            Text(
                en="Put the file beside this one and give its name, such as frame.xlsx.",
                zh="请将文件放在同一文件夹，只填写文件名，如frame.xlsx。",
            ),
        )
    return name
