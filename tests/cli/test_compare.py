"""`greenchain compare`: causes for people in both languages, a document for machines."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import make
from tests.cli.running import run

Versions = tuple[Path, Path]


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    """Axles of 3 + 2 × 1.5 = 6 kg CO2e, then of 3 + 1.8 × 1.3 = 5.34 kg."""

    def change(document: Any) -> None:
        axle, steel = document["processes"]
        axle["inputs"][0]["quantity"] = "1.8 kg"
        steel["direct_emissions"][0]["quantity"] = "1.3 t"

    return written(tmp_path, change)


def written(folder: Path, change: Callable[[Any], None]) -> Versions:
    before, after = folder / "before.yaml", folder / "after.yaml"
    document = make.chain_document()
    before.write_text(yaml.safe_dump(document), encoding="utf-8")
    later = copy.deepcopy(document)
    change(later)
    after.write_text(yaml.safe_dump(later), encoding="utf-8")
    return before, after


def test_causes_are_shown_with_performance_apart(versions: Versions) -> None:
    shown = run("compare", *versions, COLUMNS="120")
    assert shown.exit_code == 0
    lines = [" ".join(line.split()) for line in shown.stdout.splitlines()]
    for line in (
        "before 6.000 kg CO2e per piece",
        "change -0.6600 (-11.0%) kg CO2e per piece",
        "Performance -0.6600",
        "Supplier improvement -0.3800",
        "Process emissions -0.3800",
        "Material efficiency -0.2800",
        "No performance: never a reduction 0.0000",
        "Mill -0.3800 0.0000 Process emissions",
    ):
        assert line in lines


def test_causes_are_told_in_chinese(versions: Versions) -> None:
    shown = run("compare", *versions, "--lang", "zh", "--sold", "axle=10:20").stdout
    for words in (
        "材料用量（物料清单）",
        "供应商改进",
        "不得计为减排",
        "按销量合计",
        "CO2e/件",
        "钢厂",
    ):
        assert words in shown


def test_what_was_sold_keeps_volume_apart_from_performance(versions: Versions) -> None:
    # 10 axles of 6 kg, then 20 of 5.34: 15 x -0.66 by performance, 5.67 x 10 by volume.
    shown = run("compare", *versions, "--sold", "axle=10:20", COLUMNS="120").stdout
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    total = lines.index("All that was sold: 10.00 → 20.00 × piece, +46.80 kg CO2e")
    for line in (
        "Performance -9.90",
        "No performance: never a reduction +56.70",
        "Volume sold +56.70",
    ):
        assert line in lines[total:]


def test_a_line_that_disappears_is_listed_to_be_checked(tmp_path: Path) -> None:
    def forget(document: Any) -> None:
        del document["processes"][0]["direct_emissions"]

    versions = written(tmp_path, forget)
    shown = run("compare", *versions, COLUMNS="120").stdout
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    listed = lines.index("Check: done away with, renamed, or forgotten?")
    assert "Lead Direct emissions · CO2 before -3.000" in lines[listed:]
    assert "直接排放 · CO2 变化前" in " ".join(
        run("compare", *versions, "--lang", "zh", COLUMNS="120").stdout.split()
    )
    (axle,) = json.loads(run("compare", *versions, "--json").stdout)["products"]
    (gone,) = axle["one_sided"]
    assert (gone["need"], gone["version"], gone["kg_co2e"]) == ("CO2", "before", -3.0)


def test_machines_get_a_document_whose_causes_sum_up(versions: Versions) -> None:
    shown = run("compare", *versions, "--json", "--sold", "axle=10:20")
    document = json.loads(shown.stdout)
    assert document["format"] == "greenchain.change/1"
    (axle,) = document["products"]
    assert axle["kg_co2e"] == pytest.approx(-0.66)
    assert axle["performance_kg_co2e"] == pytest.approx(-0.66)
    assert sum(cause["kg_co2e"] for cause in axle["causes"]) == pytest.approx(-0.66)
    assert [cause["driver"] for cause in axle["supplied"]] == ["process_emissions"]
    assert {firm["organisation"]["id"] for firm in axle["organisations"]} == {"lead", "mill"}
    assert axle["sales"]["kg_co2e"] == pytest.approx(20 * 5.34 - 10 * 6)


def test_other_gwps_of_the_earlier_version_are_method(tmp_path: Path) -> None:
    def say_methane(document: Any) -> None:
        document["processes"][0]["direct_emissions"].append({"gas": "SF6", "quantity": "0.1 kg"})

    _, after = written(tmp_path, say_methane)
    shown = run("compare", after, after, "--before-gwp", "AR5", "--json")
    (axle,) = json.loads(shown.stdout)["products"]
    assert [cause["driver"] for cause in axle["causes"]] == ["method"]
    assert axle["kg_co2e"] == pytest.approx(0.1 * (25200 - 23500))


@pytest.mark.parametrize("sold", ["axle", "axle=1", "axle=a:b", "axle=-1:2", "=1:2", "axle=1:inf"])
def test_sales_that_say_nothing_are_refused(versions: Versions, sold: str) -> None:
    shown = run("compare", *versions, "--sold", sold)
    assert shown.exit_code == 2
    assert sold in shown.stderr


def test_a_product_of_one_version_is_told_as_such(tmp_path: Path) -> None:
    def add_hub(document: Any) -> None:
        document["products"].append(
            {"id": "hub", "organisation": "lead", "name": "Hub", "declared_unit": "piece"}
        )

    versions = written(tmp_path, add_hub)
    shown = run("compare", *versions, "--product", "hub", COLUMNS="120")
    assert "One version lacks this product" in shown.stdout


def test_a_product_of_neither_version_is_refused(versions: Versions) -> None:
    shown = run("compare", *versions, "--product", "unicorn")
    assert shown.exit_code == 2
    assert "unicorn" in shown.stderr
