"""Evidence over HTTP: kept with a draft, told by its content, handed out to be saved."""

import hashlib
from pathlib import Path
from typing import Any

from service.domain.access import SERVICE
from service.domain.organisation import Role
from service.store.ids import new_id
from service.store.session import open_transaction
from service.store.tables.footprints import AppointmentRow
from tests.chain_makers import done
from tests.members import Seat, Service
from tests.submission_makers import drafted, hand_in, steel_of

PDF = b"%PDF-1.7\nmeter readings of 2025\n%%EOF"


def give(
    seat: Seat, submission: str, content: bytes = PDF, name: str = "meter.pdf", **form: str
) -> Any:
    path = f"/v1/submissions/{submission}/evidence"
    return seat.post(path, files={"file": (name, content, "application/octet-stream")}, data=form)


def appoint(service: Service, owner: Seat, verifier: Seat) -> None:
    row = AppointmentRow(
        id=new_id(), owner_id=owner.id, verifier_id=verifier.id, appointed_at=service.clock()
    )
    with open_transaction(service.wiring.members.engine, SERVICE) as session:
        session.add(row)


def test_a_file_comes_back_just_as_it_was_given(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    submission = drafted(mill, steel_of(mill))
    kept = done(give(mill, submission, name="../../电表.pdf", line="furnace"), 201)
    assert (kept["name"], kept["media_type"]) == ("电表.pdf", "application/pdf")
    assert kept["sha256"] == hashlib.sha256(PDF).hexdigest()
    answer = mill.get(f"/v1/evidence/{kept['id']}/content")
    assert answer.content == PDF
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    disposition = answer.headers["Content-Disposition"]
    assert disposition == "attachment; filename*=UTF-8''%E7%94%B5%E8%A1%A8.pdf"
    assert done(mill.get(f"/v1/submissions/{submission}/evidence"))["items"] == [kept]


def test_only_its_owner_and_an_appointed_verifier_read_it(service: Service) -> None:
    mill, rival = service.join("Mill", Role.SUPPLIER), service.join("Rival", Role.SUPPLIER)
    verifier = service.join("Verifier", Role.VERIFIER)
    submission = drafted(mill, steel_of(mill))
    path = f"/v1/evidence/{done(give(mill, submission), 201)['id']}/content"
    assert verifier.get(path).status_code == rival.get(path).status_code == 404
    appoint(service, mill, verifier)
    assert verifier.get(path).content == PDF
    assert verifier.get(f"/v1/submissions/{submission}").status_code == 200
    assert give(verifier, submission).status_code == give(rival, submission).status_code == 404
    assert rival.get(path).status_code == 404


def test_a_refused_file_leaves_nothing_behind(service: Service, tmp_path: Path) -> None:
    mill, rival = service.join("Mill", Role.SUPPLIER), service.join("Rival", Role.SUPPLIER)
    submission = drafted(mill, steel_of(mill))
    assert give(mill, submission, b"<svg onload='x()'/>").status_code == 415
    assert give(mill, submission, line="no such line").status_code == 422
    assert give(rival, submission).status_code == 404
    assert not list((tmp_path / "files").rglob("*"))


def test_after_it_is_handed_in_no_file_is_added(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    submission = drafted(mill, steel_of(mill))
    done(hand_in(mill, submission), 202)
    assert give(mill, submission).status_code == 409


def test_firms_do_not_share_a_place_for_equal_files(service: Service, tmp_path: Path) -> None:
    seats = [service.join(name, Role.SUPPLIER) for name in ("Mill", "Rival")]
    for seat in seats:
        done(give(seat, drafted(seat, steel_of(seat))), 201)
    assert {path.name for path in (tmp_path / "files").iterdir()} == {str(s.id) for s in seats}


def test_a_file_that_was_changed_in_its_store_is_not_handed_out(
    service: Service, tmp_path: Path
) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    kept = done(give(mill, drafted(mill, steel_of(mill))), 201)
    (file,) = (path for path in (tmp_path / "files").rglob("*") if path.is_file())
    file.write_bytes(b"forged")
    assert mill.get(f"/v1/evidence/{kept['id']}/content").status_code == 500


def test_a_draft_goes_with_its_files(service: Service) -> None:
    mill = service.join("Mill", Role.SUPPLIER)
    submission = drafted(mill, steel_of(mill))
    kept = done(give(mill, submission), 201)
    gone = mill.call("DELETE", f"/v1/submissions/{submission}", headers={"If-Match": "*"})
    assert gone.status_code == 204
    assert mill.get(f"/v1/evidence/{kept['id']}").status_code == 404
