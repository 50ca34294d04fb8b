"""The method document: what a chain's footprints would be under other methods. Version 1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from pydantic import Field

from lca_models.errors import Defect, Text
from lca_models.inventory.allocation import AllocationMethod
from lca_models.inventory.recycling import RecyclingMethod
from service.domain.chain import Chain
from service.domain.method_envelope import MethodChoice, MethodEnvelope, MethodResult
from service.formats.bilingual import Bilingual, Part, to_bilingual
from service.formats.result_document import NamedPart

FORMAT: Literal["greenchain.methods/1"] = "greenchain.methods/1"


class ChoicePart(Part):
    """One way to calculate."""

    characterisation: str
    allocation: AllocationMethod | None = Field(description="Null: as each firm chose it.")
    recycling: RecyclingMethod


class ReasonPart(Part):
    """Why a choice does not reach something, and what would help."""

    organisation: str | None
    product: str | None
    line: str | None
    reason: Bilingual
    cure: Bilingual


class SupplierPart(Part):
    """What a first-tier firm contributes to a product, without the transport that brings it."""

    organisation: NamedPart
    kg_co2e: float


class FlipPart(Part):
    """Two suppliers whose order the choice turns round; `ahead` contributes more in the base."""

    ahead: NamedPart
    behind: NamedPart


class TotalPart(Part):
    """A product under one choice."""

    choice: ChoicePart
    kg_co2e: float | None = Field(description="Per declared unit; null where nothing is known.")
    suppliers: list[SupplierPart]
    flips: list[FlipPart] = Field(description="Empty where the ranking is that of the base.")
    inputs_hash: str


class ProductPart(Part):
    """A product under every choice."""

    product: str
    name: Bilingual
    unit: str
    base: TotalPart
    lowest_kg_co2e: float | None = Field(description="Over the base and the alternatives.")
    highest_kg_co2e: float | None
    alternatives: list[TotalPart]
    sensitivities: list[TotalPart] = Field(description="Other ways to count recycling.")


class RefusedPart(Part):
    """A choice without a result, or one that does not reach everything, with the reasons."""

    choice: ChoicePart
    reasons: list[ReasonPart]


class MethodDocument(Part):
    """Products of a chain under each admissible method; the lead firm's unless others are named."""

    format: Literal["greenchain.methods/1"] = Field(
        FORMAT, description="Name and version of the format."
    )
    chain: NamedPart
    products: list[ProductPart]
    inadmissible: list[RefusedPart]
    partial: list[RefusedPart] = Field(
        description="Choices under which some runs keep their own, with any set of GWPs."
    )
    uncounted: list[ReasonPart] = Field(
        description="Lines whose recycling no sensitivity can count otherwise."
    )


def to_method_document(envelope: MethodEnvelope, product_ids: Sequence[str] = ()) -> MethodDocument:
    """Write an envelope down, for the named products or those of the lead firm.

    Raises:
        UnknownProductError: The chain has no product of that id.
    """
    chain = envelope.chain
    leads = [product.id for product in chain.products if product.organisation_id == chain.lead_id]
    chosen = [chain.get_product(key).id for key in dict.fromkeys(product_ids or leads)]
    return MethodDocument(
        chain=NamedPart(id=chain.id, name=to_bilingual(chain.name)),
        products=[_product(envelope, product_id) for product_id in chosen],
        inadmissible=[_refused(r.choice, r.reasons) for r in envelope.inadmissible],
        partial=[
            _refused(result.choice, result.kept)
            for result in envelope.alternatives
            if result.kept
            and result.choice.characterisation == envelope.base.choice.characterisation
        ],
        uncounted=[_reason(defect) for defect in envelope.uncounted],
    )


def _product(envelope: MethodEnvelope, product_id: str) -> ProductPart:
    product = envelope.chain.get_product(product_id)
    names = _names(envelope.chain)
    low, high = envelope.span(product_id) or (None, None)
    return ProductPart(
        product=product.id,
        name=to_bilingual(product.name),
        unit=product.describe_declared_unit(),
        base=_total(envelope.base, product_id, names),
        lowest_kg_co2e=low,
        highest_kg_co2e=high,
        alternatives=[_total(result, product_id, names) for result in envelope.alternatives],
        sensitivities=[_total(result, product_id, names) for result in envelope.sensitivities],
    )


def _total(result: MethodResult, product_id: str, names: Mapping[str, Text]) -> TotalPart:
    return TotalPart(
        choice=_choice(result.choice),
        kg_co2e=result.kg_co2e[product_id],
        suppliers=[
            SupplierPart(organisation=_firm(firm, names), kg_co2e=kg_co2e)
            for firm, kg_co2e in result.suppliers.get(product_id, {}).items()
        ],
        flips=[
            FlipPart(ahead=_firm(flip.ahead, names), behind=_firm(flip.behind, names))
            for flip in result.flips
            if flip.product == product_id
        ],
        inputs_hash=result.method.inputs_hash,
    )


def _names(chain: Chain) -> dict[str, Text]:
    return {firm.id: firm.name for firm in chain.organisations}


def _firm(firm_id: str, names: Mapping[str, Text]) -> NamedPart:
    name = names.get(firm_id, Text(en=firm_id, zh=firm_id))
    return NamedPart(id=firm_id, name=to_bilingual(name))


def _choice(choice: MethodChoice) -> ChoicePart:
    return ChoicePart(
        characterisation=choice.characterisation,
        allocation=choice.allocation,
        recycling=choice.recycling,
    )


def _refused(choice: MethodChoice, reasons: Iterable[Defect]) -> RefusedPart:
    return RefusedPart(choice=_choice(choice), reasons=[_reason(defect) for defect in reasons])


def _reason(defect: Defect) -> ReasonPart:
    place = defect.place
    return ReasonPart(
        organisation=place.organisation,
        product=place.product,
        line=place.line,
        reason=to_bilingual(defect.reason),
        cure=to_bilingual(defect.cure),
    )
