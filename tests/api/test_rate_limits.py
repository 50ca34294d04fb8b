"""Who asks too often waits; nobody waits for others."""

from collections.abc import Callable

import pytest
from fastapi import Request

from service.api.rate_limits import Buckets, find_network
from service.domain.organisation import Role
from tests.api.calling import ZH, call
from tests.databases import SQLITE, Templates
from tests.members import serve


def stopped_clock(now: list[float]) -> Callable[[], float]:
    return lambda: now[0]


def test_a_bucket_empties_by_requests_and_fills_with_time() -> None:
    now = [1_000.0]
    buckets = Buckets(per_minute=3, clock=stopped_clock(now))  # one flows in every 20 s
    assert [buckets.take("a").left for _ in range(5)] == [2, 1, 0, -1, -1]
    assert buckets.take("b").left == 2
    now[0] += 19.0
    assert buckets.take("a").left == -1
    now[0] += 1.0
    assert buckets.take("a").left == 0
    now[0] += 40.0
    allowance = buckets.take("a")
    assert (allowance.left, allowance.full_in_s) == (1, 40)


def test_a_flood_of_clients_takes_no_more_room() -> None:
    buckets = Buckets(per_minute=3, clock=stopped_clock([0.0]))
    for number in range(30_000):
        buckets.take(str(number))
    assert len(buckets._full_at) == 20_000


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
    ],
)
def test_a_subscriber_of_ipv6_is_one_client(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a column of a table
    networks = [
        find_network(Request({"type": "http", "client": (host, 1)})) for host in (one, other)
    ]
    assert (networks[0] == networks[1]) == same


def test_callers_are_told_what_is_left_and_when_to_come_back() -> None:
    with call(anonymous_requests_per_minute=2) as client:
        answers = [client.get("/v1/background?limit=1", headers=ZH) for _ in range(3)]
        assert client.get("/healthz").status_code == 200
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["ratelimit-remaining"] for answer in answers] == ["1", "0", "0"]
    assert answers[2].headers["ratelimit-limit"] == "2"
    assert answers[2].headers["retry-after"] == "30"
    assert answers[2].json()["title"] == "短时间内请求过多"


def test_signed_in_callers_have_buckets_of_their_own(
    databases: Templates, tmp_path_factory: pytest.TempPathFactory
) -> None:
    database = databases.make(SQLITE, tmp_path_factory.mktemp("limits"))
    with serve(database, requests_per_minute=1, anonymous_requests_per_minute=1) as service:
        one, other = service.join("One", Role.LEAD), service.join("Other", Role.LEAD)
        headers = {"Authorization": f"Bearer {one.token()}"}
        path = f"/v1/organisations/{one.id}"
        calls = [service.client.get(path, headers=headers) for _ in range(2)]
        assert [each.status_code for each in calls] == [200, 429]
        assert other.get(f"/v1/organisations/{other.id}").status_code == 200
        assert [service.client.get(path).status_code for _ in range(2)] == [401, 429]
