"""Keep what was calculated as new versions, if it is still what the accepted data says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.footprint import ChainFootprints
from service.domain.kept_footprint import CalculatedFootprint
from service.domain.recalculation import Recalculation
from service.formats.lockfile import seal_result, to_kept
from service.formats.result_document import FootprintPart
from service.formats.result_writing import to_result
from service.formats.seen_footprint import to_seen
from service.store import audit, footprints, networks
from service.store.audit import AuditNote


def keep_footprints(
    session: Session,
    planned: Recalculation,
    found: ChainFootprints,
    seen: ChainFootprints | None,
    *,
    now: datetime,
) -> Mapping[UUID, UUID] | None:
    """Keep footprints as new versions that name the former ones.

    Args:
        session: A transaction of the service.
        planned: What was to be calculated.
        found: What came out.
        seen: What owners see of those that rest on other firms.
        now: The present moment.

    Returns:
        Ids of the footprints by product, without those that somebody kept meanwhile; None if other
        data was accepted meanwhile: begin again.
    """
    footprints.lock_products(session, map(UUID, planned.locks))
    chain = planned.network.chain
    read = {answer.submission_id for answer in planned.network.answers.values()}
    products = [UUID(product.id) for product in chain.products]
    if networks.list_in_force(session, products, chain.period) != read:
        return None
    known = footprints.read_hashes(session, map(UUID, planned.locks), chain.period)
    new = [key for key, lock in planned.locks.items() if known.get(lock.product_id) != lock.hash]
    kept = footprints.add_versions(session, _write(planned, new, found, seen), now)
    for product_id, footprint_id in kept.items():
        audit.note(session, _note(planned, product_id, footprint_id, now))
    return kept


def _write(
    planned: Recalculation,
    product_ids: list[str],
    found: ChainFootprints,
    seen: ChainFootprints | None,
) -> list[CalculatedFootprint]:
    results = _by_product(found, product_ids)
    resting = [key for key in product_ids if planned.locks[key].supplies]
    shown = {} if seen is None else _by_product(seen, resting)
    return [_footprint(planned, part, shown.get(key)) for key, part in results.items()]


def _by_product(found: ChainFootprints, keys: list[str]) -> dict[str, FootprintPart]:
    if not keys:
        return {}
    return {part.product: part for part in to_result(found, keys).footprints}


def _footprint(
    planned: Recalculation, part: FootprintPart, shown: FootprintPart | None
) -> CalculatedFootprint:
    lock, answer = planned.locks[part.product], planned.network.answers[part.product]
    upstream = planned.network.upstream_of(part.product)
    result = part.model_dump(mode="json")
    result_seal = seal_result(result, [each.salt for each in upstream])
    text = planned.texts[answer.submission_id].content
    return CalculatedFootprint(
        organisation_id=answer.organisation_id,
        product_id=lock.product_id,
        period=lock.period,
        kg_co2e=part.kg_co2e,
        result=result,
        seen=None if shown is None else to_seen(shown),
        lockfile=to_kept(lock, answer, text, result_seal),
        lockfile_hash=lock.hash,
    )


def _note(planned: Recalculation, product_id: UUID, footprint_id: UUID, now: datetime) -> AuditNote:
    return AuditNote(
        at=now,
        action="footprint.keep",
        subject="footprint",
        subject_id=footprint_id,
        organisation_id=planned.network.answers[str(product_id)].organisation_id,
        details={"product_id": str(product_id)},
    )
