"""The one tool of this checkout: it sets up, runs, tests and checks, and needs only Python.

    python3 dev.py COMMAND [ARGUMENTS]

What a command needs is installed into `.venv` at first use, exactly as the locks say; from then
on nothing is fetched, until a lock changes.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit("This project runs on Python 3.11, 3.12 or 3.13; this is " + sys.version.split()[0])

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"  # the project and its locked requirements, nothing else
BRIGHTWAY = ROOT / ".brightway"  # bw2data and bw2io for the tests, apart from all that serves
TOOLS = ROOT / ".tools"  # pip and uv, which fill the two
STAMP = "installed.json"  # written last: a folder without it was interrupted and is not trusted
CACHE = ROOT / ".cache"
BUILT = [VENV, BRIGHTWAY, TOOLS, CACHE, ROOT / ".hypothesis", ROOT / "build", ROOT / "dist"]

# Python's own variables would lead .venv astray; pip's would install somewhere else.
MISLEADING = {"PYTHONHOME", "PYTHONPATH", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV", "PIP_TARGET"}
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in MISLEADING} | {
    "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_USER": "0",
    "VIRTUAL_ENV": str(VENV),
}
# uv does not read pip's settings, and the way to a mirror may be the only way out.
PIP_TO_UV = {"cert": "SSL_CERT_FILE", "index-url": "UV_DEFAULT_INDEX"}

# Every check, by the name that a reader of its failure looks for.
CHECKS = {
    "formatter": ["ruff", "format", "--check", "."],
    "linter": ["ruff", "check", "."],
    "types": ["mypy"],
    "import contracts": ["lint-imports", "--no-logo", "--cache-dir", ".cache/imports"],
    "dependencies": ["deptry", "--no-ansi", "."],
    "architecture": ["pytest", "-q", "tests/architecture"],
}

# What is compiled from pyproject.toml, and from which part of it.
LOCKS = {
    "requirements.lock": ["pyproject.toml"],
    "requirements-dev.lock": ["pyproject.toml", "--group", "dev", "-c", "requirements.lock"],
    "requirements-brightway.lock": [
        *("pyproject.toml", "--extra", "brightway", "-c", "requirements-dev.lock")
    ],
    "requirements-tools.lock": ["--group", "tools", "-c", "requirements-dev.lock"],
}

MEASUREMENT = ("bench", "case", "value", "unit", "reference", "ratio", "peak_mb")


def demo(arguments: list[str]) -> int:
    """Compute the sample chain, print its result and write it to build/demo."""
    return hand_over("greenchain", "demo", *arguments)


def test(arguments: list[str]) -> int:
    """Run the tests; arguments go to pytest."""
    prepare_brightway()
    return hand_over("pytest", "-n", "auto", "--maxprocesses", "4", *arguments)


def check(_arguments: list[str]) -> int:
    """Run formatter, linter, types, import contracts, dependencies and architecture tests."""
    prepare()
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for name, (passed, seconds, output) in zip(
            CHECKS, pool.map(timed, CHECKS.values()), strict=True
        ):
            print(f"{name:<18}{'ok' if passed else 'FAILED':<8}{seconds:6.1f} s", flush=True)
            if not passed:
                failed.append(name)
                print(output, flush=True)
    print(f"Mend: {', '.join(failed)}" if failed else "All checks hold.")
    return 1 if failed else 0


def client(_arguments: list[str]) -> int:
    """Write the typed client from the routes."""
    return hand_over("python", "-m", "tests.client.writing")


def serve(arguments: list[str]) -> int:
    """Start the HTTP interface; arguments go to `greenchain serve`."""
    prepare()
    upgrade = [str(VENV / "bin" / "greenchain"), "db", "upgrade"]
    upgraded = subprocess.run(upgrade, cwd=ROOT, env=ENVIRONMENT, check=False)
    return upgraded.returncode or hand_over("greenchain", "serve", *arguments)


def reformat(_arguments: list[str]) -> int:
    """Format the code and apply the linter's safe corrections."""
    prepare()
    command = [str(VENV / "bin" / "ruff"), "format", "."]
    formatted = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=False)
    return formatted.returncode or hand_over("ruff", "check", "--fix", ".")


def lock(arguments: list[str]) -> int:
    """Write the locks from pyproject.toml; `--upgrade` takes the newest versions.

    A lock holds versions and hashes for every platform and Python, and no address: where
    packages come from is the business of the machine that installs them.
    """
    with alone() as descriptor:
        uv = find_uv(descriptor) or shutil.which("uv")
    if uv is None:
        sys.exit("Locks are written by uv, and it could not be installed. Is there a network?")
    everywhere = ["--universal", "--python-version", "3.11", "--fork-strategy", "fewest"]
    plain = ["--generate-hashes", "--no-header", "--no-annotate", "--quiet"]
    for name, source in LOCKS.items():
        command = [uv, "pip", "compile", *everywhere, *plain, *source, *arguments, "-o", name]
        subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=True)
        if "://" in (ROOT / name).read_text():
            sys.exit(f"{name} holds an address. Depend on published versions by name alone.")
        print(f"{name} written")
    return 0


def bench(arguments: list[str]) -> int:
    """Run benchmarks/*.py, or those whose names begin so; `--json` prints one object a line.

    A benchmark is a script that prints one JSON object a line, with the fields of `MEASUREMENT`:
    its own name, the case with its size, the value (a median) with its unit, the value to compare
    with (null if there is none), their ratio, and the most memory that the case took (null if not
    measured). Whatever else it has to say goes to stderr.
    """
    prepare()
    names = [name for name in arguments if name != "--json"]
    scripts = {path.stem: path for path in sorted((ROOT / "benchmarks").glob("[!_]*.py"))}
    chosen = [s for s in scripts if not names or s.startswith(tuple(names))]
    unknown = [name for name in names if not any(s.startswith(name) for s in scripts)]
    if unknown:
        sys.exit(f"No benchmark {', '.join(unknown)}. There are: {', '.join(scripts) or 'none'}.")
    if "--json" not in arguments:
        print(tabulated(MEASUREMENT))
    return max((measure(scripts[name], arguments) for name in chosen), default=0)


def clean(_arguments: list[str]) -> int:
    """Remove whatever this tool has built."""
    for path in BUILT:
        shutil.rmtree(path, ignore_errors=True)
    return 0


def hand_over(program: str, *arguments: str) -> int:
    """Become a program of .venv, so that signals reach it and nothing is left behind."""
    prepare()
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execve(VENV / "bin" / program, [program, *arguments], ENVIRONMENT)


def timed(command: list[str]) -> tuple[bool, float, str]:
    """Run one check and tell whether it passed, its seconds and what it said."""
    begun = time.monotonic()
    done = run([str(VENV / "bin" / command[0]), *command[1:]])
    return done.returncode == 0, time.monotonic() - begun, done.stdout


def measure(script: Path, arguments: list[str]) -> int:
    """Run one benchmark and print what it measured."""
    command = [str(VENV / "bin" / "python"), "-m", f"benchmarks.{script.stem}"]
    done = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT, check=False, stdout=subprocess.PIPE, text=True
    )
    for line in done.stdout.splitlines():
        row = json.loads(line)
        if tuple(row) != MEASUREMENT:
            sys.exit(f"{script.name} printed {', '.join(row)}, not {', '.join(MEASUREMENT)}")
        print(line if "--json" in arguments else tabulated(row.values()), flush=True)
    return done.returncode


def tabulated(values: Iterable[object]) -> str:
    """Lay out one row of the table of measurements."""
    cells = [f"{value:.4g}" if isinstance(value, float) else str(value) for value in values]
    return "{:<20} {:<58} {:>12} {:<8} {:>12} {:>10} {:>8}".format(*cells)


def prepare() -> None:
    """Let .venv hold this project and its locked requirements, at once if it already does."""
    wanted = {"requirements": digest("requirements-dev.lock"), "project": digest("pyproject.toml")}
    if found(VENV) == wanted:
        return
    with alone() as descriptor:
        if found(VENV).get("requirements") != wanted["requirements"]:
            print("Setting up .venv, once: it takes seconds, or a minute.", file=sys.stderr)
            make_environment(VENV, descriptor, "--without-pip")
            install(VENV, descriptor, "--require-hashes", "-r", "requirements-dev.lock")
        if found(VENV) != wanted:
            install(VENV, descriptor, "--no-build-isolation", "-e", ".")
            (VENV / STAMP).write_text(json.dumps(wanted))


def prepare_brightway() -> None:
    """Let .brightway hold what imports licensed databases, at once if it already does."""
    wanted = {"requirements": digest("requirements-brightway.lock")}
    if found(BRIGHTWAY) == wanted:
        return
    with alone() as descriptor:
        if found(BRIGHTWAY) != wanted:
            print("Setting up .brightway, once: it takes a minute.", file=sys.stderr)
            make_environment(BRIGHTWAY, descriptor, "--without-pip")
            install(BRIGHTWAY, descriptor, "--require-hashes", "-r", "requirements-brightway.lock")
            (BRIGHTWAY / STAMP).write_text(json.dumps(wanted))


def install(folder: Path, descriptor: int, *arguments: str) -> None:
    """Install into an environment with uv, or with pip where uv is not to be had."""
    uv = find_uv(descriptor)
    python = str(folder / "bin" / "python")
    pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "--python", python, "install", "--quiet"]
    commands = [[uv, "pip", "install", "--quiet", "--python", python]] if uv else []
    said = ""
    for command in [*commands, pip]:
        # Nothing is resolved: the lock is complete, and the project's own needs stand in it.
        done = run([*command, "--no-deps", *arguments], descriptor)
        if done.returncode == 0:
            return
        said += done.stdout
    sys.exit(f"{said}\nThe installation failed. The first one needs a network or a mirror.")


def find_uv(descriptor: int) -> str | None:
    """Bring uv into .tools if it is not there; None if that cannot be done."""
    wanted = {"requirements": digest("requirements-tools.lock")}
    uv = TOOLS / "bin" / "uv"
    pip = [str(TOOLS / "bin" / "python"), "-m", "pip"]
    if found(TOOLS) != wanted:
        make_environment(TOOLS, descriptor)
        command = [*pip, "install", "--quiet", "--no-deps", "--require-hashes"]
        if run([*command, "-r", "requirements-tools.lock"], descriptor).returncode:
            return None
        (TOOLS / STAMP).write_text(json.dumps(wanted))
    for line in run([*pip, "config", "list"]).stdout.splitlines():
        setting, _, value = line.partition("=")
        variable = PIP_TO_UV.get(setting.rpartition(".")[2])
        if variable:
            ENVIRONMENT.setdefault(variable, value.strip("'"))
    return str(uv)


def make_environment(folder: Path, descriptor: int, *options: str) -> None:
    """Make an empty environment of this Python, in place of what may be there."""
    if not (find_spec("venv") and find_spec("ensurepip")):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            "This Python cannot make environments. On Debian or Ubuntu install the package "
            f"python{version}-venv; elsewhere use a complete Python 3.11, 3.12 or 3.13."
        )
    (folder / STAMP).unlink(missing_ok=True)  # first, or a half-removed folder would look whole
    if folder.exists():
        shutil.rmtree(folder)
    done = run([sys.executable, "-m", "venv", *options, str(folder)], descriptor)
    if done.returncode:
        sys.exit(done.stdout)


def found(folder: Path) -> dict[str, str]:
    """Read what an environment was made from; empty if it is unfinished or its Python is gone."""
    try:
        stamp: dict[str, str] = json.loads((folder / STAMP).read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return stamp if (folder / "bin" / "python").exists() else {}


def digest(name: str) -> str:
    """Identify a file's content together with this Python and this checkout's place."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    place = f"{version} {sys.base_prefix} {ROOT}".encode()
    return hashlib.sha256(place + (ROOT / name).read_bytes()).hexdigest()


def run(command: list[str], *descriptors: int) -> subprocess.CompletedProcess[str]:
    """Run a program and keep what it says; it inherits these descriptors.

    An installer is given that of our lock, so that it cannot outlive us unnoticed.
    """
    return subprocess.run(
        command,
        cwd=ROOT,
        env=ENVIRONMENT,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        pass_fds=descriptors,
    )


@contextmanager
def alone() -> Iterator[int]:
    """Wait until no other dev.py, nor an installer that a killed one left, is at work here."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "dev.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file.fileno()


def main() -> int:
    """Do what the command line asks, or say what may be asked."""
    name, *arguments = sys.argv[1:] or ["--help"]
    functions = (demo, test, check, serve, client, lock, bench, clean)
    commands: dict[str, Callable[[list[str]], int]] = {each.__name__: each for each in functions}
    commands["format"] = reformat
    if name in commands:
        return commands[name](arguments)
    print(__doc__)
    for command, function in commands.items():
        print(f"  {command:<8}{(function.__doc__ or '').splitlines()[0]}")
    return 0 if name in {"-h", "--help", "help"} else 2


if __name__ == "__main__":
    sys.exit(main())
