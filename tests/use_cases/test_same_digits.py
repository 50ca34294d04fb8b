"""A product has the same digits whether it is calculated alone or with all that it belongs to."""

import random
from collections.abc import Collection
from dataclasses import replace

import pytest

from lca_models.facts.library import load_library
from service.domain.chain import Chain
from service.domain.network import drawn_products
from service.domain.submission import BackgroundSupply, MemberProduct
from service.formats.lockfile import to_digits
from service.formats.result_writing import to_result
from service.use_cases.calculate_footprints import calculate_footprints
from tests import make

LIBRARY = load_library()
FACTORS = [
    factor.id
    for factor in LIBRARY.factors.values()
    if factor.unit == "kg" and factor.boundary == "cradle_to_gate"
]
PRODUCTS = 20
LOOP_SHARE = 0.15


def draw_chain(chance: random.Random, *, loops: bool) -> Chain:
    """A random chain; with loops, some products go back to where they came from."""
    products, submissions = [], []
    for number in range(PRODUCTS):
        product = f"p{number:02}"
        products.append(make.product(product, f"f{number % 7}"))
        others = {
            chance.randrange(PRODUCTS)
            if loops and chance.random() < LOOP_SHARE
            else chance.randrange(number, PRODUCTS)
            for _ in range(3)
        } - {number}
        bought = [
            make.line(MemberProduct(f"p{other:02}"), f"{chance.random() / 5} kg", label=f"l{other}")
            for other in sorted(others)
        ]
        drawn = make.line(BackgroundSupply(chance.choice(FACTORS)), f"{chance.random()} kg")
        own = make.own_emission(f"{chance.random()} kg", chance.choice(["CO2", "CH4", "N2O"]))
        submissions.append(make.submission(product, *bought, drawn, own))
    return make.chain_of(tuple(products), tuple(submissions))


def behind(chain: Chain, product: str) -> Collection[str]:
    drawn = {s.product_id: drawn_products(s) for s in chain.submissions}
    found: set[str] = set()
    waiting = [product]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += drawn[key]
    return found


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("loops", [False, True])
def test_a_product_alone_has_the_digits_that_it_has_among_others(seed: int, loops: bool) -> None:  # noqa: FBT001 - a case of the table
    chain = draw_chain(random.Random(seed), loops=loops)  # noqa: S311 - the same cases each time
    together = to_result(calculate_footprints(chain, LIBRARY)).footprints
    for part in together[:5]:
        kept = behind(chain, part.product)
        alone = replace(
            chain,
            products=tuple(p for p in chain.products if p.id in kept),
            submissions=tuple(s for s in chain.submissions if s.product_id in kept),
        )
        (again,) = to_result(calculate_footprints(alone, LIBRARY), [part.product]).footprints
        assert to_digits(again.model_dump(mode="json")) == to_digits(part.model_dump(mode="json"))
