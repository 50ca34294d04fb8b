"""Every command of the page on chains is answered as the page needs it."""

from service.domain.organisation import Role
from tests.architecture.tree import ROOT
from tests.members import Service
from tests.samples.shell import read_commands, run

PAGE = (ROOT / "docs" / "chains.md").read_text(encoding="utf-8")


def test_the_commands_of_the_page_draw_a_chain(service: Service) -> None:
    firms = {"LEAD": service.join("Lead", Role.LEAD), "MAKER": service.join("M", Role.SUPPLIER)}
    known = {name: f"Authorization: Bearer {seat.token()}" for name, seat in firms.items()}
    known["URL"] = "http://testserver"
    told = list(read_commands(PAGE))
    assert len(told) == 14
    for command in told:
        run(service.client, command, known)
