"""Organisations over HTTP."""

import pytest

from service.domain.organisation import Role
from tests.members import Service


def test_a_member_reads_itself_and_a_stranger_is_not_there(service: Service) -> None:
    lead = service.join("Lead", Role.LEAD)
    rival = service.join("Rival", Role.LEAD)
    own = lead.get(f"/v1/organisations/{lead.id}")
    assert own.status_code == 200
    assert own.json()["name"]["en"] == "Lead"
    foreign, missing = (lead.get(f"/v1/organisations/{i}") for i in (rival.id, rival.id.hex[::-1]))
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json()["errors"] == missing.json()["errors"]


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer x.y.z", "Basic abc"])
def test_without_a_valid_token_nothing_is_read(service: Service, token: str) -> None:
    answer = service.client.get(
        f"/v1/organisations/{service.join('Lead').id}", headers={"Authorization": token}
    )
    assert answer.status_code == 401
