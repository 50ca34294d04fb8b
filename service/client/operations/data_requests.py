"""`/v1/data-requests`: who asks whom for the data of which product, and what both say to it.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from uuid import UUID

from service.client.connection import Connection
from service.domain.data_request import DataRequestState
from service.formats.members.data_request import (
    DataRequestDocument,
    NewDataRequestDocument,
    NewQuestionDocument,
    QuestionDocument,
)
from service.formats.members.link import ReasonDocument
from service.formats.members.listing import ListDocument


class DataRequests:
    """`/v1/data-requests`: who asks whom for the data of which product, and what both say to it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create_data_request(
        self, link_id: UUID, body: NewDataRequestDocument
    ) -> DataRequestDocument:
        """Ask as buyer for the data of what a link supplies; the supplier is told by letter."""
        return self._connection.send(
            "POST", f"/v1/links/{link_id}/data-requests", DataRequestDocument, body=body
        )

    def list_data_requests(
        self,
        *,
        limit: int = 50,
        cursor: str | None = None,
        sort: str | None = None,
        chain_id: UUID | None = None,
        link_id: UUID | None = None,
        asker_id: UUID | None = None,
        supplier_id: UUID | None = None,
        state: DataRequestState | None = None,
        overdue: bool = False,
    ) -> ListDocument[DataRequestDocument]:
        """What you asked for and were asked for; by `due_on` or `asked_at`."""
        return self._connection.send(
            "GET",
            "/v1/data-requests",
            ListDocument[DataRequestDocument],
            query={
                "limit": limit,
                "cursor": cursor,
                "sort": sort,
                "chain_id": chain_id,
                "link_id": link_id,
                "asker_id": asker_id,
                "supplier_id": supplier_id,
                "state": state,
                "overdue": overdue,
            },
        )

    def get_data_request(self, data_request_id: UUID) -> DataRequestDocument:
        """One data request that you made or got; whether it is overdue follows from the clock."""
        return self._connection.send(
            "GET", f"/v1/data-requests/{data_request_id}", DataRequestDocument
        )

    def create_data_request_start(self, data_request_id: UUID) -> DataRequestDocument:
        """Tell the buyer that you work on it."""
        return self._connection.send(
            "POST", f"/v1/data-requests/{data_request_id}/start", DataRequestDocument
        )

    def create_data_request_refusal(
        self, data_request_id: UUID, body: ReasonDocument
    ) -> DataRequestDocument:
        """Decline as supplier; the buyer reads why."""
        return self._connection.send(
            "POST", f"/v1/data-requests/{data_request_id}/refusal", DataRequestDocument, body=body
        )

    def create_data_request_withdrawal(self, data_request_id: UUID) -> DataRequestDocument:
        """Take a data request of yours back."""
        return self._connection.send(
            "POST", f"/v1/data-requests/{data_request_id}/withdrawal", DataRequestDocument
        )

    def create_question(self, data_request_id: UUID, body: NewQuestionDocument) -> QuestionDocument:
        """Ask or answer in the thread; the other side is told by letter that you wrote."""
        return self._connection.send(
            "POST", f"/v1/data-requests/{data_request_id}/questions", QuestionDocument, body=body
        )

    def list_questions(
        self,
        data_request_id: UUID,
        *,
        limit: int = 50,
        cursor: str | None = None,
        sort: str | None = None,
    ) -> ListDocument[QuestionDocument]:
        """What both sides said, from the beginning."""
        return self._connection.send(
            "GET",
            f"/v1/data-requests/{data_request_id}/questions",
            ListDocument[QuestionDocument],
            query={"limit": limit, "cursor": cursor, "sort": sort},
        )
