"""Words that members send: without blanks around them, and without characters that control."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from lca_models.errors import Text
from service.formats.bilingual import Part

LONGEST_LINE = 200
LONGEST_PARAGRAPH = 4_000

Line = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        min_length=1,
        max_length=LONGEST_LINE,
        pattern=r"^[^\x00-\x1f\x7f]*$",
    ),
    Field(examples=["钢板 Steel sheet"]),
]
Paragraph = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        min_length=1,
        max_length=LONGEST_PARAGRAPH,
        pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$",  # lines may break
    ),
    Field(examples=["请补充三月用电量。 Please add the electricity of March."]),
]


class BilingualLine(Part):
    """A name in Chinese and English; one may repeat the other."""

    zh: Line
    en: Line

    def to_text(self) -> Text:
        """The name as the house speaks it."""
        return Text(en=self.en, zh=self.zh)
