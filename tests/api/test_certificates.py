"""Green-power certificates over HTTP: registered once, and spent once across all firms."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from service.domain.organisation import Role
from tests.chain_makers import done
from tests.members import Seat, Service
from tests.submission_makers import (
    accepted,
    certified,
    draft,
    drafted,
    hand_in,
    handed_in,
    register,
    registered,
    steel_of,
)


def left(seat: Seat, certificate: str) -> str:
    return str(done(seat.get(f"/v1/certificates/{certificate}"))["left_kwh"])


def test_a_certificate_is_registered_once_whatever_its_spelling(service: Service) -> None:
    mill, rival = service.join("Mill", Role.SUPPLIER), service.join("Rival", Role.SUPPLIER)
    registered(mill, "GEC-2025-7")
    for number in ("GEC-2025-7", "gec 2025 7", "ＧＥＣ２０２５７"):
        refused = register(rival, number)
        assert refused.status_code == 409
        assert "Mill" not in refused.text
        assert str(mill.id) not in refused.text
    assert register(rival, "GEC-2025-7", issuer="tigr").status_code == 201
    assert done(rival.get("/v1/certificates"))["items"][0]["issuer"] == "tigr"


def test_nobody_else_reads_or_claims_it(service: Service) -> None:
    mill, rival = service.join("Mill", Role.SUPPLIER), service.join("Rival", Role.SUPPLIER)
    certificate = registered(mill)
    assert rival.get(f"/v1/certificates/{certificate}").status_code == 404
    refused = draft(rival, steel_of(rival), **certified(certificate, 1))
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["line"] == "green"


@pytest.mark.parametrize(
    "wrong",
    [
        {"technology": "perpetual motion"},
        {"issuer": "my own"},
        {"energy": {"amount": "0", "unit": "kWh"}},
        {"energy": {"amount": "NaN", "unit": "kWh"}},
        {"energy": {"amount": "1", "unit": "TWh"}},
        {"generated_until": "2025-02-28"},
        {"province": "Atlantis"},
        {"number": ""},
    ],
)
def test_a_certificate_that_cannot_be_is_refused(service: Service, wrong: dict[str, str]) -> None:
    assert register(service.join("Mill", Role.SUPPLIER), **wrong).status_code == 422


def test_megawatt_hours_are_exact(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    kept = done(register(mill, energy={"amount": "0.1", "unit": "MWh"}, province="陕西"), 201)
    assert (kept["energy_kwh"], kept["province"]) == ("100", "CN-SN")


def test_power_of_another_year_is_not_claimed(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    old = {"generated_from": "2024-12-01", "generated_until": "2025-01-31"}
    certificate = str(done(register(mill, **old), 201)["id"])
    refused = draft(mill, steel_of(mill), **certified(certificate, 1))
    assert refused.json()["errors"][0]["code"] == "certificate-out-of-period"


def test_acceptance_spends_and_the_next_version_gives_back(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    certificate, steel = registered(mill, amount="100"), steel_of(mill)
    accepted(mill, steel, **certified(certificate, 80.1))
    assert left(mill, certificate) == "19.9"
    # 100 - 80.1 + 80.1 given back - 90 = 10
    accepted(mill, steel, **certified(certificate, 90))
    assert left(mill, certificate) == "10"
    accepted(mill, steel)
    assert left(mill, certificate) == "100"


def test_a_certificate_is_spent_for_all_that_the_period_made(service: Service) -> None:
    # A run makes 100 kg with 80.1 kWh: 0.5 t are five runs, 5 x 80.1 = 400.5 kWh.
    mill = service.join("Mill", Role.SUPPLIER)
    certificate = registered(mill, amount="1000")
    accepted(mill, steel_of(mill), **certified(certificate, 80.1, produced="0.5 t"))
    assert left(mill, certificate) == "599.5"
    # Three runs in 300.3 kg are 3.003; 3.003 x 0.1234567 = 0.37074047..., rounded up to 0.370741.
    accepted(mill, steel_of(mill, "other"), **certified(certificate, 0.1234567, "300.3 kg"))
    assert left(mill, certificate) == "599.129259"


def test_who_claims_certified_power_says_what_the_period_made(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    claim = certified(registered(mill), 80)
    del claim["produced"]
    submission = drafted(mill, steel_of(mill), **claim)
    refused = hand_in(mill, submission)
    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert (error["code"], error["line"]) == ("missing-quantity", "green")
    assert "12000 kg" in error["cure"]
    said = {"produced": "100 kg", "changes": []}
    changed = mill.call(
        "PATCH", f"/v1/submissions/{submission}", json=said, headers={"If-Match": "*"}
    )
    assert done(changed)["produced"] == {"amount": 100.0, "unit": "kg"}
    done(hand_in(mill, submission), 202)


@pytest.mark.parametrize(
    ("produced", "code"),
    [("99 kg", "invalid-amount"), ("3 kWh", "unit-mismatch"), ("0 kg", "invalid-amount")],
)
def test_what_the_period_made_is_at_least_one_run(
    service: Service, produced: str, code: str
) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    refused = draft(mill, steel_of(mill), produced=produced)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["code"] == code


def test_more_than_is_left_is_told_when_handed_in(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    certificate = registered(mill, amount="100")
    accepted(mill, steel_of(mill), **certified(certificate, 80))
    other = drafted(mill, steel_of(mill, "other"), **certified(certificate, 20.000001))
    refused = hand_in(mill, other)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["code"] == "certificate-overspent"


@pytest.mark.parametrize("kwh", [0, -5])
def test_a_claim_of_nothing_or_less_gives_nothing_back(service: Service, kwh: float) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    refused = draft(mill, steel_of(mill), **certified(registered(mill), kwh))
    assert refused.json()["errors"][0]["code"] == "invalid-amount"


def test_two_products_that_claim_at_once_do_not_overspend(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    certificate = registered(mill, amount="100")
    claims = [handed_in(mill, steel_of(mill, code), **certified(certificate, 60)) for code in "abc"]
    with ThreadPoolExecutor(3) as pool:
        paths = [f"/v1/submissions/{claim}/acceptance" for claim in claims]
        answers = [answer.status_code for answer in pool.map(mill.post, paths)]
    assert sorted(answers) == [200, 422, 422]
    assert left(mill, certificate) == "40"
