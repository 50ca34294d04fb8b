"""What stands for an activity by default, and the words under which documents name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lca_models.errors import Text


@dataclass(frozen=True, slots=True)
class Material:
    """A material with the factor that stands for it when nothing better is known.

    Args:
        key: Stable short name.
        name: Name in both languages.
        aliases: Other names of the trade, in any language; unique across all materials.
        factor: Id of the factor.
    """

    key: str
    name: Text
    aliases: tuple[str, ...]
    factor: str


@dataclass(frozen=True, slots=True)
class GapMaterial:
    """A material without a good open factor: it needs the supplier's own footprint.

    Args:
        key: Stable short name.
        name: Name in both languages.
        aliases: Other names of the trade; unique across all materials.
        cross_checks: Ids of values that may be shown beside the gap.
    """

    key: str
    name: Text
    aliases: tuple[str, ...]
    cross_checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fuel:
    """A fuel: burning it, and what came before.

    Args:
        key: Stable short name.
        name: Name in both languages.
        aliases: Other names.
        combustion: Id of the factor of burning one unit.
        upstream: Id of the factor of supplying one unit; None where no published factor fits.
        mj_per_unit: Net calorific value, MJ per unit of the combustion factor.
    """

    key: str
    name: Text
    aliases: tuple[str, ...]
    combustion: str
    upstream: str | None
    mj_per_unit: float


@dataclass(frozen=True, slots=True)
class Activity:
    """A transport mode, a waste treatment, a way of making power, a process: and its factor."""

    key: str
    name: Text
    aliases: tuple[str, ...]
    factor: str


@dataclass(frozen=True, slots=True)
class Electricity:
    """The factors of electricity.

    Args:
        grid: Id of the life-cycle factor of delivered grid electricity.
        delivery: Id of the factor of transmission and distribution with losses.
        technologies: Ways of generation by key, to the busbar.
        site_location: Id of the direct factor of location-based site accounts.
        site_residual: Id of the direct factor of market-based site accounts.
    """

    grid: str
    delivery: str
    technologies: Mapping[str, Activity] = field(default_factory=dict)
    site_location: str | None = None
    site_residual: str | None = None
