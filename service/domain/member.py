"""A member: an organisation that signed up, with what it does here and where it works."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lca_models.errors import RuleBrokenError, Text
from service.domain.organisation import Identifier, Role, verify_province

# GB/T 4754-2017: a section A to T, then two digits (division), three (group) or four (class).
_INDUSTRY = re.compile(r"[A-T][0-9]{2,4}")


class AlreadyRegisteredError(RuleBrokenError):
    """The number of a firm stands in the service already; nothing else is told of that firm."""

    code = "already-registered"
    title = Text(en="Already registered", zh="该组织已注册")


class InvalidMemberError(RuleBrokenError):
    """What is said of an organisation cannot be so."""

    code = "invalid-member"
    title = Text(en="Organisation is not valid", zh="组织信息无效")


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation of the service.

    Args:
        id: Its id here.
        name: Name in both languages.
        identifier: Its number in a register.
        roles: What it does here.
        industry: Class of GB/T 4754-2017, such as `C3130`.
        created_at: When it signed up.
        suspended_at: Since when it may not call; None while it may.
        version: Counts its edits.

    Raises:
        InvalidMemberError: The industry is not written as in GB/T 4754-2017.
    """

    id: UUID
    name: Text
    identifier: Identifier
    roles: frozenset[Role]
    industry: str | None
    created_at: datetime
    suspended_at: datetime | None = None
    version: int = 1

    def __post_init__(self) -> None:
        """Verify how the industry is written; which codes there are is the standard's business."""
        if self.industry is not None and not _INDUSTRY.fullmatch(self.industry):
            raise InvalidMemberError(
                Text(
                    en="“{value}” is not an industry by GB/T 4754-2017.",
                    zh="“{value}”不是GB/T 4754-2017行业代码。",
                ).format(value=self.industry),
                Text(
                    en="Write a letter A to T and two to four digits, such as C3130.",
                    zh="请填写门类字母A–T加2至4位数字，例如C3130。",
                ),
                value=self.industry,
            )


@dataclass(frozen=True, slots=True)
class MemberSite:
    """A place where a member works; the province by ISO 3166-2.

    Raises:
        InvalidIdentifierError: The province is not written as in ISO 3166-2.
    """

    id: UUID
    member_id: UUID
    name: str
    province: str
    version: int = 1

    def __post_init__(self) -> None:
        """Verify the province."""
        verify_province(self.province)


def refuse_roles(roles: AbstractSet[Role]) -> None:
    """Make sure that a firm which signs up takes part, and does not run the service.

    Raises:
        InvalidMemberError: No role, or the operator's.
    """
    if not roles or Role.OPERATOR in roles:
        raise InvalidMemberError(
            Text(
                en="A member is lead, supplier, recycler or verifier, or several of them.",
                zh="成员角色须为链主企业、供应商、再生利用企业或核查机构中的一项或多项。",
            ),
            Text(
                en="Operators are made by greenchain operator create.",
                zh="运营方请通过greenchain operator create创建。",
            ),
        )


def refuse_registered(identifier: Identifier) -> AlreadyRegisteredError:
    """The answer to whoever registers a number a second time."""
    return AlreadyRegisteredError(
        Text(
            en="An organisation with the {scheme} number “{value}” is registered already.",
            zh="{scheme}编号“{value}”的组织已注册。",
        ).format(scheme=identifier.scheme.value.upper(), value=identifier.value),
        Text(
            en="Ask its administrator for an invitation, or the operator.",
            zh="请联系该组织管理员获取邀请，或联系平台运营方。",
        ),
    )
