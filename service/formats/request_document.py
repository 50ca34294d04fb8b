"""The requests document: whom to ask next about a product, and what is missing beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from lca_models.errors import Text
from lca_models.impacts.request import GapRequest, Request, RequestKind
from service.domain.request_ranking import ProductRequests
from service.formats.bilingual import Bilingual, Part, to_bilingual
from service.formats.result_document import DeclaredUnitPart, MethodPart, NamedPart
from service.formats.result_writing import to_method

FORMAT: Literal["greenchain.requests/1"] = "greenchain.requests/1"


class RequestPart(Part):
    """A data point that primary data could replace."""

    kind: RequestKind = Field(description="What stands there today.")
    organisation: NamedPart = Field(
        description="Who has not answered, who buys and can ask, or who declares."
    )
    product: NamedPart | None = Field(
        description="Whose activity data has the line; null for a declaration."
    )
    line: str | None
    suppliers: list[NamedPart] = Field(
        description="The factors or the declaration that stand there; no value of theirs is told."
    )
    measured: bool = Field(description="Whether the amount of the line was measured.")
    kg_co2e: float = Field(description="In one declared unit of the lead product.")
    variance_removed: float = Field(
        description="Share of the lead product's variance that primary data would remove; below "
        "zero where what stands there is given as more certain than primary data."
    )


class GapRequestPart(Part):
    """A line without any value: how much may be missing, not how uncertain something is."""

    organisation: NamedPart
    product: NamedPart
    line: str
    reason: Bilingual
    cure: Bilingual
    upper_kg_co2e: float | None = Field(description="Most that it can add; null if unknown.")
    variance_ratio: float | None = Field(
        description="Variance of a value evenly spread from nothing to that bound, over that of "
        "the lead product."
    )


class RequestsDocument(Part):
    """Where primary data would tell most about one declared unit of a product."""

    format: Literal["greenchain.requests/1"] = Field(
        FORMAT, description="Name and version of the format."
    )
    chain: NamedPart
    product: NamedPart
    per: DeclaredUnitPart
    standard_deviation_kg_co2e: float = Field(description="Of its footprint, to first order.")
    method: MethodPart
    requests: list[RequestPart] = Field(description="Most variance first.")
    gaps: list[GapRequestPart] = Field(description="Largest bound first, those without one last.")


def to_requests(found: ProductRequests) -> RequestsDocument:
    """Write a ranking down."""
    chain, product, ranking = found.chain, found.product, found.ranking
    writer = _Writer(found)
    return RequestsDocument(
        format=FORMAT,
        chain=NamedPart(id=chain.id, name=to_bilingual(chain.name)),
        product=writer.product(product.id),
        per=DeclaredUnitPart(amount=product.declared.amount, unit=product.declared.unit),
        standard_deviation_kg_co2e=ranking.standard_deviation_kg_co2e,
        method=to_method(found.method),
        requests=[writer.request(request) for request in ranking.requests],
        gaps=[writer.gap(gap) for gap in ranking.gaps],
    )


class _Writer:
    """Writes the parts of one ranking, with the names of what they refer to."""

    def __init__(self, found: ProductRequests) -> None:
        chain = found.chain
        self._missing = found.missing
        self._firms = {firm.id: firm.name for firm in chain.organisations}
        self._products = {product.id: product.name for product in chain.products}
        self._factors = {key: factor.name for key, factor in found.factors.items()}
        self._declared = {declared.id: declared.name for declared in chain.declarations}

    def product(self, product_id: str) -> NamedPart:
        return _named(product_id, self._products)

    def request(self, request: Request) -> RequestPart:
        declared = request.kind is RequestKind.DECLARED
        names = self._declared if declared else self._factors
        return RequestPart(
            kind=request.kind,
            organisation=_named(request.organisation, self._firms),
            product=None if request.product is None else self.product(request.product),
            line=request.line,
            suppliers=[_named(supplier, names) for supplier in request.suppliers],
            measured=request.measured,
            kg_co2e=request.kg_co2e,
            variance_removed=request.variance_removed,
        )

    def gap(self, gap: GapRequest) -> GapRequestPart:
        missing = self._missing[gap.product, gap.line]
        return GapRequestPart(
            organisation=_named(gap.organisation, self._firms),
            product=self.product(gap.product),
            line=gap.line,
            reason=to_bilingual(missing.reason),
            cure=to_bilingual(missing.cure),
            upper_kg_co2e=gap.upper_kg_co2e,
            variance_ratio=gap.variance_ratio,
        )


def _named(key: str, names: Mapping[str, Text]) -> NamedPart:
    return NamedPart(id=key, name=to_bilingual(names.get(key, Text(en=key, zh=key))))
