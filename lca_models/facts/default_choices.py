"""Reads the choices of the data folder: gases, materials, fuels, transport, waste, electricity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from lca_models.facts.choices import Activity, Electricity, Fuel, GapMaterial, Material
from lca_models.facts.gases import Gas
from lca_models.facts.tables import Row, read_text

_Record = Mapping[str, object]


def read_gases(records: Mapping[str, object]) -> dict[str, Gas]:
    """Gases by key."""
    return {key: Gas(key, read_text(r), _aliases(r)) for key, r in records.items()}


def read_materials(records: Mapping[str, object]) -> dict[str, Material]:
    """Materials with a default factor, by key."""
    return {
        key: Material(key, read_text(r), _aliases(r), _word(r, "factor"))
        for key, r in records.items()
    }


def read_gaps(records: Mapping[str, object]) -> dict[str, GapMaterial]:
    """Materials without a good open factor, by key."""
    return {
        key: GapMaterial(key, read_text(r), _aliases(r), _words(r, "cross_checks"))
        for key, r in records.items()
    }


def read_activities(records: Mapping[str, object]) -> dict[str, Activity]:
    """Activities by key."""
    return {
        key: Activity(key, read_text(r), _aliases(r), _word(r, "factor"))
        for key, r in records.items()
    }


def read_fuels(records: Mapping[str, object], properties: Mapping[str, Row]) -> dict[str, Fuel]:
    """Fuels by key, with the calorific value behind their factor."""
    fuels = {}
    for key, record in records.items():
        combustion = _word(record, "combustion")
        upstream = cast("_Record", record)["upstream"]
        fuels[key] = Fuel(
            key=key,
            name=read_text(record),
            aliases=_aliases(record),
            combustion=combustion,
            upstream=None if upstream is None else str(upstream),
            mj_per_unit=float(properties[combustion]["heat"]),
        )
    return fuels


def read_pairs(record: object) -> dict[str, str]:
    """Ids of factors by the ids that they belong to."""
    return {key: str(value) for key, value in cast("_Record", record).items()}


def read_electricity(record: _Record) -> Electricity:
    """The factors of electricity."""
    return Electricity(
        grid=_word(record, "grid"),
        delivery=_word(record, "delivery"),
        technologies=read_activities(cast("_Record", record["technologies"])),
        site_location=_word(record, "site_location"),
        site_residual=_word(record, "site_residual"),
    )


def _word(record: object, field: str) -> str:
    return str(cast("_Record", record)[field])


def _words(record: object, field: str) -> tuple[str, ...]:
    return tuple(cast("list[str]", cast("_Record", record)[field]))


def _aliases(record: object) -> tuple[str, ...]:
    return _words(record, "aliases")
