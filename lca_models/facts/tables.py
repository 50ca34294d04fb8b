"""Reads the tables of the data folder: sources, caveats, factors, characterisation."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import yaml

from lca_models.errors import FactsError, Text
from lca_models.facts.factors import PUBLISHED_CO2E, Factor, Use
from lca_models.facts.gases import Characterisation
from lca_models.facts.sources import Citation, Source
from lca_models.facts.units import find_unit

Row = Mapping[str, str]
# CSafeLoader is ten times faster, and absent where PyYAML was built without its C library.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_GASES = ("CO2", "CH4_fossil", "N2O", "CF4", "C2F6", "SF6", "CO2_biogenic")
_FIRST_HAND = ("original", "public_data_file")
_PEDIGREE_INDICATORS = 5


@dataclass(frozen=True, slots=True)
class References:
    """What rows refer to by a code."""

    sources: Mapping[str, Source]
    caveats: Mapping[str, Text]
    vocabulary: Mapping[str, Mapping[str, Text]]
    fuels: Mapping[str, Row]


def read_yaml(text: str) -> dict[str, dict[str, object]]:
    """A YAML document of named records."""
    document = yaml.load(text, _LOADER)  # noqa: S506 - both loaders build plain values only
    return cast("dict[str, dict[str, object]]", document)


def read_rows(text: str) -> list[Row]:
    """The rows of a CSV table by heading."""
    return list(csv.DictReader(io.StringIO(text)))


def read_text(record: object) -> Text:
    """A text in both languages."""
    fields = cast("dict[str, str]", record)
    return Text(en=fields["en"], zh=fields["zh"])


def read_texts(records: Mapping[str, object]) -> dict[str, Text]:
    """Texts by code."""
    return {code: read_text(record) for code, record in records.items()}


def read_sources(text: str) -> tuple[dict[str, Source], dict[str, Text]]:
    """Sources by key, and their terms of use by key of the source."""
    document = read_yaml(text)
    terms = read_texts(document["licences"])
    sources, licences = {}, {}
    for key, record in document["sources"].items():
        fields = cast("dict[str, str | int]", record)
        licences[key] = terms[str(fields["licence"])]
        sources[key] = Source(
            key=key,
            title=str(fields["title"]),
            publisher=str(fields["publisher"]),
            year=int(fields["year"]),
            licence=licences[key].en,
            url=str(fields["url"]) if "url" in fields else None,
        )
    return sources, licences


def read_factors(text: str, references: References) -> dict[str, Factor]:
    """Factors by id.

    Raises:
        FactsError: A row lacks unit, source or place, or uses an unknown code.
    """
    factors: dict[str, Factor] = {}
    for row in read_rows(text):
        if row["id"] in factors:
            raise _broken(row["id"], Text(en="the id is given twice", zh="编号重复"))
        factors[row["id"]] = _read_factor(row, references)
    return factors


def _read_factor(row: Row, references: References) -> Factor:
    for field in ("boundary", "category", "geography", "gwp_basis", "use", "evidence"):
        if row[field] not in references.vocabulary[field]:
            problem = Text(en="unknown code “{v}” in {f}", zh="{f}中的代码“{v}”未定义")
            raise _broken(row["id"], problem.format(f=field, v=row[field]))
    pedigree = tuple(int(mark) for mark in row["pedigree"].split(";"))
    if len(pedigree) != _PEDIGREE_INDICATORS:
        raise _broken(row["id"], Text(en="the pedigree needs five marks", zh="谱系评分须为五项"))
    kg_co2e = float(row["kg_co2e"])
    gases = {gas: float(row[gas]) for gas in _GASES if row[gas]}
    return Factor(
        id=row["id"],
        name=Text(en=row["name_en"], zh=row["name_zh"]),
        category=row["category"],
        subcategory=row["subcategory"],
        boundary=row["boundary"],
        unit=find_unit(row["unit"]).symbol,
        kg_co2e=kg_co2e,
        gases=gases or {PUBLISHED_CO2E: kg_co2e},
        gwp_basis=row["gwp_basis"],
        geography=row["geography"],
        valid_year=int(row["valid_year"]),
        pedigree=cast("tuple[int, int, int, int, int]", pedigree),
        geometric_sd2=float(row["geometric_sd2"]),
        use=Use(row["use"]),
        caveats=_read_caveats(row, references),
        citation=_read_citation(row, row["id"], references.sources),
    )


def _read_caveats(row: Row, references: References) -> tuple[Text, ...]:
    fuel = references.fuels.get(row["id"], {})
    caveats = [
        _read_caveat(item, row["id"], references.caveats, unit=row["unit"], **fuel)
        for item in row["caveats"].split(";")
        if item
    ]
    if row["evidence"] not in _FIRST_HAND:
        caveats.append(references.vocabulary["evidence"][row["evidence"]])
    return tuple(caveats)


def _read_caveat(item: str, row_id: str, caveats: Mapping[str, Text], **fields: str) -> Text:
    code, _, value = item.partition("=")
    if code not in caveats:
        problem = Text(en="unknown caveat “{code}”", zh="未定义的提示代码“{code}”")
        raise _broken(row_id, problem.format(code=code))
    return caveats[code].format(value=value, **fields)


def _read_citation(row: Row, row_id: str, sources: Mapping[str, Source]) -> Citation:
    if row["source"] not in sources:
        problem = Text(en="unknown source “{key}”", zh="未定义的来源“{key}”")
        raise _broken(row_id, problem.format(key=row["source"]))
    if not row["where"].strip():
        raise _broken(row_id, Text(en="no place in the source", zh="缺少在来源中的位置"))
    return Citation(sources[row["source"]], row["where"])


def read_characterisations(
    text: str, sources: Mapping[str, Source], caveats: Mapping[str, Text]
) -> dict[str, Characterisation]:
    """Sets of global warming potentials by name.

    Raises:
        FactsError: A row lacks source or place, or uses an unknown code.
    """
    values: dict[str, dict[str, float]] = defaultdict(dict)
    citations: dict[str, dict[str, Citation]] = defaultdict(dict)
    notes: dict[str, dict[str, tuple[Text, ...]]] = defaultdict(dict)
    for row in read_rows(text):
        name, gas = row["set"], row["gas"]
        row_id = f"{gas} {name}"
        values[name][gas] = float(row["gwp100"])
        citations[name][gas] = _read_citation(row, row_id, sources)
        notes[name][gas] = tuple(
            _read_caveat(item, row_id, caveats) for item in row["caveats"].split(";") if item
        )
    return {
        name: Characterisation(name, values[name], citations[name], notes[name])
        for name in sorted(values)
    }


def _broken(row_id: str, problem: Text) -> FactsError:
    return FactsError(
        Text(en="Row “{id}”: {problem}.", zh="数据行“{id}”：{problem}。").format(
            id=row_id, problem=problem
        ),
        Text(en="Mend the row in the data folder.", zh="请补全或更正数据文件中的该行。"),
        value=row_id,
    )
