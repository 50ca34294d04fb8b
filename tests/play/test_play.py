"""A whole chain over HTTP, from the first invitation to the last footprint, on both databases."""

from pathlib import Path

import httpx

from tests.databases import Database
from tests.play.play import Play
from tests.play.stage import play_indoors


def test_a_chain_plays_from_end_to_end(database: Database, tmp_path: Path) -> None:
    with (
        play_indoors(database, tmp_path) as stage,
        httpx.Client(base_url=stage.address, timeout=30) as http,
    ):
        play = Play(stage, http)
        play.run()
