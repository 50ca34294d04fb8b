"""The background library over HTTP: search, pages and single entries."""

from fastapi.testclient import TestClient

from lca_models.facts.library import load_library


def test_a_chinese_name_is_found(client: TestClient) -> None:
    page = client.get("/v1/background", params={"q": "电解铝", "limit": 3}).json()
    assert page["items"][0]["id"] == "aluminium_primary"
    assert page["items"][0]["how"] == "alias"
    assert page["items"][0]["unit"] == "kg"
    assert page["library_version"] == load_library().version


def test_pages_show_every_entry_once(client: TestClient) -> None:
    seen, cursor = [], None
    while True:
        params = {"limit": 100} | ({"cursor": cursor} if cursor else {})
        page = client.get("/v1/background", params=params).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    library = load_library()
    everything = {*library.materials, *library.gaps, *library.factors, *library.cross_checks}
    assert len(seen) == page["total"] == len(everything)
    assert set(seen) == everything


def test_a_category_narrows_the_search(client: TestClient) -> None:
    page = client.get("/v1/background", params={"q": "电", "category": "electricity"}).json()
    assert page["total"] > 1
    assert {item["category"] for item in page["items"]} == {"electricity"}


def test_a_foreign_cursor_is_refused(client: TestClient) -> None:
    for cursor in ("x", "bnVsbA", "WyJ4IiwgMF0", "W10", "钢"):
        answer = client.get("/v1/background", params={"cursor": cursor})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["parameter"] == "cursor"


def test_an_entry_has_value_gases_source_terms_and_caveats(client: TestClient) -> None:
    entry = client.get("/v1/background/mat-iai-al-2022").json()
    factor = entry["factor"]
    assert (factor["kg_co2e"], factor["unit"], factor["year"]) == (15.1, "kg", 2022)
    assert factor["citation"]["publisher"] == "International Aluminium Institute"
    assert factor["caveats"][0]["zh"].startswith("从铝土矿到铸锭")
    assert entry["terms"]["zh"]


def test_a_material_without_a_default_shows_what_it_may_be_compared_with(
    client: TestClient,
) -> None:
    entry = client.get("/v1/background/铜").json()
    assert (entry["kind"], entry["factor"]) == ("gap", None)
    assert {factor["use"] for factor in entry["cross_checks"]} == {"cross_check"}


def test_an_unknown_id_gets_the_nearest_ones(client: TestClient) -> None:
    answer = client.get("/v1/background/mat-iai-al-202", headers={"Accept-Language": "zh"})
    assert answer.status_code == 404
    assert "mat-iai-al-2022" in answer.json()["detail"]
