"""The one table from error to status, and from the statuses of HTTP itself to problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from lca_models import errors as science
from lca_models.errors import Defect, GreenchainError, Text
from service.domain import (
    access,
    answered_post,
    appointment,
    data_request,
    drawn_chain,
    link,
    lockfile,
    member,
    offered_product,
    one_time_link,
    paging,
    password,
    person,
    registered_certificate,
    submission_reach,
    versions,
)
from service.domain import errors as domain
from service.formats import errors as formats
from service.formats.problem_document import ProblemType, to_problem_type
from service.gateways import files
from service.store import logins, migrating
from service.wiring import InvalidSettingsError

_UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY
_TOO_LARGE = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

STATUSES: Mapping[type[GreenchainError], HTTPStatus] = {
    science.UnknownUnitError: _UNPROCESSABLE,
    science.UnitMismatchError: _UNPROCESSABLE,
    science.InvalidAmountError: _UNPROCESSABLE,
    science.UnknownFactorError: HTTPStatus.NOT_FOUND,
    science.FactorNotForFootprintsError: _UNPROCESSABLE,
    science.UnknownActivityError: _UNPROCESSABLE,
    science.UnknownGasError: _UNPROCESSABLE,
    science.UnknownCharacterisationError: _UNPROCESSABLE,
    science.AllocationError: _UNPROCESSABLE,
    science.UnproductiveLoopError: _UNPROCESSABLE,
    science.InventoryError: _UNPROCESSABLE,
    science.LicenceError: HTTPStatus.FORBIDDEN,
    science.FactsError: HTTPStatus.INTERNAL_SERVER_ERROR,
    domain.InvalidChainError: _UNPROCESSABLE,
    domain.InvalidDocumentError: _UNPROCESSABLE,
    domain.InvalidIdentifierError: _UNPROCESSABLE,
    domain.UnknownReferenceError: _UNPROCESSABLE,
    domain.DuplicateError: _UNPROCESSABLE,
    domain.CertificateOverspentError: _UNPROCESSABLE,
    domain.DeclarationExpiredError: _UNPROCESSABLE,
    domain.MissingQuantityError: _UNPROCESSABLE,
    domain.UnknownProductError: _UNPROCESSABLE,
    domain.MissingFileError: _UNPROCESSABLE,
    domain.ChainTooLargeError: _TOO_LARGE,
    domain.AnswerTooLargeError: _UNPROCESSABLE,
    domain.UnusableDatabaseError: _UNPROCESSABLE,
    domain.BrightwayMissingError: HTTPStatus.INTERNAL_SERVER_ERROR,
    access.NotSignedInError: HTTPStatus.UNAUTHORIZED,
    person.SignInFailedError: HTTPStatus.UNAUTHORIZED,
    person.OneTimeCodeError: HTTPStatus.UNAUTHORIZED,
    person.InvalidEmailError: _UNPROCESSABLE,
    person.EmailTakenError: HTTPStatus.CONFLICT,
    password.WeakPasswordError: _UNPROCESSABLE,
    one_time_link.LinkNotUsableError: HTTPStatus.GONE,
    member.AlreadyRegisteredError: HTTPStatus.CONFLICT,
    member.InvalidMemberError: _UNPROCESSABLE,
    access.NotAllowedError: HTTPStatus.FORBIDDEN,
    access.NotThereError: HTTPStatus.NOT_FOUND,
    answered_post.IdempotencyKeyError: _UNPROCESSABLE,
    paging.InvalidPageError: _UNPROCESSABLE,
    versions.ChangedMeanwhileError: HTTPStatus.PRECONDITION_FAILED,
    registered_certificate.CertificateTakenError: HTTPStatus.CONFLICT,
    registered_certificate.CertificateOutOfPeriodError: _UNPROCESSABLE,
    submission_reach.MadeElsewhereError: HTTPStatus.CONFLICT,
    versions.NotNowError: HTTPStatus.CONFLICT,
    appointment.NoVerifierError: _UNPROCESSABLE,
    lockfile.LockfileDiffersError: _UNPROCESSABLE,
    lockfile.LockfileIncompleteError: _UNPROCESSABLE,
    versions.TakenError: HTTPStatus.CONFLICT,
    data_request.InvalidRequestedDayError: _UNPROCESSABLE,
    drawn_chain.InvalidTargetError: _UNPROCESSABLE,
    drawn_chain.UnknownKeyChainError: _UNPROCESSABLE,
    link.InvalidLinkError: _UNPROCESSABLE,
    offered_product.UnusableScreeningError: _UNPROCESSABLE,
    logins.RoleMissingError: HTTPStatus.INTERNAL_SERVER_ERROR,
    logins.UnfitLoginError: HTTPStatus.INTERNAL_SERVER_ERROR,
    migrating.DatabaseUnreachableError: HTTPStatus.SERVICE_UNAVAILABLE,
    migrating.SchemaBehindError: HTTPStatus.INTERNAL_SERVER_ERROR,
    formats.FileTooLargeError: _TOO_LARGE,
    formats.UnsupportedFileError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    formats.UnreadableFileError: _UNPROCESSABLE,
    formats.InvalidCellError: _UNPROCESSABLE,
    formats.InvalidBomError: _UNPROCESSABLE,
    files.LostFileError: HTTPStatus.INTERNAL_SERVER_ERROR,
    InvalidSettingsError: HTTPStatus.INTERNAL_SERVER_ERROR,
}


@dataclass(frozen=True, slots=True)
class HttpProblem:
    """What a status of HTTP itself means here, and what would mend it."""

    code: str
    title: Text
    cure: Text

    def to_defect(self) -> Defect:
        """The title as a sentence, with the cure."""
        reason = Text(en=f"{self.title.en}.", zh=f"{self.title.zh}。")
        return Defect(self.code, reason, self.cure)


INVALID_REQUEST = HttpProblem(
    "invalid-request",
    Text(en="The request does not fit its description", zh="请求不符合接口说明"),
    Text(en="See /openapi.json.", zh="请参阅/openapi.json。"),
)
HTTP_PROBLEMS: Mapping[HTTPStatus, HttpProblem] = {
    HTTPStatus.BAD_REQUEST: HttpProblem(
        "malformed-request",
        Text(en="The request cannot be read", zh="无法读取请求内容"),
        Text(en="Check how its body is encoded.", zh="请检查请求体的编码方式。"),
    ),
    HTTPStatus.NOT_FOUND: HttpProblem(
        "not-found",
        Text(en="There is nothing at this address", zh="该地址没有内容"),
        Text(en="The addresses stand in /openapi.json.", zh="可用地址见/openapi.json。"),
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: HttpProblem(
        "method-not-allowed",
        Text(en="The address does not answer to this method", zh="该地址不支持此请求方法"),
        Text(en="The header Allow names those it has.", zh="可用方法见Allow响应头。"),
    ),
    HTTPStatus.REQUEST_TIMEOUT: HttpProblem(
        "request-timeout",
        Text(en="The request took too long to arrive", zh="请求传输超时"),
        Text(en="Send it again over a faster connection.", zh="请改善网络连接后重试。"),
    ),
    _TOO_LARGE: HttpProblem(
        "content-too-large",
        Text(en="The request is larger than we read", zh="请求内容超过大小上限"),
        Text(
            en="Send less, or work on the command line: greenchain calculate.",
            zh="请减少内容，或改用命令行：greenchain calculate。",
        ),
    ),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: HttpProblem(
        "unsupported-content-type",
        Text(en="We do not read this kind of content", zh="不支持的内容类型"),
        Text(
            en="Set Content-Type to one that the header Accept names, in UTF-8.",
            zh="请将Content-Type设为Accept响应头列出的类型，使用UTF-8编码。",
        ),
    ),
    _UNPROCESSABLE: INVALID_REQUEST,
    HTTPStatus.PRECONDITION_REQUIRED: HttpProblem(
        "precondition-required",
        Text(en="The edit does not say which version it was made on", zh="修改未指明所基于的版本"),
        Text(
            en="Read it, and send its ETag in the header If-Match.",
            zh="请先读取对象，并将其ETag放入If-Match请求头。",
        ),
    ),
    HTTPStatus.TOO_MANY_REQUESTS: HttpProblem(
        "too-many-requests",
        Text(en="Too many requests in a short time", zh="短时间内请求过多"),
        Text(
            en="Try again after the seconds of the header Retry-After.",
            zh="请按Retry-After响应头的秒数稍后重试。",
        ),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: HttpProblem(
        "internal-error",
        Text(en="Something went wrong on our side", zh="服务内部错误"),
        Text(
            en="Tell the operator the instance of this problem.",
            zh="请将本问题的instance编号告知运维人员。",
        ),
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: HttpProblem(
        "busy",
        Text(en="Too much is being calculated at once", zh="当前计算任务过多"),
        Text(
            en="Try again after the seconds of the header Retry-After.",
            zh="请按Retry-After响应头的秒数稍后重试。",
        ),
    ),
}


def type_of_error(error: type[GreenchainError]) -> ProblemType:
    """The kind of problem that a broken rule is."""
    return to_problem_type(error.code, error.title, STATUSES[error])


def type_of_status(status: HTTPStatus) -> ProblemType:
    """The kind of problem that a status of HTTP itself is."""
    problem = HTTP_PROBLEMS[status]
    return to_problem_type(problem.code, problem.title, status)


def list_problem_types() -> list[ProblemType]:
    """Every kind of problem, by its code."""
    found = [*map(type_of_error, STATUSES), *map(type_of_status, HTTP_PROBLEMS)]
    return sorted(found, key=lambda kind: kind.type)
