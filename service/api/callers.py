"""Who calls: found once a request, held against the route's rule, handed to whoever asks."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from lca_models.errors import Text
from service.api.access import RULES, UNCOUNTED
from service.api.context import Wired
from service.api.rate_limits import RateLimits
from service.domain.access import SERVICE, Caller, NotAllowedError, NotSignedInError
from service.store.session import open_transaction
from service.use_cases.authenticate import authenticate

_BEARER = "bearer"


async def guard(request: Request, wiring: Wired) -> None:
    """Hold every request against the rule of its route, and against its caller's limit.

    Raises:
        HTTPException: 429, the caller asks too often.
        NotSignedInError: The route is not public, and the caller has not proved who it is.
        NotAllowedError: The caller's roles or scopes do not suffice.
    """
    route = f"{request.method.replace('HEAD', 'GET')} {request.scope['route'].path}"
    rule = RULES[route]
    caller = None if rule.public else await run_in_threadpool(_find_caller, request, wiring)
    if route not in UNCOUNTED:
        limits: RateLimits = request.app.state.rate_limits
        limits.take(request, caller.actor if caller else None)
    if rule.public:
        return
    if caller is None:
        raise _not_signed_in()
    if not rule.allows(caller):
        raise NotAllowedError(
            Text(
                en="Your roles, rights or scopes do not allow it.",
                zh="您的角色、权限或授权范围不足。",
            ),
            Text(
                en="Ask an administrator of your organisation, or the operator.",
                zh="请联系本组织管理员或平台运营方。",
            ),
        )
    request.state.caller = caller


def _find_caller(request: Request, wiring: Wired) -> Caller | None:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    members = wiring.members
    if kind.lower() != _BEARER or not token:
        return None
    with open_transaction(members.engine, SERVICE, reading=True) as session:
        return authenticate(
            session,
            token.strip(),
            keyring=members.keyring,
            issuer=members.public_url,
            now=members.clock(),
        )


def _not_signed_in() -> NotSignedInError:
    return NotSignedInError(
        Text(
            en="The call has no valid token, or it has run out.",
            zh="请求缺少有效令牌，或令牌已过期。",
        ),
        Text(
            en="Get one from POST /auth/token (machines) or POST /v1/sessions (people).",
            zh="请通过POST /auth/token（机器）或POST /v1/sessions（人员）获取令牌。",
        ),
    )


async def _tell_caller(request: Request) -> Caller:
    caller: Caller = request.state.caller
    return caller


Calling = Annotated[Caller, Depends(_tell_caller)]
