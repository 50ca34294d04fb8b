"""Drafts submissions over HTTP, and lets reviews find what a test says."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from service.domain.access import SERVICE
from service.domain.plausibility.finding import Finding, Severity
from service.domain.review import Review, ReviewedFootprint
from service.formats.members.finding import to_finding_document
from service.store import reviews, submissions
from service.store.ids import new_id
from service.store.session import open_transaction
from tests import make
from tests.chain_makers import PERIOD, done, offer
from tests.members import Seat, Service

RUN = {
    "output": {"quantity": "100 kg"},
    "direct_emissions": [{"id": "furnace", "gas": "CO2", "quantity": "30 kg"}],
}


def draft(seat: Seat, product_id: str, **more: Any) -> Any:
    """The answer to drafting one run of a product that is made by the kilogram."""
    beside = {"produced": more.pop("produced")} if "produced" in more else {}
    body = {"period": PERIOD, **beside, "process": {**RUN, **more}}
    return seat.post(f"/v1/products/{product_id}/submissions", json=body)


def drafted(seat: Seat, product_id: str, **more: Any) -> str:
    """The id of a new draft."""
    return str(done(draft(seat, product_id, **more), 201)["id"])


def steel_of(seat: Seat, code: str = "steel") -> str:
    return offer(seat, code, declared_unit="kg")


def hand_in(seat: Seat, submission_id: str) -> Any:
    return seat.post(f"/v1/submissions/{submission_id}/submit")


def handed_in(seat: Seat, product_id: str, **more: Any) -> str:
    """The id of a submission that was handed in and in which nothing was found."""
    submission_id = drafted(seat, product_id, **more)
    done(hand_in(seat, submission_id), 202)
    find(seat.service, submission_id)
    return submission_id


def accepted(seat: Seat, product_id: str, **more: Any) -> str:
    """The id of a submission that nobody asked for and its owner accepted."""
    submission_id = handed_in(seat, product_id, **more)
    done(seat.post(f"/v1/submissions/{submission_id}/acceptance"))
    return submission_id


def find(service: Service, submission_id: str, *severities: Severity) -> None:
    """Let the review of a submission be done, with findings of these severities."""
    found = tuple(
        Finding(f"finding-{severity}", severity, None, make.text("odd"), make.text("mend it"))
        for severity in severities
    )
    findings = tuple(to_finding_document(each).model_dump(mode="json") for each in found)
    with open_transaction(service.wiring.members.engine, SERVICE) as session:
        kept = submissions.get(session, UUID(submission_id), locked=True)
        submissions.replace(session, replace(kept, findings=findings))


def open_review(service: Service, submission_id: str, reviewer: Seat) -> str:
    """Let a buyer decide on a submission; the id of its review."""
    review_id = new_id()
    with open_transaction(service.wiring.members.engine, SERVICE) as session:
        kept = submissions.get(session, UUID(submission_id))
        reviews.add(
            session,
            Review(
                id=review_id,
                submission_id=kept.id,
                data_request_id=None,
                product_id=kept.product_id,
                supplier_id=kept.organisation_id,
                reviewer_id=reviewer.id,
                footprint=ReviewedFootprint("kg", 0.3, {"CO2": 0.3}, 1.0, 2),
                findings=(),
                opened_at=service.clock(),
            ),
        )
    return str(review_id)


def register(seat: Seat, number: str = "GEC-1", amount: str = "1000", **more: Any) -> Any:
    """The answer to registering a certificate of 2025."""
    body = {
        "issuer": "gec",
        "number": number,
        "technology": "wind",
        "energy": {"amount": amount, "unit": "kWh"},
        "generated_from": "2025-03-01",
        "generated_until": "2025-03-31",
    }
    return seat.post("/v1/certificates", json=body | more)


def registered(seat: Seat, number: str = "GEC-1", amount: str = "1000") -> str:
    """The id of a certificate."""
    return str(done(register(seat, number, amount), 201)["id"])


def certified(certificate_id: str, kwh: float, produced: str = "100 kg") -> dict[str, Any]:
    """A run that claims power of a certificate; by default the period made one such run."""
    line = {
        "id": "green",
        "quantity": f"{kwh} kWh",
        "source": "certified",
        "certificate": certificate_id,
    }
    return {"produced": produced, "electricity": [line]}
