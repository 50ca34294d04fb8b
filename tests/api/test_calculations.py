"""Calculations over HTTP: what comes out, what is refused, and that nothing gets mixed up."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

from service.formats.chain.example import CHAIN_EXAMPLE
from service.formats.result_document import ResultDocument
from tests.api.calling import JSON, ZH, call, chain

URL = "/v1/calculations"


def refusal(client: TestClient, document: Any, **headers: str) -> dict[str, Any]:
    answer = client.post(URL, json=document, headers=headers)
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert problem["status"] == answer.status_code
    return problem


def test_a_chain_goes_in_and_footprints_come_out(client: TestClient) -> None:
    answer = client.post(URL, json=chain(250))
    result = ResultDocument.model_validate_json(answer.content)
    assert answer.status_code == 200
    assert result.footprints[0].kg_co2e == 0.25
    assert answer.headers["cache-control"] == "no-store"


def test_yaml_gives_the_same_answer_as_json(client: TestClient) -> None:
    content = yaml.safe_dump(chain(), allow_unicode=True).encode()
    for kind in ("application/yaml", "application/x-yaml; charset=utf-8", "text/yaml"):
        answer = client.post(URL, content=content, headers={"Content-Type": kind})
        assert answer.content == client.post(URL, json=chain()).content


def test_the_example_of_the_description_can_be_calculated(client: TestClient) -> None:
    result = client.post(URL, json=CHAIN_EXAMPLE).json()
    assert [footprint["product"] for footprint in result["footprints"]] == ["bracket", "sheet"]
    assert result["footprints"][0]["gaps"][0]["reason"]["zh"] == "铜没有合适的公开因子。"


def test_only_the_products_asked_for_are_answered(client: TestClient) -> None:
    result = client.post(URL, json=CHAIN_EXAMPLE, params={"product": "sheet"}).json()
    assert [footprint["product"] for footprint in result["footprints"]] == ["sheet"]


def test_the_set_of_gwps_can_be_chosen(client: TestClient) -> None:
    methane = chain()
    methane["processes"][0]["direct_emissions"][0] = {"gas": "CH4_fossil", "quantity": "1 kg"}
    totals = {
        name: client.post(URL, json=methane, params={"gwp": name}).json()["footprints"][0][
            "kg_co2e"
        ]
        for name in ("AR6", "ar5")
    }
    assert totals["AR6"] == pytest.approx(29.8 / 1000)  # IPCC AR6 WG1, table 7.15: fossil methane
    assert totals["ar5"] == pytest.approx(30 / 1000)  # IPCC AR5 WG1, table 8.A.1, with oxidation


def test_an_unknown_product_or_set_is_named(client: TestClient) -> None:
    for params, code in (({"product": "x"}, "unknown-product"), ({"gwp": "AR7"}, "unknown-char")):
        answer = client.post(URL, json=chain(), params=params)
        assert answer.status_code == 422
        assert answer.json()["type"].startswith(f"/problems/{code}")


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("zh-CN,zh;q=0.9", "表示能量，此处应填写以“kg”计的质量"),
        ("en", "measures energy, but an amount in “kg” (mass) is expected"),
    ],
)
def test_a_line_that_is_wrong_is_named_with_firm_and_cure(
    client: TestClient, language: str, reason: str
) -> None:
    wrong = chain()
    wrong["processes"][0]["direct_emissions"][0]["quantity"] = "250 kWh"
    answer = client.post(URL, json=wrong, headers={"Accept-Language": language})
    (error,) = answer.json()["errors"]
    assert answer.status_code == 422
    assert answer.headers["content-language"] == language[:2]
    assert reason in error["reason"]
    assert (error["organisation"], error["product"], error["line"]) == ("Mill", "bar", "furnace")
    assert error["cure"]


def test_everything_that_is_wrong_is_told_at_once(client: TestClient) -> None:
    wrong = chain()
    wrong["processes"][0]["direct_emissions"] = [
        {"id": "a", "gas": "CO2", "quantity": "1 km"},
        {"id": "b", "gas": "phlogiston", "quantity": "1 kg"},
    ]
    problem = refusal(client, wrong)
    assert [error["line"] for error in problem["errors"]] == ["a", "b"]
    assert problem["detail"].startswith("2 things are wrong.")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b"[]", "no set of fields"),
        (b'{"a": 1', "neither JSON nor YAML"),
        (b'{"a": NaN}', "not a number"),
        (b'{"a": 1, "a": 2}', "given twice"),
        (b"[" * 100_000, "neither JSON nor YAML"),
        (b'{"a": ' + b"[" * 100_000, "neither JSON nor YAML"),
        (b"a: &x [1]\nb: *x", "alias"),
        (b"a: !!python/object/apply:os.system [ls]", "neither JSON nor YAML"),
        ('{"name": "钢"}'.encode("gb18030"), "not UTF-8"),
        ("{}".encode("utf-16"), "not UTF-8"),
        (b"\x00\x01\x02", "neither JSON nor YAML"),
    ],
)
def test_a_body_that_is_no_document_is_refused_with_a_reason(
    client: TestClient, body: bytes, said: str
) -> None:
    answer = client.post(URL, content=body, headers=JSON)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=gb18030",
        "application/xml",
        "x",
        "",
    ],
)
def test_other_content_types_are_refused(client: TestClient, kind: str) -> None:
    answer = client.post(URL, content=b"{}", headers={"Content-Type": kind})
    assert answer.status_code == 415
    assert answer.headers["accept"] == "application/json, application/yaml"


def test_a_packed_body_is_refused(client: TestClient) -> None:
    answer = client.post(URL, content=b"{}", headers={**JSON, "Content-Encoding": "gzip"})
    assert answer.status_code == 415
    assert answer.headers["accept-encoding"] == "identity"


def test_a_body_that_is_too_large_by_its_header_is_refused_unread() -> None:
    with call(request_bytes=1000) as client:
        answer = client.post(URL, content=b" " * 1001, headers={**JSON, **ZH})
    assert answer.status_code == 413
    assert answer.json()["title"] == "请求内容超过大小上限"
    assert "x-content-type-options" in answer.headers


def test_a_body_that_grows_too_large_is_stopped() -> None:
    def pieces() -> Iterator[bytes]:
        yield from [b" " * 400] * 3

    with call(request_bytes=1000) as client:
        answer = client.post(URL, content=pieces(), headers=JSON)
    assert answer.status_code == 413
    assert answer.json()["type"] == "/problems/content-too-large"


def test_long_yaml_is_sent_back_for_json() -> None:
    content = yaml.safe_dump(chain()).encode()
    with call(yaml_bytes=100) as client:
        long = client.post(URL, content=content, headers={"Content-Type": "application/yaml"})
        assert client.post(URL, json=chain()).status_code == 200
    assert long.status_code == 413
    assert "Send it as JSON" in long.json()["detail"]


def test_a_chain_beyond_the_limits_is_refused() -> None:
    with call(chain_products=1) as client:
        problem = refusal(client, CHAIN_EXAMPLE)
    assert (problem["status"], problem["type"]) == (413, "/problems/chain-too-large")
    assert "The chain has 2 products; one request may have 1." in problem["detail"]
    with call(chain_lines=4) as client:
        problem = refusal(client, CHAIN_EXAMPLE)
    assert "5 lines of activity data" in problem["detail"]


def test_an_answer_beyond_the_limits_is_refused() -> None:
    with call(answer_parts=1) as client:
        problem = refusal(client, CHAIN_EXAMPLE)
    assert (problem["status"], problem["type"]) == (422, "/problems/answer-too-large")


def test_calculations_at_once_do_not_mix() -> None:
    masses = [float(10 * n) for n in range(1, 41)]
    with call(heavy_waiting=30, heavy_at_once=4) as client, ThreadPoolExecutor(8) as pool:

        def total(kg: float) -> tuple[str, float]:
            answer = client.post(URL, json=chain(kg, f"bar-{kg}"))
            (footprint,) = answer.json()["footprints"]
            return footprint["product"], footprint["kg_co2e"]

        found = list(pool.map(total, masses))
    assert [product for product, _ in found] == [f"bar-{kg}" for kg in masses]
    assert [total for _, total in found] == pytest.approx([kg / 1000 for kg in masses])


def test_the_answer_names_what_was_calculated_with(client: TestClient) -> None:
    method = client.post(URL, json=chain()).json()["method"]
    assert method["characterisation"] == "AR6"
    assert len(method["library_version"]) == 64
    assert method["greenchain"]
    assert set(method["engine"]) == {"numpy", "scipy"}  # `bw2calc` is the reference, not used here
    assert json.dumps(method["boundary"]).count("14067") == 2
