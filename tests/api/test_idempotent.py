"""A POST that names itself is done once, however often and from however many sides it is sent."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.testclient import TestClient
from sqlmodel import select

from service.api.access import RULES, walk_routes
from service.api.routing import PoliteRoute
from service.api.transactions import Transaction
from service.domain.access import SERVICE
from service.domain.answered_post import KEPT_FOR
from service.gateways.keyring import Keyring
from service.store import answered_posts
from service.store.session import open_transaction
from service.store.tables.identity import AnsweredPostRow
from tests.api.polite_app import Polite, run_polite_app
from tests.members import Service

MILL = {"name": "Mill"}


@pytest.fixture
def polite(service: Service) -> Iterator[Polite]:
    with run_polite_app(service) as running:
        yield running


def heard(answer: Any) -> tuple[int, bytes, dict[str, str]]:
    """What a caller hears, but for the id of its request."""
    headers = {n: v for n, v in answer.headers.items() if n not in {"x-request-id", "date"}}
    return answer.status_code, answer.content, headers


def walk(dependant: Dependant) -> Iterator[object]:
    """All that a route depends on."""
    for each in dependant.dependencies:
        yield each.call
        yield from walk(each)


def list_kept(polite: Polite) -> list[AnsweredPostRow]:
    with open_transaction(polite.wiring.members.engine, SERVICE, reading=True) as session:
        return list(session.exec(select(AnsweredPostRow)))


def test_every_post_of_a_signed_in_caller_can_be_kept(client: TestClient) -> None:
    opens = get_args(Transaction)[1].dependency
    app: Any = client.app
    for route in walk_routes(app.routes):
        rule = RULES.get(f"POST {route.path}") if "POST" in (route.methods or ()) else None
        if rule is not None and not rule.public:
            assert isinstance(route, PoliteRoute), route.path
            assert opens in walk(route.dependant), f"{route.path} needs a Transaction"


def test_the_same_post_is_answered_again_and_done_once(polite: Polite) -> None:
    first, again = polite.post(MILL), polite.post(MILL)
    assert first.status_code == 201
    assert first.headers["location"].startswith("/v1/sites/")
    assert heard(again) == heard(first)
    assert polite.list_names() == ["Mill"]


def test_without_a_key_every_post_counts(polite: Polite) -> None:
    assert polite.post(MILL, key=None).json() != polite.post(MILL, key=None).json()
    assert polite.list_names() == ["Mill", "Mill"]


def test_a_key_stands_for_one_request(polite: Polite) -> None:
    polite.post(MILL)
    other = polite.post({"name": "Forge"})
    assert other.status_code == 422
    assert other.json()["type"] == "/problems/idempotency-key"
    elsewhere = polite.client.post("/v1/sites?x=1", json=MILL, headers={"Idempotency-Key": "first"})
    assert elsewhere.status_code == 422
    assert polite.list_names() == ["Mill"]


def test_each_caller_has_keys_of_its_own(polite: Polite) -> None:
    own, foreign = polite.post(MILL), polite.post(MILL, **{"X-Caller": "1"})
    assert own.status_code == foreign.status_code == 201
    assert own.json() != foreign.json()
    assert polite.list_names() == ["Mill", "Mill"]


@pytest.mark.parametrize("key", ["", "two words", "x" * 256, "tab\tbed"])
def test_a_key_has_up_to_255_printable_characters(polite: Polite, key: str) -> None:
    assert polite.post(MILL, key=key).status_code == 422
    assert polite.post(MILL, key="~" * 255).status_code == 201
    assert polite.list_names() == ["Mill"]


def test_the_boundary_of_a_form_is_no_part_of_what_it_asks(polite: Polite) -> None:
    def send(content: str, boundary: str) -> Any:
        parts = ["--B", 'Content-Disposition: form-data; name="file"; filename="f"', "", content]
        return polite.client.post(
            "/v1/sites/from-file",
            content="\r\n".join([*parts, "--B--", ""]).replace("--B", f"--{boundary}").encode(),
            headers={
                "Content-Type": f"multipart/form-data; boundary={boundary}",
                "Idempotency-Key": "file",
            },
        )

    first = send("Mill", "aaa")
    assert heard(send("Mill", "bbb")) == heard(first)
    assert first.content == b"\x00\xffMill"
    assert send("Forge", "aaa").status_code == 422
    assert polite.list_names() == ["Mill"]


@pytest.mark.parametrize(("name", "status"), [("refused", 409), ("broken", 500)])
def test_what_was_refused_is_not_kept_and_judged_anew(
    polite: Polite, name: str, status: int
) -> None:
    assert polite.post({"name": name}).status_code == status
    assert (polite.list_names(), list_kept(polite)) == ([], [])
    assert polite.post(MILL).status_code == 201


def test_a_crash_between_work_and_answer_leaves_neither(polite: Polite) -> None:
    class Crashing(Keyring):
        def seal(self, text: str) -> str:
            raise MemoryError(text)

    whole = polite.wiring.members
    polite.wiring.__dict__["members"] = replace(whole, keyring=Crashing(whole.keyring.secrets))
    assert polite.post(MILL).status_code == 500
    assert (polite.list_names(), list_kept(polite)) == ([], [])
    polite.wiring.__dict__["members"] = whole
    assert polite.post(MILL).status_code == 201
    assert polite.list_names() == ["Mill"]


def test_identical_posts_at_once_have_one_effect_and_one_answer(polite: Polite) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: heard(polite.post(MILL)), range(8)))
    assert answers[0][0] == 201
    assert all(answer == answers[0] for answer in answers)
    assert polite.list_names() == ["Mill"]


def test_what_is_kept_can_be_read_with_the_secret_alone(polite: Polite) -> None:
    polite.post(MILL)
    (kept,) = list_kept(polite)
    assert b"Mill" not in kept.body
    polite.wiring.__dict__["members"] = replace(
        polite.wiring.members, keyring=Keyring([b"another secret of thirty-two or more"])
    )
    again = polite.post(MILL)
    assert again.status_code == 409
    assert polite.list_names() == ["Mill"]


def test_answers_are_forgotten_after_a_day(polite: Polite) -> None:
    polite.post(MILL)
    members = polite.wiring.members
    for later, gone in ((timedelta(hours=23), 0), (timedelta(hours=25), 1)):
        with open_transaction(members.engine, SERVICE) as session:
            before = members.clock() + later - KEPT_FOR
            assert answered_posts.forget(session, before=before) == gone
    assert list_kept(polite) == []
