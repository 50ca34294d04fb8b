"""Data requests over HTTP: asked along links, worked on, declined, and talked about."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from service.domain.organisation import Role
from tests.api.access_makers import add_person
from tests.chain_makers import PERIOD, ask, done, play_chain, read_letters
from tests.members import Service
from tests.submission_makers import accepted

REASON = {"reason": "The meter was broken in 2025."}


def test_a_buyer_asks_along_its_link_and_the_supplier_is_told(service: Service) -> None:
    play = play_chain(service)
    person = add_person(play.maker)
    request = done(ask(play.lead, play.axle_link), 201)
    assert (request["state"], request["product_id"]) == ("requested", play.axle)
    assert (request["period"], request["overdue"]) == (PERIOD, False)
    letter = read_letters(service)[-1]
    assert letter.to == person.email
    assert letter.subject == "Lead asks for data of Name by 2026-04-01"
    assert f"/data-requests/{request['id']}" in letter.body
    assert done(play.maker.get("/v1/data-requests"))["items"] == [request]
    assert done(play.mill.get("/v1/data-requests"))["items"] == []


def test_who_does_not_buy_cannot_ask(service: Service) -> None:
    play = play_chain(service)
    rival = service.join("Rival", Role.SUPPLIER)
    assert ask(play.maker, play.axle_link).status_code == 404  # it supplies
    assert ask(rival, play.axle_link).status_code == 404
    assert ask(play.lead, play.steel_link).status_code == 404
    assert ask(play.lead, play.axle_link, due_on="2026-03-01").status_code == 422
    backwards = {"start": "2025-02-01", "end": "2025-01-31"}
    assert ask(play.lead, play.axle_link, period=backwards).status_code == 422


def test_the_same_is_asked_once_while_it_is_open(service: Service) -> None:
    play = play_chain(service)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: ask(play.lead, play.axle_link), range(4)))
    assert sorted(a.status_code for a in answers) == [201, 409, 409, 409]
    (request,) = done(play.lead.get("/v1/data-requests"))["items"]
    path = f"/v1/data-requests/{request['id']}"
    assert play.maker.post(f"{path}/withdrawal").status_code == 404
    assert done(play.lead.post(f"{path}/withdrawal"))["state"] == "withdrawn"
    done(ask(play.lead, play.axle_link), 201)


def test_a_supplier_works_on_it_or_declines_with_a_reason(service: Service) -> None:
    play = play_chain(service)
    reader = add_person(play.lead)
    path = f"/v1/data-requests/{done(ask(play.lead, play.axle_link), 201)['id']}"
    for seat in (play.lead, play.mill):
        assert seat.post(f"{path}/start").status_code == 404
        assert seat.post(f"{path}/refusal", json=REASON).status_code == 404
    assert done(play.maker.post(f"{path}/start"))["state"] == "in_work"
    assert play.maker.post(f"{path}/start").status_code == 409
    declined = done(play.maker.post(f"{path}/refusal", json=REASON))
    assert (declined["state"], declined["reason"]) == ("declined", REASON["reason"])
    assert play.maker.post(f"{path}/refusal", json=REASON).status_code == 409
    letter = read_letters(service)[-1]
    assert (letter.to, REASON["reason"] in letter.body) == (reader.email, False)


def test_overdue_is_what_the_clock_says(service: Service) -> None:
    play = play_chain(service)
    request = done(ask(play.lead, play.axle_link), 201)
    path = f"/v1/data-requests/{request['id']}"
    service.clock.pass_by(timedelta(days=30))  # 1 April, the due day
    assert done(play.maker.get(path))["overdue"] is False
    service.clock.pass_by(timedelta(days=1))
    late = done(play.maker.get(path))
    assert (late["overdue"], late["state"], late["version"]) == (True, "requested", 1)
    overdue = {"overdue": True}
    assert done(play.lead.get("/v1/data-requests", params=overdue))["items"] == [late]
    funnel = done(play.lead.get(f"/v1/chains/{play.chain_id}/funnel"))
    assert (funnel["total"]["overdue"], funnel["total"]["response_rate"]) == (1, 0)
    done(play.maker.post(f"{path}/refusal", json=REASON))
    assert done(play.lead.get("/v1/data-requests", params=overdue))["items"] == []


def test_both_sides_talk_and_nobody_else_listens(service: Service) -> None:
    play = play_chain(service)
    asker, supplier = add_person(play.lead), add_person(play.maker)
    path = f"/v1/data-requests/{done(ask(play.lead, play.axle_link), 201)['id']}/questions"
    first = done(play.maker.post(path, json={"words": "哪条产线？\nWhich line?"}), 201)
    service.clock.pass_by(timedelta(hours=1))
    second = done(play.lead.post(path, json={"words": "Both."}), 201)
    assert done(play.maker.get(path))["items"] == [first, second]
    assert first["author_id"] == str(play.maker.id)
    asked, answered = read_letters(service)[-2:]
    assert (asked.to, answered.to) == (asker.email, supplier.email)
    assert "Which line?" not in asked.body
    rival = service.join("Rival", Role.SUPPLIER)
    for seat in (play.mill, rival):
        assert seat.get(path).status_code == 404
        assert seat.post(path, json={"words": "?"}).status_code == 404
    assert play.maker.post(path, json={"words": "a\u0000"}).status_code == 422


def test_what_was_accepted_already_answers_at_once(service: Service) -> None:
    play = play_chain(service)
    add_person(play.mill)
    submission = accepted(play.mill, play.steel)
    asked = done(ask(play.maker, play.steel_link), 201)
    assert asked["state"] == "accepted"
    letter = read_letters(service)[-1]
    assert letter.subject == "Maker asks for data of Name that you gave already"
    seen = done(play.mill.get(f"/v1/data-requests/{asked['id']}"))
    assert (seen["state"], seen["submission_id"]) == ("accepted", submission)
    assert play.maker.get(f"/v1/submissions/{submission}").status_code == 404
    other = {"start": "2024-01-01", "end": "2024-12-31"}
    assert done(ask(play.maker, play.steel_link, period=other), 201)["state"] == "requested"
