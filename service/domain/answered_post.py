"""A request that names itself by an `Idempotency-Key`, so that it is done once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from lca_models.errors import RuleBrokenError, Text

KEPT_FOR = timedelta(hours=24)
_KEY = re.compile(r"[\x21-\x7e]{1,255}")


class IdempotencyKeyError(RuleBrokenError):
    """A key that is none, or that stands for another request already."""

    code = "idempotency-key"
    title = Text(en="The Idempotency-Key cannot be used", zh="Idempotency-Key不可用")


@dataclass(frozen=True, slots=True)
class NamedPost:
    """A request to be done once.

    Args:
        key: Its name, given by the caller.
        request_hash: SHA-256 of what it asks.
    """

    key: str
    request_hash: str


@dataclass(frozen=True, slots=True)
class PostAnswer:
    """What a request answered.

    Args:
        request_hash: SHA-256 of what was asked.
        status: Status of HTTP.
        headers: Names and values.
        body: Sealed: an answer may hold a secret that is shown once.
    """

    request_hash: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def name_post(key: str, parts: Iterable[bytes]) -> NamedPost:
    """Name a request by its key and all that it asks.

    Raises:
        IdempotencyKeyError: The key is none.
    """
    if not _KEY.fullmatch(key):
        raise IdempotencyKeyError(
            Text(
                en="The key is empty, too long or not printable.",
                zh="该键为空、过长或含不可见字符。",
            ),
            Text(
                en="Take 1 to 255 printable characters of ASCII without spaces, such as a UUID.",
                zh="请使用1至255个不含空格的ASCII可见字符，例如UUID。",
            ),
            value=key[:80],
        )
    digest = hashlib.sha256()
    for part in parts:  # told apart by their lengths
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return NamedPost(key, digest.hexdigest())


def refuse_other_request(named: NamedPost, answered: PostAnswer) -> None:
    """Make sure that a key stands for one request.

    Raises:
        IdempotencyKeyError: It stood for another.
    """
    if named.request_hash != answered.request_hash:
        raise IdempotencyKeyError(
            Text(en="The key has been used for another request.", zh="该键已用于另一个请求。"),
            Text(
                en="Take a new key for every new request; send the same only to repeat it.",
                zh="新请求请使用新的键；仅在重发同一请求时沿用原键。",
            ),
            value=named.key,
        )
