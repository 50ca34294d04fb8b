"""A chain: who supplies what to whom, as its members say it for one reporting period."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from lca_models.errors import InvalidAmountError, Place, Text
from lca_models.facts.data_quality import UNKNOWN_QUALITY, DataQuality
from lca_models.facts.names import fold
from lca_models.inventory.processes import Uncertainty
from service.domain.errors import DuplicateError, UnknownProductError
from service.domain.organisation import Organisation
from service.domain.product import Product
from service.domain.submission import Period, Submission


class Verification(StrEnum):
    """How far somebody else has checked a declaration."""

    NONE = "none"
    SECOND_PARTY = "second_party"
    THIRD_PARTY = "third_party"


_GWP_SET = re.compile(r"AR\d+")
_NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class Declaration:
    """A footprint that its owner states, to be used as it stands.

    Args:
        id: Key within the chain.
        owner: Firm that states it: the id of a member, or a name.
        name: What it is about.
        unit: Unit that the values are per.
        gases: kg per unit by gas; `CO2e` where only a total is stated.
        gwp_basis: GWPs behind a total, such as `AR6`; anything else is `not_stated`.
        valid_from: First day of validity.
        valid_until: Last day of validity.
        primary_data_share: 0 to 1.
        statement: Where the declaration can be read.
        verification: Who has checked it.
        quality: The three ratings that the owner states.
        uncertainty: How far the value may be off; None counts as certain.
    """

    id: str
    owner: str
    name: Text
    unit: str
    gases: Mapping[str, float]
    gwp_basis: str
    valid_from: date
    valid_until: date
    primary_data_share: float
    statement: str
    verification: Verification = Verification.NONE
    quality: DataQuality = UNKNOWN_QUALITY
    uncertainty: Uncertainty | None = None

    def __post_init__(self) -> None:
        """Spell the GWP basis in one way; refuse removals and offsets, which do not enter."""
        basis = fold(self.gwp_basis).upper()
        known = basis if _GWP_SET.fullmatch(basis) else _NOT_STATED
        object.__setattr__(self, "gwp_basis", known)
        if min(self.gases.values(), default=0.0) < 0:
            raise InvalidAmountError(
                Text(
                    en="The declared footprint “{id}” is below zero.",
                    zh="碳足迹声明“{id}”为负值。",
                ).format(id=self.id),
                Text(
                    en="Declare emissions without removals and offsets.",
                    zh="请填写未扣减碳清除与碳抵消的排放量。",
                ),
                value=min(self.gases.values()),
            )

    def covers(self, period: Period) -> bool:
        """Whether the declaration is valid when the period ends."""
        return self.valid_from <= period.end <= self.valid_until


@dataclass(frozen=True, slots=True)
class Certificate:
    """A green-power certificate: energy that may be claimed once.

    Args:
        id: Its number.
        organisation_id: The firm that holds it.
        energy_kwh: Energy that it stands for.
        technology: How the power was generated.
    """

    id: str
    organisation_id: str
    energy_kwh: float
    technology: str


@dataclass(frozen=True)
class Chain:
    """A whole chain, ready to be laid out for calculation.

    Args:
        id: Key of the chain.
        name: Name in both languages.
        lead_id: The lead firm.
        period: The reporting period that is calculated.
        organisations: Members.
        products: Their products.
        submissions: Activity data, at most one a product and period.
        declarations: Declared footprints that inputs use.
        certificates: Green-power certificates that electricity lines claim.
        remark: Anything a reader of the result must know, such as that the data is illustrative.
    """

    id: str
    name: Text
    lead_id: str
    period: Period
    organisations: tuple[Organisation, ...]
    products: tuple[Product, ...]
    submissions: tuple[Submission, ...]
    declarations: tuple[Declaration, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    remark: Text | None = field(default=None)

    def get_product(self, product_id: str) -> Product:
        """One product by its id.

        Raises:
            UnknownProductError: The chain has no such product.
        """
        found = self._products_by_id.get(product_id)
        if found is not None:
            return found
        raise UnknownProductError(
            Text(en="The chain has no product “{id}”.", zh="供应链中没有产品“{id}”。").format(
                id=product_id
            ),
            Text(en="It has: {list}.", zh="可选产品：{list}。").format(
                list=", ".join(p.id for p in self.products)
            ),
            value=product_id,
        )

    def place_of(self, product_id: str, line: str | None = None) -> Place:
        """Firm, product and line in the words of the chain."""
        product = self._products_by_id.get(product_id)
        if product is None:
            return Place(product=product_id, line=line)
        firm = self._firm_names.get(product.organisation_id, product.organisation_id)
        return Place(organisation=firm, product=product_id, line=line)

    def current_submissions(self) -> tuple[Submission, ...]:
        """Submissions for the reporting period."""
        return tuple(s for s in self.submissions if s.period == self.period)

    @cached_property
    def substituted_products(self) -> frozenset[str]:
        """Co-products whose runs bear all against a credit: they have no footprint of their own."""
        return frozenset(
            output.product_id
            for submission in self.current_submissions()
            for output in set(submission.outputs) - set(submission.bearing_outputs)
        )

    @cached_property
    def declarations_by_id(self) -> Mapping[str, Declaration]:
        """Declared footprints by their id."""
        return {declaration.id: declaration for declaration in self.declarations}

    @cached_property
    def certificates_by_id(self) -> Mapping[str, Certificate]:
        """Green-power certificates by their number."""
        return {certificate.id: certificate for certificate in self.certificates}

    @cached_property
    def _products_by_id(self) -> Mapping[str, Product]:
        return {product.id: product for product in self.products}

    @cached_property
    def _firm_names(self) -> Mapping[str, str]:
        return {
            firm.id: firm.name.en
            if firm.name.zh == firm.name.en
            else f"{firm.name.zh} {firm.name.en}"
            for firm in self.organisations
        }


def refuse_duplicates(ids: Iterable[str], what: Text) -> None:
    """Refuse ids that occur more than once, whatever their case, width or hyphens.

    Raises:
        DuplicateError: An id occurs twice.
    """
    spellings = list(ids)
    counts = Counter(map(fold, spellings))
    repeated = sorted({key for key in spellings if counts[fold(key)] > 1})
    if repeated:
        raise DuplicateError(
            Text(en="{what} given twice: {ids}.", zh="{what}重复：{ids}。").format(
                what=what, ids=", ".join(repeated)
            ),
            Text(en="Give each an id of its own.", zh="请使用不同的编号。"),
            value=repeated[0],
        )
