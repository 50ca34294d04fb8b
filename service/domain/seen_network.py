"""What owners see of footprints that rest on other firms' data: made anew from what they may know.

An owner knows its own lines, and of each supplier's product a rounded footprint. What it is shown
is calculated from these alone, so that no difference, however its own lines change, tells more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from lca_models.facts.data_quality import DataQuality
from lca_models.facts.factors import PUBLISHED_CO2E
from lca_models.impacts.impact import Impact
from service.domain.chain import Chain, Declaration
from service.domain.consent import DEFAULT_DIGITS, GrantedDigits
from service.domain.disclosure import Figures, disclose
from service.domain.footprint import Footprint
from service.domain.lockfile import RoundedSupply
from service.domain.network import Answer, Network
from service.domain.product import Product
from service.domain.submission import DeclaredSupply, Input, MemberProduct, Output, Submission

_MARK = "#"  # between a product's id and the digits with which it is seen


def figures_of(footprint: Footprint) -> Figures | None:
    """What of a footprint can be disclosed; None where nothing is known."""
    return figures_of_impact(footprint.impact) if footprint.is_known else None


def figures_of_impact(impact: Impact) -> Figures | None:
    """The same of an impact that is no footprint yet."""
    if not impact.is_known:
        return None
    return Figures(
        kg_co2e=impact.kg_co2e,
        by_gas=impact.by_gas,
        primary_data_share=impact.primary_data_share,
        quality=impact.data_quality,
    )


def list_supplies(
    network: Network, product_id: str, granted: GrantedDigits
) -> tuple[RoundedSupply, ...]:
    """Other firms' products on which a product, or what its firm makes for it, draws."""
    found = {
        UUID(key): network.answers[key].organisation_id
        for answer in _own_answers(network, [product_id])
        for key in answer.drawn
        if _is_foreign(network, answer, key)
    }
    buyer = network.answers[product_id].organisation_id
    return tuple(
        RoundedSupply(key, found[key], find_digits(network, granted, buyer, str(key)))
        for key in sorted(found)
    )


def find_digits(network: Network, granted: GrantedDigits, buyer_id: UUID, product_id: str) -> int:
    """How many digits a buyer sees of a product: no more than any firm behind it sees of the next.

    Else a firm could let a friend see, to the last digit, what its suppliers did not let itself.
    """
    supplier_id = network.answers[product_id].organisation_id
    digits = granted.find(supplier_id, buyer_id, UUID(product_id))
    if digits == DEFAULT_DIGITS:
        return digits
    behind = (
        granted.find(network.answers[key].organisation_id, answer.organisation_id, UUID(key))
        for answer in network.upstream_of(product_id)
        for key in answer.drawn
        if _is_foreign(network, answer, key)
    )
    return min([digits, *behind])


def chain_as_seen(
    network: Network,
    product_ids: Collection[str],
    figures: Mapping[str, Figures | None],
    granted: GrantedDigits,
) -> Chain:
    """A chain in which other firms' products stand with the footprints that each owner may see.

    Args:
        network: Everything.
        product_ids: The products whose owners look.
        figures: Of every product that answered.
        granted: How many digits each owner may see.

    Returns:
        A chain whose footprints the owners may read as they are. Ids of products that it made up
        become those of the network by `true_id`.
    """
    draft = _Draft(network, figures, granted)
    for answer in _own_answers(network, product_ids):
        draft.add(answer)
    return replace(
        network.chain,
        products=tuple(draft.products[key] for key in sorted(draft.products)),
        submissions=tuple(draft.submissions[key] for key in sorted(draft.submissions)),
        declarations=tuple(draft.declarations),
    )


def true_id(product_id: str) -> str:
    """The id of a product in the network."""
    return product_id.partition(_MARK)[0]


@dataclass(slots=True)
class _Draft:
    network: Network
    figures: Mapping[str, Figures | None]
    granted: GrantedDigits
    products: dict[str, Product] = field(default_factory=dict)
    submissions: dict[str, Submission] = field(default_factory=dict)
    declarations: list[Declaration] = field(default_factory=list)

    def add(self, answer: Answer) -> None:
        lines = []
        for line in answer.submission.lines:
            seen = line
            if isinstance(line, Input) and isinstance(line.supply, MemberProduct):
                supplied = self._supply(answer, line.supply.product_id)
                seen = replace(line, supply=MemberProduct(supplied))
            lines.append(seen)
        for product_id in answer.product_ids:
            self.products[product_id] = self._product(product_id)
        submission = replace(answer.submission, lines=tuple(lines))
        self.submissions[submission.product_id] = submission

    def _product(self, product_id: str) -> Product:
        return self.network.chain.get_product(product_id)

    def _supply(self, answer: Answer, product_id: str) -> str:
        if not _is_foreign(self.network, answer, product_id):
            self.products[product_id] = self._product(product_id)
            return product_id
        digits = find_digits(self.network, self.granted, answer.organisation_id, product_id)
        seen_id = f"{product_id}{_MARK}{digits}"
        if seen_id not in self.products:
            self._show(replace(self._product(product_id), id=seen_id, screening=None), digits)
        return seen_id

    def _show(self, product: Product, digits: int) -> None:
        """Let a product stand with its rounded footprint; with none that can be used, as a gap."""
        self.products[product.id] = product
        figures = self.figures.get(true_id(product.id))
        if figures is None or figures.kg_co2e < 0:
            return
        seen = disclose(figures, digits)
        period, declared = self.network.chain.period, product.declared
        self.declarations.append(
            Declaration(
                id=product.id,
                owner=product.organisation_id,
                name=product.name,
                unit=declared.unit,
                gases={PUBLISHED_CO2E: float(seen.kg_co2e) / declared.amount},
                gwp_basis="AR6",
                valid_from=period.start,
                valid_until=period.end,
                primary_data_share=float(seen.primary_data_share),
                statement="",
                quality=DataQuality(
                    float(seen.technological), float(seen.geographical), float(seen.temporal)
                ),
            )
        )
        line = Input(product.id, product.name.en, declared, DeclaredSupply(product.id))
        self.submissions[product.id] = Submission(period, Output(product.id, declared), (line,))


def _is_foreign(network: Network, answer: Answer, product_id: str) -> bool:
    supplier = network.answers.get(product_id)
    return supplier is not None and supplier.organisation_id != answer.organisation_id


def _own_answers(network: Network, product_ids: Iterable[str]) -> Iterator[Answer]:
    """Answers for the products, and for what their own firms make for them."""
    seen: set[UUID] = set()
    open_products = list(product_ids)
    while open_products:
        answer = network.answers.get(open_products.pop())
        if answer is None or answer.submission_id in seen:
            continue
        seen.add(answer.submission_id)
        yield answer
        open_products += [
            line.supply.product_id
            for line in answer.submission.lines
            if isinstance(line, Input)
            and isinstance(line.supply, MemberProduct)
            and not _is_foreign(network, answer, line.supply.product_id)
        ]
