"""Turns whatever goes wrong into a problem document, in the language of the caller."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from lca_models.errors import Defect, GreenchainError, Language
from service.api.errors import (
    HTTP_PROBLEMS,
    INVALID_REQUEST,
    STATUSES,
    type_of_error,
    type_of_status,
)
from service.api.languages import negotiate
from service.api.request_ids import HEADER, id_of
from service.api.security_headers import SECURITY_HEADERS
from service.formats.chain.validation_texts import MOST_DEFECTS, describe, tell_how_many_more
from service.formats.problem_document import (
    MEDIA_TYPE,
    ProblemError,
    ProblemType,
    to_error,
    to_problem,
)

_log = logging.getLogger("greenchain")
_LONGEST_VALUE = 200
_CHALLENGE = 'Bearer realm="greenchain"'  # RFC 6750, section 3


def install(app: FastAPI) -> None:
    """Let every error of the application answer as a problem document; others in `failures`."""
    kinds = (GreenchainError, RequestValidationError, HTTPException, ClientDisconnect)
    for kind in kinds:
        app.add_exception_handler(kind, answer_error)


def answer_error(request: Request, error: Exception) -> Response:
    """The problem document of whatever went wrong."""
    language = negotiate(request.headers.get("accept-language"))
    match error:
        case GreenchainError() if STATUSES[type(error)] < HTTPStatus.INTERNAL_SERVER_ERROR:
            errors = [to_error(defect, language) for defect in _first(error.defects)]
            return _answer(request, type_of_error(type(error)), errors)
        case RequestValidationError():
            errors = [_invalid_parameter(details, language) for details in error.errors()]
            return _answer(request, type_of_status(HTTPStatus.UNPROCESSABLE_ENTITY), errors)
        case HTTPException():
            answer = answer_status(request, error.status_code)
            answer.headers.update(error.headers or {})
            return answer
        case ClientDisconnect():  # nobody is left to read it
            return answer_status(request, HTTPStatus.BAD_REQUEST)
        case _:
            return _answer_failure(request, error)


def answer_status(request: Request, status: int) -> Response:
    """The problem of a status of HTTP itself; one that we do not know is a bad request."""
    known = status if status in HTTP_PROBLEMS else HTTPStatus.BAD_REQUEST
    return _answer_known(request, HTTPStatus(known))


def _first(defects: Sequence[Defect]) -> Sequence[Defect]:
    """As many as a reader can use, and how many more there are."""
    more = len(defects) - MOST_DEFECTS
    if more <= 1:  # the last may already say so
        return defects
    return [*defects[:MOST_DEFECTS], tell_how_many_more(defects[0].code, more)]


def _answer_failure(request: Request, error: Exception) -> Response:
    """Say nothing of what failed but the number under which our log has it."""
    _log.error("%s: %s failed: %s", id_of(request), request.url.path, _describe(error))
    return _answer_known(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def _describe(error: BaseException) -> str:
    """Kinds and places of an error and its causes; their texts may hold what firms submit."""
    cause = error.__cause__ or error.__context__
    places = "".join(traceback.format_tb(error.__traceback__))
    return f"{type(error).__name__}\n{places}" + (f"after {_describe(cause)}" if cause else "")


def _answer_known(request: Request, status: HTTPStatus) -> Response:
    language = negotiate(request.headers.get("accept-language"))
    error = to_error(HTTP_PROBLEMS[status].to_defect(), language)
    return _answer(request, type_of_status(status), [error])


def _invalid_parameter(details: Mapping[str, object], language: Language) -> ProblemError:
    path, context = details.get("loc"), details.get("ctx")
    reason, _ = describe(
        str(details["type"]), str(details["msg"]), context if isinstance(context, dict) else {}
    )
    names = [str(step) for step in path[1:]] if isinstance(path, Sequence) else []
    value = details.get("input")
    defect = Defect(
        INVALID_REQUEST.code,
        reason,
        INVALID_REQUEST.cure,
        value=_writable(value) if isinstance(value, str | int | float) else None,
    )
    return to_error(defect, language, parameter=".".join(names) or None)


def _writable(value: object) -> str:
    """The beginning of a value, without halves of characters, which JSON can hold and UTF-8 not."""
    return str(value)[:_LONGEST_VALUE].encode(errors="replace").decode()


def _answer(request: Request, kind: ProblemType, errors: Sequence[ProblemError]) -> Response:
    language = negotiate(request.headers.get("accept-language"))
    request_id = id_of(request)
    problem = to_problem(kind, errors, language, instance=f"{request.url.path}#{request_id}")
    headers = {
        **SECURITY_HEADERS,  # a failure of ours is answered outside what adds them
        HEADER: request_id,
        "Content-Language": language.value,
        "Vary": "Accept-Language",
    }
    if kind.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = _CHALLENGE
    return Response(
        problem.model_dump_json(exclude_none=True),
        status_code=kind.status,
        media_type=MEDIA_TYPE,
        headers=headers,
    )
