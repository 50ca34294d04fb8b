"""A network: the accepted data behind some products in one period, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.domain.chain import Chain
from service.domain.submission import Electricity, Input, MemberProduct, Submission


@dataclass(frozen=True, slots=True)
class Answer:
    """A submission as a part of networks.

    Args:
        submission_id: Its id.
        organisation_id: The firm that made it.
        number: Its version, from 1.
        salt: Goes with its text; without it the text cannot be guessed from its seal.
        process: Its text, as it was accepted.
        submission: The same as activity data.
        drawn: Products of members that it draws on.
    """

    submission_id: UUID
    organisation_id: UUID
    number: int
    salt: str
    process: Mapping[str, Any]
    submission: Submission
    drawn: tuple[str, ...]

    @property
    def product_ids(self) -> tuple[str, ...]:
        """What it makes, its own product first."""
        return tuple(output.product_id for output in self.submission.outputs)


@dataclass(frozen=True, slots=True)
class Network:
    """Everything that some products' footprints rest on, for one period.

    Args:
        chain: All of it as one chain, ready to be calculated; ids are those of the store.
        answers: Accepted submissions, by each of the products that they make.
    """

    chain: Chain
    answers: Mapping[str, Answer]

    def upstream_of(self, product_id: str) -> tuple[Answer, ...]:
        """The submissions behind one product, its own among them, in the order of their ids."""
        reached: dict[UUID, Answer] = {}
        open_products = [product_id]
        while open_products:
            answer = self.answers.get(open_products.pop())
            if answer is None or answer.submission_id in reached:
                continue
            reached[answer.submission_id] = answer
            open_products += answer.drawn
        return tuple(reached[key] for key in sorted(reached))


def drawn_products(submission: Submission) -> tuple[str, ...]:
    """Products of members that a submission draws on."""
    drawn = (
        line.supply.product_id
        for line in submission.lines
        if isinstance(line, Input) and isinstance(line.supply, MemberProduct)
    )
    return tuple(dict.fromkeys(drawn))


def claimed_certificates(submission: Submission) -> frozenset[str]:
    """Ids of the green-power certificates that a submission claims."""
    return frozenset(
        line.certificate_id
        for line in submission.lines
        if isinstance(line, Electricity) and line.certificate_id is not None
    )
