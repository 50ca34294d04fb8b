"""A trial: a submission in its network as if it were accepted, and what that would break."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from lca_models.errors import GreenchainError, Text, UnproductiveLoopError
from lca_models.impacts.impact import Impact
from service.domain.chain import Chain
from service.domain.consent import GrantedDigits
from service.domain.kept_submission import KeptSubmission
from service.domain.network import Answer, Network
from service.domain.plausibility.examination import Former
from service.domain.plausibility.finding import Finding, Severity
from service.domain.seen_network import chain_as_seen, figures_of_impact, list_supplies
from service.domain.submission import Submission

_BREAKS_OTHERS = Finding(
    "breaks-others",
    Severity.BLOCKING,
    None,
    Text(
        en="With this submission a product of another firm that draws on it has no footprint any "
        "more.",
        zh="接受该提交后，使用本产品的其他企业产品将无法得到碳足迹。",
    ),
    Text(
        en="Keep the products, units and shared runs on which others draw, or talk to your buyers "
        "first.",
        zh="请保留下游所引用的产品、计量单位和联产方式，或先与采购方沟通。",
    ),
)
_LOOP = Finding(
    UnproductiveLoopError.code,
    Severity.BLOCKING,
    None,
    Text(
        en="With this submission firms that buy from each other would use up at least as much as "
        "they make.",
        zh="接受该提交后，相互采购的企业的消耗将不少于产出。",
    ),
    Text(
        en="Check amounts and units of what you take from other firms, and of your output.",
        zh="请核对从其他企业领用的数量、计量单位以及本企业的产出。",
    ),
)
_OTHERS_BROKEN = Finding(
    "network-broken",
    Severity.BLOCKING,
    None,
    Text(
        en="Data of other firms with which the product is connected cannot be calculated now.",
        zh="与该产品相关联的其他企业数据目前无法计算。",
    ),
    Text(
        en="Submit it again later; if it persists, tell the operator.",
        zh="请稍后重新提交；若持续出现，请联系平台运营方。",
    ),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a review calculates with.

    Args:
        kept: The version on trial.
        submission: Its activity data.
        network: Everything behind it and behind all products that rest on it, as if accepted.
        before: The same as it stands.
        affected: Products of accepted runs that rest on what it makes.
        former: What was accepted of the product before, latest first.
        answers: The submissions of `network`, by each of the products that they make.
        granted: How many digits firms see of each other's products.
        unclaimable: Why it cannot claim its certified power.
    """

    kept: KeptSubmission
    submission: Submission
    network: Chain
    before: Chain
    affected: frozenset[UUID]
    former: tuple[Former, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    granted: GrantedDigits = field(default_factory=lambda: GrantedDigits(()))
    unclaimable: tuple[Finding, ...] = ()

    def as_supplier_sees(self, impacts: Mapping[str, Impact]) -> Chain | None:
        """What its supplier may know of the network; None where it buys of nobody.

        Findings and reviews are made as often as a supplier likes: with other firms' own figures
        behind them, it could find these by trying.
        """
        network = Network(self.network, self.answers)
        product_id = self.submission.product_id
        if product_id not in self.answers or not list_supplies(network, product_id, self.granted):
            return None
        figures = {key: figures_of_impact(impacts[key]) for key in self.answers}
        return chain_as_seen(network, [product_id], figures, self.granted)

    @property
    def own_products(self) -> frozenset[str]:
        """What the run on trial makes."""
        return frozenset(output.product_id for output in self.submission.outputs)

    @property
    def others(self) -> frozenset[str]:
        """Products of other runs that rest on it."""
        return frozenset(map(str, self.affected)) - self.own_products


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came out of a trial: the footprint as its supplier may see it, if any; the findings."""

    impact: Impact | None
    findings: tuple[Finding, ...]


def explain_failure(error: GreenchainError, trial: Trial, *, failed_before: bool) -> list[Finding]:
    """Why a network cannot be calculated with a submission, as its supplier may know it.

    Defects of its own lines are told in full; of other firms nothing is.
    """
    own = list(_find_own(error, trial))
    if own:
        return own
    if failed_before:
        return [_OTHERS_BROKEN]
    return [_LOOP if isinstance(error, UnproductiveLoopError) else _BREAKS_OTHERS]


def _find_own(error: GreenchainError, trial: Trial) -> Iterator[Finding]:
    for defect in error.defects:
        if defect.place.product in trial.own_products:
            yield Finding(
                defect.code, Severity.BLOCKING, defect.place.line, defect.reason, defect.cure
            )


def find_silenced(
    trial: Trial, after: Mapping[str, Impact], before: Mapping[str, Impact]
) -> list[Finding]:
    """Whether another product had a value before and has none after."""
    silenced = any(
        product in before and before[product].is_known and not after[product].is_known
        for product in trial.others
        if product in after
    )
    return [_BREAKS_OTHERS] if silenced else []


def find_unclaimable(error: GreenchainError) -> tuple[Finding, ...]:
    """Why a submission cannot claim its certified power."""
    return tuple(
        Finding(defect.code, Severity.BLOCKING, defect.place.line, defect.reason, defect.cure)
        for defect in error.defects
    )
