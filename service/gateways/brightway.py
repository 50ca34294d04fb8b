"""Runs the program that reads databases with Brightway, in a process and a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from lca_models.errors import Text
from service.domain.brightway_formats import BackgroundFormat
from service.domain.brought_database import BroughtDatabase
from service.domain.errors import BrightwayMissingError
from service.formats.brightway.imported import read_imported
from service.formats.errors import UnreadableFileError, UnsupportedFileError
from service.formats.sheets.cells import clean

# It is run by its path and never imported: what imports it would load `bw2data`.
_PROGRAM = Path(__file__).with_name("background_import.py")
# What a program needs of the world; passwords and tokens are not passed on to other people's code.
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP")
# A library of ecoinvent's size takes minutes; so long, something hangs.
_LONGEST_SECONDS = 4 * 3600.0
_MOST_WORDS = 400
_LOOK = "import importlib.util as u, sys; sys.exit(u.find_spec('bw2io') is None)"

_ENDLESS = Text(en="it did not end within {seconds:g} s", zh="{seconds:g}秒内未结束")
_KILLED = Text(
    en="it was ended by signal {signal}; memory may be short",
    zh="已被信号{signal}终止，可能是内存不足",
)
# What bw2io 0.9.17 does with them, tried without a network.
_BROKEN = {
    BackgroundFormat.ECOSPOLD1: Text(
        en="bw2io 0.9 refuses most EcoSpold 1 files for small departures from their schema.",
        zh="bw2io 0.9会因与规范的细微差异而拒绝大多数EcoSpold 1文件。",
    ),
    BackgroundFormat.SIMAPRO_BLOCK: Text(
        en="The block reader of bw2io 0.9 needs the network to read a file.",
        zh="bw2io 0.9的块读取器在读取文件时需要联网。",
    ),
    BackgroundFormat.OPENLCA_JSONLD: Text(
        en="bw2io 0.9 fails on the categories of most openLCA exports.",
        zh="bw2io 0.9无法处理多数openLCA导出文件中的类别。",
    ),
    BackgroundFormat.ILCD: Text(en="bw2io has no reader for ILCD.", zh="bw2io没有ILCD读取器。"),
}


def read_database(
    path: Path,
    kind: BackgroundFormat,
    python: Path | None,
    *,
    longest_seconds: float = _LONGEST_SECONDS,
) -> BroughtDatabase:
    """Read a database as Brightway does, without a network and without a trace in its projects.

    Args:
        path: File, or folder where the format is one of many files.
        kind: Its format.
        python: The Python of an environment with `brightway25`; None for the one that runs.
        longest_seconds: When to give up.

    Raises:
        UnsupportedFileError: `bw2io` does not read the format reliably.
        BrightwayMissingError: The environment has no `bw2io`.
        UnreadableFileError: The file is not of the format, or reading it comes to no end.
        FileNotFoundError: There is no such file.
    """
    _refuse_broken(kind)
    if not path.exists():
        raise FileNotFoundError(2, "missing", str(path))
    interpreter = _find_interpreter(str(python or sys.executable))
    with tempfile.TemporaryDirectory(prefix="greenchain-") as folder:
        output = Path(folder) / "database.json"
        command = [interpreter, "-I", "-X", "utf8", _PROGRAM, kind, path.resolve(), output]
        try:
            done = _run([str(each) for each in command], folder, longest_seconds)
        except subprocess.TimeoutExpired as error:
            raise _unreadable(path, kind, _ENDLESS.format(seconds=longest_seconds)) from error
        if done.returncode < 0:
            raise _unreadable(path, kind, _KILLED.format(signal=-done.returncode))
        if done.returncode or not output.exists():
            raise _unreadable(path, kind, _last_line(done.stderr))
        return read_imported(output.read_text(encoding="utf-8"))


def _run(command: list[str], folder: str, seconds: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - a named Python, our own program, no shell
        command,
        cwd=folder,
        env=_environment() | {"BRIGHTWAY2_DIR": folder, "HOME": folder},
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        timeout=seconds,
    )


def _refuse_broken(kind: BackgroundFormat) -> None:
    if kind in _BROKEN:
        raise UnsupportedFileError(
            _BROKEN[kind],
            Text(
                en="Open it in openLCA, SimaPro or Brightway and export it as {list}.",
                zh="请在openLCA、SimaPro或Brightway中打开，并导出为：{list}。",
            ).format(list=", ".join(each for each in BackgroundFormat if each not in _BROKEN)),
            value=kind,
        )


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


def _last_line(said: str) -> Text:
    lines = [clean(line) for line in said.splitlines() if line.strip()]
    last = lines[-1][:_MOST_WORDS] if lines else "—"
    return Text(en=last, zh=last)


def _find_interpreter(named: str) -> Path:
    """The program's absolute path: a link is kept, since it tells the environment."""
    found = shutil.which(named)
    if found is None:
        raise _missing(named)
    looked = subprocess.run(  # noqa: S603 - a named Python, our own words, no shell
        [found, "-I", "-c", _LOOK],
        env=_environment(),
        check=False,
        capture_output=True,
    )
    if looked.returncode:
        raise _missing(named)
    return Path(found).absolute()


def _missing(interpreter: str) -> BrightwayMissingError:
    return BrightwayMissingError(
        Text(
            en="“{python}” has no bw2io, which reads databases.",
            zh="“{python}”中没有读取数据库所需的bw2io。",
        ).format(python=interpreter),
        Text(
            en="Install greenchain[brightway] in an environment of its own and name its Python "
            "with --python or GREENCHAIN_BRIGHTWAY_PYTHON (docs/backgrounds.md).",
            zh="请在独立环境中安装greenchain[brightway]，再用--python或"
            "GREENCHAIN_BRIGHTWAY_PYTHON指定其Python（docs/backgrounds.md）。",
        ),
        value=interpreter,
    )


def _unreadable(path: Path, kind: BackgroundFormat, said: Text) -> UnreadableFileError:
    return UnreadableFileError(
        Text(
            en="bw2io cannot read “{name}” as {kind}: {said}.",
            zh="bw2io无法按{kind}格式读取“{name}”：{said}。",
        ).format(name=path.name, kind=kind, said=said),
        Text(
            en="Name the format that it has, or export it again.",
            zh="请指定正确的格式，或重新导出该文件。",
        ),
        value=path.name,
    )
