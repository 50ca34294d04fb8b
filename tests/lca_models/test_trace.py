"""A tree of contributions sums up at every branch, and what flows in flows out."""

from collections import defaultdict
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.calculate import calculate, solve
from lca_models.errors import InvalidAmountError, InventoryError
from lca_models.facts.stages import Stage
from lca_models.impacts.trace import (
    Contribution,
    ContributionTree,
    Flow,
    FlowEnd,
    FlowEndKind,
    Flows,
    SourceKind,
)
from lca_models.inventory.processes import Inventory
from lca_models.trace import trace_contributions, trace_flows
from tests import make
from tests.lca_models import random_chains
from tests.lca_models.exact_solver import solve_exactly

LIBRARY = random_chains.LIBRARY
law = settings(max_examples=25, deadline=None)
chains = random_chains.inventories(8)
cut_offs = st.sampled_from((0.0, 0.01, 0.2, 1.0))
# The lead takes 2 of the mill's steel, 3 of a factor of 2.5, and takes up 1; the mill emits 5 and
# relies on 4 declared. Steel: 5 + 4 = 9; the product: 18 + 7.5 - 1 = 24.5.
PLAIN = make.inventory(
    make.process(
        "car",
        make.bought("steel", 2, line="sheet"),
        make.drawn("total", 3, line="power", stage=Stage.ENERGY),
        make.emission(-1, line="uptake"),
        organisation="lead",
        unit="piece",
    ),
    make.process("steel", make.emission(5), make.relied_on("ore", 4), organisation="mill"),
    declared=(make.declared("ore", 1.0, organisation="mine"),),
)
CAR, STEEL = FlowEnd(FlowEndKind.PRODUCT, "car"), FlowEnd(FlowEndKind.PRODUCT, "steel")
ON_SITE, MINE = FlowEnd(FlowEndKind.ON_SITE), FlowEnd(FlowEndKind.DECLARED, "mine")
POWER, OTHERS = FlowEnd(FlowEndKind.PUBLISHED, "energy"), FlowEnd(FlowEndKind.OTHERS)
SOURCES = {FlowEndKind.ON_SITE, FlowEndKind.PUBLISHED, FlowEndKind.DECLARED}


def tree_of(inventory: Inventory, product: str, **options: float) -> ContributionTree:
    solved = solve(inventory, LIBRARY)
    most = int(options.get("most", 500))
    return trace_contributions(solved, product, cut_off=options.get("cut_off", 0.01), most=most)


def test_a_tree_tells_what_each_branch_takes_and_adds() -> None:
    root, sheet, stack, ore, power, uptake = tree_of(PLAIN, "car").contributions
    assert (root.source, root.organisation, root.unit) == ("car", "lead", "piece")
    assert (root.parent, root.amount, root.share, root.kg_co2e) == (None, 1.0, 1.0, 24.5)
    assert sheet == Contribution(
        parent=0,
        tier=1,
        kind=SourceKind.PRODUCT,
        source="steel",
        organisation="mill",
        line="sheet",
        stage=Stage.MATERIALS,
        amount=2.0,
        unit="kg",
        kg_co2e=18.0,
        share=18 / 24.5,
        rest_kg_co2e=0.0,
    )
    assert (stack.parent, stack.kind, stack.source) == (1, SourceKind.EMISSION, "CO2")
    assert (stack.amount, stack.unit, stack.kg_co2e, stack.rest_kg_co2e) == (10, "kg", 10, 10)
    assert (ore.kind, ore.source, ore.organisation) == (SourceKind.DECLARED, "ore", "mine")
    assert (ore.amount, ore.kg_co2e, ore.tier) == (8, 8, 2)
    assert (power.kind, power.organisation, power.stage) == (
        SourceKind.PUBLISHED,
        "lead",
        Stage.ENERGY,
    )
    assert (uptake.kg_co2e, uptake.share) == (-1, -1 / 24.5)


def test_what_is_below_the_cut_off_is_the_rest() -> None:
    root, sheet, stack = tree_of(PLAIN, "car", cut_off=0.35).contributions
    assert (root.rest_kg_co2e, sheet.rest_kg_co2e, stack.rest_kg_co2e) == (6.5, 8, 10)


def test_a_loop_ends_where_its_rounds_become_small_or_too_many() -> None:
    loop = make.inventory(make.process("a", make.bought("a", 0.999), make.emission(1)))
    tree = tree_of(loop, "a", cut_off=0.9).contributions
    # 0.999 ** 105 is just above 0.9.
    assert [c.tier for c in tree] == list(range(106))
    assert len(tree_of(loop, "a", cut_off=0.0, most=50).contributions) == 50


def test_nothing_comes_from_nothing() -> None:
    nothing = make.inventory(make.process("a"))
    (root,) = tree_of(nothing, "a").contributions
    assert (root.kg_co2e, root.share, root.rest_kg_co2e) == (0, None, 0)
    assert trace_flows(solve(nothing, LIBRARY), "a").flows == ()


def test_a_product_that_nobody_makes_cannot_be_traced() -> None:
    with pytest.raises(InventoryError, match="No process makes “boat”"):
        tree_of(PLAIN, "boat")


@law
@given(chains, cut_offs, st.integers(1, 60))
def test_every_branch_is_its_parts_and_the_rest(
    inventory: Inventory, cut_off: float, most: int
) -> None:
    exact = solve_exactly(inventory, LIBRARY, "AR6")
    for product, impact in exact.items():
        tree = tree_of(inventory, product, cut_off=cut_off, most=most).contributions
        assert len(tree) <= most
        parts: dict[int, list[float]] = defaultdict(list)
        for number, contribution in enumerate(tree):
            parts[number].append(contribution.rest_kg_co2e)
            if contribution.parent is not None:
                assert contribution.parent < number
                assert tree[contribution.parent].tier == contribution.tier - 1
                parts[contribution.parent].append(contribution.kg_co2e)
                least = cut_off * abs(tree[0].kg_co2e)
                assert abs(contribution.kg_co2e) >= least
        size = float(impact.gross_kg_co2e)
        assert tree[0].kg_co2e == pytest.approx(float(impact.kg_co2e), rel=1e-9, abs=1e-9 * size)
        for number, contribution in enumerate(tree):
            made = exact.get(contribution.source)  # None where it is no product
            gross = 0.0 if made is None else contribution.amount * float(made.gross_kg_co2e)
            near = pytest.approx(contribution.kg_co2e, rel=1e-9, abs=1e-9 * gross)
            assert fsum(parts[number]) == near


def test_flows_go_from_sources_through_suppliers_to_the_product() -> None:
    flows = trace_flows(solve(PLAIN, LIBRARY), "car")
    assert (flows.root, flows.kg_co2e) == (CAR, 24.5)
    assert flows.flows == (
        Flow(STEEL, CAR, 18.0),
        Flow(ON_SITE, STEEL, 10.0),
        Flow(MINE, STEEL, 8.0),
        Flow(POWER, CAR, 7.5),
        Flow(ON_SITE, CAR, -1.0),
    )


def test_small_flows_go_through_the_others() -> None:
    # Below 0.35 * 24.5 = 8.6: what the mine declares, power and uptake; no product is that small.
    flows = trace_flows(solve(PLAIN, LIBRARY), "car", cut_off=0.35)
    several = FlowEnd(FlowEndKind.DECLARED)
    assert set(flows.flows) == {
        Flow(STEEL, CAR, 18.0),
        Flow(ON_SITE, STEEL, 10.0),
        Flow(several, OTHERS, 8.0),
        Flow(OTHERS, STEEL, 8.0),
        Flow(POWER, OTHERS, 7.5),
        Flow(ON_SITE, OTHERS, -1.0),
        Flow(OTHERS, CAR, 6.5),
    }


def test_what_a_firm_takes_of_itself_is_no_flow() -> None:
    inventory = make.inventory(
        make.process("a", make.bought("b", 2), make.bought("a", 0.5), organisation="one"),
        make.process("b", make.bought("c", 3), make.emission(1), organisation="one"),
        make.process("c", make.emission(1), organisation="two"),
    )
    # b is 1 + 3 = 4; a = 2 * 4 + a / 2 is 16, of which 4 b: 4 from its own firm, 12 from the other.
    flows = trace_flows(solve(inventory, LIBRARY), "a", by_organisation=True)
    one, two = (FlowEnd(FlowEndKind.ORGANISATION, firm) for firm in ("one", "two"))
    assert flows.root == one
    assert flows.flows == (
        Flow(ON_SITE, two, 12.0),
        Flow(two, one, 12.0),
        Flow(ON_SITE, one, 4.0),
    )


@law
@given(inventory=chains, cut_off=cut_offs, by_organisation=st.booleans())
def test_what_flows_in_flows_out(
    inventory: Inventory, cut_off: float, *, by_organisation: bool
) -> None:
    solved = solve(inventory, LIBRARY)
    exact = solve_exactly(inventory, LIBRARY, "AR6")
    for product, impact in exact.items():
        flows = trace_flows(solved, product, cut_off=cut_off, by_organisation=by_organisation)
        size = float(impact.gross_kg_co2e)
        assert_balanced(flows, size)
        assert flows.kg_co2e == pytest.approx(float(impact.kg_co2e), rel=1e-9, abs=1e-9 * size)


def assert_balanced(flows: Flows, size: float) -> None:
    stays: dict[FlowEnd, list[float]] = defaultdict(list)
    for flow in flows.flows:
        assert flow.supplier != flow.customer
        assert flow.customer.kind not in SOURCES
        stays[flow.customer].append(flow.kg_co2e)
        stays[flow.supplier].append(-flow.kg_co2e)
    moved = size + fsum(abs(flow.kg_co2e) for flow in flows.flows)
    for end, parts in stays.items():
        if end.kind not in SOURCES:
            total = flows.kg_co2e if end == flows.root else 0.0
            assert fsum(parts) == pytest.approx(total, rel=1e-9, abs=1e-9 * moved)
    pairs = [(flow.supplier, flow.customer) for flow in flows.flows]
    assert len(set(pairs)) == len(pairs)


@law
@given(chains)
def test_where_flows_start_is_what_firms_answer_for(inventory: Inventory) -> None:
    solved, impacts = solve(inventory, LIBRARY), calculate(inventory, LIBRARY).impacts
    exact = solve_exactly(inventory, LIBRARY, "AR6")
    for product, impact in impacts.items():
        flows = trace_flows(solved, product, cut_off=0.0).flows
        on_site = fsum(flow.kg_co2e for flow in flows if flow.supplier == ON_SITE)
        expected = fsum(part.on_site_kg_co2e for part in impact.by_organisation)
        size = float(exact[product].gross_kg_co2e)
        assert on_site == pytest.approx(expected, rel=1e-9, abs=1e-9 * size)


@pytest.mark.parametrize("cut_off", [-0.01, 1.01, float("nan"), float("inf")])
def test_a_cut_off_that_is_no_share_is_refused(cut_off: float) -> None:
    solved = solve(PLAIN, LIBRARY)
    for trace in (trace_contributions, trace_flows):
        with pytest.raises(InvalidAmountError, match="is no share of a total"):
            trace(solved, "car", cut_off=cut_off)


def test_flows_beyond_measure_are_refused() -> None:
    # 1e400 of a, which carries nothing, for one c.
    inventory = make.inventory(
        make.process("a"),
        make.process("b", make.bought("a", 1e200)),
        make.process("c", make.bought("b", 1e200), make.emission(1)),
    )
    with pytest.raises(InventoryError, match="chain of “a” multiply beyond any measure"):
        trace_flows(solve(inventory, LIBRARY), "c")
