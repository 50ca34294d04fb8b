"""The log of changes over HTTP."""

from service.domain.access import SERVICE, Scope
from service.domain.organisation import Role
from service.store import audit
from service.store.audit import AuditNote
from service.store.session import open_transaction
from tests.members import NOW, Seat, Service


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
