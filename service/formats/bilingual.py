"""What the documents that we write have in common: strict parts, and texts in both languages."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from lca_models.errors import Text


class Part(BaseModel):
    """A part of a document of ours: frozen, without unknown fields, with finite numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Bilingual(Part):
    """A text in Chinese and English."""

    zh: str
    en: str

    def to_text(self) -> Text:
        """The text as the house speaks it."""
        return Text(en=self.en, zh=self.zh)


def to_bilingual(text: Text) -> Bilingual:
    """A text as documents carry it."""
    return Bilingual(zh=text.zh, en=text.en)
