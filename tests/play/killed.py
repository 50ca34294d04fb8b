"""`kill -9` at random moments of the play, of the server and of its workers.

Takes minutes: `pytest tests/play/killed.py` asks for it by name.
"""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from service.store.session import open_engine
from tests.databases import Database
from tests.play.cast import PARTS
from tests.play.ledger import check_ledger
from tests.play.play import Play
from tests.play.stage import Outdoors, play_outdoors

KILLS = 25  # on either database: fifty together
SOONEST, LATEST = 0.2, 3.0  # seconds between two kills


@dataclass
class Killer:
    """Kills one process after another, each at a moment that nobody knows."""

    stage: Outdoors
    kills: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(20261122))  # noqa: S311 - no secret
    _enough: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self._enough.wait(self.chance.uniform(SOONEST, LATEST)):
            self.stage.kill(self.chance.choice(self.stage.names))
            self.kills += 1

    @contextmanager
    def at_work(self) -> Iterator[None]:
        thread = threading.Thread(target=self.run)
        thread.start()
        try:
            yield
        finally:
            self._enough.set()
            thread.join()


def test_nothing_is_lost_doubled_or_half_done(database: Database, tmp_path: Path) -> None:
    with (
        play_outdoors(database, tmp_path) as stage,
        httpx.Client(base_url=stage.address, timeout=30) as http,
    ):
        play, killer = Play(stage, http), Killer(stage)
        with killer.at_work():
            play.run()
            while killer.kills < KILLS:  # the same data once more, as a new version
                play.submit(PARTS["lime"])
                play.submit(PARTS["lead"])
        play.settle()
    engine = open_engine(database.url)
    check_ledger(engine)
    engine.dispose()
