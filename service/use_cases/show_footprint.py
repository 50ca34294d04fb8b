"""Show a stored footprint, or its lockfile, as its reader may see it, and record who saw what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.access import Caller
from service.domain.disclosure import Disclosure, Subject
from service.domain.kept_footprint import KeptFootprint
from service.formats.lockfile import LockfileDocument, list_rounded, to_lockfile
from service.store import disclosures, footprints
from service.store.ids import new_id


def show_footprint(
    session: Session, footprint_id: UUID, caller: Caller, *, now: datetime
) -> KeptFootprint:
    """One version, for its owner or a verifier that it appointed.

    Raises:
        NotThereError: There is none that the caller may see.
    """
    kept = footprints.get(session, footprint_id)
    disclosures.add(session, _list_seen(kept, caller, Subject.FOOTPRINT, now))
    return kept


def show_lockfile(
    session: Session, footprint_id: UUID, caller: Caller, *, now: datetime
) -> LockfileDocument:
    """What makes a footprint again, with the texts that are its owner's own.

    Raises:
        NotThereError: There is none that the caller may see.
    """
    kept = footprints.get(session, footprint_id)
    disclosures.add(session, _list_seen(kept, caller, Subject.LOCKFILE, now))
    own_products = {
        UUID(part["product"])
        for part in kept.lockfile["submissions"]
        if part["organisation"] == str(kept.organisation_id)
    }
    texts = footprints.read_texts(session, own_products, kept.period)
    return to_lockfile(kept, texts)


def _list_seen(
    kept: KeptFootprint, caller: Caller, subject: Subject, now: datetime
) -> Iterator[Disclosure]:
    """What is seen of the owner by its verifier, and of suppliers by either."""
    seen = [(kept.product_id, kept.organisation_id, None), *list_rounded(kept)]
    for product_id, supplier_id, digits in seen:
        if supplier_id != caller.organisation_id:
            yield Disclosure(
                id=new_id(),
                supplier_id=supplier_id,
                viewer_id=caller.organisation_id,
                product_id=product_id,
                subject=subject,
                subject_id=kept.id,
                significant_digits=digits,
                at=now,
            )
