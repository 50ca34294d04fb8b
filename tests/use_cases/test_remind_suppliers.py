"""Reminders: one letter a step, in the reader's language, of what may be asked for."""

from dataclasses import replace
from datetime import timedelta

from lca_models.errors import Language
from service.domain.access import SERVICE, Right
from service.store import people
from service.store.session import open_transaction
from service.use_cases.remind_suppliers import remind_suppliers
from tests.api.access_makers import add_person
from tests.chain_makers import ask, done, play_chain, read_letters
from tests.members import Service


def remind(service: Service) -> int:
    with open_transaction(service.wiring.members.engine, SERVICE) as session:
        return remind_suppliers(session, public_url="https://g.example", now=service.clock())


def test_a_supplier_is_reminded_once_a_step_and_only_people_who_edit(service: Service) -> None:
    play = play_chain(service)
    editor = add_person(play.maker, Right.EDIT)
    add_person(play.maker, Right.READ)
    request = done(ask(play.lead, play.axle_link, due_on="2026-03-20"), 201)["id"]
    written = len(read_letters(service))
    assert remind(service) == 0  # 2 March: asked today, eighteen days left
    service.clock.pass_by(timedelta(days=11))  # 13 March: a week before
    assert (remind(service), remind(service)) == (1, 0)
    (letter,) = read_letters(service)[written:]
    assert (letter.to, letter.subject) == (editor.email, "Data of Name is due on 2026-03-20")
    assert f"https://g.example/data-requests/{request}" in letter.body
    with open_transaction(service.wiring.members.engine, SERVICE) as session:
        chinese = replace(people.get(session, editor.id), language=Language.ZH)
        people.replace(session, chinese, version=None)
    service.clock.pass_by(timedelta(days=8))  # 21 March: the day before is missed, it is overdue
    assert (remind(service), remind(service)) == (1, 0)
    assert read_letters(service)[-1].subject == "名称的数据已于2026-03-20到期"
    service.clock.pass_by(timedelta(days=6))
    assert remind(service) == 0
    service.clock.pass_by(timedelta(days=1))  # 28 March: a week later
    assert remind(service) == 1


def test_what_is_answered_ended_or_closed_is_not_reminded_of(service: Service) -> None:
    declined, ended, closed = (play_chain(service) for _ in range(3))
    asked = [
        done(ask(play.lead, play.axle_link, due_on="2026-03-20"), 201)["id"]
        for play in (declined, ended, closed)
    ]
    refusal = f"/v1/data-requests/{asked[0]}/refusal"
    done(declined.maker.post(refusal, json={"reason": "no"}))
    done(ended.lead.post(f"/v1/links/{ended.axle_link}/end", json={}))
    done(closed.lead.post(f"/v1/chains/{closed.chain_id}/closure"))
    service.clock.pass_by(timedelta(days=60))
    assert remind(service) == 0
