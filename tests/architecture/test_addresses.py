"""Where packages come from, and where a checkout lies, is each machine's own business."""

import re
from collections.abc import Iterator

from tests.architecture import tree

# Package registries and their mirrors; the classes keep this file from being a find of its own.
REGISTRY = re.compile(
    r"py[p]i\.(?:org|python)|py[t]honhosted\.|np[m]js\.|np[m]mirror\.|deb\.debi[a]n\."
    r"|mirrors?\.[\w-]+\.(?:com|cn|edu)|(?:index|registry)[-_]?url\s*="
)
MACHINE = re.compile(r"(?<![\w.:/}-])/(?:home|root|work|Users|mnt)/[\w.-]+")


def test_no_lock_holds_an_address() -> None:
    found = [path.name for path in tree.ROOT.glob("*.lock") if "://" in path.read_text()]
    assert not found, f"Write {', '.join(found)} again with python3 dev.py lock"


def test_no_file_names_a_package_registry() -> None:
    found = list(finds(REGISTRY))
    assert not found, "\n".join([*found, "Leave the registry to the machine's own settings"])


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    found = list(finds(MACHINE))
    assert not found, "\n".join([*found, "Start from the checkout or from a setting instead"])


def finds(pattern: re.Pattern[str]) -> Iterator[str]:
    for path in tree.files():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # no text
        for number, line in enumerate(lines, start=1):
            if match := pattern.search(line):
                yield f"{tree.name_of(path)}:{number}: {match.group()}"
