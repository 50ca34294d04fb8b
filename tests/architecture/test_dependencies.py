"""What pyproject.toml asks for stands in the locks, and each exception to a rule says why."""

import re
import tomllib
from typing import Any

import pytest

from tests.architecture import tree

PYPROJECT = tree.ROOT / "pyproject.toml"


def settings() -> dict[str, Any]:
    return tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))


def plain(requirement: str) -> str:
    """Name a requirement as a lock does: `bw_processing>=1.6` is `bw-processing`."""
    return re.split(r"[^\w.-]", requirement)[0].replace("_", "-").replace(".", "-").lower()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_dependency_is_locked(lock: str) -> None:
    asked = list(settings()["project"]["dependencies"])
    if lock == "requirements-dev.lock":
        groups = settings()["dependency-groups"]
        asked += [name for name in groups["dev"] if isinstance(name, str)] + groups["build"]
    missing = {plain(name) for name in asked} - set(locked(lock))
    assert not missing, f"{lock} lacks {sorted(missing)}: run python3 dev.py lock"


def test_both_locks_hold_the_same_versions() -> None:
    everything = locked("requirements-dev.lock")
    differing = {
        name: (version, everything.get(name))
        for name, version in locked("requirements.lock").items()
        if everything.get(name) != version
    }
    assert not differing, f"{differing}: run python3 dev.py lock"


def test_the_offline_importer_is_in_no_lock() -> None:
    names = {"bw2data", "bw2io", "brightway25"}
    assert not names & set(locked("requirements-dev.lock")), (
        "bw2calc would load bw2data at import, slowly, and write into the user's home"
    )


def test_every_exception_from_a_lint_rule_says_why() -> None:
    rule = re.compile(r'^ {4}"[A-Z]+\d*",')
    silent = [
        line.strip()
        for line in PYPROJECT.read_text(encoding="utf-8").splitlines()
        if rule.match(line) and "#" not in line
    ]
    assert not silent, f"Say on the same line why: {silent}"


def test_every_exception_in_the_code_says_why() -> None:
    bare = re.compile(
        r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?|type: ignore\[[\w, -]+\])\s*$"
    )
    silent = [
        f"{tree.name_of(path)}:{number}: add the reason after the rule"
        for path in tree.modules(*tree.SOURCES)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if bare.search(line)
    ]
    assert not silent, "\n".join(silent)


def locked(name: str) -> dict[str, str]:
    """Versions by package, as a lock pins them."""
    text = (tree.ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, flags=re.MULTILINE))
