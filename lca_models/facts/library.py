"""The background library: all facts of one version, and how to ask for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib import resources
from typing import TypeVar

from lca_models.errors import (
    Text,
    UnknownActivityError,
    UnknownCharacterisationError,
    UnknownFactorError,
    UnknownGasError,
)
from lca_models.facts import default_choices, tables
from lca_models.facts.choices import Activity, Electricity, Fuel, GapMaterial, Material
from lca_models.facts.factors import Factor, Use
from lca_models.facts.gases import Characterisation, Gas
from lca_models.facts.names import fold
from lca_models.facts.refusals import (
    for_a_part,
    for_comparison,
    for_site_accounts,
    for_unlisted_unit,
    refuse_deduction,
    section_of,
    suggest_nearest,
)

_PROCESS_BOUNDARY = "process_direct"
_Named = TypeVar("_Named", bound=Material | GapMaterial | Fuel | Activity | Gas)


@dataclass(frozen=True, eq=False)
class Library:
    """Every fact that a calculation may rest on, at one version.

    Args:
        version: Content hash, hex: same facts, same version.
        factors: Factors for footprints and for site accounts, by id.
        cross_checks: Factors that may only be shown beside a result, by id.
        characterisations: Sets of global warming potentials by name.
        gases: Gases by key.
        materials: Materials with a default factor, by key.
        gaps: Materials without one, by key.
        fuels: Fuels by key.
        transport_modes: Ways of transport by key.
        treatments: Ways of treating waste by key.
        processes: Industrial processes with a default of direct emissions, by key.
        electricity: The factors of electricity.
        heat: Id of the factor of purchased heat.
        water_supply: Id of the factor of supplied water by volume.
        licences: Terms of use by source key, in both languages.
        vocabulary: What the codes of a factor mean, by field and code.
        recycled_forms: Id of the factor of a material's recycled form, by that of its primary form.
        unlisted_units: Unit of each brought process that is no factor because its unit is not in
            our list, by the id that it would have.
    """

    version: str
    factors: Mapping[str, Factor]
    cross_checks: Mapping[str, Factor] = field(default_factory=dict)
    characterisations: Mapping[str, Characterisation] = field(default_factory=dict)
    gases: Mapping[str, Gas] = field(default_factory=dict)
    materials: Mapping[str, Material] = field(default_factory=dict)
    gaps: Mapping[str, GapMaterial] = field(default_factory=dict)
    fuels: Mapping[str, Fuel] = field(default_factory=dict)
    transport_modes: Mapping[str, Activity] = field(default_factory=dict)
    treatments: Mapping[str, Activity] = field(default_factory=dict)
    processes: Mapping[str, Activity] = field(default_factory=dict)
    electricity: Electricity = field(default_factory=lambda: Electricity(grid="", delivery=""))
    heat: str = ""
    water_supply: str = ""
    licences: Mapping[str, Text] = field(default_factory=dict)
    vocabulary: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    recycled_forms: Mapping[str, str] = field(default_factory=dict)
    unlisted_units: Mapping[str, str] = field(default_factory=dict)

    def get_factor(self, factor_id: str) -> Factor:
        """Any factor by its id, whatever it may be used for.

        Raises:
            UnknownFactorError: No factor has the id; the cure names the nearest ones.
            UnknownUnitError: It is of a brought process whose unit is not in the closed list.
        """
        if factor_id in self.unlisted_units:
            raise for_unlisted_unit(factor_id, self.unlisted_units[factor_id])
        found = self.factors.get(factor_id) or self.cross_checks.get(factor_id)
        if found is None:
            raise UnknownFactorError(
                Text(
                    en="No emission factor has the id “{id}”.", zh="没有编号为“{id}”的排放因子。"
                ).format(id=factor_id),
                suggest_nearest(factor_id, [*self.factors, *self.cross_checks]),
                value=factor_id,
            )
        return found

    def get_footprint_factor(self, factor_id: str) -> Factor:
        """A factor that may enter a footprint.

        Raises:
            UnknownFactorError: No factor has the id.
            FactorNotForFootprintsError: It is for site accounts, or for comparison only.
        """
        factor = self.get_factor(factor_id)
        if factor.use is Use.SITE_ACCOUNT:
            raise for_site_accounts(factor, self.electricity.grid)
        if factor.use is Use.CROSS_CHECK:
            raise for_comparison(factor)
        return factor

    def get_supply_factor(self, factor_id: str) -> Factor:
        """A factor that may stand for something bought, with everything upstream of it.

        Raises:
            UnknownFactorError: No factor has the id.
            FactorNotForFootprintsError: It is not for footprints, is a deduction, or covers a part
                only (burning a fuel, a process, a vehicle, electricity); the cure names where such
                a line belongs.
        """
        factor = self.get_footprint_factor(factor_id)
        refuse_deduction(factor)
        section = section_of(factor)
        if section is not None:
            raise for_a_part(factor, section)
        return factor

    def is_process(self, text: str) -> bool:
        """Whether `find_process` knows it, be it to refuse it as a deduction."""
        return self._process_of(text) is not None

    def find_process(self, text: str) -> Activity:
        """The industrial process with direct emissions that goes by a key, a name or a factor id.

        Raises:
            UnknownActivityError: No process goes by it.
            FactorNotForFootprintsError: It is a deduction from a carbon balance.
        """
        found = self._process_of(text)
        if found is None:
            what = Text(en="a process with direct emissions", zh="工业过程")
            return _found(text, what, self._processes_by_name, self.processes.values())
        refuse_deduction(self.factors[found.factor])
        return found

    def _process_of(self, text: str) -> Activity | None:
        factor = self.factors.get(text)
        if factor is not None and factor.boundary == _PROCESS_BOUNDARY:
            return Activity(key=text, name=factor.name, aliases=(), factor=text)
        return self._processes_by_name.get(fold(text))

    def get_characterisation(self, name: str) -> Characterisation:
        """A set of global warming potentials, `AR6` or `ar6`.

        Raises:
            UnknownCharacterisationError: The set does not exist.
        """
        found = self.characterisations.get(name.strip().upper())
        if found is None:
            raise UnknownCharacterisationError(
                Text(
                    en="There is no set of global warming potentials “{name}”.",
                    zh="没有名为“{name}”的全球变暖潜势因子集。",
                ).format(name=name),
                Text(en="Use one of: {list}.", zh="请使用以下之一：{list}。").format(
                    list=", ".join(sorted(self.characterisations))
                ),
                value=name,
            )
        return found

    def find_material(self, text: str) -> Material | GapMaterial | None:
        """The material that goes by a key, a name, an alias or its factor's id, if one does."""
        return self._materials_by_name.get(fold(text))

    def find_gas(self, text: str) -> str:
        """Key of the gas that goes by a formula or a name.

        Raises:
            UnknownGasError: No gas goes by it.
        """
        found = self._gases_by_name.get(fold(text))
        if found is None:
            raise UnknownGasError(
                Text(en="We know no gas “{gas}”.", zh="无法识别气体“{gas}”。").format(gas=text),
                Text(en="Use one of: {list}.", zh="请使用以下气体之一：{list}。").format(
                    list=", ".join(self.gases)
                ),
                value=text,
            )
        return found.key

    def find_fuel(self, text: str) -> Fuel:
        """The fuel that goes by a key or a name.

        Raises:
            UnknownActivityError: No fuel goes by it.
        """
        what = Text(en="a fuel", zh="燃料")
        return _found(text, what, self._fuels_by_name, self.fuels.values())

    def find_transport_mode(self, text: str) -> Activity:
        """The transport mode that goes by a key or a name.

        Raises:
            UnknownActivityError: No mode goes by it.
        """
        what = Text(en="a transport mode", zh="运输方式")
        return _found(text, what, self._modes_by_name, self.transport_modes.values())

    def find_treatment(self, text: str) -> Activity:
        """The waste treatment that goes by a key or a name.

        Raises:
            UnknownActivityError: No treatment goes by it.
        """
        what = Text(en="a waste treatment", zh="废弃物处理方式")
        return _found(text, what, self._treatments_by_name, self.treatments.values())

    def find_generation(self, technology: str) -> Activity:
        """The way of generating electricity that goes by a key or a name.

        Raises:
            UnknownActivityError: No technology goes by it.
        """
        what = Text(en="a way of generating electricity", zh="发电方式")
        known = self.electricity.technologies.values()
        return _found(technology, what, self._technologies_by_name, known)

    def list_cross_checks(self, gap: GapMaterial) -> tuple[Factor, ...]:
        """The values that may be shown beside a gap, never used in its place."""
        return tuple(self.cross_checks[factor_id] for factor_id in gap.cross_checks)

    def with_factors(self, *factors: Factor) -> Library:
        """A copy with further factors (or others of the same id) and a version of its own."""
        usable = {f.id: f for f in factors if f.use is not Use.CROSS_CHECK}
        shown = {f.id: f for f in factors if f.use is Use.CROSS_CHECK}
        content = repr((self.version, sorted((f.id, repr(f)) for f in factors)))
        return replace(
            self,
            version=hashlib.sha256(content.encode()).hexdigest(),
            factors={**self.factors, **usable},
            cross_checks={**self.cross_checks, **shown},
        )

    @cached_property
    def _materials_by_name(self) -> Mapping[str, Material | GapMaterial]:
        by_factor = {fold(m.factor): m for m in self.materials.values()}
        known: list[Material | GapMaterial] = [*self.materials.values(), *self.gaps.values()]
        return {**by_factor, **_by_name(known)}

    @cached_property
    def _gases_by_name(self) -> Mapping[str, Gas]:
        return _by_name(self.gases.values())

    @cached_property
    def _fuels_by_name(self) -> Mapping[str, Fuel]:
        return _by_name(self.fuels.values())

    @cached_property
    def _processes_by_name(self) -> Mapping[str, Activity]:
        return _by_name(self.processes.values())

    @cached_property
    def _modes_by_name(self) -> Mapping[str, Activity]:
        return _by_name(self.transport_modes.values())

    @cached_property
    def _treatments_by_name(self) -> Mapping[str, Activity]:
        return _by_name(self.treatments.values())

    @cached_property
    def _technologies_by_name(self) -> Mapping[str, Activity]:
        return _by_name(self.electricity.technologies.values())


def _by_name(entries: Iterable[_Named]) -> dict[str, _Named]:
    return {
        fold(name): entry
        for entry in entries
        for name in (entry.key, entry.name.en, entry.name.zh, *entry.aliases)
    }


def _found(text: str, what: Text, by_name: Mapping[str, _Named], known: Iterable[_Named]) -> _Named:
    found = by_name.get(fold(text))
    if found is None:
        names = [(entry.key, entry.name.zh) for entry in known]
        raise UnknownActivityError(
            Text(en="“{text}” is not {what} we know.", zh="无法识别{what}“{text}”。").format(
                text=text, what=what
            ),
            Text(
                en=f"Use one of: {', '.join(key for key, _ in names)}.",
                zh=f"请使用以下之一：{'、'.join(f'{zh}（{key}）' for key, zh in names)}。",
            ),
            value=text,
        )
    return found


@cache
def load_library() -> Library:
    """The library that is shipped with this version of the house."""
    folder = resources.files("lca_models.facts") / "data"
    files = [file for file in folder.iterdir() if file.name.endswith((".csv", ".yaml"))]
    return read_library({file.name: file.read_text(encoding="utf-8") for file in files})


def read_library(files: Mapping[str, str]) -> Library:
    """A library from the texts of the data folder, by file name.

    Raises:
        FactsError: A row lacks unit, source or place, or uses an unknown code.
    """
    documents = {name: tables.read_yaml(t) for name, t in files.items() if name.endswith(".yaml")}
    sources, licences = tables.read_sources(files["sources.yaml"])
    properties = {row["factor"]: row for row in tables.read_rows(files["fuel_properties.csv"])}
    caveats = tables.read_texts(documents["caveats.yaml"])
    vocabulary = {k: tables.read_texts(v) for k, v in documents["vocabulary.yaml"].items()}
    references = tables.References(sources, caveats, vocabulary, properties)
    activities, materials = documents["activities.yaml"], documents["materials.yaml"]
    return Library(
        version=_content_hash(files),
        factors=tables.read_factors(files["factors.csv"], references),
        cross_checks=tables.read_factors(files["cross_checks.csv"], references),
        characterisations=tables.read_characterisations(
            files["characterisation.csv"], sources, caveats
        ),
        gases=default_choices.read_gases(documents["gases.yaml"]),
        materials=default_choices.read_materials(materials["materials"]),
        gaps=default_choices.read_gaps(materials["gaps"]),
        fuels=default_choices.read_fuels(activities["fuels"], properties),
        transport_modes=default_choices.read_activities(activities["transport"]),
        treatments=default_choices.read_activities(activities["treatments"]),
        processes=default_choices.read_activities(activities["processes"]),
        electricity=default_choices.read_electricity(activities["electricity"]),
        heat=str(activities["heat"]),
        water_supply=str(activities["water_supply"]),
        licences=licences,
        vocabulary=vocabulary,
        recycled_forms=default_choices.read_pairs(documents["recycling.yaml"]["recycled_forms"]),
    )


def _content_hash(files: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        # A checkout may change line endings; the facts stay the same.
        content = "\n".join(files[name].removeprefix("\ufeff").splitlines()).encode()
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
