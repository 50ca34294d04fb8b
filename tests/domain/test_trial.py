"""What a supplier may know of why its submission breaks something."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from lca_models.errors import (
    Defect,
    GreenchainError,
    InvalidAmountError,
    Place,
    UnproductiveLoopError,
)
from service.domain.errors import InvalidChainError
from service.domain.kept_submission import KeptSubmission
from service.domain.plausibility.finding import Severity
from service.domain.trial import Trial, explain_failure
from tests import make

OWN, OTHER = str(UUID(int=1)), str(UUID(int=2))
CHAIN = make.chain_of((make.product(OWN, "maker"), make.product(OTHER, "buyer")))
TRIAL = Trial(
    kept=KeptSubmission(
        id=UUID(int=3),
        organisation_id=UUID(int=4),
        product_id=UUID(OWN),
        period=make.YEAR,
        number=1,
        process_hash="-",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    ),
    submission=make.submission(OWN),
    network=CHAIN,
    before=CHAIN,
    affected=frozenset({UUID(OWN), UUID(OTHER)}),
)


def broken(product: str, line: str = "line") -> GreenchainError:
    error = InvalidAmountError(make.text("secret"), make.text("mend it"))
    return error.at(Place(product=product, line=line))


def test_a_defect_of_its_own_line_is_told_in_full() -> None:
    (finding,) = explain_failure(broken(OWN, "meter"), TRIAL, failed_before=False)
    assert (finding.code, finding.line) == ("invalid-amount", "meter")
    assert finding.severity is Severity.BLOCKING
    assert finding.reason.en == "secret"


@pytest.mark.parametrize(
    ("error", "failed_before", "code"),
    [
        (broken(OTHER), False, "breaks-others"),
        (broken(OTHER), True, "network-broken"),
        (UnproductiveLoopError(make.text("secret"), make.text("-")), False, "unproductive-loop"),
        (UnproductiveLoopError(make.text("secret"), make.text("-")), True, "network-broken"),
    ],
)
def test_of_other_firms_nothing_is_told(
    error: GreenchainError,
    failed_before: bool,  # noqa: FBT001 - a case
    code: str,
) -> None:
    (finding,) = explain_failure(error, TRIAL, failed_before=failed_before)
    assert finding.code == code
    assert "secret" not in str(finding)


def test_own_defects_are_told_without_those_of_others() -> None:
    defects: tuple[Defect, ...] = (*broken(OTHER).defects, *broken(OWN).defects)
    (finding,) = explain_failure(InvalidChainError(*defects), TRIAL, failed_before=False)
    assert finding.line == "line"


def test_others_are_products_of_other_runs() -> None:
    assert TRIAL.others == {OTHER}
