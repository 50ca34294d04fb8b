"""How a name is compared: whatever its width, case, spaces or hyphens."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """A name without what does not tell names apart: `ＨＤＰＥ` is `hdpe`, `PA 66` is `PA66`."""
    return fold_words(text).replace(" ", "")


def fold_words(text: str) -> str:
    """The same, with its words kept apart by single spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(plain.replace("-", " ").replace("_", " ").split())
