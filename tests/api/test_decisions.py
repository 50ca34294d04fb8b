"""Acceptance and return: who decides, when, and what follows."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from sqlmodel import select

from service.domain.access import SERVICE
from service.domain.job import JobKind
from service.domain.organisation import Role
from service.domain.plausibility.finding import Severity
from service.store.session import open_transaction
from service.store.tables.operations import AuditEntryRow, JobRow
from service.store.tables.submissions import SubmissionInputRow
from tests.api.access_makers import add_person
from tests.chain_makers import Play, ask, done, play_chain, read_letters
from tests.members import Service
from tests.submission_makers import (
    accepted,
    certified,
    draft,
    drafted,
    find,
    hand_in,
    handed_in,
    open_review,
    registered,
    steel_of,
)
from tests.work import do_jobs

WHY = {"reason": "kg or t?"}


def read(service: Service, query: Any) -> list[Any]:
    with open_transaction(service.wiring.members.engine, SERVICE, reading=True) as session:
        return list(session.exec(query))


def asked_for_steel(service: Service) -> tuple[Play, str, str, str]:
    """The maker asked the mill for data: the play, the request, the submission, its review."""
    play = play_chain(service)
    request = str(done(ask(play.maker, play.steel_link), 201)["id"])
    submission = handed_in(play.mill, play.steel)
    return play, request, submission, open_review(service, submission, play.maker)


def test_the_owner_accepts_what_nobody_asked_for(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    steel = steel_of(mill)
    submission = drafted(mill, steel)
    path = f"/v1/submissions/{submission}/acceptance"
    assert mill.post(path).status_code == 409  # still a draft
    done(hand_in(mill, submission), 202)
    assert mill.post(path).status_code == 409  # not reviewed yet
    find(service, submission, Severity.DOUBTFUL, Severity.BLOCKING)
    assert mill.post(path).status_code == 409  # blocked
    find(service, submission, Severity.DOUBTFUL)
    assert done(mill.post(path))["state"] == "accepted"
    assert mill.post(path).status_code == 409  # once
    jobs = read(service, select(JobRow).where(JobRow.kind == JobKind.CALCULATE_PRODUCT.value))
    period = {"period_start": "2025-01-01", "period_end": "2025-12-31"}
    assert [job.subject for job in jobs] == [{"product_id": steel, **period}]


def test_the_buyer_who_asked_decides_alone(service: Service) -> None:
    play, request, submission, review = asked_for_steel(service)
    assert done(play.mill.get(f"/v1/data-requests/{request}"))["state"] == "submitted"
    for seat, path in (
        (play.mill, f"/v1/submissions/{submission}/acceptance"),
        (play.mill, f"/v1/reviews/{review}/acceptance"),
        (play.lead, f"/v1/reviews/{review}/acceptance"),
        (play.maker, f"/v1/submissions/{submission}/acceptance"),
    ):
        assert seat.post(path).status_code in {404, 409}
    answer = done(play.maker.post(f"/v1/reviews/{review}/acceptance"))
    assert answer["state"] == "accepted"
    assert "process" not in answer
    assert done(play.maker.get(f"/v1/data-requests/{request}"))["state"] == "accepted"
    assert play.maker.post(f"/v1/reviews/{review}/return", json=WHY).status_code == 409
    assert play.maker.get(f"/v1/submissions/{submission}").status_code == 404


def test_what_is_returned_is_mended_and_comes_again(service: Service) -> None:
    play, request, submission, review = asked_for_steel(service)
    done(play.maker.post(f"/v1/reviews/{review}/return", json=WHY))
    kept = done(play.mill.get(f"/v1/submissions/{submission}"))
    assert (kept["state"], kept["reason"]) == ("returned", WHY["reason"])
    assert done(play.mill.get(f"/v1/data-requests/{request}"))["state"] == "returned"
    assert draft(play.mill, play.steel).status_code == 409
    done(hand_in(play.mill, submission), 202)
    find(service, submission)
    again = open_review(service, submission, play.maker)
    done(play.maker.post(f"/v1/reviews/{again}/acceptance"))
    assert done(play.maker.get(f"/v1/data-requests/{request}"))["state"] == "accepted"


def test_a_buyer_learns_in_general_why_it_cannot_accept(service: Service) -> None:
    play = play_chain(service)
    certificate = registered(play.mill, amount="100")
    done(ask(play.maker, play.steel_link), 201)
    first = handed_in(play.mill, play.steel, **certified(certificate, 80))
    other = handed_in(play.mill, steel_of(play.mill, "other"), **certified(certificate, 80))
    done(play.mill.post(f"/v1/submissions/{other}/acceptance"))
    review = open_review(service, first, play.maker)
    refused = play.maker.post(f"/v1/reviews/{review}/acceptance")
    assert refused.status_code == 409
    told = str(refused.json()["errors"])
    assert not any(secret in told for secret in ("80", "100", "GEC", "green", certificate))


def test_of_two_acceptances_at_once_one_wins(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    submission = handed_in(mill, steel_of(mill))
    path = f"/v1/submissions/{submission}/acceptance"
    with ThreadPoolExecutor(4) as pool:
        answers = [answer.status_code for answer in pool.map(lambda _: mill.post(path), range(4))]
    assert sorted(answers) == [200, 409, 409, 409]


def test_products_that_are_drawn_on_are_kept_for_finding_chains(service: Service) -> None:
    play = play_chain(service)
    line = {"name": "steel", "product": play.steel, "quantity": "2 kg"}
    submission = handed_in(
        play.maker, play.axle, output={"quantity": "1 piece"}, inputs=[line, line | {"id": "more"}]
    )
    done(play.maker.post(f"/v1/submissions/{submission}/acceptance"))
    rows = read(service, select(SubmissionInputRow))
    assert [(row.submission_id, row.product_id) for row in rows] == [
        (UUID(submission), UUID(play.steel))
    ]


def test_every_step_stands_in_the_log_without_amounts(service: Service) -> None:
    play, _, submission, review = asked_for_steel(service)
    done(play.maker.post(f"/v1/reviews/{review}/acceptance"))
    entries = read(service, select(AuditEntryRow))
    noted = [entry for entry in entries if entry.subject_id in {submission, review}]
    assert [entry.action for entry in noted] == [
        "submission.draft",
        "submission.submit",
        "submission.accept",
        "review.accept",
    ]
    assert [entry.organisation_id for entry in noted] == [play.mill.id] * 3 + [play.maker.id]
    assert not any("30" in str(entry.details.get("process", "")) for entry in noted)


def test_both_sides_are_told_by_letter(service: Service) -> None:
    play = play_chain(service)
    supplier, reviewer = add_person(play.mill), add_person(play.maker)
    done(ask(play.maker, play.steel_link), 201)
    submission = drafted(play.mill, play.steel)
    for decision, told in (("return", "Maker returned"), ("acceptance", "Maker accepted")):
        done(hand_in(play.mill, submission), 202)
        do_jobs(service.wiring)
        waits = read_letters(service)[-1]
        assert (waits.to, waits.subject) == (reviewer.email, "Mill submitted data of Name")
        (review,) = done(play.maker.get("/v1/reviews?state=open"))["items"]
        body = {"json": WHY} if decision == "return" else {}
        done(play.maker.post(f"/v1/reviews/{review['id']}/{decision}", **body))
        letter = read_letters(service)[-1]
        assert (letter.to, letter.subject) == (supplier.email, f"{told} your data of Name")
        assert WHY["reason"] not in letter.body


def test_a_product_comes_from_one_run_a_period(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    steel, slag = steel_of(mill), steel_of(mill, "slag")
    beside = {"co_products": [{"product": slag, "quantity": "10 kg"}], "allocation": "mass"}
    both = handed_in(mill, steel, **beside)
    alone = handed_in(mill, slag)
    done(mill.post(f"/v1/submissions/{alone}/acceptance"))
    refused = mill.post(f"/v1/submissions/{both}/acceptance")
    assert refused.status_code == 409
    (error,) = refused.json()["errors"]
    assert error["code"] == "made-elsewhere"
    assert slag in error["reason"]


def test_what_an_accepted_run_makes_beside_is_not_handed_in_alone(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    steel, slag = steel_of(mill), steel_of(mill, "slag")
    beside = {"co_products": [{"product": slag, "quantity": "10 kg"}], "allocation": "mass"}
    accepted(mill, steel, **beside)
    accepted(mill, steel, **beside)  # the next version replaces the first
    refused = hand_in(mill, drafted(mill, slag))
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["code"] == "made-elsewhere"
