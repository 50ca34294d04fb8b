"""The trace document: the contributions to one footprint, and flows for a Sankey diagram."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from lca_models.errors import Text
from lca_models.facts.stages import STAGE_NAMES, Stage
from lca_models.impacts.trace import Contribution, FlowEnd, FlowEndKind, Flows, SourceKind
from service.domain.footprint_trace import FootprintTrace
from service.formats.bilingual import Bilingual, Part, to_bilingual
from service.formats.result_document import DeclaredUnitPart, MethodPart, NamedPart
from service.formats.result_writing import to_method

FORMAT: Literal["greenchain.trace/1"] = "greenchain.trace/1"
_ENDS: Mapping[FlowEndKind, Text] = {
    FlowEndKind.ON_SITE: Text(en="On-site emissions", zh="现场排放"),
    FlowEndKind.PUBLISHED: Text(en="Published factors: {stage}", zh="公开因子：{stage}"),
    FlowEndKind.DECLARED: Text(en="Declared footprints", zh="声明的碳足迹"),
    FlowEndKind.OTHERS: Text(en="Others", zh="其他"),
}


class ContributionPart(Part):
    """One branch of the tree; its further branches and `rest_kg_co2e` sum to its `kg_co2e`."""

    parent: int | None = Field(description="Position in the list; null at the root.")
    tier: int = Field(description="Steps from the root.")
    kind: SourceKind
    source: NamedPart = Field(description="Product, declared footprint, factor or gas.")
    organisation: NamedPart = Field(description="Who answers for it.")
    line: str
    stage: Stage | None
    amount: float | None = Field(
        description="Taken along this branch for one declared unit of the root; null where it "
        "would tell a value that its licence keeps."
    )
    unit: str
    kg_co2e: float
    share: float | None = Field(description="Of the root; null where the root is zero.")
    rest_kg_co2e: float = Field(description="What no further branch tells.")


class FlowEndPart(Part):
    """A product, a firm, a kind of source, or the others."""

    kind: FlowEndKind
    id: str
    name: Bilingual


class FlowPart(Part):
    """kg CO2e that a supplier hands on; both are positions in `ends`."""

    supplier: int
    customer: int
    kg_co2e: float


class FlowsPart(Part):
    """Flows between ends; what flows into a product, a firm or the others flows out again."""

    root: int = Field(description="Position in `ends` where what stays is the total.")
    ends: list[FlowEndPart]
    flows: list[FlowPart]


class TraceDocument(Part):
    """Where the footprint of one declared unit of a product comes from."""

    format: Literal["greenchain.trace/1"] = Field(
        FORMAT, description="Name and version of the format."
    )
    chain: NamedPart
    product: NamedPart
    per: DeclaredUnitPart
    kg_co2e: float
    cut_off: float = Field(description="Share of the total below which nothing is told apart.")
    method: MethodPart
    contributions: list[ContributionPart] = Field(
        description="The root, each followed by its further branches."
    )
    by_product: FlowsPart
    by_organisation: FlowsPart


def to_trace(trace: FootprintTrace) -> TraceDocument:
    """Write a trace down."""
    writer = _Writer(trace)
    declared = trace.product.declared
    return TraceDocument(
        format=FORMAT,
        chain=NamedPart(id=trace.chain.id, name=to_bilingual(trace.chain.name)),
        product=writer.source(SourceKind.PRODUCT, trace.product.id),
        per=DeclaredUnitPart(amount=declared.amount, unit=declared.unit),
        kg_co2e=trace.flows.kg_co2e,
        cut_off=trace.tree.cut_off,
        method=to_method(trace.method),
        contributions=[writer.contribution(each) for each in trace.tree.contributions],
        by_product=writer.flows(trace.flows),
        by_organisation=writer.flows(trace.flows_by_organisation),
    )


class _Writer:
    """Writes the parts of one trace, with the names of what they refer to."""

    def __init__(self, trace: FootprintTrace) -> None:
        chain = trace.chain
        self._products = {product.id: product for product in chain.products}
        self._kept = {key for key, f in trace.factors.items() if not f.redistributable}
        self._firms = {firm.id: firm.name for firm in chain.organisations}
        self._sources: Mapping[SourceKind, Mapping[str, Text]] = {
            SourceKind.PRODUCT: {product.id: product.name for product in chain.products},
            SourceKind.DECLARED: {declared.id: declared.name for declared in chain.declarations},
            SourceKind.PUBLISHED: {key: factor.name for key, factor in trace.factors.items()},
            SourceKind.EMISSION: {},
        }

    def contribution(self, contribution: Contribution) -> ContributionPart:
        firm = contribution.organisation
        amount, unit = contribution.amount, contribution.unit
        if contribution.kind is SourceKind.PRODUCT:  # the engine counts in declared units
            declared = self._products[contribution.source].declared
            amount, unit = amount * declared.amount, declared.unit
        return ContributionPart(
            parent=contribution.parent,
            tier=contribution.tier,
            kind=contribution.kind,
            source=self.source(contribution.kind, contribution.source),
            organisation=NamedPart(id=firm, name=to_bilingual(self._firm(firm))),
            line=contribution.line,
            stage=contribution.stage,
            amount=None if contribution.source in self._kept else amount,
            unit=unit,
            kg_co2e=contribution.kg_co2e,
            share=contribution.share,
            rest_kg_co2e=contribution.rest_kg_co2e,
        )

    def source(self, kind: SourceKind, key: str) -> NamedPart:
        name = self._sources[kind].get(key, Text(en=key, zh=key))
        return NamedPart(id=key, name=to_bilingual(name))

    def flows(self, flows: Flows) -> FlowsPart:
        used = {end for flow in flows.flows for end in (flow.supplier, flow.customer)}
        ends = sorted(used | {flows.root})
        places = {end: place for place, end in enumerate(ends)}
        return FlowsPart(
            root=places[flows.root],
            ends=[
                FlowEndPart(kind=end.kind, id=end.id, name=to_bilingual(self._name_end(end)))
                for end in ends
            ],
            flows=[
                FlowPart(
                    supplier=places[flow.supplier],
                    customer=places[flow.customer],
                    kg_co2e=flow.kg_co2e,
                )
                for flow in flows.flows
            ],
        )

    def _firm(self, key: str) -> Text:
        return self._firms.get(key, Text(en=key, zh=key))

    def _name_end(self, end: FlowEnd) -> Text:
        match end.kind:
            case FlowEndKind.PRODUCT:
                return self.source(SourceKind.PRODUCT, end.id).name.to_text()
            case FlowEndKind.PUBLISHED:
                return _ENDS[end.kind].format(stage=STAGE_NAMES[Stage(end.id)])
            case FlowEndKind.ORGANISATION:
                return self._firm(end.id)
            case FlowEndKind.DECLARED if end.id:
                owned = Text(en="Declared by {firm}", zh="{firm}声明的碳足迹")
                return owned.format(firm=self._firm(end.id))
            case _:
                return _ENDS[end.kind]
