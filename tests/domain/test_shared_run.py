"""Products of one run know it, so that what is uncertain in the run is uncertain in all alike."""

from lca_models.facts.library import load_library
from lca_models.inventory.allocation import AllocationMethod
from service.domain.chain_inventory import lay_out
from tests import make


def test_co_products_name_their_run_and_a_product_alone_names_none() -> None:
    products = (make.product("main"), make.product("other"), make.product("alone"))
    shared = make.submission(
        "main",
        make.own_emission(),
        co_products=(make.output("other"),),
        allocation=AllocationMethod.MASS,
    )
    alone = make.submission("alone", make.own_emission())
    chain = make.chain_of(products, (shared, alone))
    laid_out = lay_out(chain, load_library()).inventory.processes
    assert {process.product: process.run for process in laid_out} == {
        "main": "main",
        "other": "main",
        "alone": "",
    }
