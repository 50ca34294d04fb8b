"""The play: firms draw a chain, submit, accept and read, all of it over HTTP.

An operator, a lead firm, six suppliers in three tiers, two recyclers, a rival, a verifier.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import httpx

from service.client.client import Client
from service.client.connection import Machine, Token
from service.client.problems import RefusedError
from service.domain.access import Scope
from service.domain.job import JobKind, JobState
from service.domain.organisation import Role
from service.formats.members.appointment import NewAppointmentDocument, NewVerificationDocument
from service.formats.members.chain import NewChainDocument
from service.formats.members.client import NewClientDocument
from service.formats.members.data_request import NewDataRequestDocument
from service.formats.members.invitation import (
    AcceptanceDocument,
    NewInvitationDocument,
    RegistrationDocument,
)
from service.formats.members.job import JobDocument
from service.formats.members.link import LinkAcceptanceDocument, NewLinkDocument
from service.formats.members.member import NewMemberDocument
from service.formats.members.person import NewPersonDocument, SignInRequest
from service.formats.members.product import NewProductDocument
from service.formats.members.submission import SubmissionAsked
from tests.members import make_uscc
from tests.play.cast import CAST, PARTS, RIVAL, Part, upstream_first
from tests.play.stage import PASSWORD, WAIT_SECONDS, Stage, await_letter, open_client

RELEASES = 2  # on the day of the play, and on the day after
YEAR = {"start": "2025-01-01", "end": "2025-12-31"}
TOKEN = re.compile(r"token=([\w-]+)")
CODE = re.compile(r"code=([\w-]+)")


@dataclass
class Player:
    """A firm on the stage: its machine's client, and the ids of what it has."""

    client: Client
    organisation_id: UUID
    product_id: UUID | None = None
    submission_id: UUID | None = None


@dataclass
class Play:
    """All that happens, in its order."""

    stage: Stage
    http: httpx.Client
    players: dict[str, Player] = field(default_factory=dict)
    links: dict[tuple[str, str], UUID] = field(default_factory=dict)
    requests: dict[tuple[str, str], UUID] = field(default_factory=dict)
    chain_id: UUID = field(default_factory=lambda: UUID(int=0))

    def run(self) -> None:
        self.open()
        self.gather()
        self.link()
        self.ask()
        for part in upstream_first():
            self.submit(part)
        self.settle()

    def open(self) -> None:
        """The operator registers the lead firm and the verifier; the lead draws its chain."""
        self.operator = self.connect(self.sign_in("operator"))
        for name, role in (("lead", Role.LEAD), ("verifier", Role.VERIFIER)):
            self.operator.members.create_organisation(member(name, role))
            self.players[name] = self.enter(name)
        lead = self.players["lead"].client
        chain = NewChainDocument.model_validate(
            {"name": {"zh": "车桥", "en": "axles"}, "product_family": "axles", "base_year": 2025}
        )
        self.chain_id = lead.chains.create_chain(chain).id
        self.offer(PARTS["lead"])
        lead.chains.put_chain_product(self.chain_id, self.product("lead"))

    def gather(self) -> None:
        """Each firm invites those that it buys from; they register, and offer their product."""
        for part in [*CAST[1:], RIVAL]:
            assert part.invited_by is not None
            inviter = self.players[part.invited_by].client
            address = address_of(part.name)
            asked = NewInvitationDocument(email=address)
            inviter.invitations.create_invitation(self.chain_id, asked)
            code = found(CODE, await_letter(self.stage, address, "code="))
            organisation = member(part.name, part.role).model_dump(mode="json")
            given = {"code": code, "organisation": organisation}
            registration = RegistrationDocument.model_validate(given)
            stranger = self.connect().invitations
            once(partial(stranger.create_invited_organisation, registration))
            self.players[part.name] = self.enter(part.name)
            self.offer(part)

    def meet(self, buyer: str, supplier: str) -> None:
        """A firm that is in the chain already takes a code from another that buys from it."""
        asked = NewInvitationDocument()
        sent = self.players[buyer].client.invitations.create_invitation(self.chain_id, asked)
        accepted = AcceptanceDocument(code=sent.code)
        self.players[supplier].client.invitations.create_invitation_acceptance(accepted)

    def link(self) -> None:
        """Who buys says so; who supplies agrees."""
        for buyer in CAST:
            for supplier in buyer.buys:
                if PARTS[supplier].invited_by != buyer.name:
                    self.meet(buyer.name, supplier)
                proposal = {
                    "product_id": self.product(buyer.name),
                    "supplier_id": self.players[supplier].organisation_id,
                    "material": PARTS[supplier].product,
                }
                link = self.players[buyer.name].client.links.create_link(
                    self.chain_id, NewLinkDocument.model_validate(proposal)
                )
                agreed = LinkAcceptanceDocument(product_id=self.product(supplier))
                self.players[supplier].client.links.create_link_acceptance(link.id, agreed)
                self.links[buyer.name, supplier] = link.id

    def ask(self) -> None:
        """Every buyer asks its suppliers for the data of the year; the first one asked answers."""
        asked = NewDataRequestDocument.model_validate({"period": YEAR, "due_on": "2099-12-31"})
        for buyer, supplier in self.links:
            if any(known == supplier for _, known in self.requests):
                continue
            request = self.players[buyer].client.data_requests.create_data_request(
                self.links[buyer, supplier], asked
            )
            self.requests[buyer, supplier] = request.id

    def submit(self, part: Part) -> None:
        """A firm drafts, hands in, and whoever asked accepts; without an asker it does itself."""
        player = self.players[part.name]
        drafted = player.client.submissions.draft_submission(
            self.product(part.name), self.submission(part)
        )
        player.submission_id = drafted.id
        submitted = player.client.submissions.submit_submission(drafted.id)
        self.await_job(player.client, submitted.job)
        reviews = player.client.reviews.list_reviews(submission=drafted.id).items
        if not reviews:  # nobody asked, or what was asked for is answered
            player.client.decisions.accept_own_submission(drafted.id)
        for review in reviews:
            buyer = self.find_player(review.reviewer_id)
            buyer.client.decisions.accept_reviewed_submission(review.id)

    def find_player(self, organisation_id: UUID) -> Player:
        players = self.players.values()
        return next(each for each in players if each.organisation_id == organisation_id)

    def settle(self) -> None:
        """Wait until every job is done."""
        until = time.monotonic() + WAIT_SECONDS
        while self.count_jobs(JobState.QUEUED) + self.count_jobs(JobState.RUNNING):
            assert time.monotonic() < until, "jobs do not end"
            time.sleep(0.05)

    def await_batch(self) -> None:
        """Wait until the release of the day is done."""
        until = time.monotonic() + WAIT_SECONDS
        while len(self.operator.jobs.list_jobs(kind=JobKind.RELEASE_BATCH).items) < RELEASES:
            assert time.monotonic() < until, "no worker sees the new day"
            time.sleep(0.05)
        self.settle()

    def count_jobs(self, state: JobState) -> int:
        return len(self.operator.jobs.list_jobs(state=state).items)

    def appoint_verifier(self) -> UUID:
        """The forge has its submission verified."""
        forge, verifier = self.players["forge"], self.players["verifier"]
        forge.client.appointments.create_appointment(
            NewAppointmentDocument(verifier=verifier.organisation_id, product=forge.product_id)
        )
        stated = NewVerificationDocument.model_validate(
            {"outcome": "limited", "statement": "Meters and invoices read.", "signed_by": "Li Na"}
        )
        assert forge.submission_id is not None
        return verifier.client.appointments.create_verification(forge.submission_id, stated).id

    def connect(self, caller: Machine | Token | None = None) -> Client:
        return open_client(self.http, caller)

    def sign_in(self, name: str) -> Token:
        asked = SignInRequest(email=address_of(name), password=PASSWORD)
        return Token(self.connect().sessions.begin_session(asked).token)

    def enter(self, name: str) -> Player:
        """Somebody joins by the letter, signs in and makes a machine client."""
        token = found(TOKEN, await_letter(self.stage, address_of(name), "token="))
        person = NewPersonDocument(token=token, name=name, password=PASSWORD)
        once(lambda: self.connect().joining.join_by_link(person))
        people = self.connect(self.sign_in(name))
        asked = NewClientDocument(name="machine", scopes=list(Scope))
        made = people.clients.make_client(asked)
        machine = Machine(str(made.client.client_id), made.client_secret)
        caller = people.sessions.get_session()
        return Player(self.connect(machine), caller.organisation_id)

    def offer(self, part: Part) -> None:
        asked = {
            "code": part.product,
            "name": {"zh": part.product, "en": part.product},
            "declared_amount": Decimal(1),
            "declared_unit": part.unit,
            "mass_kg": part.mass_kg,
        }
        player = self.players[part.name]
        player.product_id = player.client.products.create_product(
            NewProductDocument.model_validate(asked)
        ).id

    def product(self, name: str) -> UUID:
        product_id = self.players[name].product_id
        assert product_id is not None
        return product_id

    def submission(self, part: Part) -> SubmissionAsked:
        inputs = [
            {
                "id": supplier,
                "name": PARTS[supplier].product,
                "quantity": quantity,
                "product": str(self.product(supplier)),
            }
            for supplier, quantity in part.buys.items()
        ]
        emissions = [{"id": "process", "gas": "CO2", "quantity": part.emits}]
        process = {
            "output": {"quantity": part.makes},
            "inputs": inputs,
            "direct_emissions": emissions,
        }
        return SubmissionAsked.model_validate({"period": YEAR, "process": process})

    def await_job(self, client: Client, path: str) -> JobDocument:
        job_id = UUID(path.rpartition("/")[2])
        until = time.monotonic() + WAIT_SECONDS
        while (job := client.jobs.get_job(job_id)).finished_at is None:
            assert time.monotonic() < until, f"{job.kind} does not end"
            time.sleep(0.02)
        assert job.state is JobState.DONE, job
        return job


def address_of(name: str) -> str:
    return f"{name}@play.example"


def member(name: str, role: Role) -> NewMemberDocument:
    return NewMemberDocument.model_validate(
        {
            "name": {"zh": name, "en": name},
            "identifier": {"scheme": "uscc", "value": make_uscc()},
            "roles": [role],
            "administrator_email": address_of(name),
        }
    )


def once(step: Callable[[], Any]) -> Any:
    """A step that nobody signed for: where it is refused it was done, and its answer got lost."""
    try:
        return step()
    except RefusedError:
        return None


def found(pattern: re.Pattern[str], body: str) -> str:
    match = pattern.search(body)
    assert match is not None, body
    return match[1]
