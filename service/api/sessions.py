"""`/v1/sessions` and `/v1/one-time-codes`: how people sign in, and their second factor."""

from __future__ import annotations

from uuid import UUID

from fastapi import Request

from service.api.attempts import Attempting, Guess
from service.api.callers import Calling
from service.api.context import HashTurns, Wired
from service.api.routing import make_router
from service.api.transactions import Now, Reading, Transaction
from service.domain.access import SERVICE, Caller
from service.domain.person import fold_email, tell_sign_in_failed
from service.formats.members.person import (
    CallerDocument,
    OfferedSecretDocument,
    OneTimeCodeDocument,
    SessionDocument,
    SignInRequest,
    to_caller_document,
    to_person_document,
)
from service.gateways.passwords import matches
from service.store import people
from service.store.session import open_transaction
from service.use_cases.enrol_one_time_code import confirm_secret, offer_secret
from service.use_cases.sign_in import sign_in
from service.use_cases.sign_out import sign_out

router = make_router("sessions")


@router.post("/v1/sessions", status_code=201)
def begin_session(
    asked: SignInRequest, wiring: Wired, turns: HashTurns, attempts: Attempting, now: Now
) -> SessionDocument:
    """Sign in; whoever fails too often must wait longer and longer."""
    members, email = wiring.members, fold_email(asked.email)
    with attempts.guard(Guess.SIGN_IN, email):
        with open_transaction(members.engine, SERVICE, reading=True) as session:
            known = people.find_credentials(session, email)
        with turns.take():  # no transaction is open meanwhile
            proved = matches(asked.password, known.password_hash if known else None)
        if known is None or not proved:
            raise tell_sign_in_failed()
        actor = f"person:{known.person.id}"
        with open_transaction(members.engine, SERVICE, actor=actor) as session:
            begun = sign_in(session, known, asked.one_time_code, keyring=members.keyring, now=now)
    return SessionDocument(
        token=begun.token, expires_at=begun.expires_at, person=to_person_document(begun.person)
    )


@router.get("/v1/sessions/current")
def get_session(session: Reading, caller: Calling) -> CallerDocument:
    """Tell as whom you are signed in, and what you may do."""
    return to_caller_document(caller, people.get(session, _person_of(caller)))


@router.delete("/v1/sessions/current", status_code=204)
def end_session(request: Request, session: Transaction, caller: Calling, now: Now) -> None:
    """Sign out."""
    _, _, token = request.headers["authorization"].partition(" ")
    sign_out(session, caller, token.strip(), now=now)


@router.post("/v1/one-time-codes", status_code=201)
def offer_one_time_codes(
    session: Transaction, wiring: Wired, caller: Calling, now: Now
) -> OfferedSecretDocument:
    """Get a secret for your authenticator; confirm it with a code."""
    offered = offer_secret(session, _person_of(caller), keyring=wiring.members.keyring, now=now)
    return OfferedSecretDocument(secret=offered.secret, uri=offered.uri)


@router.post("/v1/one-time-codes/confirmation", status_code=204)
def confirm_one_time_codes(
    asked: OneTimeCodeDocument, session: Transaction, wiring: Wired, caller: Calling, now: Now
) -> None:
    """Send a code of your authenticator: from now on signing in takes one."""
    confirm_secret(session, _person_of(caller), asked.code, keyring=wiring.members.keyring, now=now)


def _person_of(caller: Caller) -> UUID:
    """The person that calls; the rules of these routes turn machines away."""
    assert caller.person_id is not None  # noqa: S101 - held by the rule
    return caller.person_id
