"""A firm edits a product of its list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from lca_models.facts.library import Library
from service.domain.offered_product import (
    OfferedProduct,
    refuse_unusable_screening,
    refuse_withdrawn,
)
from service.domain.versions import refuse_other_version
from service.store import audit, calculations, products, sites
from service.store.audit import AuditNote


def edit_product(
    session: Session,
    product_id: UUID,
    changes: Mapping[str, Any],
    *,
    by: UUID,
    version: int | None,
    library: Library,
    now: datetime,
) -> OfferedProduct:
    """Edit a product; code and declared unit stay, for what others built on it rests on them.

    Footprints that rest on its mass or on what stands in for it are calculated anew.

    Args:
        session: The transaction.
        product_id: The product.
        changes: Fields, with what they shall be.
        by: The firm that asks.
        version: The version that the edit was made on; None for whatever stands.
        library: Where screening values stand.
        now: The present moment.

    Raises:
        NotThereError: There is no such product or site of the firm.
        ChangedMeanwhileError: It stands at another version.
        NotNowError: It was withdrawn.
        UnusableScreeningError: What is to stand in for it cannot.
    """
    product = products.get_own(session, product_id, by, locked=True)
    refuse_other_version(version, product.version)
    refuse_withdrawn(product)
    edited = replace(product, **changes, version=product.version + 1)
    refuse_unusable_screening(edited, library)
    if edited.site_id is not None:
        sites.get(session, edited.site_id)
    products.replace(session, edited)
    if (edited.mass_kg, edited.screening) != (product.mass_kg, product.screening):
        calculations.cause_of_product(session, product_id, now=now)
    audit.note(
        session,
        AuditNote(
            at=now,
            action="product.edit",
            subject="product",
            subject_id=product_id,
            organisation_id=by,
            details={"version": edited.version},
        ),
    )
    return edited
