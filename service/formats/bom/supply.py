"""Where an input of a bill of materials comes from: a member, a declaration, a factor or a name."""

from __future__ import annotations

import re

from lca_models.errors import GreenchainError, Text, UnknownFactorError
from lca_models.facts.choices import GapMaterial
from lca_models.facts.units import Quantity
from service.domain.submission import (
    BackgroundSupply,
    DeclaredSupply,
    MemberProduct,
    NamedMaterial,
    Supply,
)
from service.formats.bom.context import BomContext
from service.formats.bom.references import name_own_product, name_supply, refuse_declaration
from service.formats.sheets.cells import narrow
from service.formats.sheets.row_reader import RowReader

_REFERENCE = re.compile(r"(product|产品|declared|declaration|声明)\s*:\s*(.*)", re.IGNORECASE)
_FACTOR = re.compile(r"(?:factor|background|因子|背景)\s*:\s*(.*)", re.IGNORECASE)
# What was found in the library for a row, beside the columns of the file.
MATCHED = "matched"
_PRODUCT_WORDS = {"product", "产品"}


def read_product_reference(row: RowReader, context: BomContext) -> str | None:
    """The product that the source cell names, None if the cell is empty or wrong."""
    text = row.text("source")
    if text is None:
        return None
    match = _REFERENCE.fullmatch(narrow(text))
    if match and match[1].casefold() in _PRODUCT_WORDS and match[2]:
        return name_own_product(row, "source", match[2], context.references)
    row.complain(
        "source",
        "unknown-reference",
        Text(en="“{text}” names no product.", zh="“{text}”不是产品引用。").format(text=text),
        Text(
            en="Write product:ID, such as product:P1.", zh="请填写product:产品编号，如product:P1。"
        ),
    )
    return None


def read_supply(row: RowReader, name: str, quantity: Quantity, context: BomContext) -> Supply:
    """Where an input comes from; its unit is held against the factor where one is known."""
    text = row.text("source")
    if text is None:
        return _by_name(row, name, quantity, context)
    narrowed = narrow(text)
    match = _REFERENCE.fullmatch(narrowed)
    if match is None:
        return _by_factor(row, narrowed, quantity, context)
    if not match[2]:
        row.complain(
            "source",
            "unknown-reference",
            Text(en="The id after the colon is missing.", zh="冒号后缺少编号。"),
            Text(en="Write it as product:P1.", zh="请写作product:P1。"),
        )
    if match[1].casefold() in _PRODUCT_WORDS:
        return MemberProduct(name_supply(row, match[2], context.references))
    refuse_declaration(row, context.references)
    return DeclaredSupply(match[2])


def _by_factor(row: RowReader, text: str, quantity: Quantity, context: BomContext) -> Supply:
    named = _FACTOR.fullmatch(text)
    factor_id = named[1] if named else text
    material = context.library.find_material(factor_id)
    if material is not None and factor_id not in context.library.factors:
        return _by_name(row, factor_id, quantity, context)
    try:
        factor = context.library.get_supply_factor(factor_id)
    except GreenchainError as error:
        for defect in error.defects:
            row.complain("source", defect.code, defect.reason, defect.cure)
        if isinstance(error, UnknownFactorError):
            context.propose(row.number, factor_id)
        return BackgroundSupply(factor_id)
    row.read[MATCHED] = factor.id
    row.fit(quantity, factor.unit)
    return BackgroundSupply(factor_id)


def _by_name(row: RowReader, name: str, quantity: Quantity, context: BomContext) -> Supply:
    library = context.library
    if name in library.factors or name in library.cross_checks:
        return _by_factor(row, name, quantity, context)
    material = library.find_material(name)
    if material is None:
        context.propose(row.number, name)
        return NamedMaterial(name)
    row.read[MATCHED] = material.key
    if not isinstance(material, GapMaterial):
        row.fit(quantity, library.get_footprint_factor(material.factor).unit)
    return NamedMaterial(name)
