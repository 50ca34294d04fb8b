"""`X-Request-ID`: one id for a request in its answer, its problem, our log and the audit log."""

from __future__ import annotations

import re
from typing import cast

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import Scope

from service.store.ids import new_id

HEADER = "X-Request-ID"
_SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")
_STATE = "request_id"


def give_id(scope: Scope) -> str:
    """Take the caller's id for its request where it is sane, else make one."""
    given = Headers(scope=scope).get(HEADER, "")
    request_id = given if _SANE.fullmatch(given) else str(new_id())
    scope.setdefault("state", {})[_STATE] = request_id
    return request_id


def id_of(request: Request) -> str:
    """The id of a request."""
    return cast("str", request.scope["state"][_STATE])
