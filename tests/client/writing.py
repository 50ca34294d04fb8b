"""Writes the typed client: `python3 dev.py client`."""

import subprocess
import sys
from pathlib import Path

from service.api import health
from service.api.client_source import write_client
from service.app import ROOMS

CLIENT = Path(__file__).parents[2] / "service" / "client"
RUFF = Path(sys.executable).parent / "ruff"


def write_formatted() -> dict[Path, str]:
    """Every written module of the client, as it must stand."""
    rooms = [room for room in ROOMS if room is not health]  # asked by machines that watch
    return {CLIENT / name: format_source(text) for name, text in write_client(rooms).items()}


def format_source(source: str) -> str:
    for command in (["check", "--select", "I", "--fix", "--exit-zero", "-q"], ["format", "-q"]):
        done = subprocess.run(  # noqa: S603 - a program of the environment
            [RUFF, *command, "--stdin-filename", CLIENT / "written.py", "-"],
            input=source,
            capture_output=True,
            text=True,
            check=True,
        )
        source = done.stdout
    return source


def main() -> None:
    written = write_formatted()
    for path in set((CLIENT / "operations").glob("[!_]*.py")) - written.keys():
        path.unlink()
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
