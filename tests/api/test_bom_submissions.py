"""Bills of materials as submissions: all of a file is stored, or nothing."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from service.domain.organisation import Role
from tests.chain_makers import done, offer, play_chain
from tests.members import Seat, Service
from tests.submission_makers import drafted, registered, steel_of

PERIOD = {"period_start": "2025-01-01", "period_end": "2025-12-31"}
GOOD = """类别,名称,数量,单位
产出,钢材,1000,kg
燃料,原煤,2,t
"""
WRONG = """类别,名称,数量,单位
产出,钢材,1000,kg
燃料,原煤,1..2,t
燃料,原煤,3,箱
"""


def send(seat: Seat, product_id: str, content: bytes | str, **query: Any) -> Any:
    """Upload a file in a form."""
    raw = content.encode() if isinstance(content, str) else content
    path = f"/v1/products/{product_id}/submissions/bom"
    return seat.post(path, files={"file": ("../../bom.csv", raw)}, params=PERIOD | query)


def kept_by(seat: Seat, product_id: str) -> list[Any]:
    items: list[Any] = done(seat.get(f"/v1/products/{product_id}/submissions"))["items"]
    return items


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_stored_whole(service: Service, encoding: str) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    made = done(send(mill, steel_of(mill), GOOD.encode(encoding)), 201)
    process = done(mill.get(f"/v1/submissions/{made['id']}"))["process"]
    assert process["output"]["quantity"] == {"amount": 1000.0, "unit": "kg"}
    assert process["fuels"][0]["quantity"] == {"amount": 2.0, "unit": "t"}
    assert process["fuels"][0]["id"] == "3 原煤"


def test_a_file_may_be_the_body_itself(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    path = f"/v1/products/{steel_of(mill)}/submissions/bom"
    raw = {"content": GOOD.encode(), "params": PERIOD}
    assert mill.post(path, headers={"Content-Type": "text/csv"}, **raw).status_code == 201
    assert mill.post(path, headers={"Content-Type": "text/html"}, **raw).status_code == 415


def test_rows_to_mend_are_all_told_and_nothing_is_stored(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    steel = steel_of(mill)
    refused = send(mill, steel, WRONG)
    assert refused.status_code == 422
    assert [error["row"] for error in refused.json()["errors"]] == [3, 4]
    annotated = send(mill, steel, WRONG, annotate=True)
    assert annotated.status_code == 422
    book = openpyxl.load_workbook(io.BytesIO(annotated.content))
    said = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
    assert any("1..2" in text for text in said)
    assert kept_by(mill, steel) == []


def test_a_file_without_a_period_asks_for_it(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    path = f"/v1/products/{steel_of(mill)}/submissions/bom"
    refused = mill.post(path, files={"file": ("bom.csv", GOOD.encode())})
    assert refused.status_code == 422
    assert {error["row"] for error in refused.json()["errors"]} == {2}


def test_supplies_are_named_by_id_or_by_their_makers_code(service: Service) -> None:
    play = play_chain(service)
    head = "Kind,Name,Source,Amount,Unit\noutput,axle,,1,piece\n"
    for spelt in (play.steel, "P-1", "p 1"):  # every product of the play has this code
        made = send(play.maker, play.axle, f"{head}material,steel,product:{spelt},2,kg\n")
        kept = done(play.maker.get(f"/v1/submissions/{done(made, 201)['id']}"))
        assert kept["process"]["inputs"][0]["product"] == play.steel
        tag = {"If-Match": "*"}
        assert (
            play.maker.call("DELETE", f"/v1/submissions/{kept['id']}", headers=tag).status_code
            == 204
        )
    strange = send(play.maker, play.axle, f"{head}material,steel,product:{play.truck},2,kg\n")
    (error,) = strange.json()["errors"]
    assert (error["code"], error["row"], error["column"]) == ("unknown-reference", 3, "Source")
    declared = send(play.maker, play.axle, f"{head}material,steel,declared:D1,2,kg\n")
    assert declared.status_code == 422


def test_a_name_of_two_own_products_is_asked_back(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    steel, slag = steel_of(mill), offer(mill, "slag", declared_unit="kg")
    head = "Kind,Name,Source,Amount,Unit\noutput,steel,,1,t\n"
    by_code = done(send(mill, steel, f"{head}co-product,slag,product:SLAG,100,kg\n"), 201)
    process = done(mill.get(f"/v1/submissions/{by_code['id']}"))["process"]
    assert process["co_products"][0]["product"] == slag
    # Both were offered under the name “Name”.
    by_name = send(mill, slag, f"{head}co-product,slag,product:Name,100,kg\n")
    (error,) = by_name.json()["errors"]
    assert error["row"] == 3
    assert steel in error["cure"]


def test_a_certificate_is_named_by_its_number(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    steel, certificate = steel_of(mill), registered(mill, "GEC-2025-7")
    head = "Kind,Name,Amount,Unit,Electricity source,Technology,Certificate\n"
    rows = head + "output,steel,1,t,,,\nelectricity,power,200,kWh,certified,wind,{}\n"
    assert send(mill, steel, rows.format("GEC-0")).json()["errors"][0]["row"] == 3
    made = done(send(mill, steel, rows.format("gec 2025 7"), produced=12, produced_unit="t"), 201)
    assert made["produced"] == {"amount": 12.0, "unit": "t"}
    process = done(mill.get(f"/v1/submissions/{made['id']}"))["process"]
    assert process["electricity"][0]["certificate"] == certificate


def test_a_draft_takes_a_mended_file_of_its_own_period(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    kept_id = drafted(mill, steel_of(mill))

    def replace(text: str) -> Any:
        path, form = f"/v1/submissions/{kept_id}/bom", {"file": ("bom.csv", text.encode())}
        return mill.call("PUT", path, files=form, headers={"If-Match": "*"})

    assert replace(GOOD).status_code == 200
    dated = "类别,名称,数量,单位,统计期起,统计期止\n产出,钢材,1,kg,2024-01-01,2024-12-31\n"
    assert replace(dated).status_code == 422
    assert "fuels" in done(mill.get(f"/v1/submissions/{kept_id}"))["process"]


def test_a_stranger_learns_nothing_from_uploading(service: Service) -> None:
    mill, rival = service.join("Mill", Role.SUPPLIER), service.join("Rival", Role.SUPPLIER)
    steel = steel_of(mill)
    missing = "0" * 32
    for content in (GOOD, WRONG):
        foreign, nothing = send(rival, steel, content), send(rival, missing, content)
        assert foreign.status_code == nothing.status_code == 404
        assert foreign.json()["errors"] == nothing.json()["errors"]


def test_hostile_files_are_refused(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    steel = steel_of(mill)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 60_000_000)
    for content, status in ((packed.getvalue(), 413), (b"", 422), (b"%PDF-1.7", 415)):
        assert send(mill, steel, content).status_code == status
    assert kept_by(mill, steel) == []
