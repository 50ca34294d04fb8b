"""Reviews submissions that were handed in or are to be checked."""

from __future__ import annotations

from uuid import UUID

from lca_models.facts.plausibility import load_plausibility
from service.domain.access import NotThereError
from service.jobs.handling import Work
from service.use_cases.review_submission import judge, keep_verdict, read_trial

_READ, _SOLVED = 0.2, 0.9


def review(work: Work) -> None:
    """Try a submission in its network; a draft's owner learns what was found, and nobody else.

    Done again, it finds the same; an edit meanwhile makes it keep nothing.
    """
    submission_id = UUID(work.job.subject["submission_id"])
    with work.transaction(reading=True) as session:
        try:
            trial = read_trial(session, submission_id)
        except NotThereError:  # thrown away meanwhile
            trial = None
    if trial is None:
        return
    work.report(_READ)
    verdict = judge(trial, work.wiring.library, load_plausibility())
    work.report(_SOLVED)
    with work.transaction() as session:
        url = work.wiring.members.public_url
        review_id = keep_verdict(session, trial, verdict, public_url=url, now=work.now)
        result = {
            "submission_id": str(submission_id),
            "location": f"/v1/submissions/{submission_id}",
        }
        if review_id is not None:
            result["review_id"] = str(review_id)
        work.finish(session, result)
