"""Invitations over HTTP: letters, codes spent once, and what strangers learn."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from service.domain.organisation import Role
from tests.api.access_makers import add_person
from tests.chain_makers import bring_in, done, draw, invite, read_letters
from tests.members import Seat, Service, make_uscc

ANSWER = "/v1/invitations/acceptance"
CODE = re.compile(r"[0-9A-Z]{5}(-[0-9A-Z]{5}){4}")


def accept(seat: Seat, **body: Any) -> Any:
    return seat.post(ANSWER, json=body)


def firms(service: Service) -> tuple[Seat, Seat, Seat, str]:
    lead, maker = service.join("Lead", Role.LEAD), service.join("Maker", Role.SUPPLIER)
    return lead, maker, service.join("Rival", Role.SUPPLIER), draw(lead)


def test_a_code_is_told_once_read_by_whoever_holds_it_and_spent_once(service: Service) -> None:
    lead, maker, rival, chain = firms(service)
    sent = invite(lead, chain)
    code = sent["code"]
    assert CODE.fullmatch(code)
    assert code not in service.dump("invitation", "letter", "audit_entry", "job")
    told = service.client.post("/v1/invitations/reading", json={"code": code})
    assert (told.json()["lead"]["en"], told.json()["by_lead"]) == ("Lead", True)
    accepted = done(accept(maker, code=code.lower().replace("-", " ")))
    assert (accepted["state"], accepted["invitee_id"]) == ("accepted", str(maker.id))
    assert maker.get(f"/v1/chains/{chain}").status_code == 200
    assert accept(rival, code=code).status_code == accept(maker, code=code).status_code == 409
    assert rival.get(f"/v1/chains/{chain}").status_code == 404
    assert "code" not in done(lead.get(f"/v1/invitations/{sent['invitation']['id']}"))


def test_who_holds_no_code_learns_nothing(service: Service) -> None:
    lead, _, rival, chain = firms(service)
    one = invite(lead, chain)["invitation"]["id"]
    never = "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"
    wrong = accept(rival, code=never)
    by_id = accept(rival, invitation_id=one)
    missing = accept(rival, invitation_id=str(rival.id))
    read = service.client.post("/v1/invitations/reading", json={"code": never})
    assert {a.status_code for a in (wrong, by_id, missing, read)} == {404}
    assert wrong.json()["errors"] == by_id.json()["errors"] == missing.json()["errors"]
    refused = rival.post("/v1/invitations/refusal", json={"invitation_id": one, "reason": "x"})
    assert refused.json()["errors"] == wrong.json()["errors"]
    assert rival.get(f"/v1/invitations/{one}").status_code == 404
    assert rival.post(f"/v1/invitations/{one}/withdrawal").status_code == 404
    assert done(rival.get("/v1/invitations"))["items"] == []


def test_a_letter_carries_the_code_in_both_languages_and_nobody_else_is_told(
    service: Service,
) -> None:
    lead, maker, _, chain = firms(service)
    sent = invite(lead, chain, email=" Wang@Maker.example ")
    assert sent["code"] is None
    assert sent["invitation"]["email"] == "wang@maker.example"
    (letter,) = read_letters(service)
    assert letter.to == "wang@maker.example"
    assert letter.subject == "Lead邀请贵组织加入供应链 · Lead invites you into its supply chain"
    assert letter.body.index("请在此答复") < letter.body.index("Answer here")
    assert "http://127.0.0.1:8000/invitations?code=" in letter.body
    code = CODE.search(letter.body)
    assert code
    assert done(accept(maker, code=code[0]))["email"] is None
    assert invite_status(lead, chain, email="nobody") == 422


def test_an_invitation_to_a_firm_at_an_address_is_for_that_firm_alone(service: Service) -> None:
    lead, maker, rival, chain = firms(service)
    bring_in(lead, draw(lead), maker)
    add_person(maker)
    invite(lead, chain, email="sales@maker.example", organisation_id=str(maker.id))
    (letter,) = read_letters(service)
    code = CODE.search(letter.body)
    assert code
    assert letter.to == "sales@maker.example"
    assert accept(rival, code=code[0]).status_code == 404
    assert done(accept(maker, code=code[0]))["state"] == "accepted"


def invite_status(inviter: Seat, chain: str, **whom: Any) -> int:
    return int(inviter.post(f"/v1/chains/{chain}/invitations", json=whom).status_code)


def test_a_firm_that_is_known_is_invited_by_name_and_its_people_are_told(
    service: Service,
) -> None:
    lead, maker, rival, chain = firms(service)
    assert invite_status(lead, chain, organisation_id=str(maker.id)) == 404
    bring_in(lead, draw(lead), maker)
    person = add_person(maker)
    sent = invite(lead, chain, organisation_id=str(maker.id))
    assert sent["code"] is None
    (letter,) = read_letters(service)
    assert (letter.to, letter.subject) == (person.email, "Lead invites you into its supply chain")
    code = CODE.search(letter.body)
    assert code
    assert accept(rival, code=code[0]).status_code == 404  # it is made out to another
    (own,) = done(maker.get("/v1/invitations", params={"chain_id": chain}))["items"]
    assert own["state"] == "open"
    assert done(accept(maker, invitation_id=own["id"]))["state"] == "accepted"


def test_an_invitation_is_declined_with_a_reason_once(service: Service) -> None:
    lead, maker, _, chain = firms(service)
    code = invite(lead, chain)["code"]
    refusal = {"code": code, "reason": "已停产"}
    declined = done(maker.post("/v1/invitations/refusal", json=refusal))
    assert (declined["state"], declined["reason"]) == ("declined", "已停产")
    assert maker.post("/v1/invitations/refusal", json=refusal).status_code == 409
    assert accept(maker, code=code).status_code == 409
    (read,) = done(lead.get("/v1/invitations", params={"state": "declined"}))["items"]
    assert (read["invitee_id"], read["reason"]) == (str(maker.id), "已停产")


def test_what_ran_out_was_withdrawn_or_is_ones_own_opens_nothing(service: Service) -> None:
    lead, maker, _, chain = firms(service)
    own, old, withdrawn = (invite(lead, chain) for _ in range(3))
    assert accept(lead, code=own["code"]).status_code == 409
    path = f"/v1/invitations/{withdrawn['invitation']['id']}"
    assert done(lead.post(f"{path}/withdrawal"))["state"] == "withdrawn"
    assert lead.post(f"{path}/withdrawal").status_code == 409
    assert accept(maker, code=withdrawn["code"]).status_code == 409
    service.clock.pass_by(timedelta(days=30))
    late = accept(maker, code=old["code"])
    assert (late.status_code, "ran out on 2026-04-01" in late.text) == (409, True)
    shown = done(lead.get(f"/v1/invitations/{old['invitation']['id']}"))
    assert shown["state"] == "expired"
    assert maker.get(f"/v1/chains/{chain}").status_code == 404


def test_of_many_who_spend_a_code_at_once_one_joins(service: Service) -> None:
    lead = service.join("Lead", Role.LEAD)
    chain = draw(lead)
    code = invite(lead, chain)["code"]
    seats = [service.join(f"Firm {n}", Role.SUPPLIER) for n in range(6)]
    with ThreadPoolExecutor(len(seats)) as pool:
        answers = list(pool.map(lambda seat: accept(seat, code=code).status_code, seats))
    assert sorted(answers) == [200, *[409] * 5]
    assert len(done(lead.get(f"/v1/chains/{chain}/members"))["items"]) == 1


def test_two_codes_accepted_at_once_make_one_member(service: Service) -> None:
    lead, maker, _, chain = firms(service)
    codes = [invite(lead, chain)["code"] for _ in range(4)]
    with ThreadPoolExecutor(len(codes)) as pool:
        answers = [a.status_code for a in pool.map(lambda code: accept(maker, code=code), codes)]
    assert set(answers) <= {200, 409}
    assert 200 in answers
    assert len(done(lead.get(f"/v1/chains/{chain}/members"))["items"]) == 1


def registration(code: str, uscc: str, **more: Any) -> dict[str, Any]:
    organisation = {
        "name": {"zh": "新厂", "en": "New works"},
        "identifier": {"scheme": "uscc", "value": uscc},
        "roles": ["supplier"],
        "administrator_email": "li@new.example",
    }
    return {"code": code, "organisation": organisation | more}


def register(service: Service, body: dict[str, Any]) -> Any:
    return service.client.post("/v1/invitations/registration", json=body)


def test_a_firm_that_is_new_registers_and_joins_in_one_step(service: Service) -> None:
    lead, _, rival, chain = firms(service)
    code, uscc = invite(lead, chain)["code"], make_uscc()
    made = done(register(service, registration(code, uscc)), 201)
    assert made["roles"] == ["supplier"]
    (member,) = done(lead.get(f"/v1/chains/{chain}/members"))["items"]
    assert member["organisation_id"] == made["id"]
    letter = read_letters(service)[-1]
    assert (letter.to, "/join?token=" in letter.body) == ("li@new.example", True)
    assert register(service, registration(code, make_uscc())).status_code == 409
    assert rival.get(f"/v1/organisations/{made['id']}").status_code == 404


def test_who_registers_without_a_code_is_not_told_who_is_registered(service: Service) -> None:
    lead, maker, _, chain = firms(service)
    known = maker.member.identifier.value
    never = "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"
    taken = register(service, registration(never, known))
    free = register(service, registration(never, make_uscc()))
    assert taken.status_code == free.status_code == 404
    assert taken.json()["errors"] == free.json()["errors"]
    code = invite(lead, chain)["code"]
    assert register(service, registration(code, known)).status_code == 409
    for roles in (["operator"], ["lead"], ["verifier"], []):
        refused = register(service, registration(code, make_uscc(), roles=roles))
        assert refused.status_code == 422
    assert done(accept(maker, code=code))["state"] == "accepted"  # none of it spent the code
