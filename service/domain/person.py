"""A person: somebody who signs in for a firm, and what it may do there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from email_validator import EmailNotValidError, validate_email

from lca_models.errors import Language, RuleBrokenError, Text
from service.domain.access import SCOPES_OF_RIGHTS, Right, Scope
from service.domain.versions import NotNowError


class InvalidEmailError(RuleBrokenError):
    """An e-mail address to which no letter can go."""

    code = "invalid-email"
    title = Text(en="E-mail address is not valid", zh="电子邮箱地址无效")


class EmailTakenError(RuleBrokenError):
    """Somebody signs in with this address already."""

    code = "email-taken"
    title = Text(en="E-mail address is taken", zh="该邮箱已被使用")


class SignInFailedError(RuleBrokenError):
    """Address and password do not belong together: nothing tells which of them is wrong."""

    code = "sign-in-failed"
    title = Text(en="Sign-in failed", zh="登录失败")


class OneTimeCodeError(RuleBrokenError):
    """The password is right, and a code of the second factor is missing, wrong or used."""

    code = "one-time-code"
    title = Text(en="One-time code needed", zh="需要动态验证码")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in.

    Args:
        id: Its id.
        organisation_id: The firm it works for.
        email: Its address, folded.
        name: What it is called.
        language: The language of its letters.
        rights: What it may do.
        created_at: When it joined.
        has_one_time_code: Whether signing in takes a one-time code.
        left_at: When it left.
        version: Counts its edits.
    """

    id: UUID
    organisation_id: UUID
    email: str
    name: str
    language: Language
    rights: frozenset[Right]
    created_at: datetime
    has_one_time_code: bool = False
    left_at: datetime | None = None
    version: int = 1

    @property
    def scopes(self) -> frozenset[Scope]:
        """What its rights come to."""
        return frozenset[Scope]().union(*(SCOPES_OF_RIGHTS[right] for right in self.rights))


def fold_email(address: str) -> str:
    """An address as it is looked up: without blanks around it, in small letters.

    RFC 5321 lets a host tell `Wang@` from `wang@`; none that people use does.
    """
    return address.strip().lower()


def read_email(address: str) -> str:
    """An address to which a letter can go, folded; whether its host exists is not asked.

    Raises:
        InvalidEmailError: It is none.
    """
    try:
        valid = validate_email(address.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise InvalidEmailError(
            Text(
                en="“{value}” is no e-mail address.", zh="“{value}”不是有效的电子邮箱地址。"
            ).format(value=address),
            Text(en="Write it as name@firm.example.", zh="请按name@firm.example的格式填写。"),
            value=address,
        ) from error
    return fold_email(valid.normalized)


def refuse_last_administrator(person: Person, people: Iterable[Person]) -> None:
    """Make sure that a firm keeps somebody who can invite others.

    Args:
        person: Who leaves, or gives up the right.
        people: All who work for the firm.

    Raises:
        NotNowError: It is the last who may administer.
    """
    others = (other for other in people if other.id != person.id and other.left_at is None)
    if Right.ADMINISTER in person.rights and not any(
        Right.ADMINISTER in other.rights for other in others
    ):
        raise NotNowError(
            Text(
                en="This is the last administrator of the organisation.",
                zh="该人员是本组织最后一名管理员。",
            ),
            Text(en="Make somebody else administrator first.", zh="请先指定其他管理员。"),
        )


def tell_email_taken() -> EmailTakenError:
    """The answer to whoever joins with an address that somebody signs in with."""
    return EmailTakenError(
        Text(en="Somebody signs in with this address already.", zh="该邮箱已有登录账户。"),
        Text(
            en="Sign in, have it removed from its organisation, or join with another address.",
            zh="请直接登录，或由原组织移除该账户，或使用其他邮箱。",
        ),
    )


def tell_sign_in_failed() -> SignInFailedError:
    """The one answer to every sign-in that fails."""
    return SignInFailedError(
        Text(en="E-mail address or password is wrong.", zh="邮箱或密码错误。"),
        Text(en="Try again, or ask for a new password.", zh="请重试，或申请重置密码。"),
    )


def tell_code_needed() -> OneTimeCodeError:
    """The answer to a right password without a code that holds."""
    return OneTimeCodeError(
        Text(
            en="The one-time code is missing, wrong or used.", zh="动态验证码缺失、错误或已使用。"
        ),
        Text(
            en="Send one_time_code with what your authenticator shows now.",
            zh="请在one_time_code中填写验证器当前显示的验证码。",
        ),
    )
