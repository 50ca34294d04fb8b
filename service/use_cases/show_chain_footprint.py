"""Show the lead firm the footprints of its chain, with the firms that it sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from service.domain.access import Caller
from service.domain.chain_footprint import ChainProductFootprint, SuppliedPart, split_by_firm
from service.domain.disclosure import Disclosure, Subject
from service.domain.kept_footprint import KeptFootprint
from service.domain.link import Link, list_firms_behind
from service.domain.submission import Period
from service.formats.lockfile import list_rounded
from service.store import chains, disclosures, footprints, links
from service.store.ids import new_id
from service.store.session import whole_store


def show_chain_footprint(
    session: Session, chain_id: UUID, period: Period, caller: Caller, *, now: datetime
) -> list[ChainProductFootprint]:
    """The products of a chain that have a footprint for a period.

    Raises:
        NotThereError: The caller leads no such chain.
    """
    chains.get_led(session, chain_id, caller.organisation_id)
    seen = links.list_accepted(session, chain_id)
    products = chains.list_product_ids(session, chain_id)
    own = footprints.read_current(session, products, period)
    rounded = {supply for kept in own.values() for supply in list_rounded(kept)}
    with whole_store(session):
        behind = footprints.read_current(session, {supply[0] for supply in rounded}, period)
        shares = {key: _read_shares(kept) for key, kept in behind.items()}
    disclosures.add(session, _disclose(chain_id, rounded, caller, now))
    return [_show(kept, shares, seen) for kept in own.values()]


def _show(
    kept: KeptFootprint, shares: Mapping[UUID, Mapping[UUID, float]], seen: Collection[Link]
) -> ChainProductFootprint:
    taken: dict[UUID, float] = defaultdict(float)
    for line in kept.for_owner["by_line"]:
        if line["supplier"] is not None and _is_id(line["supplier"]["id"]):
            taken[UUID(line["supplier"]["id"])] += line["kg_co2e"]
    supplied = [
        SuppliedPart(
            supplier_id,
            taken[product_id],
            shares.get(product_id, {}),
            digits,
            list_firms_behind(product_id, seen) - {kept.organisation_id},
        )
        for product_id, supplier_id, digits in list_rounded(kept)
        if product_id in taken
    ]
    total = kept.for_owner["kg_co2e"] or 0.0
    by_firm = split_by_firm(kept.organisation_id, total, supplied)
    return ChainProductFootprint(kept, by_firm)


def _is_id(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True


def _read_shares(kept: KeptFootprint) -> Mapping[UUID, float]:
    total = kept.result["kg_co2e"]
    if not total:
        return {}
    return {
        UUID(part["organisation"]["id"]): part["kg_co2e"] / total
        for part in kept.result["by_organisation"]
    }


def _disclose(
    chain_id: UUID, rounded: set[tuple[UUID, UUID, int]], caller: Caller, now: datetime
) -> Iterator[Disclosure]:
    for product_id, supplier_id, digits in sorted(rounded):
        yield Disclosure(
            id=new_id(),
            supplier_id=supplier_id,
            viewer_id=caller.organisation_id,
            product_id=product_id,
            subject=Subject.CHAIN_FOOTPRINT,
            subject_id=chain_id,
            significant_digits=digits,
            at=now,
        )
