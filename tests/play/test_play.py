"""A whole chain over HTTP, from the first invitation to the last footprint, on both databases."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from service.client.problems import RefusedError
from service.formats.members.consent import NewConsentDocument
from service.formats.members.footprint import PeriodAsked
from service.store.session import open_engine
from tests.databases import Database
from tests.play.cast import KG_CO2E
from tests.play.ledger import check_ledger
from tests.play.play import YEAR, Play
from tests.play.stage import Indoors, play_indoors

# What owners see that buy from others: own data, and suppliers' footprints at two digits.
# forge 0.2 + 1.1 × 1.6; gears 2 + 8 × 0.75 + 4 × 1.6; axle 5 + 30 × 1.9 + 2 × 14.
SEEN = KG_CO2E | {"forge": 1.96, "gears": 14.4, "lead": 90.0}
PERIOD = PeriodAsked.model_validate({"period_start": YEAR["start"], "period_end": YEAR["end"]})


@pytest.fixture
def played(database: Database, tmp_path: Path) -> Iterator[Play]:
    """The play when its curtain has fallen; afterwards nothing may be lost or doubled."""
    with (
        play_indoors(database, tmp_path) as stage,
        httpx.Client(base_url=stage.address, timeout=30) as http,
    ):
        play = Play(stage, http)
        play.run()
        yield play
        play.settle()
    engine = open_engine(database.url)
    check_ledger(engine)
    engine.dispose()


def test_a_chain_plays_from_end_to_end(played: Play) -> None:
    owners_see_what_they_may_know(played)
    a_rival_finds_nothing(played)
    a_verifier_reads_what_it_was_appointed_for(played)
    buyers_read_what_was_released(played)
    consents_let_the_lead_see_more(played)


def owners_see_what_they_may_know(play: Play) -> None:
    for name, kg_co2e in SEEN.items():
        client = play.players[name].client
        (kept,) = client.footprints.list_footprints(play.product(name)).items
        assert kept.kg_co2e == pytest.approx(kg_co2e, rel=1e-12)


def a_rival_finds_nothing(play: Play) -> None:
    """Neither of the forge's data, nor of the forge itself, though both are in the chain."""
    rival, forge = play.players["rival"].client, play.players["forge"]
    assert forge.submission_id is not None
    (footprint,) = forge.client.footprints.list_footprints(play.product("forge")).items
    for read, foreign in (
        (rival.submissions.get_submission, forge.submission_id),
        (rival.footprints.get_footprint, footprint.id),
        (rival.footprints.get_lockfile, footprint.id),
        (rival.products.get_product, play.product("forge")),
        (rival.members.get_organisation, forge.organisation_id),
        (rival.chains.get_chain_funnel, play.chain_id),
    ):
        assert refused(read, foreign) == refused(read, uuid4())
    assert not rival.releases.list_releases().items
    assert not rival.links.list_links().items


def a_verifier_reads_what_it_was_appointed_for(play: Play) -> None:
    verifier, forge = play.players["verifier"].client, play.players["forge"]
    assert forge.submission_id is not None
    assert refused(verifier.submissions.get_submission, forge.submission_id)[0] == 404
    play.appoint_verifier()
    read = verifier.submissions.get_submission(forge.submission_id)
    assert read.process["direct_emissions"][0]["quantity"]
    gears = play.players["gears"].submission_id
    assert gears is not None
    assert refused(verifier.submissions.get_submission, gears)[0] == 404


def buyers_read_what_was_released(play: Play) -> None:
    """The next day, at two digits; and the supplier reads who did."""
    assert not play.players["lead"].client.releases.list_releases().items
    pass_a_day(play)
    lead, forge = play.players["lead"], play.players["forge"]
    released = {each.supplier: each for each in lead.client.releases.list_releases().items}
    shown = released[forge.organisation_id].footprint
    assert (shown.kg_co2e, shown.by_gas) == ("1.9", {"CO2": "1.9"})
    assert shown.verification is not None
    assert shown.verification.signed_by == "Li Na"
    (seen, *_) = forge.client.disclosures.list_disclosures().items
    assert (seen.viewer, seen.significant_digits) == (lead.organisation_id, 2)


def consents_let_the_lead_see_more(play: Play) -> None:
    """Once all behind the forge agree, too; at four digits of it: 5 + 30 × 1.940 + 2 × 14 = 91.2.

    Else the forge could show what its own suppliers let it see rounded only.
    """
    consent(play, "forge", "lead")
    assert newest_of_lead(play) == pytest.approx(90.0, rel=1e-12)
    consent(play, "mill", "forge")
    for supplier in ("scrapyard", "lime", "alloys"):
        consent(play, supplier, "mill")
    assert newest_of_lead(play) == pytest.approx(91.2, rel=1e-12)


def consent(play: Play, supplier: str, buyer: str) -> None:
    asked = NewConsentDocument(buyer=play.players[buyer].organisation_id, significant_digits=4)
    play.players[supplier].client.consents.create_consent(asked)


def newest_of_lead(play: Play) -> float | None:
    """Kg CO2e of the axle, as its owner sees it now."""
    lead = play.players["lead"].client
    lead.footprints.request_chain_footprint(play.chain_id, PERIOD, prefer="wait=10")
    play.settle()
    versions = lead.footprints.list_footprints(play.product("lead")).items
    return max(versions, key=lambda kept: kept.number).kg_co2e


def pass_a_day(play: Play) -> None:
    stage = play.stage
    assert isinstance(stage, Indoors)
    stage.clock.pass_by(timedelta(days=1))
    play.operator = play.connect(play.sign_in("operator"))
    play.await_batch()


def refused(read: Callable[[UUID], Any], asked: UUID) -> tuple[int, str]:
    """Status and words of what is refused, without the id that was asked for."""
    with pytest.raises(RefusedError) as caught:
        read(asked)
    return caught.value.status, str(caught.value)
