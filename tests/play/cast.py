"""Who plays, what each makes, and of what: small numbers that add up by hand.

Per declared unit, kg CO2e: scrap 0.02; recycled aluminium 0.5; alloy 3; lime 0.8;
steel 1.5 + 0.6 × 0.02 + 0.05 × 0.8 + 0.01 × 3 = 1.582; castings 0.3 + 0.9 × 0.5 = 0.75;
forging 0.2 + 1.1 × 1.582 = 1.9402; gear 2 + 8 × 0.75 + 4 × 1.582 = 14.328;
axle 5 + 30 × 1.9402 + 2 × 14.328 = 91.862.
"""

from dataclasses import dataclass

from service.domain.organisation import Role


@dataclass(frozen=True)
class Part:
    """A firm of the play, its product, and what one run of it takes.

    Args:
        name: Name of the firm.
        role: What it does.
        invited_by: Who brings it into the chain; None for the lead.
        product: Name of its product.
        unit: Declared unit of the product.
        mass_kg: Mass of one, where it is made by the piece.
        makes: What one run makes.
        emits: What one run emits itself.
        buys: What one run takes of whom.
    """

    name: str
    role: Role
    invited_by: str | None
    product: str
    unit: str
    makes: str
    emits: str
    buys: dict[str, str]
    mass_kg: str | None = None


S, R = Role.SUPPLIER, Role.RECYCLER
CAST = [
    Part("lead", Role.LEAD, None, "axle", "piece", "1 piece", "5 kg",
         {"forge": "30 kg", "gears": "2 piece"}, "50"),
    Part("forge", S, "lead", "forging", "kg", "1 t", "200 kg", {"mill": "1.1 t"}),
    Part("gears", S, "lead", "gear", "piece", "1 piece", "2 kg",
         {"foundry": "8 kg", "mill": "4 kg"}, "11"),
    Part("mill", S, "forge", "steel", "kg", "1 t", "1500 kg",
         {"scrapyard": "600 kg", "lime": "50 kg", "alloys": "10 kg"}),
    Part("foundry", S, "gears", "castings", "kg", "1 t", "300 kg", {"smelter": "900 kg"}),
    Part("lime", S, "mill", "lime", "kg", "1 t", "800 kg", {}),
    Part("alloys", S, "mill", "alloy", "kg", "1 t", "3000 kg", {}),
    Part("scrapyard", R, "mill", "scrap", "kg", "1 t", "20 kg", {}),
    Part("smelter", R, "foundry", "recycled aluminium", "kg", "1 t", "500 kg", {}),
]  # fmt: skip
PARTS = {part.name: part for part in CAST}
RIVAL = Part("rival", S, "lead", "rival forging", "kg", "1 t", "900 kg", {})

KG_CO2E = {
    "scrapyard": 0.02,
    "smelter": 0.5,
    "alloys": 3.0,
    "lime": 0.8,
    "mill": 1.582,
    "foundry": 0.75,
    "forge": 1.9402,
    "gears": 14.328,
    "lead": 91.862,
}
"""kg CO2e of one declared unit, by the firm that makes it."""


def upstream_first() -> list[Part]:
    """The firms, each after those that it buys from."""
    return CAST[::-1]
