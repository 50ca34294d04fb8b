"""Makes valid things: small, typed, and right in all that a test does not say otherwise."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from lca_models.errors import Text
from lca_models.facts.factors import PUBLISHED_CO2E, Factor, Use
from lca_models.facts.library import Library, load_library
from lca_models.facts.sources import Citation, Source
from lca_models.facts.stages import Stage
from lca_models.facts.units import Quantity
from lca_models.inventory.allocation import AllocationMethod
from lca_models.inventory.processes import (
    DeclaredFootprint,
    Emission,
    Exchange,
    Gap,
    Inventory,
    Process,
    Supplier,
    SupplierKind,
)
from service.domain.chain import Certificate, Chain, Declaration
from service.domain.organisation import Identifier, IdentifierScheme, Organisation
from service.domain.product import Product
from service.domain.submission import (
    DirectEmission,
    Input,
    Line,
    MemberProduct,
    Output,
    Period,
    Submission,
    Supply,
)

SOURCE = Source("test", "Numbers of a test", "the test", 2025, "none needed")
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))


def text(words: str) -> Text:
    return Text(en=words, zh=words)


def factor(
    factor_id: str = "factor",
    kg_co2e: float = 1.0,
    unit: str = "kg",
    *,
    gases: Mapping[str, float] | None = None,
    gwp_basis: str = "AR6",
    boundary: str = "cradle_to_gate",
    use: Use = Use.FOOTPRINT,
) -> Factor:
    """A factor as CO2e only, or by gas."""
    return Factor(
        id=factor_id,
        name=text(factor_id),
        category="material",
        subcategory="test",
        boundary=boundary,
        unit=unit,
        kg_co2e=kg_co2e,
        gases=gases or {PUBLISHED_CO2E: kg_co2e},
        gwp_basis=gwp_basis,
        geography="CN",
        valid_year=2025,
        pedigree=(1, 1, 1, 1, 1),
        geometric_sd2=1.05,
        use=use,
        caveats=(),
        citation=Citation(SOURCE, "here"),
    )


def library(*factors: Factor) -> Library:
    """The shipped gases and GWPs with these factors and no others: quick to solve."""
    return replace(load_library(), factors={}, cross_checks={}).with_factors(*factors)


def bought(
    product: str, amount: float = 1.0, *, line: str = "", screening: bool = False
) -> Exchange:
    """An input that another process of the inventory makes."""
    supplier = Supplier(SupplierKind.PRODUCT, product)
    return Exchange(line or product, Stage.MATERIALS, supplier, amount, screening=screening)


def drawn(
    factor_id: str = "factor",
    amount: float = 1.0,
    *,
    line: str = "",
    stage: Stage = Stage.MATERIALS,
    on_site: bool = False,
    screening: bool = False,
) -> Exchange:
    """An input that a published factor stands for."""
    supplier = Supplier(SupplierKind.BACKGROUND, factor_id)
    return Exchange(line or factor_id, stage, supplier, amount, on_site, screening)


def relied_on(declaration: str = "declared", amount: float = 1.0, *, line: str = "") -> Exchange:
    """An input with a footprint that its maker declares."""
    supplier = Supplier(SupplierKind.DECLARED, declaration)
    return Exchange(line or declaration, Stage.MATERIALS, supplier, amount)


def emission(
    mass_kg: float = 1.0, gas: str = "CO2", *, line: str = "", primary: bool = True
) -> Emission:
    return Emission(line or gas, Stage.DIRECT, gas, mass_kg, primary)


def gap(line: str = "gap", amount: float = 1.0, upper: float | None = None) -> Gap:
    return Gap(line, Stage.MATERIALS, amount, "kg", upper)


def process(
    product: str = "product",
    *parts: Exchange | Emission | Gap,
    amount: float = 1.0,
    organisation: str = "",
    unit: str = "kg",
) -> Process:
    """One run, by a firm of its own unless another is named."""
    return Process(
        product=product,
        organisation=organisation or f"firm of {product}",
        unit=unit,
        amount=amount,
        exchanges=tuple(part for part in parts if isinstance(part, Exchange)),
        emissions=tuple(part for part in parts if isinstance(part, Emission)),
        gaps=tuple(part for part in parts if isinstance(part, Gap)),
    )


def declared(
    declaration: str = "declared",
    kg_co2e: float = 1.0,
    *,
    gases: Mapping[str, float] | None = None,
    organisation: str = "",
    gwp_basis: str = "AR6",
    primary_data_share: float = 0.0,
) -> DeclaredFootprint:
    return DeclaredFootprint(
        id=declaration,
        organisation=organisation or f"owner of {declaration}",
        unit="kg",
        gases=gases or {PUBLISHED_CO2E: kg_co2e},
        gwp_basis=gwp_basis,
        primary_data_share=primary_data_share,
    )


def inventory(*processes: Process, declared: tuple[DeclaredFootprint, ...] = ()) -> Inventory:
    return Inventory(processes, declared)


def organisation(organisation_id: str = "firm") -> Organisation:
    number = Identifier(IdentifierScheme.OTHER, f"number of {organisation_id}")
    return Organisation(organisation_id, text(organisation_id), number)


def product(
    product_id: str = "product",
    organisation_id: str = "firm",
    unit: str = "kg",
    *,
    mass_kg: float | None = None,
    screening: str | None = None,
) -> Product:
    declared_unit = Quantity(1.0, unit)
    return Product(product_id, organisation_id, text(product_id), declared_unit, mass_kg, screening)


def line(
    supply: Supply, quantity: str = "1 kg", *, label: str = "line", packaging: bool = False
) -> Input:
    return Input(label, label, amount_of(quantity), supply, packaging)


def own_emission(quantity: str = "1 kg", gas: str = "CO2") -> DirectEmission:
    return DirectEmission(f"own {gas}", gas, amount_of(quantity))


def amount_of(quantity: str) -> Quantity:
    """`2.5 kg` as a quantity."""
    amount, _, unit = quantity.partition(" ")
    return Quantity(float(amount), unit)


def output(
    product_id: str = "product",
    quantity: str = "1 kg",
    *,
    value: float | None = None,
    energy_mj: float | None = None,
    relation: float | None = None,
) -> Output:
    return Output(product_id, amount_of(quantity), value, energy_mj, relation)


def submission(
    product_id: str = "product",
    *lines: Line,
    makes: Output | None = None,
    co_products: tuple[Output, ...] = (),
    allocation: AllocationMethod = AllocationMethod.PACT,
    period: Period = YEAR,
) -> Submission:
    return Submission(period, makes or output(product_id), lines, co_products, allocation)


def declaration(
    declaration_id: str = "declared",
    owner: str = "owner",
    *,
    unit: str = "kg",
    gases: Mapping[str, float] | None = None,
    valid: Period = YEAR,
    primary_data_share: float = 0.0,
) -> Declaration:
    return Declaration(
        id=declaration_id,
        owner=owner,
        name=text(declaration_id),
        unit=unit,
        gases=gases or {PUBLISHED_CO2E: 1.0},
        gwp_basis="AR6",
        valid_from=valid.start,
        valid_until=valid.end,
        primary_data_share=primary_data_share,
        statement="somewhere",
    )


def certificate(
    certificate_id: str = "certificate",
    organisation_id: str = "firm",
    energy_kwh: float = 1000.0,
    technology: str = "wind",
) -> Certificate:
    return Certificate(certificate_id, organisation_id, energy_kwh, technology)


def chain_of(
    products: tuple[Product, ...],
    submissions: tuple[Submission, ...] = (),
    *,
    declarations: tuple[Declaration, ...] = (),
    certificates: tuple[Certificate, ...] = (),
) -> Chain:
    """A chain of these products, with the firms that make them."""
    firms = dict.fromkeys(product.organisation_id for product in products)
    return Chain(
        id="chain",
        name=text("chain"),
        lead_id=next(iter(firms)),
        period=YEAR,
        organisations=tuple(organisation(firm) for firm in firms),
        products=products,
        submissions=submissions,
        declarations=declarations,
        certificates=certificates,
    )


def chain(tiers: int = 2) -> Chain:
    """One firm a tier; each needs 2 kg of the next tier's product and emits 1 kg CO2 a kg.

    With 3 tiers the first product has 1 + 2 + 4 = 7 kg CO2e.
    """
    numbers = range(1, tiers + 1)
    products = tuple(product(f"product {n}", f"firm {n}") for n in numbers)
    submissions = tuple(
        submission(f"product {n}", own_emission(), *_next_tier(n, tiers)) for n in numbers
    )
    return chain_of(products, submissions)


def _next_tier(tier: int, tiers: int) -> tuple[Line, ...]:
    supply = MemberProduct(f"product {tier + 1}")
    return (line(supply, "2 kg", label="bought"),) if tier < tiers else ()


def chain_document() -> dict[str, object]:
    """A chain document of two firms, as plain data: the axle has 3 + 2 × 1.5 = 6 kg CO2e."""
    return {
        "format": "greenchain.chain/1",
        "id": "axles",
        "name": {"zh": "车桥", "en": "Axles"},
        "lead": "lead",
        "period": {"start": "2025-01-01", "end": "2025-12-31"},
        "organisations": [
            {
                "id": "lead",
                "name": {"zh": "链主", "en": "Lead"},
                "identifier": {"scheme": "other", "value": "1"},
            },
            {
                "id": "mill",
                "name": {"zh": "钢厂", "en": "Mill"},
                "identifier": {"scheme": "other", "value": "2"},
            },
        ],
        "products": [
            {"id": "axle", "organisation": "lead", "name": "车桥", "declared_unit": "piece"},
            {"id": "steel", "organisation": "mill", "name": "钢", "declared_unit": "kg"},
        ],
        "processes": [
            {
                "product": "axle",
                "output": {"quantity": "1 件"},
                "inputs": [{"name": "steel", "product": "steel", "quantity": "2 kg"}],
                "direct_emissions": [{"gas": "CO2", "quantity": "3 kg"}],
            },
            {
                "product": "steel",
                "output": {"quantity": "1 t"},
                "direct_emissions": [{"gas": "CO2", "quantity": "1.5 t"}],
            },
        ],
    }
