"""Lists answer page by page, with a link to the page that follows."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from service.domain.organisation import Role
from tests.api.polite_app import Polite, run_polite_app
from tests.members import Service


@pytest.fixture
def polite(service: Service) -> Iterator[Polite]:
    with run_polite_app(service) as running:
        for name in "abcde":
            running.post({"name": name}, key=None)
        yield running


def test_the_links_lead_through_the_whole_list(polite: Polite) -> None:
    address, read = "/v1/sites?limit=2&tag=x&tag=y%26z", []
    while address:
        answer = polite.client.get(address)
        read.append([item["name"] for item in answer.json()["items"]])
        link = answer.headers.get("link", "")
        assert bool(link) == (answer.json()["next"] is not None)
        address = link.removesuffix('>; rel="next"').removeprefix("<")
        assert not address or "limit=2&tag=x&tag=y%26z&cursor=" in address
    assert read == [["a", "b"], ["c", "d"], ["e"]]


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "cursor=" + "x" * 1_001])
def test_a_page_that_cannot_be_is_refused(polite: Polite, query: str) -> None:
    assert polite.client.get(f"/v1/sites?{query}").status_code == 422


@pytest.mark.parametrize("route", ["organisations", "jobs", "links", "audit"])
@pytest.mark.parametrize(
    "place",
    [
        ["x", 5],
        [2**70, "x"],
        ["a\0", {"u": str(UUID(int=1))}],
        ["\ud800", {"u": str(UUID(int=1))}],
        [{"t": "2026-01-01T00:00:00"}, {"u": str(UUID(int=1))}],
        [{"t": "0001-01-01T00:00:00+14:00"}, {"u": str(UUID(int=1))}],
        [{"t": "9999-12-31T23:59:59-14:00"}, {"u": str(UUID(int=1))}],
        [True, None],
    ],
)
def test_a_cursor_that_somebody_made_up_is_refused(
    service: Service, route: str, place: list[Any]
) -> None:
    firm = service.join("Firm", Role.LEAD)
    for order in ("at", "created_at", "name", "proposed_at", "material"):
        written = urlsafe_b64encode(json.dumps([order, False, *place]).encode()).decode()
        asked = {"sort": order, "cursor": written.rstrip("=")}
        assert firm.get(f"/v1/{route}", params=asked).status_code == 422
