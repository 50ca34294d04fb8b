"""Release to buyers what they may read of their suppliers' footprints, and have not read yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.consent import GrantedDigits
from service.domain.kept_footprint import KeptFootprint
from service.domain.release import Release
from service.formats.lockfile import list_rounded
from service.formats.members.release import to_content
from service.store import audit, consents, footprints, releases, verifications
from service.store.audit import AuditNote
from service.store.ids import new_id
from service.store.releases import AgreedSupply


def release_footprints(session: Session, after: UUID | None, *, now: datetime) -> UUID | None:
    """Release by some agreed links.

    What a buyer would read unchanged is not released again: a new version whose rounded figures
    are the old ones tells it nothing, not even that there is one.

    Args:
        session: A transaction of the service.
        after: The link after which to go on; None to begin.
        now: The present moment.

    Returns:
        The last link that was looked at; None when there are no more.
    """
    supplies = releases.list_supplies(session, after)
    if not supplies:
        return None
    product_ids = {supply.product_id for supply in supplies}
    current: dict[UUID, list[KeptFootprint]] = defaultdict(list)
    for kept in footprints.list_current(session, product_ids):
        current[kept.product_id].append(kept)
    offered = _offer(session, supplies, current, now)
    last = releases.read_last(session, product_ids)
    for release in offered.values():
        former = last.get(release.about)
        if former is None or former.content != release.content:
            releases.add(session, release)
            audit.note(session, _note(release))
    return supplies[-1].link_id


def _offer(
    session: Session,
    supplies: Sequence[AgreedSupply],
    current: Mapping[UUID, Sequence[KeptFootprint]],
    now: datetime,
) -> dict[object, Release]:
    """What each buyer may read now."""
    granted = consents.read_granted(session)
    submissions = {kept.submission_id for some in current.values() for kept in some}
    stated = verifications.read_last(session, submissions)
    offered: dict[object, Release] = {}
    for supply in supplies:
        for kept in current.get(supply.product_id, ()):
            digits = _digits(granted, supply, kept)
            content = to_content(kept.result, digits, stated.get(kept.submission_id))
            if content is not None:
                release = Release(
                    id=new_id(),
                    footprint_id=kept.id,
                    product_id=kept.product_id,
                    supplier_id=supply.supplier_id,
                    buyer_id=supply.buyer_id,
                    period=kept.period,
                    significant_digits=digits,
                    content=content,
                    released_at=now,
                )
                offered[release.about] = release
    return offered


def _digits(granted: GrantedDigits, supply: AgreedSupply, kept: KeptFootprint) -> int:
    """What the supplier grants, but no more than it sees itself of what it buys."""
    digits = granted.find(supply.supplier_id, supply.buyer_id, supply.product_id)
    return min([digits, *(seen for _, _, seen in list_rounded(kept))])


def _note(release: Release) -> AuditNote:
    return AuditNote(
        at=release.released_at,
        action="footprint.release",
        subject="release",
        subject_id=release.id,
        organisation_id=release.supplier_id,
        details={
            "footprint_id": str(release.footprint_id),
            "buyer_id": str(release.buyer_id),
            "significant_digits": release.significant_digits,
        },
    )
