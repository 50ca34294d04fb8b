"""Each library, and each thing that only one room may know, is imported there alone.

The order of the floors is held by the import contracts in pyproject.toml.
"""

from tests.architecture import tree

HOMES = {
    "bw2calc": ("lca_models.calculation",),
    "bw2data": ("service.gateways.background_import",),
    "bw2io": ("service.gateways.background_import",),
    "bw_processing": (
        "lca_models.calculation",
        "lca_models.inventory.background",
        "lca_models.inventory.frozen",
        "service.gateways.background_import",
    ),
    "fastapi": ("service.api", "service.app", "supplier_portal"),
    "lca_models.calculate": ("service.use_cases",),
    "lca_models.explain_change": ("service.use_cases",),
    "lca_models.estimate_intervals": ("service.use_cases",),
    "lca_models.rank_requests": ("service.use_cases",),
    "lca_models.simulate": ("service.use_cases",),
    "lca_models.trace": ("service.use_cases",),
    "pint": ("lca_models.facts",),
    "pydantic_settings": ("service.settings",),
    "service.gateways.background_import": ("no module, for it is run by its path",),
    "service.settings": ("service.wiring", "migrations.env"),
    "starlette": ("service.api", "service.app", "supplier_portal"),
}


def test_what_has_a_home_is_imported_nowhere_else() -> None:
    strays = [
        f"{tree.name_of(path)} imports {imported}: that belongs to {' and '.join(homes)}"
        for path in tree.modules(*tree.PACKAGES)
        for imported, homes in HOMES.items()
        if any(is_within(name, imported) for name in tree.imports(path))
        and not any(is_within(tree.dotted(path), home) for home in homes)
    ]
    assert not strays, "\n".join(strays)


def test_use_cases_do_not_call_each_other() -> None:
    calls = [
        f"{tree.name_of(path)} imports {name}: what two use cases share belongs to the domain"
        for path in tree.modules("service")
        if is_within(tree.dotted(path), "service.use_cases")
        for name in tree.imports(path)
        if is_within(name, "service.use_cases")
    ]
    assert not calls, "\n".join(calls)


def is_within(module: str, room: str) -> bool:
    """Tell whether a module is this room or stands in it."""
    return f"{module}.".startswith(f"{room}.")
