"""Tokens that are forged, foreign or of an older secret."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from service.domain.access import SERVICE, Caller
from service.domain.organisation import Role
from service.gateways.keyring import Keyring
from service.store.session import open_transaction
from service.use_cases.authenticate import authenticate
from service.use_cases.issue_token import write_claims
from tests.members import SECRET, Seat, Service

OLD, NEW = SECRET.encode(), b"a newer secret of thirty-two characters"


@pytest.fixture
def firm(service: Service) -> Seat:
    return service.join("Firm", Role.LEAD)


def find(firm: Seat, token: str, keyring: Keyring | None = None) -> Caller | None:
    members = firm.service.wiring.members
    with open_transaction(members.engine, SERVICE, reading=True) as session:
        return authenticate(
            session,
            token,
            keyring=keyring or members.keyring,
            issuer=members.public_url,
            now=members.clock(),
        )


def encode(part: Mapping[str, object]) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def test_forged_tokens_prove_nobody(firm: Seat) -> None:
    token = firm.token()
    head, body, seal = token.split(".")
    claims = json.loads(urlsafe_b64decode(body + "=="))
    header = json.loads(urlsafe_b64decode(head + "=="))
    found = find(firm, token)
    assert found is not None
    assert found.organisation_id == firm.id
    forged = (
        f"{encode({'alg': 'none'})}.{body}.",
        f"{encode(header | {'alg': 'none'})}.{body}.{seal}",
        f"{encode(header | {'alg': 'HS256'})}.{body}.{seal}",
        f"{encode({'alg': 'Ed25519', 'kid': 'unknown'})}.{body}.{seal}",
        f"{head}.{encode(claims | {'exp': claims['exp'] + 60})}.{seal}",
        f"{head}.{body}.{'A' * len(seal)}",
        f"{head}.{body}",
        f"{head}.{body}.{seal}.{seal}",
        "..",
        "",
        Keyring([NEW]).sign(claims),
    )
    assert [find(firm, each) for each in forged] == [None] * len(forged)


def test_a_token_of_another_service_with_the_same_secret_proves_nobody(firm: Seat) -> None:
    claims = write_claims(
        firm.client,
        firm.client.scopes,
        issuer="https://elsewhere.example",
        now=firm.client.created_at,
    )
    assert find(firm, firm.service.wiring.members.keyring.sign(claims)) is None


def test_a_token_of_an_older_secret_holds_while_that_is_known(firm: Seat) -> None:
    token, sealed = firm.token(), Keyring([OLD]).seal("text")
    assert find(firm, token, Keyring([NEW, OLD])) is not None
    assert find(firm, token, Keyring([NEW])) is None
    assert Keyring([NEW, OLD]).unseal(sealed) == "text"
    assert Keyring([NEW]).unseal(sealed) is None


def test_a_token_without_an_end_proves_nobody() -> None:
    keyring, now = Keyring([OLD]), datetime(2026, 3, 2, tzinfo=UTC)
    claims = {"iss": "here", "sub": "client", "exp": int(now.timestamp()) + 1}
    assert keyring.read(keyring.sign(claims), issuer="here", now=now) == claims
    del claims["exp"]
    assert keyring.read(keyring.sign(claims), issuer="here", now=now) is None
