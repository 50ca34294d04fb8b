"""Bills of materials over HTTP: templates out, files in."""

import io
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient

from tests.api.calling import ZH

URL = "/v1/bom/check"
GOOD = """Kind,Name,Source,Amount,Unit
output,bracket,,10,piece
material,炼钢生铁,,12,kg
material,hot rolled stel coil,,3,kg
"""
WRONG = """类别,名称,数量,单位
产出,支架,10,件
原材料,炼钢生铁,1..2,kg
原材料,炼钢生铁,3,箱
"""


def files(text: str, name: str = "bom.csv") -> dict[str, tuple[str, bytes]]:
    return {"file": (name, text.encode())}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_can_be_downloaded(client: TestClient, language: str) -> None:
    answer = client.get("/v1/templates/bom", params={"lang": language})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book["BOM"]["A1"].value == {"zh": "类别", "en": "Kind"}[language]
    assert f'filename="greenchain-bom-{language}.xlsx"' in answer.headers["content-disposition"]


def test_without_a_language_the_template_speaks_the_callers(client: TestClient) -> None:
    answer = client.get("/v1/templates/bom", params={"format": "csv"}, headers=ZH)
    assert answer.content.decode("utf-8-sig").startswith("类别,")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


def test_a_good_file_gives_its_rows_and_proposals(client: TestClient) -> None:
    checked = client.post(URL, files=files(GOOD)).json()
    assert [row["row"] for row in checked["rows"]] == [2, 3, 4]
    assert checked["rows"][1]["values"]["amount"] == 12
    assert checked["encoding"] == "utf-8"
    (proposal,) = checked["proposals"]
    assert proposal["row"] == 4
    assert "steel_hrc" in [candidate["id"] for candidate in proposal["candidates"]]


def test_every_wrong_row_is_told_with_its_place(client: TestClient) -> None:
    answer = client.post(URL, files=files(WRONG), headers=ZH)
    problem = answer.json()
    assert answer.status_code == 422
    assert problem["title"] == "物料清单有误"
    places = [(e["row"], e["column"], e["value"]) for e in problem["errors"]]
    assert places == [(3, "数量", "1..2"), (4, "单位", "箱")]


def test_the_file_comes_back_with_its_errors(client: TestClient) -> None:
    answer = client.post(URL, files=files(WRONG), params={"annotate": "true"}, headers=ZH)
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    said = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert answer.status_code == 200
    assert any("“1..2”不是数字" in text for text in said)


def test_a_file_for_another_product_is_refused(client: TestClient) -> None:
    text = GOOD.replace("bracket,,", "bracket,product:bracket,")
    assert client.post(URL, files=files(text)).status_code == 200
    assert client.post(URL, files=files(text), params={"product": "bracket"}).status_code == 200
    assert client.post(URL, files=files(text), params={"product": "axle"}).status_code == 422


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 422),
        (b"%PDF-1.7", 415),
        (b"PK\x03\x04broken", 422),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, 415),
        (b"x" * 20_000_001, 413),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    client: TestClient, content: bytes, status: int
) -> None:
    answer = client.post(URL, files={"file": ("bom.xlsx", content)})
    assert answer.status_code == status
    assert answer.json()["errors"][0]["cure"]


def test_a_request_without_a_file_is_refused(client: TestClient) -> None:
    answer = client.post(URL, files={"other": b"x"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "file"


def test_text_in_place_of_a_file_is_told_in_both_languages(client: TestClient) -> None:
    for headers, said in (({}, "A file is expected."), (ZH, "此处应为文件。")):
        answer = client.post(URL, files={"file": (None, "x")}, headers=headers)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["reason"] == said


@pytest.mark.parametrize("body", [{"data": {"file": "x"}}, {"json": {}}, {"content": b"x"}, {}])
def test_another_kind_of_content_is_told_what_is_read(
    client: TestClient, body: dict[str, Any]
) -> None:
    answer = client.post(URL, **body)
    assert answer.status_code == 415
    assert answer.headers["accept"] == "multipart/form-data"
    assert answer.json()["type"] == "/problems/unsupported-content-type"


def test_a_broken_form_is_refused(client: TestClient) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    assert client.post(URL, content=b"no form", headers=headers).status_code in {400, 422}
