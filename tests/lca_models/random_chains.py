"""Random chains: several firms, loops, co-products, declared footprints, factors, removals."""

from dataclasses import replace

from hypothesis import strategies as st

from lca_models.facts.data_quality import DataQuality
from lca_models.inventory.allocation import AllocatedOutput, AllocationMethod, allocate
from lca_models.inventory.processes import (
    DeclaredFootprint,
    Emission,
    Exchange,
    Gap,
    Inventory,
    Process,
)
from tests import make

FACTORS = (
    make.factor("total", 2.5, gwp_basis="AR5"),
    make.factor("old total", 0.0327, "kWh", gwp_basis="not_stated"),
    make.factor("split", 3.3, gases={"CO2": 2.1, "CH4_fossil": 0.031, "N2O": 0.0011}),
    make.factor("wood", 0.0, gases={"CO2_biogenic": 1.7}),
    make.factor("smelting", 0.9, gases={"CF4": 1e-4, "C2F6": 1e-5}),
    make.factor("credit", -0.4, gases={"CO2": -0.4}),
    make.factor("nothing", 0.0),
)
LIBRARY = make.library(*FACTORS)
GASES = ("CO2", "CH4_fossil", "N2O", "SF6", "CO2e", "CO2_biogenic")
FIRMS = ("甲", "乙", "丙", "丁")
DECLARED = ("declared 0", "declared 1")
# At most this much of a product goes back into products, whatever the units.
PRODUCTIVE, ANY = 0.9, 2.5


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers of four digits, as people write them."""
    return st.integers(round(low * 1000), round(high * 1000)).map(lambda n: n / 1000)


def amounts() -> st.SearchStrategy[float]:
    return numbers(0, 100)


def inventories(
    most_processes: int = 12, largest_gain: float = PRODUCTIVE
) -> st.SearchStrategy[Inventory]:
    """Inventories whose products take at most `largest_gain` of each other a unit."""
    return st.integers(1, most_processes).flatmap(
        lambda size: st.builds(
            _inventory,
            st.lists(_process(size), min_size=size, max_size=size),
            st.tuples(*(_declared(name) for name in DECLARED)),
            st.just(largest_gain),
        )
    )


@st.composite
def _process(draw: st.DrawFn, size: int) -> Process:
    bought = st.tuples(st.integers(0, size - 1), numbers(0, 1), st.booleans())
    drawn = st.tuples(st.sampled_from([f.id for f in FACTORS]), amounts(), st.booleans())
    emitted = st.tuples(st.sampled_from(GASES), numbers(-10, 100), st.booleans())
    relied = st.tuples(st.sampled_from(DECLARED), amounts())
    fitting = st.builds(DataQuality, *(st.integers(1, 5).map(float) for _ in range(3)))
    parts: list[Exchange | Emission | Gap] = [make.gap("run")]
    for n, (position, amount, screening) in enumerate(draw(st.lists(bought, max_size=3))):
        bought_part = make.bought(name_of(position), amount, line=f"a{n}", screening=screening)
        parts.append(replace(bought_part, primary=draw(st.booleans())))
    for n, (factor, amount, screening) in enumerate(draw(st.lists(drawn, max_size=3))):
        drawn_part = make.drawn(factor, amount, line=f"b{n}", screening=screening)
        parts.append(replace(drawn_part, quality=draw(fitting)))
    for n, (gas, mass_kg, primary) in enumerate(draw(st.lists(emitted, max_size=3))):
        own = make.emission(mass_kg, gas, line=f"c{n}", primary=primary)
        parts.append(replace(own, quality=draw(fitting)))
    for n, (declaration, amount) in enumerate(draw(st.lists(relied, max_size=1))):
        relied_part = make.relied_on(declaration, amount, line=f"d{n}")
        parts.append(replace(relied_part, primary=draw(st.booleans())))
    amount = draw(st.sampled_from((1.0, 3.7, 1000.0, 0.02)))
    return make.process(
        "to be named", *parts, amount=amount, organisation=draw(st.sampled_from(FIRMS))
    )


def _declared(name: str) -> st.SearchStrategy[DeclaredFootprint]:
    return st.builds(
        lambda kg, gas, owner, share: replace(
            make.declared(
                name, gases={gas: kg, "CO2": 0.25}, organisation=owner, primary_data_share=share
            ),
            quality=DataQuality(2.0, 1.0, 4.0),
        ),
        numbers(0, 30),
        st.sampled_from(GASES),
        st.sampled_from((*FIRMS, "戊")),
        st.integers(0, 100).map(lambda n: n / 100),
    )


def name_of(position: int) -> str:
    return f"product {position}"


def _inventory(
    drafts: list[Process], declared: tuple[DeclaredFootprint, ...], largest_gain: float
) -> Inventory:
    """Name the drafts, and let every second one be a co-product of the one before it."""
    processes = [
        _scaled(replace(draft, product=name_of(n)), largest_gain) for n, draft in enumerate(drafts)
    ]
    for first in range(0, len(processes) - 1, 4):
        processes[first : first + 2] = _run_of_two(*processes[first : first + 2])
    return Inventory(tuple(processes), declared)


def _scaled(process: Process, largest_gain: float) -> Process:
    """Inputs from members as a share of what the run makes: together at most the largest gain."""
    members = [e for e in process.exchanges if e.line.startswith("a")]
    scale = process.amount * largest_gain / max(1, len(members))
    return replace(
        process,
        exchanges=tuple(
            replace(e, amount=e.amount * scale) if e in members else e for e in process.exchanges
        ),
    )


def _run_of_two(first: Process, second: Process) -> list[Process]:
    """The first run makes both products, shared by what each makes."""
    outputs = [AllocatedOutput(p.product, relation=p.amount) for p in (first, second)]
    shares = allocate(outputs, AllocationMethod.PHYSICAL).shares
    return [
        replace(
            first,
            product=made.product,
            amount=made.amount,
            exchanges=tuple(replace(e, amount=e.amount * share) for e in first.exchanges),
            emissions=tuple(replace(e, mass_kg=e.mass_kg * share) for e in first.emissions),
        )
        for made, share in zip((first, second), shares, strict=True)
    ]
