"""What a password must be."""

from __future__ import annotations

import unicodedata

from lca_models.errors import RuleBrokenError, Text

# NIST SP 800-63B-4, 3.1.1.2 asks for 8 characters beside a second factor and 15 alone, and for no
# rules of composition; the second factor is free here, so this stands between.
SHORTEST = 12
LONGEST = 256


class WeakPasswordError(RuleBrokenError):
    """A password that is too short, or that everybody knows of its owner."""

    code = "weak-password"
    title = Text(en="Password is too weak", zh="密码过弱")


def fold_password(password: str) -> str:
    """A password in one spelling, whatever keyboard wrote it.

    Source: NIST SP 800-63B-4, 3.1.1.2.
    """
    return unicodedata.normalize("NFKC", password)


def refuse_weak(password: str, *, email: str, name: str) -> None:
    """Make sure that a password is long enough, and not what others know of its owner.

    Raises:
        WeakPasswordError: It is not; the password itself is never told.
    """
    if not SHORTEST <= len(fold_password(password)) <= LONGEST:
        raise WeakPasswordError(
            Text(
                en="The password needs {shortest} to {longest} characters.",
                zh="密码长度须为{shortest}至{longest}个字符。",
            ).format(shortest=SHORTEST, longest=LONGEST),
            Text(en="Take several words that nobody says together.", zh="建议使用多个不相关的词。"),
        )
    known = {_squeeze(word) for word in (email, email.partition("@")[0], name)}
    if _squeeze(password) in known or len(set(password)) == 1:
        raise WeakPasswordError(
            Text(
                en="The password is the name, the address or one character.",
                zh="密码不得与姓名、邮箱相同，也不得为单一字符。",
            ),
            Text(en="Take several words that nobody says together.", zh="建议使用多个不相关的词。"),
        )


def _squeeze(text: str) -> str:
    return "".join(fold_password(text).casefold().split())
