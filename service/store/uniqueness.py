"""Turns the database's refusal of what stands already into an error that says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from lca_models.errors import Text
from service.domain.versions import TakenError


def taken(what: Text, value: str | None = None) -> TakenError:
    """The error of something that stands already."""
    return TakenError(
        Text(en="There is already {what}.", zh="已存在{what}。").format(what=what),
        Text(en="Use the one that stands, or change yours.", zh="请使用已有内容或修改后重试。"),
        value=value,
    )


@contextmanager
def refuse_taken(session: Session, what: Text, value: str | None = None) -> Iterator[None]:
    """Write what a unique key holds apart.

    Args:
        session: The transaction.
        what: What would stand twice, such as “a product with this code”.
        value: The key, as the caller gave it.

    Raises:
        TakenError: It stands already, be it since a moment ago.
    """
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        raise taken(what, value) from error
