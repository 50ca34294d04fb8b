"""`/v1/certificates`: green-power certificates that a firm holds.

Written by `service.api.client_source`.
"""

from __future__ import annotations

from uuid import UUID

from service.client.connection import Connection
from service.formats.members.certificate import CertificateAsked, CertificateDocument
from service.formats.members.listing import ListDocument


class Certificates:
    """`/v1/certificates`: green-power certificates that a firm holds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_certificate(self, body: CertificateAsked) -> CertificateDocument:
        """Register a certificate that you hold, to claim its power in submissions."""
        return self._connection.send("POST", "/v1/certificates", CertificateDocument, body=body)

    def list_certificates(
        self, *, limit: int = 50, cursor: str | None = None, sort: str | None = None
    ) -> ListDocument[CertificateDocument]:
        """List your certificates, with what is left of each."""
        return self._connection.send(
            "GET",
            "/v1/certificates",
            ListDocument[CertificateDocument],
            query={"limit": limit, "cursor": cursor, "sort": sort},
        )

    def get_certificate(self, certificate_id: UUID) -> CertificateDocument:
        """Read one of your certificates, with what is left of it."""
        return self._connection.send(
            "GET", f"/v1/certificates/{certificate_id}", CertificateDocument
        )
