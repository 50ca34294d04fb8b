"""From a chain document to a chain, with every defect at its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from pydantic import ValidationError

from lca_models.errors import Defect, GreenchainError, Place, Text
from lca_models.facts.data_quality import DataQuality
from lca_models.facts.factors import PUBLISHED_CO2E
from lca_models.facts.units import Quantity, find_unit
from service.domain.chain import Certificate, Chain, Declaration
from service.domain.errors import InvalidChainError, InvalidDocumentError
from service.domain.organisation import Identifier, Organisation, Site
from service.domain.product import Product
from service.domain.submission import Displacement, Output, Period, Submission
from service.formats.chain import document as written
from service.formats.chain.activities import LineReader, read_uncertainty
from service.formats.chain.document_text import read_document_text, refuse_large_document
from service.formats.chain.validation_texts import MOST_DEFECTS, describe, tell_how_many_more

_Read = TypeVar("_Read")
_LONGEST_WORD = 200


def read_chain(content: bytes) -> Chain:
    """Read a chain document from JSON or YAML text.

    Raises:
        InvalidDocumentError: It does not have the shape of the format.
        InvalidChainError: A unit, identifier or amount in it is not usable.
    """
    return to_chain(validate_document(read_document_text(content)))


def validate_document(read: Mapping[str, object]) -> written.ChainDocument:
    """Check the shape of a chain document.

    Raises:
        InvalidDocumentError: The fields that do not fit, with firm, product and line; or the part
            that is too large.
    """
    refuse_large_document(read)
    try:
        return written.ChainDocument.model_validate(read)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        count = error.error_count()
    defects = [
        _defect(read, d["loc"], *describe(d["type"], d["msg"], d.get("ctx", {})))
        for d in details[:MOST_DEFECTS]
    ]
    raise InvalidDocumentError(*_end(defects, count))


def to_chain(document: written.ChainDocument) -> Chain:
    """Turn a document of the right shape into a chain.

    Raises:
        InvalidChainError: Every unit, identifier or amount that is not usable.
    """
    reader = _Reader(document)
    chain = reader.read()
    if reader.defects or chain is None:
        raise InvalidChainError(*_end(reader.defects[:MOST_DEFECTS], len(reader.defects)))
    return chain


def _end(defects: list[Defect], count: int) -> list[Defect]:
    more = count - len(defects)
    return [*defects, tell_how_many_more(defects[0].code, more)] if more > 0 else defects


def to_submission(item: written.ProcessItem, default: Period) -> Submission:
    """Turn a process of the document into activity data.

    Args:
        item: The process.
        default: The reporting period where the process states none.

    Raises:
        InvalidChainError: Every unit or amount that is not usable, with its line.
    """
    reader = LineReader()
    lines, defects = reader.read(item), reader.defects
    try:
        output = _output(item.product, item.output)
        co_products = tuple(map(_co_product, item.co_products))
    except GreenchainError as error:
        defects += error.defects
    if defects:
        raise InvalidChainError(*defects)
    period = default if item.period is None else Period(item.period.start, item.period.end)
    return Submission(period, output, lines, co_products, item.allocation)


def name_of(item: written.NameItem) -> Text:
    """A name in both languages; one stands in for the other."""
    return Text(en=item.en or item.zh or "", zh=item.zh or item.en or "")


class _Reader:
    """Reads item by item and gathers what is wrong, so that all of it is told at once."""

    def __init__(self, document: written.ChainDocument) -> None:
        self.document = document
        self.defects: list[Defect] = []
        self.period = Period(document.period.start, document.period.end)
        self.owners = {product.id: product.organisation for product in document.products}

    def read(self) -> Chain | None:
        document = self.document
        organisations = self._each(document.organisations, self._organisation, _firm_place)
        products = self._each(document.products, self._product, self._product_place)
        submissions = self._each(document.processes, self._submission, self._process_place)
        declarations = self._each(document.declarations, _declaration, _declaration_place)
        certificates = self._each(document.certificates, _certificate, _certificate_place)
        if self.defects:
            return None
        return Chain(
            id=document.id,
            name=name_of(document.name),
            lead_id=document.lead,
            period=self.period,
            organisations=organisations,
            products=products,
            submissions=submissions,
            declarations=declarations,
            certificates=certificates,
            remark=None if document.remark is None else name_of(document.remark),
        )

    def _each(
        self,
        items: Sequence[_Item],
        read: Callable[[_Item], _Read],
        place: Callable[[_Item], Place],
    ) -> tuple[_Read, ...]:
        found = []
        for item in items:
            try:
                found.append(read(item))
            except GreenchainError as error:
                self.defects += error.at(place(item)).defects
        return tuple(found)

    def _organisation(self, item: written.OrganisationItem) -> Organisation:
        return Organisation(
            id=item.id,
            name=name_of(item.name),
            identifier=Identifier(item.identifier.scheme, item.identifier.value),
            roles=tuple(item.roles),
            sites=tuple(Site(site.id, site.name, site.province) for site in item.sites),
        )

    def _product(self, item: written.ProductItem) -> Product:
        mass = None if item.mass is None else Quantity(item.mass.amount, item.mass.unit).to("kg")
        return Product(
            id=item.id,
            organisation_id=item.organisation,
            name=name_of(item.name),
            declared=Quantity(item.declared_amount, item.declared_unit),
            mass_kg=mass,
            screening=item.screening,
        )

    def _submission(self, item: written.ProcessItem) -> Submission:
        return to_submission(item, self.period)

    def _product_place(self, item: written.ProductItem) -> Place:
        return Place(organisation=item.organisation, product=item.id)

    def _process_place(self, item: written.ProcessItem) -> Place:
        return Place(organisation=self.owners.get(item.product), product=item.product)


_Item = TypeVar("_Item")


def _firm_place(item: written.OrganisationItem) -> Place:
    return Place(organisation=item.id)


def _declaration_place(item: written.DeclarationItem) -> Place:
    return Place(organisation=item.owner, product=item.id)


def _certificate_place(item: written.CertificateItem) -> Place:
    return Place(organisation=item.organisation, line=item.id)


def _output(product_id: str, item: written.OutputItem) -> Output:
    return Output(
        product_id=product_id,
        quantity=Quantity(item.quantity.amount, item.quantity.unit),
        value=item.value_per_unit,
        energy_mj=item.energy_mj_per_unit,
        relation=item.relation_per_unit,
        share=item.share,
    )


def _co_product(item: written.CoProductItem) -> Output:
    made, displaces = _output(item.product, item), item.displaces
    if displaces is None:
        return made
    per_unit = Quantity(displaces.quantity_per_unit.amount, displaces.quantity_per_unit.unit)
    displaced = displaces.factor or displaces.material or ""
    return replace(made, displaces=Displacement(displaced, per_unit))


def _declaration(item: written.DeclarationItem) -> Declaration:
    gases = {PUBLISHED_CO2E: item.kg_co2e} if item.kg_co2e is not None else item.gases
    return Declaration(
        id=item.id,
        owner=item.owner,
        name=name_of(item.name),
        unit=find_unit(item.unit).symbol,
        gases=gases or {},
        gwp_basis=item.gwp_basis,
        valid_from=item.valid_from,
        valid_until=item.valid_until,
        primary_data_share=item.primary_data_share,
        statement=item.statement,
        verification=item.verification,
        quality=DataQuality(
            technological=item.data_quality.technological,
            geographical=item.data_quality.geographical,
            temporal=item.data_quality.temporal,
        ),
        uncertainty=read_uncertainty(item.uncertainty),
    )


def _certificate(item: written.CertificateItem) -> Certificate:
    return Certificate(
        id=item.id,
        organisation_id=item.organisation,
        energy_kwh=Quantity(item.energy.amount, item.energy.unit).to("kWh"),
        technology=item.technology,
    )


def _defect(
    read: Mapping[str, object], path: tuple[int | str, ...], reason: Text, cure: Text
) -> Defect:
    """A complaint about a field, placed by firm, product and line as the document names them."""
    field = ".".join(str(part)[:_LONGEST_WORD] for part in path)
    item: object = read
    organisation = product = line = None
    for depth, step in enumerate(path):
        item = _step(item, step)
        if depth == 1 and isinstance(item, dict):
            organisation = item.get("organisation") or (
                item.get("id") if path[0] == "organisations" else None
            )
            product = item.get("id") if path[0] == "products" else item.get("product")
    if path[:1] == ("processes",) and organisation is None:
        organisation = _owner(read, product)
    if path:
        line = field
    place = Place(organisation=_word(organisation), product=_word(product), line=line)
    return Defect(InvalidDocumentError.code, reason, cure, place=place, value=_word(item))


def _step(item: object, step: int | str) -> object:
    if isinstance(item, dict):
        return item.get(step)
    if isinstance(item, list) and isinstance(step, int) and step < len(item):
        return item[step]
    return None


def _owner(read: Mapping[str, object], product: object) -> object:
    products = read.get("products")
    for item in products if isinstance(products, list) else ():
        if isinstance(item, dict) and item.get("id") == product:
            return item.get("organisation")
    return None


def _word(value: object) -> str | None:
    if value is None or isinstance(value, dict | list):
        return None
    return str(value)[:_LONGEST_WORD]
