"""The log of changes over HTTP."""

import pytest

from service.domain.access import SERVICE, Scope
from service.domain.organisation import Role
from service.store import audit
from service.store.audit import AuditNote
from service.store.session import open_transaction
from tests.chain_makers import play_chain
from tests.members import NOW, Seat, Service
from tests.submission_makers import accepted, steel_of


def note(service: Service, seat: Seat, action: str) -> None:
    with open_transaction(service.wiring.members.engine, SERVICE, actor="person:1") as session:
        audit.note(session, AuditNote(NOW, action, "thing", seat.id, seat.id, {"state": "新"}))


def test_a_firm_reads_its_own_entries_and_the_operator_those_of_all(service: Service) -> None:
    firm, rival = service.join("Firm", Role.SUPPLIER), service.join("Rival", Role.SUPPLIER)
    operator = service.join("Operator", Role.OPERATOR)
    note(service, firm, "thing.change")
    note(service, rival, "thing.remove")
    (own,) = firm.get("/v1/audit").json()["items"]
    assert own["action"] == "thing.change"
    assert own["organisation_id"] == str(firm.id)
    assert own["details"] == {"state": "新"}
    assert "number" not in own
    found = operator.get("/v1/audit", params={"subject": "thing"}).json()["items"]
    assert {entry["action"] for entry in found} == {"thing.change", "thing.remove"}
    (filtered,) = operator.get("/v1/audit", params={"organisation_id": str(rival.id)}).json()[
        "items"
    ]
    assert filtered["action"] == "thing.remove"
    assert firm.get("/v1/audit", params={"organisation_id": str(rival.id)}).json()["items"] == []


@pytest.mark.parametrize(
    "asked",
    [
        {"action": "\0"},
        {"subject_id": "\0"},
        {"since": "0001-01-01T00:00:00+14:00"},
        {"until": "9999-12-31T23:59:59-14:00"},
    ],
)
def test_a_filter_that_no_entry_can_meet_is_refused(
    service: Service, asked: dict[str, str]
) -> None:
    firm = service.join("Firm", Role.SUPPLIER)
    assert firm.get("/v1/audit", params=asked).status_code == 422


def test_pages_follow_each_other(service: Service) -> None:
    firm = service.join("Firm", Role.SUPPLIER)
    for number in range(3):
        note(service, firm, f"thing.{number}")
    first = firm.get("/v1/audit", params={"limit": 2}).json()
    second = firm.get("/v1/audit", params={"limit": 2, "cursor": first["next"]}).json()
    assert {entry["action"] for entry in first["items"] + second["items"]} == {
        "thing.0",
        "thing.1",
        "thing.2",
    }
    assert second["next"] is None


def test_the_log_is_for_administrators(service: Service) -> None:
    firm = service.join("Firm", Role.SUPPLIER)
    token = firm.token(Scope.READ)
    headers = {"Authorization": f"Bearer {token}"}
    assert service.client.get("/v1/audit", headers=headers).status_code == 403
    assert service.client.get("/v1/audit").status_code == 401


def test_the_operator_does_not_learn_who_supplies_whom(service: Service) -> None:
    play, operator = play_chain(service), service.join("Operator", Role.OPERATOR)
    found = operator.get("/v1/audit", params={"subject": "link"})
    actions = [entry["action"] for entry in found.json()["items"]]
    assert sorted(actions) == ["link.accept"] * 2 + ["link.propose"] * 2
    for hidden in (play.axle_link, play.steel_link, play.chain_id, play.axle, play.steel):
        assert hidden not in found.text
    own = play.maker.get("/v1/audit", params={"subject": "link"}).json()["items"]
    assert {entry["subject_id"] for entry in own} == {play.axle_link, play.steel_link}


def test_the_log_holds_no_hash_that_activity_data_could_be_found_from(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    submission_id = accepted(mill, steel_of(mill))
    process_hash = mill.get(f"/v1/submissions/{submission_id}").json()["process_hash"]
    log = mill.get("/v1/audit")
    assert "submission.accept" in log.text
    assert process_hash not in log.text
    seals = [entry["details"].get("seal") for entry in log.json()["items"]]
    assert len({seal for seal in seals if seal}) == 1
