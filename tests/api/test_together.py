"""Twenty clients at once, all after the same: one gets it, and the others are told so."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

from service.domain.organisation import Role
from tests.chain_makers import accept, ask, done, draw, invite, offer, patch, play_chain, propose
from tests.members import Seat, Service
from tests.submission_makers import (
    certified,
    draft,
    handed_in,
    open_review,
    register,
    registered,
    steel_of,
)

CLIENTS = 20
ONE_HELD = {200: 1, 409: CLIENTS - 1}


def at_once(*calls: Callable[[], Any]) -> Sequence[Any]:
    """Twenty answers: calls that begin together, each of a thread of its own."""
    barrier = Barrier(CLIENTS)

    def begin(number: int) -> Any:
        barrier.wait()
        return calls[number % len(calls)]()

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(begin, range(CLIENTS)))


def statuses(answers: Sequence[Any]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def firms(service: Service) -> list[Seat]:
    return [service.join(f"Firm {number}", Role.SUPPLIER) for number in range(CLIENTS)]


def test_a_submission_is_accepted_once(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    submission_id = handed_in(mill, steel_of(mill))
    answers = at_once(partial(mill.post, f"/v1/submissions/{submission_id}/acceptance"))
    assert statuses(answers) == ONE_HELD
    calculations = mill.get("/v1/jobs", params={"kind": "calculate-product"}).json()["items"]
    assert len(calculations) == 1


def test_a_review_is_accepted_or_returned_and_not_both(service: Service) -> None:
    mill, buyer = service.join("Mill", Role.SUPPLIER), service.join("Buyer", Role.LEAD)
    review_id = open_review(service, handed_in(mill, steel_of(mill)), buyer)
    path = f"/v1/reviews/{review_id}"
    answers = at_once(
        partial(buyer.post, f"{path}/acceptance"),
        partial(buyer.post, f"{path}/return", json={"reason": "Odd."}),
    )
    assert statuses(answers) == ONE_HELD
    (held,) = (answer for answer in answers if answer.status_code == 200)
    assert done(buyer.get(path))["state"] == held.json()["state"]


def test_one_version_is_drafted(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    answers = at_once(partial(draft, mill, steel_of(mill)))
    assert statuses(answers) == {201: 1, 409: CLIENTS - 1}


def test_a_certificate_is_spent_once_and_wholly(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    certificate = registered(mill, amount="100")
    claims = [
        handed_in(mill, steel_of(mill, f"steel {number}"), **certified(certificate, 10))
        for number in range(CLIENTS)
    ]
    answers = at_once(*(partial(mill.post, f"/v1/submissions/{id_}/acceptance") for id_ in claims))
    assert statuses(answers) == {200: 10, 422: 10}  # 10 × 10 kWh of 100
    assert done(mill.get(f"/v1/certificates/{certificate}"))["left_kwh"] == "0"


def test_a_certificate_is_registered_by_one_firm(service: Service) -> None:
    answers = at_once(*(partial(register, firm) for firm in firms(service)))
    assert statuses(answers) == {201: 1, 409: CLIENTS - 1}


def test_a_code_lets_one_firm_in(service: Service) -> None:
    lead = service.join("Lead", Role.LEAD)
    chain_id = draw(lead, offer(lead))
    asked = {"code": invite(lead, chain_id)["code"]}
    answers = at_once(
        *(partial(firm.post, "/v1/invitations/acceptance", json=asked) for firm in firms(service))
    )
    assert statuses(answers) == ONE_HELD
    assert len(lead.get(f"/v1/chains/{chain_id}/members").json()["items"]) == 1


def test_a_link_is_proposed_and_accepted_once(service: Service) -> None:
    play = play_chain(service)
    plate, pig = offer(play.maker, "plate"), offer(play.mill, "pig")
    done(accept(play.maker, done(propose(play.lead, play.chain_id, play.truck, play.maker,
         material="plate"), 201)["id"], plate))  # fmt: skip
    proposed = at_once(partial(propose, play.maker, play.chain_id, plate, play.mill))
    assert statuses(proposed) == {201: 1, 409: CLIENTS - 1}
    (link,) = (answer.json()["id"] for answer in proposed if answer.status_code == 201)
    assert statuses(at_once(partial(accept, play.mill, link, pig))) == ONE_HELD


def test_data_is_asked_for_once(service: Service) -> None:
    play = play_chain(service)
    answers = at_once(partial(ask, play.lead, play.axle_link))
    assert statuses(answers) == {201: 1, 409: CLIENTS - 1}


def test_a_post_under_one_key_is_done_once_and_answered_alike(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    asked = {"code": "S-1", "name": {"zh": "钢", "en": "Steel"}, "declared_unit": "kg"}
    post = partial(mill.post, "/v1/products", json=asked, headers={"Idempotency-Key": "one"})
    answers = at_once(post)
    assert statuses(answers) == {201: CLIENTS}
    assert len({answer.content for answer in answers}) == 1
    assert len(mill.get("/v1/products").json()["items"]) == 1


def test_two_bodies_under_one_key_do_one_of_them(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    name = {"zh": "钢", "en": "Steel"}
    posts = [
        partial(
            mill.post,
            "/v1/products",
            json={"code": code, "name": name, "declared_unit": "kg"},
            headers={"Idempotency-Key": "one"},
        )
        for code in "ab"
    ]
    answers = at_once(*posts)
    assert statuses(answers) == {201: CLIENTS // 2, 422: CLIENTS // 2}
    assert len(mill.get("/v1/products").json()["items"]) == 1


def test_of_edits_of_one_version_one_is_kept(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    path = f"/v1/products/{offer(mill)}"
    answers = at_once(partial(patch, mill, path, {"mass_kg": "2"}, 1))
    assert statuses(answers) == {200: 1, 412: CLIENTS - 1}
