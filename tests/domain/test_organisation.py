"""Firms are known by identifiers that prove themselves, and by where they work."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.errors import InvalidIdentifierError
from service.domain.organisation import (
    Identifier,
    IdentifierScheme,
    Site,
    uscc_check_character,
)

USCC = IdentifierScheme.USCC
# GB 32100-2015: the alphabet and the weights 3^(n-1) modulo 31 of the places 1 to 17.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
# Codes of large firms, as public registers print them.
REGISTERED = (
    "914403001922038216",
    "9144030071526726XG",
    "91440300192317458F",
    "91110000802100433B",
    "91110108551385082Q",
    "91330100799655058B",
)


@pytest.mark.parametrize("code", REGISTERED)
def test_a_registered_code_is_accepted(code: str) -> None:
    assert Identifier(USCC, code).value == code


def test_the_check_character_is_worked_out_by_the_table_of_the_standard() -> None:
    # The weighted values of the 17 add up to 831 = 26 x 31 + 25, and 31 - 25 = 6.
    first = "91440300192203821"
    values = [ALPHABET.index(character) for character in first]
    total = sum(value * weight for value, weight in zip(values, WEIGHTS, strict=True))
    assert ALPHABET[(31 - total % 31) % 31] == uscc_check_character(first) == "6"


@settings(max_examples=100, deadline=None)
@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_any_code_of_the_standard_is_accepted_with_its_own_check_character_alone(
    first: str,
) -> None:
    total = sum(
        ALPHABET.index(character) * weight for character, weight in zip(first, WEIGHTS, strict=True)
    )
    right = ALPHABET[-total % 31]
    assert Identifier(USCC, first + right).value == first + right
    for wrong in set(ALPHABET) - {right}:
        with pytest.raises(InvalidIdentifierError):
            Identifier(USCC, first + wrong)


@pytest.mark.parametrize("place", range(17))
def test_one_mistyped_character_is_noticed(place: int) -> None:
    code = REGISTERED[1]
    other = "7" if code[place] != "7" else "8"
    with pytest.raises(InvalidIdentifierError):
        Identifier(USCC, code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize("place", range(16))
def test_two_swapped_characters_are_noticed(place: int) -> None:
    code = REGISTERED[1]
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(InvalidIdentifierError):
            Identifier(USCC, swapped)


def test_a_wrong_check_character_is_told_in_both_languages() -> None:
    with pytest.raises(InvalidIdentifierError) as caught:
        Identifier(USCC, "914403001922038217")
    told = caught.value.to_text()
    assert told.en == (
        "The check character of the unified social credit code “914403001922038217” is wrong. "
        "Copy the 18 characters from the business licence."
    )
    assert told.zh == (
        "统一社会信用代码“914403001922038217”的校验码不正确。请按营业执照填写18位统一社会信用代码。"
    )


@pytest.mark.parametrize(
    "code",
    [
        "91440300192203821",  # 17
        "9144030019220382166",  # 19
        "91440300192203821６",  # a wide digit
        "91440300192203821g",
        "9144030071526726xg",  # small letters
        "I1440300192203821I",  # a letter that the standard leaves out
        " 914403001922038216",
    ],
)
def test_a_malformed_code_is_told_what_one_looks_like(code: str) -> None:
    with pytest.raises(InvalidIdentifierError) as caught:
        Identifier(USCC, code)
    told = caught.value.to_text()
    assert told.en == (
        f"“{code}” is not a unified social credit code: 18 capitals and digits, without I, O, S, "
        "V, Z. Copy the 18 characters from the business licence."
    )
    assert told.zh.startswith(f"“{code}”不是有效的统一社会信用代码：应为18位数字或大写字母")


@pytest.mark.parametrize("scheme", list(IdentifierScheme))
def test_an_empty_identifier_is_refused(scheme: IdentifierScheme) -> None:
    with pytest.raises(InvalidIdentifierError) as caught:
        Identifier(scheme, "  ")
    told = caught.value.to_text()
    assert told.en == "The identifier is empty. Give the firm's number in its register."
    assert told.zh == "组织标识为空。请填写该企业的登记代码。"


def test_an_identifier_of_another_register_is_taken_as_it_is() -> None:
    assert Identifier(IdentifierScheme.OTHER, "七号").value == "七号"


@pytest.mark.parametrize("province", ["CN-SN", "CN-BJ", "DE-NW", "US-CA", "SG"])
def test_a_site_stands_in_a_subdivision(province: str) -> None:
    assert Site("plant", "厂区", province).province == province


@pytest.mark.parametrize("province", ["Shaanxi", "cn-sn", "CN_SN", "CN-", "", "CN-SHAANXI"])
def test_a_province_by_another_name_is_refused(province: str) -> None:
    with pytest.raises(InvalidIdentifierError) as caught:
        Site("plant", "厂区", province)
    told = caught.value.to_text()
    assert (
        told.en == f"“{province}” is not a province by ISO 3166-2. Write it as CN-SN for Shaanxi."
    )
    assert told.zh == f"“{province}”不是ISO 3166-2省级代码。例如陕西省填写CN-SN。"
