"""Workers as processes: killed in the middle, stopped by a signal, started inside the API."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from service.domain.job import JobState
from service.jobs.handling import Work
from service.jobs.in_process import start_in_process
from service.wiring import Wiring, build
from tests.jobs.at_work import PATIENCE_S, at_work, environment_of, wait_until
from tests.jobs.stand_ins import cause, count_effects, leave_effect, only, write_letter
from tests.members import Service
from tests.work import get_job

SLOW = Path(__file__).with_name("slow_worker.py")


@pytest.fixture
def wiring(service: Service, tmp_path: Path) -> Iterator[Wiring]:
    """The wiring of the service by the clock of the machine, which processes share."""
    mail = f"folder:{tmp_path / 'mail'}"
    settings = service.wiring.settings.model_copy(update={"mail_url": SecretStr(mail)})
    wired = build(settings)
    yield wired
    wired.members.engine.dispose()


@contextmanager
def start(command: list[str], wiring: Wiring, **more: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that works for the same service, ended with the block."""
    environment = environment_of(wiring, **more)
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - ours
        try:
            yield process
        finally:
            process.kill()


def leave_and_finish(work: Work) -> None:
    with work.transaction() as session:
        leave_effect(session, work)
        work.finish(session)


def test_another_worker_ends_what_a_killed_one_began_and_the_effect_is_one(
    wiring: Wiring, tmp_path: Path
) -> None:
    job_id, begun = cause(wiring), tmp_path / "begun"
    with start([sys.executable, str(SLOW)], wiring, BEGUN=str(begun)) as killed:
        wait_until(begun.exists)
        killed.kill()
        assert killed.wait() == -signal.SIGKILL
    assert count_effects(wiring) == 0
    with at_work(wiring, only(leave_and_finish)):
        wait_until(lambda: get_job(wiring, job_id).ended)
    job = get_job(wiring, job_id)
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert count_effects(wiring) == 1


def test_a_worker_works_until_a_signal_stops_it(wiring: Wiring, tmp_path: Path) -> None:
    letter_id = write_letter(wiring)
    embedded = wiring.members.engine.dialect.name == "sqlite"
    number = signal.SIGINT if embedded else signal.SIGTERM  # each once: a process takes its time
    command = [sys.executable, "-c", "from service.cli.main import main; main()", "worker"]
    with start(command, wiring) as worker:
        wait_until((tmp_path / "mail" / f"{letter_id}.eml").exists)
        worker.send_signal(number)
        assert worker.wait(PATIENCE_S) == 0


def test_the_api_works_itself_where_the_database_is_embedded(
    wiring: Wiring, tmp_path: Path
) -> None:
    alone = wiring.settings.model_copy(update={"worker_in_process": None})
    wiring.__dict__["settings"] = alone
    letter_id = write_letter(wiring)
    letter = tmp_path / "mail" / f"{letter_id}.eml"
    with start_in_process(wiring):
        if wiring.members.engine.dialect.name == "sqlite":
            wait_until(letter.exists)
    assert letter.exists() is (wiring.members.engine.dialect.name == "sqlite")
