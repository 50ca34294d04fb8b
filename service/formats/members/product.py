"""A member's product as the API takes and gives it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from service.domain.offered_product import OfferedProduct
from service.formats.bilingual import Bilingual, Part, to_bilingual
from service.formats.members.words import BilingualLine, Line

_DIGITS = 30
Amount = Annotated[Decimal, Field(gt=0, max_digits=_DIGITS, allow_inf_nan=False)]
Mass = Annotated[Amount, Field(description="kg of one declared unit.", examples=["48.5"])]
Screening = Annotated[
    Line,
    Field(
        description="Material or factor of the library that stands in while there is no data.",
        examples=["crude_steel"],
    ),
]


class NewProductDocument(Part):
    """A product to list."""

    code: Annotated[
        Line, Field(description="Your own number for it, once a firm.", examples=["AX-100"])
    ]
    name: BilingualLine
    declared_amount: Annotated[Amount, Field(description="The 12 of `12 L`.")] = Decimal(1)
    declared_unit: Annotated[
        Line,
        Field(description="One of PACT's ten, by our symbol or PACT's name.", examples=["piece"]),
    ]
    mass_kg: Mass | None = None
    site_id: UUID | None = Field(None, description="Where it is made.")
    screening: Screening | None = None


class ProductChanges(Part):
    """What shall be otherwise; what is left out stays. Code and declared unit never change."""

    name: BilingualLine | None = None
    mass_kg: Mass | None = None
    site_id: UUID | None = None
    screening: Screening | None = None


class ProductDocument(Part):
    """A product; `site_id` and `screening` are told to its maker alone."""

    id: UUID
    organisation_id: UUID
    code: str
    name: Bilingual
    declared_amount: Decimal
    declared_unit: str = Field(description="Symbol of one of PACT's ten units.")
    mass_kg: Decimal | None = Field(description="kg of one declared unit.")
    site_id: UUID | None
    screening: str | None
    created_at: datetime
    withdrawn_at: datetime | None
    version: int


def from_new_product(
    document: NewProductDocument, product_id: UUID, owner_id: UUID, *, now: datetime
) -> OfferedProduct:
    """The product that a document asks for.

    Raises:
        UnknownUnitError: The declared unit is none of PACT's ten.
        InvalidAmountError: The mass contradicts a declared mass.
    """
    return OfferedProduct(
        id=product_id,
        organisation_id=owner_id,
        site_id=document.site_id,
        code=document.code,
        name=document.name.to_text(),
        declared_amount=document.declared_amount,
        declared_unit=document.declared_unit,
        mass_kg=document.mass_kg,
        screening=document.screening,
        created_at=now,
    )


def from_product_changes(document: ProductChanges) -> Mapping[str, Any]:
    """Fields of a product with what they shall be; null takes all but the name away."""
    given = document.model_fields_set - {"name"}
    changes: dict[str, Any] = {name: getattr(document, name) for name in given}
    return changes if document.name is None else changes | {"name": document.name.to_text()}


def to_product_document(product: OfferedProduct, reader_id: UUID) -> ProductDocument:
    """A product as one firm reads it."""
    own = product.organisation_id == reader_id
    return ProductDocument(
        id=product.id,
        organisation_id=product.organisation_id,
        code=product.code,
        name=to_bilingual(product.name),
        declared_amount=product.declared_amount,
        declared_unit=product.declared_unit,
        mass_kg=product.mass_kg,
        site_id=product.site_id if own else None,
        screening=product.screening if own else None,
        created_at=product.created_at,
        withdrawn_at=product.withdrawn_at,
        version=product.version,
    )
