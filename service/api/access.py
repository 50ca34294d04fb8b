"""Who may call which route: the one table, and the refusal to start without a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fastapi import FastAPI
from fastapi.routing import APIRoute

from service.domain.access import Rule, Scope
from service.domain.organisation import Role

PUBLIC = Rule(public=True)
SIGNED_IN = Rule()
LEAD = frozenset({Role.LEAD})
VERIFIER = frozenset({Role.VERIFIER})
OPERATOR = frozenset({Role.OPERATOR})
OPERATING = Rule(scope=Scope.ADMINISTRATION, roles=OPERATOR)
# A stolen machine token shall not let in more machines or people.
ADMINISTRATOR = Rule(scope=Scope.ADMINISTRATION, people_only=True)
PERSON = Rule(people_only=True)

RULES: Mapping[str, Rule] = {
    "GET /healthz": PUBLIC,
    "GET /readyz": PUBLIC,
    "GET /problems": PUBLIC,
    "GET /problems/{code}": PUBLIC,
    "GET /v1/background": PUBLIC,
    "GET /v1/background/{entry_id}": PUBLIC,
    "GET /v1/schemas/{kind}": PUBLIC,
    "GET /v1/templates/bom": PUBLIC,
    "POST /auth/token": PUBLIC,
    "GET /.well-known/oauth-authorization-server": PUBLIC,
    "GET /.well-known/openid-configuration": PUBLIC,
    "GET /.well-known/jwks.json": PUBLIC,
    "POST /v1/joinings": PUBLIC,
    "POST /v1/password-resets": PUBLIC,
    "POST /v1/passwords": PUBLIC,
    "POST /v1/sessions": PUBLIC,
    "GET /v1/sessions/current": PERSON,
    "DELETE /v1/sessions/current": PERSON,
    "POST /v1/one-time-codes": PERSON,
    "POST /v1/one-time-codes/confirmation": PERSON,
    "POST /v1/organisations": OPERATING,
    "GET /v1/organisations": Rule(scope=Scope.READ),
    "GET /v1/organisations/{organisation_id}": Rule(scope=Scope.READ),
    "PATCH /v1/organisations/{organisation_id}": Rule(scope=Scope.ADMINISTRATION),
    "PUT /v1/organisations/{organisation_id}/suspension": OPERATING,
    "DELETE /v1/organisations/{organisation_id}/suspension": OPERATING,
    "POST /v1/sites": Rule(scope=Scope.SUBMISSIONS),
    "GET /v1/sites": Rule(scope=Scope.READ),
    "GET /v1/sites/{site_id}": Rule(scope=Scope.READ),
    "PATCH /v1/sites/{site_id}": Rule(scope=Scope.SUBMISSIONS),
    "DELETE /v1/sites/{site_id}": Rule(scope=Scope.SUBMISSIONS),
    "GET /v1/people": ADMINISTRATOR,
    "GET /v1/people/{person_id}": ADMINISTRATOR,
    "PATCH /v1/people/{person_id}": ADMINISTRATOR,
    "DELETE /v1/people/{person_id}": ADMINISTRATOR,
    "DELETE /v1/people/{person_id}/one-time-code": ADMINISTRATOR,
    "POST /v1/joining-links": ADMINISTRATOR,
    "GET /v1/joining-links": ADMINISTRATOR,
    "DELETE /v1/joining-links/{link_id}": ADMINISTRATOR,
    "POST /v1/clients": ADMINISTRATOR,
    "GET /v1/clients": ADMINISTRATOR,
    "GET /v1/clients/{client_id}": ADMINISTRATOR,
    "POST /v1/clients/{client_id}/rotation": ADMINISTRATOR,
    "DELETE /v1/clients/{client_id}": ADMINISTRATOR,
    "POST /v1/products": Rule(scope=Scope.SUBMISSIONS),
    "GET /v1/products": Rule(scope=Scope.READ),
    "GET /v1/products/{product_id}": Rule(scope=Scope.READ),
    "PATCH /v1/products/{product_id}": Rule(scope=Scope.SUBMISSIONS),
    "POST /v1/products/{product_id}/withdrawal": Rule(scope=Scope.SUBMISSIONS),
    "POST /v1/chains": Rule(scope=Scope.CHAINS, roles=LEAD),
    "GET /v1/chains": Rule(scope=Scope.READ),
    "GET /v1/chains/{chain_id}": Rule(scope=Scope.READ),
    "PATCH /v1/chains/{chain_id}": Rule(scope=Scope.CHAINS, roles=LEAD),
    "POST /v1/chains/{chain_id}/closure": Rule(scope=Scope.CHAINS, roles=LEAD),
    "PUT /v1/chains/{chain_id}/products/{product_id}": Rule(scope=Scope.CHAINS, roles=LEAD),
    "DELETE /v1/chains/{chain_id}/products/{product_id}": Rule(scope=Scope.CHAINS, roles=LEAD),
    "GET /v1/chains/{chain_id}/members": Rule(scope=Scope.READ),
    "PUT /v1/chains/{chain_id}/sight": Rule(scope=Scope.CHAINS),
    "GET /v1/chains/{chain_id}/funnel": Rule(scope=Scope.READ, roles=LEAD),
    "POST /v1/chains/{chain_id}/invitations": Rule(scope=Scope.CHAINS),
    "GET /v1/invitations": Rule(scope=Scope.READ),
    "GET /v1/invitations/{invitation_id}": Rule(scope=Scope.READ),
    "POST /v1/invitations/{invitation_id}/withdrawal": Rule(scope=Scope.CHAINS),
    "POST /v1/invitations/reading": PUBLIC,
    "POST /v1/invitations/acceptance": Rule(scope=Scope.CHAINS),
    "POST /v1/invitations/refusal": Rule(scope=Scope.CHAINS),
    "POST /v1/invitations/registration": PUBLIC,
    "POST /v1/chains/{chain_id}/links": Rule(scope=Scope.CHAINS),
    "GET /v1/links": Rule(scope=Scope.READ),
    "GET /v1/links/{link_id}": Rule(scope=Scope.READ),
    "PATCH /v1/links/{link_id}": Rule(scope=Scope.CHAINS),
    "POST /v1/links/{link_id}/acceptance": Rule(scope=Scope.CHAINS),
    "POST /v1/links/{link_id}/refusal": Rule(scope=Scope.CHAINS),
    "POST /v1/links/{link_id}/end": Rule(scope=Scope.CHAINS),
    "POST /v1/links/{link_id}/data-requests": Rule(scope=Scope.CHAINS),
    "GET /v1/data-requests": Rule(scope=Scope.READ),
    "GET /v1/data-requests/{data_request_id}": Rule(scope=Scope.READ),
    "POST /v1/data-requests/{data_request_id}/start": Rule(scope=Scope.CHAINS),
    "POST /v1/data-requests/{data_request_id}/refusal": Rule(scope=Scope.CHAINS),
    "POST /v1/data-requests/{data_request_id}/withdrawal": Rule(scope=Scope.CHAINS),
    "POST /v1/data-requests/{data_request_id}/questions": Rule(scope=Scope.CHAINS),
    "GET /v1/data-requests/{data_request_id}/questions": Rule(scope=Scope.READ),
    "GET /v1/audit": Rule(scope=Scope.ADMINISTRATION),
    "GET /v1/jobs": Rule(scope=Scope.READ),
    "GET /v1/jobs/{job_id}": Rule(scope=Scope.READ),
    "GET /v1/jobs/{job_id}/events": Rule(scope=Scope.READ),
    "POST /v1/jobs/{job_id}/cancellation": Rule(scope=Scope.FOOTPRINTS),
    "POST /v1/jobs/{job_id}/retry": OPERATING,
    "POST /v1/products/{product_id}/submissions": Rule(scope=Scope.SUBMISSIONS),
    "POST /v1/products/{product_id}/submissions/bom": Rule(scope=Scope.SUBMISSIONS),
    "GET /v1/products/{product_id}/submissions": Rule(scope=Scope.READ),
    "GET /v1/submissions/{submission_id}": Rule(scope=Scope.READ),
    "PUT /v1/submissions/{submission_id}": Rule(scope=Scope.SUBMISSIONS),
    "PUT /v1/submissions/{submission_id}/bom": Rule(scope=Scope.SUBMISSIONS),
    "PATCH /v1/submissions/{submission_id}": Rule(scope=Scope.SUBMISSIONS),
    "DELETE /v1/submissions/{submission_id}": Rule(scope=Scope.SUBMISSIONS),
    "POST /v1/submissions/{submission_id}/submit": Rule(scope=Scope.SUBMISSIONS),
    "POST /v1/submissions/{submission_id}/acceptance": Rule(scope=Scope.SUBMISSIONS),
    "POST /v1/submissions/{submission_id}/return": Rule(scope=Scope.SUBMISSIONS),
    "POST /v1/submissions/{submission_id}/check": Rule(scope=Scope.SUBMISSIONS),
    "PUT /v1/submissions/{submission_id}/explanations": Rule(scope=Scope.SUBMISSIONS),
    "GET /v1/reviews": Rule(scope=Scope.READ),
    "GET /v1/reviews/{review_id}": Rule(scope=Scope.READ),
    "POST /v1/reviews/{review_id}/acceptance": Rule(scope=Scope.CHAINS),
    "POST /v1/reviews/{review_id}/return": Rule(scope=Scope.CHAINS),
    "POST /v1/submissions/{submission_id}/evidence": Rule(scope=Scope.SUBMISSIONS),
    "GET /v1/submissions/{submission_id}/evidence": Rule(scope=Scope.READ),
    "GET /v1/evidence/{evidence_id}": Rule(scope=Scope.READ),
    "GET /v1/evidence/{evidence_id}/content": Rule(scope=Scope.READ),
    "POST /v1/certificates": Rule(scope=Scope.SUBMISSIONS),
    "GET /v1/certificates": Rule(scope=Scope.READ),
    "GET /v1/certificates/{certificate_id}": Rule(scope=Scope.READ),
    "POST /v1/products/{product_id}/footprint-requests": Rule(scope=Scope.FOOTPRINTS),
    "POST /v1/chains/{chain_id}/footprint-requests": Rule(scope=Scope.FOOTPRINTS, roles=LEAD),
    "GET /v1/products/{product_id}/footprints": Rule(scope=Scope.READ),
    "GET /v1/footprints/{footprint_id}": Rule(scope=Scope.READ),
    "GET /v1/footprints/{footprint_id}/lockfile": Rule(scope=Scope.READ),
    "GET /v1/chains/{chain_id}/footprint": Rule(scope=Scope.READ, roles=LEAD),
    "GET /v1/releases": Rule(scope=Scope.READ),
    "GET /v1/releases/{release_id}": Rule(scope=Scope.READ),
    "GET /v1/disclosures": Rule(scope=Scope.READ),
    "POST /v1/consents": Rule(scope=Scope.ADMINISTRATION),
    "GET /v1/consents": Rule(scope=Scope.READ),
    "GET /v1/consents/{consent_id}": Rule(scope=Scope.READ),
    "DELETE /v1/consents/{consent_id}": Rule(scope=Scope.ADMINISTRATION),
    "POST /v1/appointments": Rule(scope=Scope.ADMINISTRATION),
    "GET /v1/appointments": Rule(scope=Scope.READ),
    "GET /v1/appointments/{appointment_id}": Rule(scope=Scope.READ),
    "DELETE /v1/appointments/{appointment_id}": Rule(scope=Scope.ADMINISTRATION),
    "POST /v1/submissions/{submission_id}/verifications": Rule(
        scope=Scope.FOOTPRINTS, roles=VERIFIER
    ),
    "GET /v1/submissions/{submission_id}/verifications": Rule(scope=Scope.READ),
    "POST /v1/bom/check": PUBLIC,
    "POST /v1/calculations": PUBLIC,
}

# Asked by machines that restart the process when it does not answer.
UNCOUNTED = frozenset({"GET /healthz", "GET /readyz"})


class UnguardedRouteError(Exception):
    """A route has no rule, or a rule has no route: the application does not start."""


def refuse_unguarded(app: FastAPI) -> None:
    """Make sure that every route has a rule, and every rule a route.

    Raises:
        UnguardedRouteError: Names those that lack the other.
    """
    routes = set(list_routes(app))
    unguarded, idle = routes - RULES.keys(), RULES.keys() - routes
    if unguarded or idle:
        message = (
            f"routes without a rule: {sorted(unguarded)}; rules without a route: {sorted(idle)}"
        )
        raise UnguardedRouteError(message)


def list_routes(app: FastAPI) -> Iterator[str]:
    """Every method and path that the application answers, as the table names them."""
    for route in walk_routes(app.routes):
        for method in (route.methods or set()) - {"HEAD"}:
            yield f"{method} {route.path}"


def walk_routes(routes: Iterable[object]) -> Iterator[APIRoute]:
    """Every route, also those of routers within routers.

    Raises:
        UnguardedRouteError: Something answers that is no such route.
    """
    for route in routes:
        included = getattr(route, "original_router", None)  # FastAPI keeps included routers whole
        if isinstance(route, APIRoute):
            yield route
        elif included is not None:
            yield from walk_routes(included.routes)
        elif getattr(route, "path", None) != "/openapi.json":
            message = f"{route!r} is no route that a rule could guard"
            raise UnguardedRouteError(message)
