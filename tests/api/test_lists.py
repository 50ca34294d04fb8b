"""Lists answer page by page, with a link to the page that follows."""

from collections.abc import Iterator

import pytest

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
