"""Who may do what: who calls, in which role, with which scopes, and the rules of the routes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from lca_models.errors import RuleBrokenError, Text
from service.domain.organisation import Role


class Right(StrEnum):
    """What a person may do in its own firm, each in itself."""

    ADMINISTER = "administer"
    """Invite and remove people, make machine clients, appoint verifiers, consent to precision."""
    EDIT = "edit"
    """Draw chains, submit data, answer requests."""
    READ = "read"


class Scope(StrEnum):
    """What a machine may do for its firm; a person's rights are turned into scopes."""

    READ = "read"
    CHAINS = "chains"
    SUBMISSIONS = "submissions"
    FOOTPRINTS = "footprints"
    ADMINISTRATION = "administration"


SCOPES_OF_RIGHTS = {
    Right.READ: frozenset({Scope.READ}),
    Right.EDIT: frozenset({Scope.READ, Scope.CHAINS, Scope.SUBMISSIONS, Scope.FOOTPRINTS}),
    Right.ADMINISTER: frozenset(Scope),
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Through whose eyes the store is read.

    Args:
        organisation_id: The firm; None sees nothing that belongs to a firm.
        operator: Also sees organisations, jobs and the audit log of all, never what they submit.
        whole: Sees everything: the service at work for itself, never on a caller's word.
    """

    organisation_id: UUID | None = None
    operator: bool = False
    whole: bool = False


NOBODY = Viewer()
SERVICE = Viewer(whole=True)


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who has proved who it is.

    Args:
        organisation_id: The firm it acts for.
        roles: What that firm does here.
        scopes: What it may do.
        person_id: The person who signed in; None for a machine.
        client_id: The machine; None for a person.
    """

    organisation_id: UUID
    roles: frozenset[Role]
    scopes: frozenset[Scope]
    person_id: UUID | None = None
    client_id: UUID | None = None

    @property
    def actor(self) -> str:
        """The name under which the audit log knows it."""
        return f"person:{self.person_id}" if self.person_id else f"client:{self.client_id}"

    @property
    def viewer(self) -> Viewer:
        """Through whose eyes it reads."""
        return Viewer(self.organisation_id, operator=Role.OPERATOR in self.roles)


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may call a route.

    Args:
        public: Anybody, without signing in.
        scope: What a signed-in caller needs; None asks for no scope.
        roles: What its firm must do here, one of them; empty for any.
        people_only: Whether machines are turned away.
    """

    public: bool = False
    scope: Scope | None = None
    roles: frozenset[Role] = frozenset()
    people_only: bool = False

    def allows(self, caller: Caller) -> bool:
        """Whether a signed-in caller may call; which objects it reaches is the store's business."""
        return (
            (self.scope is None or self.scope in caller.scopes)
            and (not self.roles or bool(self.roles & caller.roles))
            and (caller.person_id is not None or not self.people_only)
        )


class NotSignedInError(RuleBrokenError):
    """A call without a valid token or session."""

    code = "not-signed-in"
    title = Text(en="Sign in first", zh="请先登录")


class NotAllowedError(RuleBrokenError):
    """A caller whose roles, rights or scopes do not suffice."""

    code = "not-allowed"
    title = Text(en="Not allowed", zh="无权限")


class NotThereError(RuleBrokenError):
    """Nothing of that id can be seen by the caller: missing and foreign answer alike."""

    code = "not-there"
    title = Text(en="There is no such thing", zh="对象不存在")


def not_there(what: Text) -> NotThereError:
    """The one answer for what is missing and for what belongs to others."""
    return NotThereError(
        Text(en="There is no such {what} for you.", zh="您没有可见的该{what}。").format(what=what),
        Text(en="Check its id.", zh="请核对编号。"),
    )
