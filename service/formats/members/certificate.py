"""Green-power certificates as the API reads and gives them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, PlainSerializer

from service.domain.registered_certificate import CertificateIssuer, RegisteredCertificate
from service.domain.submission import Period
from service.formats.bilingual import Part
from service.formats.chain.provinces import PROVINCES, find_province

_KWH = {"kWh": Decimal(1), "MWh": Decimal(1000)}
# To the milliwatt hour, and far more than a country generates in a year.
_DECIMALS, _DIGITS = 6, 21
Energy = Annotated[Decimal, PlainSerializer(lambda kwh: f"{kwh.normalize():f}", str, "json")]


def _find_province(given: str) -> str:
    found = find_province(given)
    if found not in PROVINCES:
        message = "this is no province of China by ISO 3166-2 | 不是ISO 3166-2省级代码"
        raise ValueError(message)
    return found


class EnergyPart(Part):
    """An exact amount of electricity."""

    amount: Annotated[
        Decimal,
        Field(gt=0, max_digits=_DIGITS, decimal_places=_DECIMALS, examples=["1000"]),
    ]
    unit: Literal["kWh", "MWh"]

    def to_kwh(self) -> Decimal:
        """The amount in kilowatt hours."""
        return self.amount * _KWH[self.unit]


class CertificateAsked(Part):
    """A certificate to register: once among all organisations here."""

    issuer: Annotated[
        CertificateIssuer,
        Field(description="`gec` is China's green electricity certificate (绿证)."),
    ]
    number: Annotated[str, Field(min_length=1, max_length=200, examples=["GEC-2025-000123"])]
    technology: Annotated[
        str, Field(min_length=1, max_length=200, examples=["wind"], description="Or 风电, pv …")
    ]
    energy: EnergyPart
    province: Annotated[
        Annotated[str, AfterValidator(_find_province)] | None, Field(examples=["CN-SN"])
    ] = None
    generated_from: date
    generated_until: Annotated[date, Field(description="This day included.")]

    def to_certificate(
        self, certificate_id: UUID, holder_id: UUID, now: datetime
    ) -> RegisteredCertificate:
        """The certificate, held by a firm."""
        return RegisteredCertificate(
            id=certificate_id,
            organisation_id=holder_id,
            issuer=self.issuer,
            number=self.number.strip(),
            technology=self.technology,
            province=self.province,
            energy_kwh=self.energy.to_kwh(),
            generated=Period(self.generated_from, self.generated_until),
            registered_at=now,
        )


class CertificateDocument(Part):
    """A certificate, and what is left of it."""

    id: UUID
    issuer: CertificateIssuer
    number: str
    technology: str
    province: str | None
    energy_kwh: Energy
    spent_kwh: Annotated[Energy, Field(description="What accepted submissions claim.")]
    left_kwh: Energy
    generated_from: date
    generated_until: date
    registered_at: datetime


def to_certificate_document(
    certificate: RegisteredCertificate, spent_kwh: Iterable[Decimal] = ()
) -> CertificateDocument:
    """A certificate as its holder reads it."""
    spent = sum(spent_kwh, Decimal(0))
    return CertificateDocument(
        id=certificate.id,
        issuer=certificate.issuer,
        number=certificate.number,
        technology=certificate.technology,
        province=certificate.province,
        energy_kwh=certificate.energy_kwh,
        spent_kwh=spent,
        left_kwh=certificate.energy_kwh - spent,
        generated_from=certificate.generated.start,
        generated_until=certificate.generated.end,
        registered_at=certificate.registered_at,
    )
