"""The shipped data folder as texts, for tests that change one of its values."""

from pathlib import Path

from lca_models.facts.library import Library, read_library

FOLDER = Path(__file__).parents[2] / "lca_models" / "facts" / "data"


def files() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}


def library_with(name: str, old: str, new: str) -> Library:
    """The shipped library with one piece of text replaced in one file."""
    texts = files()
    assert texts[name].count(old) == 1, f"{old!r} must occur once in {name}"
    return read_library({**texts, name: texts[name].replace(old, new)})
