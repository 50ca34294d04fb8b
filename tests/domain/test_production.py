"""How many runs made what a period made."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.errors import InvalidAmountError, UnitMismatchError
from lca_models.facts.units import Quantity
from service.domain.production import count_runs
from service.domain.submission import Submission
from tests import make

AXLE = make.product("axle", unit="piece", mass_kg=50.0)


def run_of(quantity: str) -> Submission:
    return make.submission("axle", makes=make.output("axle", quantity))


@pytest.mark.parametrize(
    ("run", "produced", "runs"),
    [
        ("2 piece", Quantity(7, "piece"), "3.5"),
        ("1 piece", Quantity(1, "piece"), "1"),
        ("2 piece", Quantity(0.35, "t"), "3.5"),  # 350 kg / 50 kg = 7 axles
        ("100 kg", Quantity(7, "piece"), "3.5"),
    ],
)
def test_runs_are_what_was_made_by_what_one_makes(run: str, produced: Quantity, runs: str) -> None:
    assert count_runs(run_of(run), AXLE, produced) == Decimal(runs)


def test_less_than_one_run_and_other_units_are_refused() -> None:
    with pytest.raises(InvalidAmountError):
        count_runs(run_of("2 piece"), AXLE, Quantity(1.999, "piece"))
    with pytest.raises(UnitMismatchError):
        count_runs(run_of("2 piece"), AXLE, Quantity(7, "m3"))


@settings(max_examples=40, deadline=None)
@given(amount=st.floats(1e-6, 1e9))
def test_one_run_is_one_run_in_every_unit(amount: float) -> None:
    run = run_of(f"{amount!r} kg")
    assert float(count_runs(run, AXLE, Quantity(amount / 1000, "t"))) == pytest.approx(1)
