"""`greenchain verify`: a stored footprint is made again offline, to the last digit."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.cli.running import run
from tests.members import Seat, Service
from tests.network_makers import Market, make_process

EQUAL, DIFFERS, INCOMPLETE = 0, 1, 2


@pytest.fixture
def market(service: Service) -> Market:
    return Market(service)


def read_lockfile(seat: Seat, product_id: UUID) -> dict[str, Any]:
    last = seat.get(f"/v1/products/{product_id}/footprints").json()["items"][-1]
    found: dict[str, Any] = seat.get(f"/v1/footprints/{last['id']}/lockfile").json()
    return found


def three_firms(market: Market, folder: Path) -> tuple[list[Path], Seat]:
    """Lockfiles of three firms that supply each other, as each may have it."""
    firms = [market.join(name) for name in ("axles", "steel", "ore")]
    axle, steel, ore = (market.offer(firm, "p") for firm in firms)
    power = [{"quantity": "3 kWh"}]
    market.accept(firms[2], ore, make_process(0.123456, electricity=power))
    market.accept(firms[1], steel, make_process(3.3, {ore: 4.7}))
    market.accept(firms[0], axle, make_process(1.1, {steel: 2.9}))
    market.work()
    files = []
    for firm, product in zip(firms, (axle, steel, ore), strict=True):
        file = folder / f"{product}.lock.json"
        file.write_text(json.dumps(read_lockfile(firm, product)), encoding="utf-8")
        files.append(file)
    return files, firms[1]


def change(file: Path, edit: Callable[[dict[str, Any]], None]) -> None:
    document = json.loads(file.read_text(encoding="utf-8"))
    edit(document)
    file.write_text(json.dumps(document), encoding="utf-8")


def test_a_footprint_of_own_data_alone_is_made_again(market: Market, tmp_path: Path) -> None:
    (_, _, ore), _ = three_firms(market, tmp_path)
    assert json.loads(ore.read_text(encoding="utf-8"))["result"] is not None
    assert run("verify", str(ore)).exit_code == EQUAL


def test_withheld_submissions_are_named_as_far_as_the_reader_knows_the_firm(
    market: Market, tmp_path: Path
) -> None:
    (axle, *_), mill = three_firms(market, tmp_path)
    assert json.loads(axle.read_text(encoding="utf-8"))["result"] is None
    found = run("verify", str(axle), "--lang", "en")
    assert found.exit_code == INCOMPLETE
    assert str(mill.id) in found.stderr
    assert "further upstream" in found.stderr


def test_what_all_firms_bring_together_is_made_again(market: Market, tmp_path: Path) -> None:
    (axle, steel, ore), _ = three_firms(market, tmp_path)
    found = run("verify", str(axle), "--with", str(steel), "--with", str(ore))
    assert found.exit_code == EQUAL
    assert run("verify", str(steel), "--with", str(ore)).exit_code == EQUAL


def test_a_changed_text_is_found_before_anything_is_calculated(
    market: Market, tmp_path: Path
) -> None:
    (_, _, ore), _ = three_firms(market, tmp_path)

    def edit(document: dict[str, Any]) -> None:
        text = document["submissions"][0]["text"]
        text["process"]["direct_emissions"][0]["quantity"] = "0.1 kg"

    change(ore, edit)
    found = run("verify", str(ore), "--lang", "en")
    assert found.exit_code == DIFFERS
    assert ".text is" in found.stderr


def test_a_changed_digit_of_the_result_is_named(market: Market, tmp_path: Path) -> None:
    (_, _, ore), _ = three_firms(market, tmp_path)

    def edit(document: dict[str, Any]) -> None:
        document["result"]["kg_co2e"] += 1e-12

    change(ore, edit)
    found = run("verify", str(ore), "--lang", "en")
    assert found.exit_code == DIFFERS
    assert "kg_co2e is" in found.stderr


def test_another_library_is_named(market: Market, tmp_path: Path) -> None:
    (_, _, ore), _ = three_firms(market, tmp_path)
    change(ore, lambda document: document["method"].update(library_version="another"))
    found = run("verify", str(ore), "--lang", "en")
    assert found.exit_code == DIFFERS
    assert "method.library_version" in found.stderr


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "none.json"
    file.write_text("{}", encoding="utf-8")
    assert run("verify", str(file)).exit_code == INCOMPLETE
