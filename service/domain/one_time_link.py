"""A link that works once: to join a firm, or to set a new password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lca_models.errors import RuleBrokenError, Text
from service.domain.access import Right


class LinkPurpose(StrEnum):
    """What a link is good for."""

    JOIN = "join"
    RESET = "reset"


# Choices of ours: an invitation survives a holiday week, a reset is used while one waits for it.
LIFETIMES = {LinkPurpose.JOIN: timedelta(days=7), LinkPurpose.RESET: timedelta(hours=1)}


class LinkNotUsableError(RuleBrokenError):
    """A link that never was, has run out, or has been used: nothing tells which."""

    code = "link-not-usable"
    title = Text(en="Link cannot be used", zh="链接无法使用")


@dataclass(frozen=True, slots=True)
class OneTimeLink:
    """A link, without the token that proves its bearer.

    Args:
        id: Its id.
        organisation_id: The firm to join, or of the person.
        purpose: What it is good for.
        email: To whom it went, folded.
        rights: What whoever joins may do.
        created_at: When it was made.
        expires_at: Until when it works.
    """

    id: UUID
    organisation_id: UUID
    purpose: LinkPurpose
    email: str
    rights: frozenset[Right]
    created_at: datetime
    expires_at: datetime


def tell_link_unusable() -> LinkNotUsableError:
    """The one answer to every link that does not work."""
    return LinkNotUsableError(
        Text(
            en="The link is unknown, used or has run out.",
            zh="链接不存在、已使用或已过期。",
        ),
        Text(en="Ask for a new one.", zh="请重新获取链接。"),
    )
