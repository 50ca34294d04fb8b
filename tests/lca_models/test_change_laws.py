"""What holds for the causes of any change, whatever the two chains."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.calculate import calculate
from lca_models.calculation.change.decomposition import Decomposition
from lca_models.calculation.change.versions import ChainVersion
from lca_models.calculation.fingerprint import hash_inputs
from lca_models.explain_change import explain_change
from lca_models.impacts.change import Driver
from lca_models.inventory.processes import Inventory, Need, Process
from tests import make
from tests.lca_models.random_chains import FACTORS, LIBRARY, inventories

LATER = make.library(
    *(
        replace(factor, gases={gas: 0.9 * kg for gas, kg in factor.gases.items()})
        for factor in FACTORS
    )
)
COLUMNS = {driver: n for n, driver in enumerate(d for d in Driver if d is not Driver.VOLUME)}


def versions() -> st.SearchStrategy[tuple[ChainVersion, ChainVersion]]:
    """Two versions that have some products in common, by other facts and other GWPs."""
    return st.tuples(
        inventories(6).map(lambda chain: ChainVersion(chain, LIBRARY)),
        inventories(6).map(lambda chain: ChainVersion(chain, LATER, "AR5")),
    )


def explain(before: ChainVersion, after: ChainVersion) -> Decomposition:
    return explain_change(before, after).decomposition


def scale_of(found: Decomposition) -> float:
    return float(1e-9 * max(1.0, np.abs(found.causes).max(), np.abs(found.after).max()))


@settings(max_examples=25, deadline=None)
@given(versions())
def test_the_causes_sum_to_the_change_between_two_calculations(
    pair: tuple[ChainVersion, ChainVersion],
) -> None:
    found = explain(*pair)
    for version, totals in zip(pair, (found.before, found.after), strict=True):
        impacts = calculate(
            version.inventory, version.library, characterisation=version.characterisation
        ).impacts
        for product, impact in impacts.items():
            total = totals[found.products.index(product)]
            assert total == pytest.approx(impact.kg_co2e, rel=1e-9, abs=1e-6)
    sums = found.causes.sum(axis=1)
    assert sums == pytest.approx(found.after - found.before, rel=1e-9, abs=scale_of(found))


@settings(max_examples=25, deadline=None)
@given(versions())
def test_what_suppliers_did_and_what_firms_did_sum_to_the_change(
    pair: tuple[ChainVersion, ChainVersion],
) -> None:
    found = explain_change(*pair, products=[pair[0].inventory.processes[0].product])
    (change,) = found.changes
    sums = (
        sum(change.causes.values()),
        sum(firm.kg_co2e for firm in change.organisations),
        change.performance_kg_co2e + change.other_kg_co2e,
    )
    scale = scale_of(found.decomposition)
    assert sums == pytest.approx([change.kg_co2e] * len(sums), rel=1e-9, abs=scale)
    improved = change.causes.get(Driver.SUPPLIER_IMPROVEMENT, 0.0)
    assert sum(change.supplied.values()) == pytest.approx(improved, rel=1e-9, abs=scale)


@settings(max_examples=25, deadline=None)
@given(versions())
def test_exchanging_the_versions_turns_every_sign(pair: tuple[ChainVersion, ChainVersion]) -> None:
    there, back = explain(*pair), explain(*reversed(pair))
    assert back.causes == pytest.approx(-there.causes, rel=1e-9, abs=scale_of(there))


@settings(max_examples=15, deadline=None)
@given(inventories(6))
def test_where_nothing_changed_there_is_no_cause(chain: Inventory) -> None:
    found = explain(ChainVersion(chain, LIBRARY), ChainVersion(chain, LIBRARY))
    assert not found.causes.any()
    assert not found.supplied.any()


def reversed_rows(chain: Inventory) -> Inventory:
    return Inventory(
        tuple(
            replace(p, exchanges=p.exchanges[::-1], emissions=p.emissions[::-1])
            for p in reversed(chain.processes)
        ),
        chain.declared[::-1],
    )


def relabelled(chain: Inventory) -> Inventory:
    """Firms and lines under other names, in the same order."""
    return Inventory(
        tuple(
            replace(
                p,
                organisation=f"z{p.organisation}",
                exchanges=tuple(replace(e, line=f"z{e.line}") for e in p.exchanges),
                emissions=tuple(replace(e, line=f"z{e.line}") for e in p.emissions),
                gaps=tuple(replace(g, line=f"z{g.line}") for g in p.gaps),
            )
            for p in chain.processes
        ),
        tuple(replace(d, organisation=f"z{d.organisation}") for d in chain.declared),
    )


def in_halves(chain: Inventory) -> Inventory:
    """Each row as two identical halves."""
    return Inventory(
        tuple(
            replace(
                p,
                exchanges=tuple(replace(e, amount=e.amount / 2) for e in p.exchanges) * 2,
                emissions=tuple(replace(e, mass_kg=e.mass_kg / 2) for e in p.emissions) * 2,
            )
            for p in chain.processes
        ),
        chain.declared,
    )


def scaled_runs(chain: Inventory) -> Inventory:
    """Runs ten times as long."""
    return Inventory(tuple(map(ten_times, chain.processes)), chain.declared)


def ten_times(process: Process) -> Process:
    return replace(
        process,
        amount=process.amount * 10,
        exchanges=tuple(replace(e, amount=e.amount * 10) for e in process.exchanges),
        emissions=tuple(replace(e, mass_kg=e.mass_kg * 10) for e in process.emissions),
    )


@pytest.mark.parametrize("told", [reversed_rows, relabelled, in_halves, scaled_runs])
@settings(max_examples=10, deadline=None)
@given(pair=versions())
def test_how_a_chain_is_told_changes_no_cause(
    told: Callable[[Inventory], Inventory], pair: tuple[ChainVersion, ChainVersion]
) -> None:
    expected = explain(*pair)
    found = explain(*(replace(version, inventory=told(version.inventory)) for version in pair))
    assert found.causes == pytest.approx(expected.causes, rel=1e-9, abs=scale_of(expected))


@settings(max_examples=15, deadline=None)
@given(versions(), st.sampled_from([0.001, 3.6, 1e6]))
def test_the_unit_of_a_need_changes_no_cause(
    pair: tuple[ChainVersion, ChainVersion], per_unit: float
) -> None:
    plain, other = (
        explain(*(replace(v, inventory=needing(v.inventory, factor)) for v in pair))
        for factor in (1.0, per_unit)
    )
    assert other.causes == pytest.approx(plain.causes, rel=1e-9, abs=scale_of(plain))


@settings(max_examples=5, deadline=None)
@given(inventories(3))
def test_what_amounts_are_for_is_outside_the_hash_of_a_result(chain: Inventory) -> None:
    plain, told = (hash_inputs(each, "version", "AR6") for each in (chain, needing(chain, 1.0)))
    assert plain == told


def needing(chain: Inventory, per_unit: float) -> Inventory:
    """One need for all that is drawn from published factors, in some unit."""
    return Inventory(
        tuple(
            replace(
                p,
                needs=tuple(
                    Need(e.line, e.stage, "all", e.amount * per_unit, "unit", (e.supplier,), e.line)
                    for e in p.exchanges
                    if e.line.startswith("b")
                ),
            )
            for p in chain.processes
        ),
        chain.declared,
    )
