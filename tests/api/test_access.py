"""Every route is tried by everybody: who may not call, may not; what is foreign, is not there."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from fastapi import FastAPI

from service.api.access import OPERATOR, RULES, UnguardedRouteError, refuse_unguarded
from service.api.routing import make_router
from service.domain.access import Right, Scope
from service.domain.organisation import Role
from tests.api.access_makers import MAKERS
from tests.api.access_matrix import (
    FIRMS,
    Stage,
    list_ids,
    make_for,
    problem_of,
    routes_with_ids,
    sign_in,
)
from tests.databases import POSTGRESQL, SQLITE, Templates
from tests.members import Seat, serve

REFUSED = {"/problems/not-signed-in", "/problems/not-allowed"}
GUARDED = sorted(route for route, rule in RULES.items() if not rule.public)
WITH_IDS = sorted(routes_with_ids())


@pytest.fixture(scope="module", params=[SQLITE, POSTGRESQL])
def stage(
    request: pytest.FixtureRequest,
    databases: Templates,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("access")
    database = databases.make(request.param, folder)
    with serve(database, files_url=f"folder:{folder / 'files'}") as service:
        yield Stage(service)


def kind_of(answer: Any) -> str | None:
    """The kind of problem that an answer is; None for one that is none."""
    is_problem = answer.headers.get("content-type") == "application/problem+json"
    return str(answer.json()["type"]) if is_problem else None


def fitting(stage: Stage, route: str) -> Seat:
    """A firm whose roles suffice for a route."""
    return stage.only[Role.OPERATOR] if RULES[route].roles == OPERATOR else stage.owner


@pytest.mark.parametrize("route", GUARDED)
def test_nobody_and_nobody_s_token_gets_in(stage: Stage, route: str) -> None:
    for token in stage.useless:
        assert stage.ask(route, token).status_code == HTTPStatus.UNAUTHORIZED


@pytest.mark.parametrize("route", GUARDED)
def test_a_machine_needs_the_scope_of_the_route(stage: Stage, route: str) -> None:
    rule = RULES[route]
    for scope in Scope:
        answer = stage.ask(route, fitting(stage, route).token(scope))
        allowed = rule.scope in {None, scope} and not rule.people_only
        assert (kind_of(answer) not in REFUSED) == allowed, (scope, answer.text)


@pytest.mark.parametrize("route", GUARDED)
def test_a_person_who_may_only_read_does_nothing_else(stage: Stage, route: str) -> None:
    answer = stage.ask(route, sign_in(fitting(stage, route), Right.READ))
    allowed = RULES[route].scope in {None, Scope.READ}
    assert (kind_of(answer) not in REFUSED) == allowed, answer.text


@pytest.mark.parametrize("route", GUARDED)
def test_a_firm_needs_one_of_the_roles_of_the_route(stage: Stage, route: str) -> None:
    roles = RULES[route].roles
    for role in Role:
        answer = stage.ask(route, sign_in(stage.only[role]))
        allowed = not roles or role in roles
        assert (kind_of(answer) not in REFUSED) == allowed, (role, answer.text)


@pytest.mark.parametrize("route", [route for route in WITH_IDS if RULES[route].roles != OPERATOR])
def test_what_is_foreign_answers_as_what_is_missing(stage: Stage, route: str) -> None:
    owner = stage.service.join("Owner", *FIRMS)
    named = make_for(owner, route)
    token = sign_in(stage.rival)
    foreign, missing = stage.ask(route, token, **named), stage.ask(route, token)
    assert problem_of(foreign) == problem_of(missing)
    assert missing.status_code == HTTPStatus.NOT_FOUND, missing.text
    own = stage.ask(route, sign_in(owner), **named)
    assert own.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    if own.status_code == HTTPStatus.NOT_FOUND:  # of something that the body names
        assert problem_of(own) != problem_of(missing)


@pytest.mark.parametrize("route", WITH_IDS)
def test_an_id_that_is_none_says_nothing(stage: Stage, route: str) -> None:
    names = [name for _, name in list_ids(route)]
    token = sign_in(fitting(stage, route))
    for junk in ("0", "x" * 300, "%00", "..%2f..", "'--"):
        answer = stage.ask(route, token, **dict.fromkeys(names, junk))
        assert answer.status_code in {404, 422}, answer.text


@pytest.mark.parametrize("route", GUARDED)
def test_no_other_way_leads_to_a_route(stage: Stage, route: str) -> None:
    method, path = route.split(" ")
    for address in (f"{path}/", f"/{path}", f"{path}%2f", f"{path}/x/y", path.upper()):
        answer = stage.service.client.request(method, address)
        assert answer.status_code in {401, 404, 405}, address


def test_every_id_in_a_path_has_a_maker() -> None:
    named = {word for route in WITH_IDS for word, _ in list_ids(route)}
    assert named == set(MAKERS), "add a maker to tests/api/access_makers.py"


def test_an_application_with_a_route_without_a_rule_does_not_start() -> None:
    router = make_router("sites")
    router.add_api_route("/v1/backdoor", lambda: None, methods=["GET"])
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.include_router(router)
    with pytest.raises(UnguardedRouteError, match="GET /v1/backdoor"):
        refuse_unguarded(app)
