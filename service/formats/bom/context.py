"""What the rows of a bill of materials are read against, and what unmatched names may mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from lca_models.facts.library import Library
from lca_models.facts.search import Match, propose
from service.formats.bom.references import References

# A proposal costs some hundredths of a second: a file of foreign names must not take minutes.
_MAX_PROPOSED_NAMES = 50


@dataclass(slots=True)
class BomContext:
    """What rows are read against.

    Args:
        library: Published factors and their names.
        product_id: The product that the file is about; None takes what the output row names.
        references: What rows may refer to; None takes every reference as it stands.
        proposals: What unmatched names may mean, by row.
    """

    library: Library
    product_id: str | None
    references: References | None = None
    proposals: dict[int, tuple[Match, ...]] = field(default_factory=dict)
    _known: dict[str, tuple[Match, ...]] = field(default_factory=dict)

    def propose(self, row: int, text: str) -> None:
        """Note what an unmatched name may mean; it is for a person to choose."""
        if text not in self._known:
            if len(self._known) >= _MAX_PROPOSED_NAMES:
                return
            self._known[text] = propose(self.library, text)
        if self._known[text]:
            self.proposals[row] = self._known[text]
