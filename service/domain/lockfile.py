"""A lockfile: what a footprint was made from and how, so that anybody who may can make it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lca_models.errors import GreenchainError, RuleBrokenError, Text
from service.domain.submission import Period


class LockfileDiffersError(RuleBrokenError):
    """What was made again is not what the lockfile says."""

    code = "lockfile-differs"
    title = Text(en="The footprint cannot be made again", zh="碳足迹无法重现")


class LockfileIncompleteError(GreenchainError):
    """Texts are withheld without which nothing can be made again; each is listed."""

    code = "lockfile-incomplete"
    title = Text(en="Submissions are withheld", zh="部分提交数据未公开")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How something was calculated.

    Args:
        characterisation: Set of GWPs.
        library_version: Content hash of the background library.
        engine: Versions of what solved it, by package.
        greenchain: Version of this software.
        seed: What draws began with; 0 where nothing is drawn.
    """

    characterisation: str
    library_version: str
    engine: Mapping[str, str]
    greenchain: str
    seed: int = 0


@dataclass(frozen=True, slots=True)
class LockedPart:
    """One submission behind a footprint.

    Args:
        submission_id: Its id.
        product_id: The product that it is about.
        organisation_id: Whose it is.
        number: Its version.
        seal: Seal of its text.
    """

    submission_id: UUID
    product_id: UUID
    organisation_id: UUID
    number: int
    seal: str


@dataclass(frozen=True, slots=True)
class RoundedSupply:
    """Another firm's product that the footprint's owner sees with so many digits."""

    product_id: UUID
    organisation_id: UUID
    significant_digits: int


@dataclass(frozen=True, slots=True)
class Lockfile:
    """What one footprint was made from.

    Args:
        product_id: The product.
        period: The reporting period.
        recipe: How it was calculated.
        parts: The submissions behind it, in the order of their ids.
        supplies: Other firms' products that it draws on, in the order of their ids.
    """

    product_id: UUID
    period: Period
    recipe: Recipe
    parts: tuple[LockedPart, ...]
    supplies: tuple[RoundedSupply, ...] = ()

    @property
    def hash(self) -> str:
        """SHA-256 over all that the digits depend on, and those that the owner sees."""
        recipe = self.recipe
        return hash_of(
            {
                "product": str(self.product_id),
                "period": [self.period.start.isoformat(), self.period.end.isoformat()],
                "characterisation": recipe.characterisation,
                "library_version": recipe.library_version,
                "engine": dict(recipe.engine),
                "greenchain": recipe.greenchain,
                "seed": recipe.seed,
                "seals": sorted(part.seal for part in self.parts),
                "seen": [[str(s.product_id), s.significant_digits] for s in self.supplies],
            }
        )


def seal(content: Mapping[str, Any], salts: Iterable[str]) -> str:
    """A seal that nobody can open by guessing: who has content and salts can repeat it.

    Args:
        content: A JSON object.
        salts: What must be known beside it; their order does not matter.
    """
    return hash_of({"salts": sorted(salts), "content": content})


def hash_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of a JSON object in its one spelling: sorted keys, no spaces, shortest numbers."""
    spelled = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(spelled.encode()).hexdigest()
