"""Problem documents by RFC 9457: what is wrong with a request, where, and what would mend it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from lca_models.errors import Defect, Language, Text
from service.formats.bilingual import Bilingual, Part, to_bilingual

MEDIA_TYPE = "application/problem+json"
TYPE_PATH = "/problems/"

_SEVERAL = Text(
    en="{count} things are wrong. The first: {first}", zh="共有{count}处问题，第一处：{first}"
)


class ProblemError(Part):
    """One thing that is wrong; what is not known of its place is left out."""

    code: str
    organisation: str | None = None
    product: str | None = None
    line: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    parameter: str | None = Field(None, description="Query parameter, header or form field.")
    value: str | None = None
    reason: str
    cure: str


class ProblemDocument(Part):
    """A request that could not be served; texts in the language of `Content-Language`."""

    type: str = Field(description="Stable: /problems/ and the code of the broken rule.")
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str
    instance: str = Field(description="The request, or for failures of ours the entry in our log.")
    errors: list[ProblemError] = Field(default_factory=list)


class ProblemType(Part):
    """A kind of problem."""

    type: str
    title: Bilingual
    status: int


def to_problem_type(code: str, title: Text, status: int) -> ProblemType:
    """What stands behind the `type` of a problem."""
    return ProblemType(type=TYPE_PATH + code, title=to_bilingual(title), status=status)


def to_problem(
    kind: ProblemType, errors: Sequence[ProblemError], language: Language, *, instance: str
) -> ProblemDocument:
    """A problem with everything that is wrong."""
    return ProblemDocument(
        type=kind.type,
        title=kind.title.to_text().to(language),
        status=kind.status,
        detail=_detail(kind, errors, language),
        instance=instance,
        errors=list(errors),
    )


def to_error(defect: Defect, language: Language, *, parameter: str | None = None) -> ProblemError:
    """One defect, in one language."""
    place = defect.place
    return ProblemError(
        code=defect.code,
        organisation=place.organisation,
        product=place.product,
        line=place.line,
        sheet=place.sheet,
        row=place.row,
        column=place.column,
        parameter=parameter,
        value=defect.value,
        reason=defect.reason.to(language),
        cure=defect.cure.to(language),
    )


def _detail(kind: ProblemType, errors: Sequence[ProblemError], language: Language) -> str:
    if not errors:
        return kind.title.to_text().to(language)
    between = "" if language is Language.ZH else " "
    first = f"{errors[0].reason}{between}{errors[0].cure}"
    if len(errors) == 1:
        return first
    return _SEVERAL.format(count=len(errors), first=first).to(language)
