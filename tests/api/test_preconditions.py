"""Edits name the version that they were made on; readers are told whether theirs is the last."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.polite_app import Polite, run_polite_app
from tests.members import Service


@pytest.fixture
def polite(service: Service) -> Iterator[Polite]:
    with run_polite_app(service) as running:
        yield running


def make_site(polite: Polite) -> str:
    answer = polite.post({"name": "Mill"})
    assert answer.headers["etag"] == '"1"'
    return str(answer.headers["location"])


def edit(polite: Polite, place: str, tag: str | None) -> Any:
    headers = {} if tag is None else {"If-Match": tag}
    return polite.client.patch(place, json={"name": "Forge"}, headers=headers)


def test_an_edit_on_the_version_that_stands_there_makes_the_next(polite: Polite) -> None:
    place = make_site(polite)
    edited = edit(polite, place, '"1"')
    assert (edited.status_code, edited.headers["etag"]) == (200, '"2"')
    assert edit(polite, place, '"1"').status_code == 412
    assert edit(polite, place, "*").headers["etag"] == '"3"'


def test_an_edit_must_say_what_it_was_made_on(polite: Polite) -> None:
    refused = edit(polite, make_site(polite), None)
    assert refused.status_code == 428
    assert refused.json()["type"] == "/problems/precondition-required"


@pytest.mark.parametrize("tag", ['W/"1"', '"1", "2"', "1", '"one"', "", '"9999999999"', '"２"'])
def test_a_tag_that_is_none_of_ours_matches_nothing(polite: Polite, tag: str) -> None:
    refused = edit(polite, make_site(polite), tag.encode())  # type: ignore[arg-type] # as sent
    assert refused.status_code == 412
    assert polite.list_names() == ["Mill"]


@pytest.mark.parametrize(
    ("known", "status"),
    [('"1"', 304), ('W/"1"', 304), ('"7", "1"', 304), ("*", 304), ('"2"', 200), ("1", 200)],
)
def test_a_reader_of_the_last_version_is_spared_it(polite: Polite, known: str, status: int) -> None:
    answer = polite.client.get(make_site(polite), headers={"If-None-Match": known})
    assert answer.status_code == status
    assert answer.headers["etag"] == '"1"'
    assert answer.headers["cache-control"] == "private, no-cache"
    assert bool(answer.content) == (status == 200)
