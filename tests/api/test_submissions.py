"""Submissions over HTTP: drafted, edited and handed in, whole or by line, by their owner alone."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from service.domain.access import SERVICE
from service.domain.organisation import Role
from service.formats.chain.process_text import hash_process
from service.store import submissions
from service.store.session import open_transaction
from tests.chain_makers import done, offer, play_chain
from tests.members import Seat, Service
from tests.submission_makers import RUN, accepted, draft, drafted, hand_in, steel_of


def edit(seat: Seat, submission_id: str, body: Any, method: str = "PUT", tag: str = "*") -> Any:
    path = f"/v1/submissions/{submission_id}"
    return seat.call(method, path, json=body, headers={"If-Match": tag})


def change(seat: Seat, submission_id: str, *changes: Any) -> Any:
    return edit(seat, submission_id, {"changes": list(changes)}, "PATCH")


def test_a_draft_is_kept_and_read_by_its_owner_alone(service: Service) -> None:
    mill, rival = service.join("Mill", Role.SUPPLIER), service.join("Rival", Role.SUPPLIER)
    steel = steel_of(mill)
    made = draft(mill, steel)
    assert made.status_code == 201
    assert made.headers["ETag"] == '"1"'
    kept = done(mill.get(f"/v1/submissions/{made.json()['id']}"))
    assert (kept["state"], kept["number"]) == ("draft", 1)
    assert kept["process"]["direct_emissions"][0]["quantity"] == {"amount": 30.0, "unit": "kg"}
    foreign = rival.get(f"/v1/submissions/{kept['id']}")
    missing = rival.get(f"/v1/submissions/{steel}")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json()["errors"] == missing.json()["errors"]
    assert draft(rival, steel).status_code == 404


def test_what_is_kept_hashes_to_what_was_told(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    odd = {"id": "钢水", "gas": "CO2", "quantity": "-0.0 kg", "remark": "1e-7 ≠ 0"}
    kept_id = drafted(mill, steel_of(mill), direct_emissions=[odd])
    kept = done(mill.get(f"/v1/submissions/{kept_id}"))
    with open_transaction(service.wiring.members.engine, SERVICE, reading=True) as session:
        process = submissions.read_process(session, UUID(kept_id))
    assert kept["process_hash"] == hash_process(process) == hash_process(kept["process"])


def test_a_line_draws_on_accepted_links_only(service: Service) -> None:
    play = play_chain(service)

    def bought(product: str) -> Any:
        line = {"id": "bought", "name": "steel", "product": product, "quantity": "2 kg"}
        body = {"output": {"quantity": "1 piece"}, "inputs": [line], "direct_emissions": []}
        return draft(play.maker, play.axle, **body)

    for foreign in (play.truck, play.axle, "../../etc/passwd", "0" * 32):
        refused = bought(foreign)
        assert refused.status_code == 422
        (error,) = refused.json()["errors"]
        assert (error["code"], error["line"]) == ("unknown-reference", "bought")
        assert "link" in error["cure"]
    assert bought(play.steel).status_code == 201


def test_a_link_that_ended_is_told_when_the_draft_is_handed_in(service: Service) -> None:
    play = play_chain(service)
    line = {"id": "bought", "name": "steel", "product": play.steel, "quantity": "2 kg"}
    kept_id = drafted(play.maker, play.axle, output={"quantity": "1 piece"}, inputs=[line])
    assert play.mill.post(f"/v1/links/{play.steel_link}/end", json={}).status_code < 300
    refused = hand_in(play.maker, kept_id)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["line"] == "bought"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"co_products": [{"product": "nobody's", "quantity": "1 kg"}]}, "unknown-reference"),
        ({"inputs": [{"name": "x", "declared": "d", "quantity": "1 kg"}]}, "unknown-reference"),
        ({"fuels": [{"id": "a", "fuel": "coal", "quantity": "1 kg", "serves": "x"}]}, "unknown-re"),
        ({"output": {"quantity": "1 km"}}, "unit-mismatch"),
        ({"fuels": [{"fuel": "coal", "quantity": "1 furlong"}]}, "unknown-unit"),
        ({"waste": [{"name": "\0", "treatment": "x", "quantity": "1 kg"}]}, "invalid-document"),
        ({"fuels": [{"id": "furnace", "fuel": "coal", "quantity": "1 kg"}]}, "duplicate"),
    ],
)
def test_a_line_that_cannot_be_meant_is_refused(
    service: Service, more: dict[str, Any], code: str
) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    refused = draft(mill, steel_of(mill), **more)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["code"].startswith(code)


def test_a_product_and_period_have_one_open_version(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    steel = steel_of(mill)
    first = drafted(mill, steel)
    second = draft(mill, steel)
    assert second.status_code == 409
    assert first in second.json()["errors"][0]["cure"]
    assert draft(mill, offer(mill, "other", declared_unit="kg")).status_code == 201


def test_a_post_that_is_sent_again_drafts_once(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    path = f"/v1/products/{steel_of(mill)}/submissions"
    body = {"period": {"start": "2025-01-01", "end": "2025-12-31"}, "process": RUN}
    first, second = (
        mill.post(path, json=body, headers={"Idempotency-Key": "once"}) for _ in range(2)
    )
    assert first.json() == second.json()
    assert len(done(mill.get(path))["items"]) == 1


def test_an_edit_names_its_version(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    kept_id = drafted(mill, steel_of(mill))
    body = {"process": {**RUN, "output": {"quantity": "200 kg"}}}
    edited = edit(mill, kept_id, body, tag='"1"')
    assert (edited.status_code, edited.headers["ETag"]) == (200, '"2"')
    assert edit(mill, kept_id, body, tag='"1"').status_code == 412
    assert mill.call("PUT", f"/v1/submissions/{kept_id}", json=body).status_code == 428


def test_lines_are_added_replaced_and_removed_by_their_ids(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    kept_id = drafted(mill, steel_of(mill))
    coal = {"fuel": "coal", "quantity": "2 t"}
    emissions = {"section": "direct_emissions", "id": "furnace"}
    changed = change(
        mill,
        kept_id,
        {"op": "add", "section": "fuels", "id": "coal", "line": coal},
        {"op": "replace", **emissions, "line": {"gas": "CH4", "quantity": "1 kg"}},
    )
    assert changed.status_code == 200
    process = done(mill.get(f"/v1/submissions/{kept_id}"))["process"]
    assert [line["id"] for line in process["fuels"]] == ["coal"]
    assert process["direct_emissions"][0]["gas"] == "CH4"
    assert change(mill, kept_id, {"op": "remove", **emissions}).status_code == 200
    gone = change(mill, kept_id, {"op": "remove", **emissions})
    twice = change(mill, kept_id, {"op": "add", "section": "fuels", "id": "coal", "line": coal})
    odd = change(mill, kept_id, {"op": "add", "section": "fuels", "id": "b", "line": {"x": 1}})
    assert [each.status_code for each in (gone, twice, odd)] == [422, 422, 422]


def test_after_it_is_handed_in_nothing_is_edited_or_deleted(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    kept_id = drafted(mill, steel_of(mill))
    submitted = hand_in(mill, kept_id)
    assert submitted.status_code == 202
    assert submitted.json()["job"] == submitted.headers["Location"]
    assert edit(mill, kept_id, {"process": RUN}).status_code == 409
    assert change(mill, kept_id, {"op": "remove", "section": "fuels", "id": "a"}).status_code == 409
    assert edit(mill, kept_id, None, "DELETE").status_code == 409
    assert hand_in(mill, kept_id).status_code == 409


def test_a_draft_can_be_thrown_away_and_an_empty_one_is_not_handed_in(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    steel = steel_of(mill)
    kept_id = drafted(mill, steel, direct_emissions=[])
    assert hand_in(mill, kept_id).status_code == 422
    assert edit(mill, kept_id, None, "DELETE").status_code == 204
    assert mill.get(f"/v1/submissions/{kept_id}").status_code == 404
    assert draft(mill, steel).status_code == 201


def test_the_state_as_known_on_a_day_can_be_read_again(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    steel = steel_of(mill)
    path = f"/v1/products/{steel}/submissions"
    first_day = service.clock.now.date()
    first = accepted(mill, steel)
    service.clock.pass_by(timedelta(days=10))
    second = accepted(mill, steel, output={"quantity": "50 kg"})

    def known_on(day: Any) -> list[str]:
        return [item["id"] for item in done(mill.get(path, params={"as_known_on": day}))["items"]]

    assert known_on(first_day - timedelta(days=1)) == []
    assert known_on(first_day) == known_on(first_day + timedelta(days=9)) == [first]
    assert known_on(first_day + timedelta(days=10)) == [second]
    old, new = (done(mill.get(f"/v1/submissions/{each}")) for each in (first, second))
    assert (old["state"], old["superseded_at"]) == ("superseded", new["accepted_at"])
    assert (new["number"], new["replaces_id"]) == (2, first)
