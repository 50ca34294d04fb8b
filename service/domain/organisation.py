"""An organisation: who takes part in a chain, and the identifier that proves it is one firm."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from lca_models.errors import Text
from service.domain.errors import InvalidIdentifierError

# GB 32100-2015: 18 characters of an alphabet without I, O, S, V, Z; the last is a check digit over
# the first 17, each weighted by a power of 3 modulo 31.
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_LENGTH = 18
_USCC_WEIGHT_ROOT = 3
_PROVINCE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


class IdentifierScheme(StrEnum):
    """Registers that number firms."""

    USCC = "uscc"
    LEI = "lei"
    DUNS = "duns"
    OTHER = "other"


class Role(StrEnum):
    """What an organisation does in a chain, or for those in it."""

    LEAD = "lead"
    SUPPLIER = "supplier"
    RECYCLER = "recycler"
    VERIFIER = "verifier"
    OPERATOR = "operator"


def uscc_check_character(first_seventeen: str) -> str:
    """The check character of a unified social credit code.

    Source: GB 32100-2015, section 5 (check character by modulus 31).
    """
    modulus = len(_USCC_ALPHABET)
    total = sum(
        _USCC_ALPHABET.index(character) * pow(_USCC_WEIGHT_ROOT, position, modulus)
        for position, character in enumerate(first_seventeen)
    )
    return _USCC_ALPHABET[-total % modulus]


def verify_province(value: str) -> None:
    """Make sure that a subdivision is written as in ISO 3166-2.

    Raises:
        InvalidIdentifierError: It is not.
    """
    if not _PROVINCE.fullmatch(value):
        raise InvalidIdentifierError(
            Text(
                en="“{value}” is not a province by ISO 3166-2.",
                zh="“{value}”不是ISO 3166-2省级代码。",
            ).format(value=value),
            Text(en="Write it as CN-SN for Shaanxi.", zh="例如陕西省填写CN-SN。"),
            value=value,
        )


@dataclass(frozen=True, slots=True)
class Identifier:
    """The number of a firm in a register.

    Raises:
        InvalidIdentifierError: A unified social credit code has a wrong length, character or check
            character; or the value is empty.
    """

    scheme: IdentifierScheme
    value: str

    def __post_init__(self) -> None:
        """Verify the value against the rules of its register."""
        if not self.value.strip():
            raise InvalidIdentifierError(
                Text(en="The identifier is empty.", zh="组织标识为空。"),
                Text(en="Give the firm's number in its register.", zh="请填写该企业的登记代码。"),
            )
        if self.scheme is IdentifierScheme.USCC:
            self._verify_uscc()

    def _verify_uscc(self) -> None:
        cure = Text(
            en="Copy the 18 characters from the business licence.",
            zh="请按营业执照填写18位统一社会信用代码。",
        )
        if len(self.value) != _USCC_LENGTH or any(c not in _USCC_ALPHABET for c in self.value):
            raise InvalidIdentifierError(
                Text(
                    en="“{value}” is not a unified social credit code: 18 capitals and digits, "
                    "without I, O, S, V, Z.",
                    zh="“{value}”不是有效的统一社会信用代码：应为18位数字或大写字母（不含I、O、S、V、Z）。",
                ).format(value=self.value),
                cure,
                value=self.value,
            )
        if uscc_check_character(self.value[:-1]) != self.value[-1]:
            raise InvalidIdentifierError(
                Text(
                    en="The check character of the unified social credit code “{value}” is wrong.",
                    zh="统一社会信用代码“{value}”的校验码不正确。",
                ).format(value=self.value),
                cure,
                value=self.value,
            )


@dataclass(frozen=True, slots=True)
class Site:
    """A place where a firm works.

    Args:
        id: Key within the firm.
        name: Name of the site.
        province: Subdivision by ISO 3166-2, such as `CN-SN` for Shaanxi.
    """

    id: str
    name: str
    province: str

    def __post_init__(self) -> None:
        """Refuse a province that is not written as ISO 3166-2."""
        verify_province(self.province)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A firm of a chain.

    Args:
        id: Key within the chain.
        name: Name in both languages; one may repeat the other.
        identifier: Its number in a register.
        roles: What it does in the chain.
        sites: Where it works.
    """

    id: str
    name: Text
    identifier: Identifier
    roles: tuple[Role, ...] = ()
    sites: tuple[Site, ...] = ()
