"""From calculated footprints to the result document."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from lca_models.errors import Text
from lca_models.facts.data_quality import DataQuality
from lca_models.impacts.impact import LineImpact, Method, OrganisationImpact
from lca_models.impacts.interval import Interval
from lca_models.inventory.recycling import RecyclingMethod
from service.domain.chain import Chain
from service.domain.footprint import ChainFootprints, Footprint, FootprintGap, describe_boundary
from service.domain.footprint_interval import NoInterval
from service.domain.organisation import Organisation
from service.domain.usability import find_usability
from service.formats import result_document as written
from service.formats.bilingual import to_bilingual
from service.formats.factor_document import to_factor
from service.formats.release import find_release


def to_result(found: ChainFootprints, product_ids: Sequence[str] = ()) -> written.ResultDocument:
    """Write footprints down: all of a chain, the lead firm's first, or those that are named.

    Raises:
        UnknownProductError: The chain has no product of that id.
    """
    writer = _Writer(found.chain)
    footprints = choose_footprints(found, product_ids)
    factors = {f.id: f for footprint in footprints for f in footprint.factors}
    cross_checks = {
        f.id: f
        for footprint in footprints
        for gap in footprint.gaps
        for f in gap.missing.cross_checks
    }
    return written.ResultDocument(
        chain=writer.chain(),
        method=to_method(found.method),
        footprints=[writer.footprint(footprint) for footprint in footprints],
        factors=[to_factor(factors[key]) for key in sorted(factors)],
        cross_checks=[to_factor(cross_checks[key]) for key in sorted(cross_checks)],
    )


def choose_footprints(found: ChainFootprints, product_ids: Sequence[str] = ()) -> list[Footprint]:
    """The footprints of the named products, or of all with the lead firm's first.

    Raises:
        UnknownProductError: The chain has no product of that id.
    """
    if product_ids:
        named = dict.fromkeys(found.chain.get_product(key).id for key in product_ids)
        return [found.footprints[key] for key in named]
    lead_id = found.chain.lead_id
    return sorted(found.footprints.values(), key=lambda f: f.organisation.id != lead_id)


class _Writer:
    """Writes the parts of one chain, with the names of what they refer to."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._firms = {firm.id: firm.name for firm in chain.organisations}
        self._suppliers: dict[str, Text] = {d.id: d.name for d in chain.declarations}
        self._suppliers.update({product.id: product.name for product in chain.products})
        self._runs = {
            output.product_id: tuple(
                o.product_id for o in (submission.output, *submission.co_products)
            )
            for submission in chain.current_submissions()
            for output in (submission.output, *submission.co_products)
        }

    def chain(self) -> written.ChainPart:
        chain = self._chain
        return written.ChainPart(
            id=chain.id,
            name=to_bilingual(chain.name),
            lead=_named(chain.lead_id, self._firms),
            period=written.PeriodPart(start=chain.period.start, end=chain.period.end),
            remark=None if chain.remark is None else to_bilingual(chain.remark),
        )

    def footprint(self, footprint: Footprint) -> written.FootprintPart:
        impact, known = footprint.impact, footprint.is_known
        names = {**{f.id: f.name for f in footprint.factors}, **self._suppliers}
        return written.FootprintPart(
            product=footprint.product.id,
            name=to_bilingual(footprint.product.name),
            organisation=_firm(footprint.organisation),
            per=written.DeclaredUnitPart(
                amount=footprint.product.declared.amount, unit=footprint.product.declared.unit
            ),
            answered=footprint.answered,
            kg_co2e=impact.kg_co2e if known else None,
            location_based_kg_co2e=footprint.location_based_kg_co2e if known else None,
            upper_kg_co2e=footprint.upper_kg_co2e,
            interval=to_interval(footprint.interval),
            no_interval=to_no_interval(footprint.interval),
            biogenic_co2_kg=impact.biogenic_co2_kg if known else None,
            by_stage=dict(impact.by_stage) if known else {},
            by_gas=[
                written.GasPart(gas=gas, mass_kg=impact.by_gas_kg[gas], kg_co2e=kg_co2e)
                for gas, kg_co2e in (impact.by_gas.items() if known else ())
            ],
            by_line=[_line(line, names) for line in impact.by_line],
            by_organisation=[self._share_of_firm(part) for part in impact.by_organisation],
            by_tier=list(impact.by_tier) if known else [],
            by_supplier=[
                written.SupplierPart(
                    organisation=_named(part.organisation, self._firms), kg_co2e=part.kg_co2e
                )
                for part in (impact.by_supplier if known else ())
            ],
            by_gwp_basis=dict(impact.by_gwp_basis),
            quality=_quality(footprint),
            allocation=self._allocation(footprint),
            gaps=[_gap(gap) for gap in footprint.gaps],
            factors=[factor.id for factor in footprint.factors],
        )

    def _share_of_firm(self, part: OrganisationImpact) -> written.OrganisationPart:
        return written.OrganisationPart(
            organisation=_named(part.organisation, self._firms),
            on_site_kg_co2e=part.on_site_kg_co2e,
            purchased_kg_co2e=part.purchased_kg_co2e,
            declared_kg_co2e=part.declared_kg_co2e,
            kg_co2e=part.kg_co2e,
        )

    def _allocation(self, footprint: Footprint) -> written.AllocationPart | None:
        allocation = footprint.allocation
        if allocation is None:
            return None
        ratio = allocation.value_ratio
        outputs = self._runs[footprint.product.id]
        return written.AllocationPart(
            method=allocation.method,
            shares=[
                written.AllocatedSharePart(product=product, share=share)
                for product, share in zip(outputs, allocation.shares, strict=True)
            ],
            value_ratio=ratio if ratio is not None and math.isfinite(ratio) else None,
        )


def _named(key: str, names: Mapping[str, Text]) -> written.NamedPart:
    return written.NamedPart(id=key, name=to_bilingual(names.get(key, Text(en=key, zh=key))))


def _firm(firm: Organisation) -> written.NamedPart:
    return written.NamedPart(id=firm.id, name=to_bilingual(firm.name))


def _line(line: LineImpact, names: Mapping[str, Text]) -> written.LinePart:
    return written.LinePart(
        line=line.line,
        stage=line.stage,
        supplier=None if line.supplier is None else _named(line.supplier, names),
        kg_co2e=line.kg_co2e,
        primary_data_share=line.primary_data_share,
    )


def _quality(footprint: Footprint) -> written.QualityPart:
    impact, coverage, known = footprint.impact, footprint.coverage, footprint.is_known
    return written.QualityPart(
        primary_data_share=impact.primary_data_share if known else None,
        data_quality=_ratings(impact.data_quality) if known else None,
        screening_share=impact.screening_share if known else None,
        exempted_share=footprint.exempted_share,
        coverage=written.CoveragePart(
            lines=coverage.lines,
            valued_lines=coverage.valued_lines,
            mass_share=coverage.mass_share,
        ),
        recycled_share=footprint.recycled_share,
        usability=_usability(footprint),
    )


def _ratings(quality: DataQuality) -> written.RatingsPart:
    return written.RatingsPart(
        technological=quality.technological,
        geographical=quality.geographical,
        temporal=quality.temporal,
    )


def _usability(footprint: Footprint) -> written.UsabilityPart:
    found = find_usability(footprint)
    return written.UsabilityPart(
        level=found.level,
        next_needs=[
            written.ShortfallPart(reason=to_bilingual(short.reason), cure=to_bilingual(short.cure))
            for short in found.shortfalls
        ],
    )


def _gap(gap: FootprintGap) -> written.GapPart:
    return written.GapPart(
        organisation=_firm(gap.organisation),
        product=gap.impact.product,
        line=gap.impact.line,
        amount=gap.impact.amount,
        unit=gap.impact.unit,
        reason=to_bilingual(gap.missing.reason),
        cure=to_bilingual(gap.missing.cure),
        upper_kg_co2e=gap.impact.upper_kg_co2e,
        cross_checks=[factor.id for factor in gap.missing.cross_checks],
    )


def to_interval(found: Interval | NoInterval) -> written.IntervalPart | None:
    """Write an interval down, if there is one."""
    if isinstance(found, NoInterval):
        return None
    return written.IntervalPart(
        coverage=found.coverage,
        low_kg_co2e=found.low_kg_co2e,
        median_kg_co2e=found.median_kg_co2e,
        high_kg_co2e=found.high_kg_co2e,
        mean_kg_co2e=found.mean_kg_co2e,
        standard_deviation_kg_co2e=found.standard_deviation_kg_co2e,
    )


def to_no_interval(found: Interval | NoInterval) -> written.ShortfallPart | None:
    """Write down why there is no interval, if there is none."""
    if isinstance(found, Interval):
        return None
    return written.ShortfallPart(reason=to_bilingual(found.reason), cure=to_bilingual(found.cure))


def to_method(method: Method) -> written.MethodPart:
    """Write down how something was calculated."""
    return written.MethodPart(
        characterisation=method.characterisation,
        library_version=method.library_version,
        greenchain=find_release(),
        engine=dict(method.engine),
        inputs_hash=method.inputs_hash,
        boundary=to_bilingual(describe_boundary()),
        recycling=RecyclingMethod.CUT_OFF,
    )
