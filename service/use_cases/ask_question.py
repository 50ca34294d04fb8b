"""One side of a data request writes to the other."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.question import Question
from service.formats.members.chain_letters import write_question
from service.store import audit, data_requests, firm_letters, members, products, questions
from service.store.audit import AuditNote
from service.store.ids import new_id


def ask_question(
    session: Session,
    data_request_id: UUID,
    words: str,
    *,
    by: UUID,
    public_url: str,
    now: datetime,
) -> Question:
    """Ask or answer in the thread of a data request; the other side is told by letter.

    Raises:
        NotThereError: The firm neither asked nor was asked that.
    """
    request = data_requests.get(session, data_request_id)
    question = Question(
        id=new_id(),
        data_request_id=data_request_id,
        asker_id=request.asker_id,
        supplier_id=request.supplier_id,
        author_id=by,
        words=words,
        at=now,
    )
    questions.add(session, question)
    other = request.supplier_id if by == request.asker_id else request.asker_id
    letter = write_question(
        members.get(session, by).name,
        products.get(session, request.product_id).name,
        f"{public_url}/data-requests/{data_request_id}",
    )
    firm_letters.write_to_firm(session, other, letter, now)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="question.ask",
            subject="data_request",
            subject_id=data_request_id,
            organisation_id=by,
            details={"question_id": str(question.id)},
        ),
    )
    return question
