"""Removes what has served: answers to repeated posts, failed attempts, links and sessions."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, delete

from service.store import answered_posts
from service.store.tables.identity import AttemptRow, OneTimeLinkRow, SignedInRow


def remove_answered(session: Session, before: datetime) -> None:
    """Remove answers to posts that were kept in case they come again."""
    answered_posts.forget(session, before=before)


def remove_attempts(session: Session, before: datetime) -> None:
    """Remove failed attempts to sign in."""
    session.exec(delete(AttemptRow).where(col(AttemptRow.at) < before))


def remove_expired(session: Session, before: datetime) -> None:
    """Remove links and sessions that ran out before then, used or not."""
    session.exec(delete(OneTimeLinkRow).where(col(OneTimeLinkRow.expires_at) < before))
    session.exec(delete(SignedInRow).where(col(SignedInRow.expires_at) < before))
