"""`/v1/joinings`, `/v1/password-resets`, `/v1/passwords`: what people do by links of letters.

Nobody is signed in here: the token of the link proves its bearer. A password is hashed between two
transactions, for it takes long: the link is looked up before, and used up after.
"""

from __future__ import annotations

from service.api.attempts import Attempting, Guess
from service.api.context import HashTurns, Wired
from service.api.routing import make_router
from service.api.transactions import Now
from service.domain.access import SERVICE
from service.domain.one_time_link import LinkPurpose
from service.domain.password import refuse_weak
from service.domain.person import fold_email
from service.formats.members.person import (
    NewPasswordDocument,
    NewPersonDocument,
    PersonDocument,
    ResetRequest,
    to_person_document,
)
from service.gateways.passwords import hash_password
from service.store import one_time_links
from service.store.session import open_transaction
from service.use_cases.ask_reset import ask_reset
from service.use_cases.join import Newcomer, join
from service.use_cases.reset_password import reset_password
from service.wiring import Members

router = make_router("sessions")
_BEARER = "bearer of a link"


@router.post("/v1/joinings", status_code=201)
def join_by_link(
    asked: NewPersonDocument, wiring: Wired, turns: HashTurns, attempts: Attempting, now: Now
) -> PersonDocument:
    """Join an organisation by the link of a letter; then sign in."""
    members = wiring.members
    with attempts.guard(Guess.LINK, asked.token):
        email = _find_address(members, asked.token, LinkPurpose.JOIN)
        refuse_weak(asked.password, email=email, name=asked.name)
        with turns.take():
            newcomer = Newcomer(asked.name, asked.language, hash_password(asked.password))
        with open_transaction(members.engine, SERVICE, actor=_BEARER) as session:
            person = join(session, asked.token, newcomer, now=now)
    return to_person_document(person)


@router.post("/v1/password-resets", status_code=202)
def ask_for_reset(asked: ResetRequest, wiring: Wired, attempts: Attempting, now: Now) -> None:
    """Ask for a letter with a link; the answer is the same whether the address is known or not."""
    attempts.spend(Guess.RESET_LETTER, fold_email(asked.email))
    with open_transaction(wiring.members.engine, SERVICE) as session:
        ask_reset(session, asked.email, keyring=wiring.members.keyring, now=now)


@router.post("/v1/passwords", status_code=204)
def set_password(
    asked: NewPasswordDocument, wiring: Wired, turns: HashTurns, attempts: Attempting, now: Now
) -> None:
    """Set a new password by the link of a letter; sessions under the old one end."""
    members = wiring.members
    with attempts.guard(Guess.LINK, asked.token):
        email = _find_address(members, asked.token, LinkPurpose.RESET)
        refuse_weak(asked.password, email=email, name="")
        with turns.take():
            password_hash = hash_password(asked.password)
        with open_transaction(members.engine, SERVICE, actor=_BEARER) as session:
            person = reset_password(session, asked.token, password_hash, now=now)
    attempts.pardon(Guess.SIGN_IN, person.email)


def _find_address(members: Members, token: str, purpose: LinkPurpose) -> str:
    """To whom a link went, if it works."""
    with open_transaction(members.engine, SERVICE, reading=True) as session:
        return one_time_links.get_usable(session, token, purpose, now=members.clock()).email
