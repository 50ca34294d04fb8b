"""What a product's submission may refer to, as the store knows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from service.domain.link import LinkState
from service.domain.offered_product import OfferedProduct
from service.domain.submission_reach import Named, Reach
from service.store import certificates
from service.store.tables.chains import LinkRow, ProductRow


def read_reach(session: Session, product: OfferedProduct) -> Reach:
    """What lines of a submission may refer to now: links end, and products come.

    Args:
        session: Sees what the owner sees.
        product: The product that the submission is about.
    """
    supplied = col(ProductRow.id).in_(
        select(LinkRow.supplier_product_id).where(
            LinkRow.buyer_product_id == product.id,
            LinkRow.buyer_id == product.organisation_id,
            LinkRow.state == LinkState.ACCEPTED.value,
        )
    )
    return Reach(
        product=product.to_product(),
        supplies=_read_named(session, supplied),
        own=_read_named(session, col(ProductRow.organisation_id) == product.organisation_id),
        certificates={
            str(certificate.id): certificate
            for certificate in certificates.list_held(session, product.organisation_id)
        },
    )


def _read_named(session: Session, condition: Any) -> Mapping[str, Named]:  # noqa: ANN401 - a column's
    columns = (ProductRow.id, ProductRow.code, ProductRow.name_zh, ProductRow.name_en)
    return {
        str(product_id): Named(str(product_id), code, (zh, en))
        for product_id, code, zh, en in session.exec(select(*columns).where(condition))
    }
