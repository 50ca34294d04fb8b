"""Requests for tokens, as machines write them."""

from base64 import b64encode

import pytest

from service.domain.client import TokenProblem, TokenRefusedError
from service.formats.members.token_request import read_token_request

GRANT = ("grant_type", "client_credentials")
IN_FORM = [GRANT, ("client_id", "a"), ("client_secret", "b c")]


def basic(text: str) -> str:
    return f"Basic {b64encode(text.encode()).decode()}"


def test_credentials_stand_in_the_header_or_in_the_form() -> None:
    header = read_token_request([GRANT, ("scope", "read")], basic("a:b%20c"))
    assert (header.client_id, header.secret, header.scope) == ("a", "b c", "read")
    form = read_token_request(IN_FORM, None)
    assert (form.client_id, form.secret, form.scope) == ("a", "b c", None)
    assert read_token_request([*IN_FORM, ("audience", "x")], basic("a:b+c")) == form
    assert "b c" not in repr(form)


@pytest.mark.parametrize(
    ("fields", "authorization", "problem"),
    [
        ([], basic("a:b"), TokenProblem.INVALID_REQUEST),
        ([GRANT, GRANT], basic("a:b"), TokenProblem.INVALID_REQUEST),
        (IN_FORM, basic("other:b c"), TokenProblem.INVALID_REQUEST),
        (IN_FORM, basic("a:other"), TokenProblem.INVALID_REQUEST),
        ([("grant_type", "password")], basic("a:b"), TokenProblem.UNSUPPORTED_GRANT_TYPE),
        ([GRANT], None, TokenProblem.INVALID_CLIENT),
        ([GRANT, ("client_id", "a")], None, TokenProblem.INVALID_CLIENT),
        ([GRANT], "Bearer abc", TokenProblem.INVALID_CLIENT),
        ([GRANT], "Basic ???", TokenProblem.INVALID_CLIENT),
        ([GRANT], "Basic /w==", TokenProblem.INVALID_CLIENT),
        ([GRANT], basic("no colon"), TokenProblem.INVALID_CLIENT),
    ],
)
def test_what_is_wrong_is_named_as_the_standard_names_it(
    fields: list[tuple[str, str]], authorization: str | None, problem: TokenProblem
) -> None:
    with pytest.raises(TokenRefusedError) as caught:
        read_token_request(fields, authorization)
    assert caught.value.problem is problem
