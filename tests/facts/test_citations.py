"""Every number has a unit, a complete citation, and codes that say what they mean."""

import math
import re

import yaml

from lca_models.errors import Text
from lca_models.facts.benchmarks import load_benchmarks
from lca_models.facts.factors import Factor, Use
from lca_models.facts.library import load_library
from lca_models.facts.sources import Citation
from lca_models.facts.units import UNITS
from tests.facts import shipped

LIBRARY = load_library()
FACTORS = [*LIBRARY.factors.values(), *LIBRARY.cross_checks.values()]
CITATIONS = [factor.citation for factor in FACTORS] + [
    citation for c in LIBRARY.characterisations.values() for citation in c.citations.values()
]
# Lists by which the geometric standard deviations follow from the pedigree (ecoinvent).
PEDIGREE = (
    (1.0, 1.05, 1.1, 1.2, 1.5),
    (1.0, 1.02, 1.05, 1.1, 1.2),
    (1.0, 1.03, 1.1, 1.2, 1.5),
    (1.0, 1.01, 1.02, 1.05, 1.1),
    (1.0, 1.1, 1.2, 1.5, 2.0),
)
BASIC_CO2 = 1.05
PEDIGREE_SOURCE = "ecoinvent_report_1_2007"  # cited by pedigree.yaml


def says_something(text: Text) -> bool:
    return bool(text.en.strip()) and bool(re.search(r"[\u4e00-\u9fff]", text.zh))


def test_the_library_holds_as_many_rows_of_each_use_as_were_cleared() -> None:
    uses = [factor.use for factor in FACTORS]
    assert uses.count(Use.FOOTPRINT) == 354
    assert uses.count(Use.SITE_ACCOUNT) == 120
    assert uses.count(Use.CROSS_CHECK) == 118
    assert len(LIBRARY.factors) == 474


def test_every_citation_is_complete() -> None:
    incomplete = [citation.to_line() for citation in CITATIONS if not is_complete(citation)]
    assert not incomplete, "\n".join(incomplete)


def is_complete(citation: Citation) -> bool:
    source = citation.source
    words = (source.title, source.publisher, source.licence, citation.where)
    known = all(word.strip() for word in words) and 2000 < source.year < 2030
    return known and says_something(LIBRARY.licences[source.key])


def test_every_factor_has_a_unit_of_the_closed_list() -> None:
    units = {unit.symbol for unit in UNITS}
    assert [factor.id for factor in FACTORS if factor.unit not in units] == []


def test_every_factor_says_in_both_languages_what_it_covers() -> None:
    silent = [factor.id for factor in FACTORS if not all(map(says_something, texts_of(factor)))]
    assert silent == []
    assert all(factor.name.en.strip() and factor.name.zh.strip() for factor in FACTORS)


def texts_of(factor: Factor) -> list[Text]:
    fields = ("boundary", "category", "gwp_basis", "geography", "use")
    meanings = [LIBRARY.vocabulary[field][getattr(factor, field)] for field in fields]
    return [*meanings, *factor.caveats]


def test_every_factor_describes_a_year_of_its_own_time() -> None:
    assert all(2000 < (factor.valid_year or 0) < 2030 for factor in FACTORS)


def test_uncertainty_follows_from_the_pedigree() -> None:
    assert [factor.id for factor in FACTORS if not follows_from_pedigree(factor)] == []


def follows_from_pedigree(factor: Factor) -> bool:
    marks = zip(PEDIGREE, factor.pedigree, strict=True)
    spread = sum(math.log(table[mark - 1]) ** 2 for table, mark in marks)
    least = math.exp(math.sqrt(spread + math.log(BASIC_CO2) ** 2))
    # Methane, nitrous oxide and fluorinated gases of a process start from a wider basic spread.
    wider = factor.category != "material" and "CO2" not in factor.gases and factor.has_gas_split
    if wider and factor.boundary in {"process_direct", "mining_direct"}:
        return factor.geometric_sd2 > least
    return abs(factor.geometric_sd2 - least) < 0.001


def test_grid_co2_factors_are_for_site_accounts_and_no_others() -> None:
    grid = {f.id for f in FACTORS if f.subcategory.startswith("grid_co2")}
    assert grid == {f.id for f in FACTORS if f.use is Use.SITE_ACCOUNT}
    assert {f.boundary for f in FACTORS if f.id in grid} == {"generation_direct"}


def test_cross_checks_stand_apart_from_the_factors() -> None:
    assert not set(LIBRARY.factors) & set(LIBRARY.cross_checks)
    assert {f.use for f in LIBRARY.cross_checks.values()} == {Use.CROSS_CHECK}


def test_a_row_whose_place_is_only_a_name_says_so() -> None:
    factor = LIBRARY.factors["el-pcf-cn-tdloss-2024"]
    told = Text(
        en="The number of table or row was not recorded; the row is found by its name.",
        zh="未记录表号或行号，请按名称查找。",
    )
    assert told in factor.caveats
    assert factor.citation.where == "附件表格，“输配电（含线损）”行"


def test_no_caveat_code_or_source_lies_unused() -> None:
    texts = shipped.files()
    tables = "".join(text for name, text in texts.items() if name.endswith(".csv"))
    used = {item.partition("=")[0] for item in re.split(r"[,;\n\"]", tables)}
    assert set(yaml.safe_load(texts["caveats.yaml"])) <= used
    benchmarks = load_benchmarks().values()
    notices = [each.notice for each in benchmarks if each.notice is not None]
    cited = {
        citation.source.key
        for citation in (*CITATIONS, *(each.citation for each in benchmarks), *notices)
    }
    assert set(LIBRARY.licences) - cited == {PEDIGREE_SOURCE}
