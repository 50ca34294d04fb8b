"""Where the play is played: a server that answers over HTTP, and letters in a folder."""

import email
import email.policy
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import httpx
import uvicorn
from pydantic import SecretStr
from sqlalchemy import Engine

from lca_models.errors import Language
from service.app import build_app
from service.client.client import Client
from service.client.connection import Connection, Machine, Patience, Token
from service.domain.access import SERVICE
from service.domain.organisation import Identifier, IdentifierScheme
from service.gateways.passwords import hash_password
from service.settings import Settings
from service.store.session import open_engine, open_transaction
from service.use_cases.create_operator import NewOperator, create_operator
from service.wiring import build
from tests import make
from tests.databases import SQLITE, Database
from tests.members import SECRET, UNHURRIED, Clock

WAIT_SECONDS = 60.0
PASSWORD = "what the players know by heart"  # noqa: S105 - of the play
PROGRAM = "from service.cli.main import main\nmain()"


class Stage(Protocol):
    """What the play needs of whoever runs the service."""

    @property
    def address(self) -> str: ...

    @property
    def letters(self) -> Path: ...


def open_client(http: httpx.Client, caller: Machine | Token | None = None) -> Client:
    """A client that does not give up while the service is away."""
    return Client(Connection(http, caller, Patience(attempts=200, seconds=0.05, longest=0.5)))


def await_letter(stage: Stage, to: str, containing: str) -> str:
    """The body of the letter to an address that holds some words, once it was sent."""
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        for file in sorted(stage.letters.glob("*.eml")):
            with suppress(FileNotFoundError):  # renamed while we looked
                letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
                body = str(letter.get_body().get_content())  # type: ignore[union-attr] # it has one
                if letter["to"] == to and containing in body:
                    return body
        time.sleep(0.02)
    message = f"no letter to {to} holds {containing}"
    raise AssertionError(message)


@dataclass
class Indoors:
    """A server and its worker in this process, with a clock that the test turns."""

    address: str
    letters: Path
    clock: Clock


@contextmanager
def play_indoors(database: Database, folder: Path) -> Iterator[Indoors]:
    """Serve from this process, with an operator."""
    engine = open_engine(database.url)
    make_operator(engine, Clock())
    engine.dispose()
    with serve_indoors(database, folder) as stage:
        yield stage


@contextmanager
def serve_indoors(database: Database, folder: Path) -> Iterator[Indoors]:
    """Serve over HTTP from a thread of this process."""
    letters = folder / "letters"
    settings: dict[str, Any] = {
        "database_url": database.url,
        "secret": SecretStr(SECRET),
        "mail_url": SecretStr(f"folder:{letters}"),
        "files_url": f"folder:{folder / 'files'}",
        "worker_in_process": True,
        "worker_silence_seconds": 3,  # so that it looks at the clock every second
    }
    wiring = build(Settings.model_construct().model_copy(update=settings | UNHURRIED))
    clock = Clock()
    wiring.__dict__["members"] = replace(wiring.members, clock=clock)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(build_app(wiring), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield Indoors(f"http://127.0.0.1:{listening.getsockname()[1]}", letters, clock)
        finally:
            server.should_exit = True
            thread.join()
    wiring.members.engine.dispose()


def make_operator(engine: Engine, clock: Callable[[], datetime]) -> None:
    """The person who runs the service; on the command line it is `greenchain operator create`."""
    wanted = NewOperator(
        organisation=make.text("operator"),
        identifier=Identifier(IdentifierScheme.OTHER, "operator"),
        email="operator@play.example",
        name="Operator",
        language=Language.EN,
        password_hash=hash_password(PASSWORD),
    )
    with open_transaction(engine, SERVICE) as session:
        create_operator(session, wanted, now=clock())


@dataclass
class Outdoors:
    """A server, and on PostgreSQL two workers, as processes of their own that can be killed."""

    database: Database
    folder: Path
    port: int
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def letters(self) -> Path:
        return self.folder / "letters"

    @property
    def names(self) -> list[str]:
        return ["api"] if self.database.kind == SQLITE else ["api", "worker 1", "worker 2"]

    def start(self, name: str) -> None:
        command = ["serve", "--port", str(self.port)] if name == "api" else ["worker"]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(  # noqa: S603 - this Python, this program
                [sys.executable, "-c", PROGRAM, *command],
                env=os.environ | self._environment(),
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )

    def kill(self, name: str) -> None:
        """`kill -9`, and begin anew."""
        self.processes[name].kill()
        self.processes[name].wait()
        self.start(name)
        self.await_api()

    def await_api(self) -> None:
        """Wait until the server answers."""
        until = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < until:
            with suppress(httpx.TransportError):
                if httpx.get(f"{self.address}/healthz").is_success:
                    return
            time.sleep(0.05)
        message = f"the server does not answer: {(self.folder / 'api.log').read_text()}"
        raise AssertionError(message)

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(WAIT_SECONDS)

    def _environment(self) -> dict[str, str]:
        return {
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "GREENCHAIN_DATABASE_URL": self.database.url,
            "GREENCHAIN_SECRET": SECRET,
            "GREENCHAIN_MAIL_URL": f"folder:{self.letters}",
            "GREENCHAIN_FILES_URL": f"folder:{self.folder / 'files'}",
            "GREENCHAIN_WORKER_SILENCE_SECONDS": "3",
            "GREENCHAIN_REQUESTS_PER_MINUTE": "1000000",
            "GREENCHAIN_ANONYMOUS_REQUESTS_PER_MINUTE": "1000000",
        }


@contextmanager
def play_outdoors(database: Database, folder: Path) -> Iterator[Outdoors]:
    """Serve from processes of their own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    stage = Outdoors(database, folder, port)
    engine = open_engine(database.url)
    make_operator(engine, lambda: datetime.now(UTC))
    engine.dispose()
    for name in stage.names:
        stage.start(name)
    stage.await_api()
    try:
        yield stage
    finally:
        stage.stop()
