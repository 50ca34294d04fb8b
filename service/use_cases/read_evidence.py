"""A supplier, or a verifier that it appointed, takes out a file of evidence."""

from __future__ import annotations

import hashlib
from uuid import UUID

from sqlmodel import Session

from lca_models.errors import Text
from service.domain.evidence import Evidence
from service.gateways.files import Files, LostFileError
from service.store import evidence


def read_evidence(session: Session, evidence_id: UUID, files: Files) -> tuple[Evidence, bytes]:
    """A file and its content, just as it was given.

    Raises:
        NotThereError: There is none that the caller may see.
        LostFileError: The file store has lost it, or holds something else in its place.
    """
    found = evidence.get(session, evidence_id)
    content = files.get(found.kept_as)
    if hashlib.sha256(content).hexdigest() != found.sha256:
        raise LostFileError(
            Text(
                en="The file “{key}” is not the one that was given.",
                zh="文件“{key}”与提交时不一致。",
            ).format(key=found.kept_as),
            Text(en="Restore the file store from its backup.", zh="请从备份恢复文件存储。"),
            value=found.kept_as,
        )
    return found, content
