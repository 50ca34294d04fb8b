"""What the service refuses, as an error of the client."""

from __future__ import annotations

import httpx
from pydantic import ValidationError

from service.formats.problem_document import ProblemDocument


class RefusedError(Exception):
    """The service refused a request; `problem` says everything that is wrong, with its cure."""

    def __init__(self, problem: ProblemDocument) -> None:
        self.problem = problem
        errors = (f"{error.reason} {error.cure}" for error in problem.errors)
        super().__init__("\n".join([f"{problem.status} {problem.title}", *errors]))

    @property
    def status(self) -> int:
        """Status of HTTP."""
        return self.problem.status


def read_problem(response: httpx.Response) -> RefusedError:
    """The error of an answer that is no success, whoever on the way gave it."""
    try:
        problem = ProblemDocument.model_validate_json(response.content)
    except ValidationError:
        problem = ProblemDocument(
            type="about:blank",
            title=response.reason_phrase,
            status=response.status_code,
            detail=response.text[:1000],
            instance=str(response.url),
        )
    return RefusedError(problem)
