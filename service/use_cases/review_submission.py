"""Review a submission before anybody accepts it: calculate it in its network, judge it, keep both.

Read, judge, keep are apart, because nothing is solved while a transaction is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from lca_models.calculate import calculate
from lca_models.errors import GreenchainError
from lca_models.facts.library import Library
from lca_models.facts.plausibility import PlausibilityFacts
from lca_models.impacts.impact import Impact
from service.domain.chain import Chain
from service.domain.chain_inventory import lay_out
from service.domain.data_request import DataRequest
from service.domain.errors import CertificateOverspentError
from service.domain.kept_submission import OPEN, KeptSubmission, SubmissionState
from service.domain.plausibility.examination import Examination
from service.domain.plausibility.finding import Finding
from service.domain.plausibility.rules import find_doubts
from service.domain.product import Product
from service.domain.registered_certificate import claimed_kwh, refuse_overspent
from service.domain.review import Review, count_findings, round_impact
from service.domain.submission import Submission
from service.domain.trial import Trial, Verdict, explain_failure, find_silenced, find_unclaimable
from service.formats.members.chain_letters import write_review
from service.store import (
    audit,
    certificates,
    consents,
    data_requests,
    firm_letters,
    members,
    networks,
    products,
    reviews,
    submissions,
)
from service.store.audit import AuditNote
from service.store.ids import new_id


def read_trial(session: Session, submission_id: UUID) -> Trial | None:
    """Read a submission with its network, through the service's own eyes.

    Returns:
        None where the submission is accepted already: nothing is left to try.

    Raises:
        NotThereError: It was thrown away.
    """
    kept = submissions.get(session, submission_id)
    if kept.state not in OPEN:
        return None
    own = networks.read(session, {kept.product_id}, kept.period, trial=kept.id)
    submission = own.answers[str(kept.product_id)].submission
    made = {UUID(output.product_id) for output in submission.outputs}
    affected = frozenset[UUID]().union(
        *(networks.list_affected(session, product_id, kept.period) for product_id in made)
    )
    network = networks.read(session, affected | made, kept.period, trial=kept.id)
    return Trial(
        kept=kept,
        submission=submission,
        network=network.chain,
        before=networks.read(session, affected | made, kept.period).chain,
        affected=affected,
        former=reviews.list_former(session, kept.product_id, until=kept.period.end),
        answers=network.answers,
        granted=consents.read_granted(session),
        unclaimable=_find_unclaimable(
            session, kept, submission, own.chain.get_product(str(kept.product_id))
        ),
    )


def _find_unclaimable(
    session: Session, kept: KeptSubmission, submission: Submission, product: Product
) -> tuple[Finding, ...]:
    """Claims beyond what is left, when what the replaced version claims is given back."""
    try:
        claims = claimed_kwh(submission, product, kept.produced)
    except GreenchainError as error:
        return find_unclaimable(error)
    former = submissions.find_accepted(session, kept.product_id, kept.period)
    held = {each: certificates.get(session, each) for each in claims}
    spent = certificates.read_spent(
        session, claims.keys(), without=None if former is None else former.id
    )
    try:
        refuse_overspent(held, spent, claims)
    except CertificateOverspentError as error:
        return find_unclaimable(error)
    return ()


def judge(trial: Trial, library: Library, facts: PlausibilityFacts) -> Verdict:
    """Calculate a submission in its network and ask every rule about it; no store is needed."""
    try:
        after = _calculate(trial.network, library)
    except GreenchainError as error:
        failed_before = _calculate_before(trial, library) is None
        broken = explain_failure(error, trial, failed_before=failed_before)
        return Verdict(None, (*trial.unclaimable, *broken))
    seen = trial.as_supplier_sees(after)
    shown = after if seen is None else _calculate(seen, library)
    impact = shown[trial.submission.product_id]
    examined = Examination(
        submission=trial.submission,
        chain=trial.network,
        library=library,
        facts=facts,
        former=trial.former,
        kg_co2e=impact.kg_co2e if impact.is_known else None,
    )
    silenced = _find_silenced(trial, after, library)
    return Verdict(impact, (*trial.unclaimable, *silenced, *find_doubts(examined)))


def _calculate(network: Chain, library: Library) -> Mapping[str, Impact]:
    return calculate(lay_out(network, library).inventory, library).impacts


def _calculate_before(trial: Trial, library: Library) -> Mapping[str, Impact] | None:
    try:
        return _calculate(trial.before, library)
    except GreenchainError:  # the network was broken before: what broke it is told elsewhere
        return None


def _find_silenced(
    trial: Trial, after: Mapping[str, Impact], library: Library
) -> Iterable[Finding]:
    """Nothing to compare with where all that rest on it keep a value, which is the rule."""
    if all(after[product].is_known for product in trial.others):
        return ()
    return find_silenced(trial, after, _calculate_before(trial, library) or {})


def keep_verdict(
    session: Session, trial: Trial, verdict: Verdict, *, public_url: str, now: datetime
) -> UUID | None:
    """Keep what a review found; whoever asked for the submission gets its review to decide on.

    It is told so by letter, once.

    Args:
        session: A transaction of the service.
        trial: What was tried.
        verdict: What came out.
        public_url: Address of the service.
        now: The present moment.

    Returns:
        The review; None where nobody asked for the submission, it is a draft, or it was edited
        meanwhile, so that nothing was kept.
    """
    kept = submissions.get(session, trial.kept.id, locked=True)
    if kept.version != trial.kept.version:
        return None
    reviews.keep_findings(session, kept.id, verdict.findings)
    review = None
    if kept.state is SubmissionState.SUBMITTED:
        review = _open_review(session, kept, trial, verdict, now)
    if review is not None and review.version == 1:
        _tell_reviewer(session, review, public_url)
    audit.note(
        session,
        AuditNote(now, "submission.review", "submission", kept.id, kept.organisation_id, {}),
    )
    return None if review is None else review.id


def _tell_reviewer(session: Session, review: Review, public_url: str) -> None:
    letter = write_review(
        members.get(session, review.supplier_id).name,
        products.get(session, review.product_id).name,
        f"{public_url}/reviews/{review.id}",
    )
    firm_letters.write_to_firm(session, review.reviewer_id, letter, review.opened_at)


def _open_review(
    session: Session, kept: KeptSubmission, trial: Trial, verdict: Verdict, now: datetime
) -> Review | None:
    request = _find_asker(session, kept)
    if request is None:
        return None
    known = reviews.find_of_submission(session, kept.id, locked=True)
    digits = trial.granted.find(kept.organisation_id, request.asker_id, kept.product_id)
    unit = trial.network.get_product(str(kept.product_id)).describe_declared_unit()
    review = Review(
        id=new_id() if known is None else known.id,
        submission_id=kept.id,
        data_request_id=request.id,
        product_id=kept.product_id,
        supplier_id=kept.organisation_id,
        reviewer_id=request.asker_id,
        footprint=round_impact(verdict.impact, unit, digits),
        findings=count_findings(verdict.findings),
        opened_at=now,
        version=1 if known is None else known.version + 1,
    )
    (reviews.add if known is None else reviews.replace)(session, review)
    return review


def _find_asker(session: Session, kept: KeptSubmission) -> DataRequest | None:
    """The oldest open request that the submission answers; ids grow with time."""
    asked = data_requests.list_open_for(session, kept.product_id, kept.period)
    return min(asked, key=lambda request: request.id, default=None)
