"""A registered green-power certificate: energy that one firm may claim once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from uuid import UUID

from lca_models.errors import Defect, InvalidAmountError, Place, RuleBrokenError, Text
from lca_models.facts.units import Quantity
from service.domain.errors import (
    CertificateOverspentError,
    InvalidChainError,
    MissingQuantityError,
)
from service.domain.product import Product
from service.domain.production import count_runs, true_digits
from service.domain.submission import Electricity, Period, Submission

# A claim is counted to the milliwatt hour: that is far below what meters tell, and far above what
# binary numbers lose when a unit is converted.
_COUNTED = Decimal("0.000001")
_UNIT = "kWh"


class CertificateIssuer(StrEnum):
    """Registries of green-power certificates.

    The list is closed: were an issuer free text, one certificate could be registered twice under
    two spellings of its registry.
    """

    GEC = "gec"
    """China's green electricity certificates (绿证)."""
    I_REC = "i-rec"
    """International renewable energy certificates."""
    TIGR = "tigr"
    """Tradable instruments for global renewables."""


class CertificateTakenError(RuleBrokenError):
    """A certificate of this issuer and number is registered already, whoever holds it."""

    code = "certificate-taken"
    title = Text(en="The certificate is registered already", zh="该绿证已登记")


class CertificateOutOfPeriodError(RuleBrokenError):
    """A certificate's power was generated in other years than those it is claimed for."""

    code = "certificate-out-of-period"
    title = Text(en="Certificate is of another year", zh="绿证发电年份不符")


@dataclass(frozen=True, slots=True)
class RegisteredCertificate:
    """A certificate that a firm holds.

    Args:
        id: Its id here, by which lines of activity data claim it.
        organisation_id: The firm.
        issuer: Its registry.
        number: Its number there, as the firm writes it.
        technology: Key of how the power was generated.
        province: Where, by ISO 3166-2; None where the certificate does not say.
        energy_kwh: Energy that it stands for.
        generated: When that was generated, both days included.
        registered_at: When it was registered here.
    """

    id: UUID
    organisation_id: UUID
    issuer: CertificateIssuer
    number: str
    technology: str
    province: str | None
    energy_kwh: Decimal
    generated: Period
    registered_at: datetime

    def __post_init__(self) -> None:
        """Refuse energy that is none, and a time that ends before it starts."""
        if self.energy_kwh <= 0:
            raise InvalidAmountError(
                Text(en="The energy must be above zero.", zh="电量必须大于零。"),
                Text(en="Give what the certificate states.", zh="请按绿证所载电量填写。"),
                value=self.energy_kwh,
            )
        if self.generated.end < self.generated.start:
            raise CertificateOutOfPeriodError(
                Text(en="The generation ends before it starts.", zh="发电时间止早于起。"),
                Text(en="Correct the two days.", zh="请更正起止日期。"),
            )

    def refuse_other_years(self, period: Period) -> None:
        """Make sure that the power was generated in the calendar years of a reporting period.

        Registries state generation by the month, suppliers report by the month or the year, and
        what is bought for a year is generated across it: so the calendar year is the step. A rule
        of this house, stricter than no limit and none that a standard states to the day.

        Raises:
            CertificateOutOfPeriodError: Some of it was generated in another year.
        """
        first, last = date(period.start.year, 1, 1), date(period.end.year, 12, 31)
        if first <= self.generated.start and self.generated.end <= last:
            return
        raise CertificateOutOfPeriodError(
            Text(
                en="The certificate “{number}” was generated from {start} to {end}.",
                zh="绿证“{number}”的发电时间为{start}至{end}。",
            ).format(number=self.number, start=self.generated.start, end=self.generated.end),
            Text(
                en="Claim one that was generated between {first} and {last}.",
                zh="请使用{first}至{last}之间发电的绿证。",
            ).format(first=first, last=last),
            value=self.number,
        )


def claimed_kwh(
    activity: Submission, product: Product, produced: Quantity | None
) -> Mapping[UUID, Decimal]:
    """Energy that activity data claims of each certificate: that of all runs of the period.

    Args:
        activity: One run.
        product: Its product.
        produced: How much of it the period made.

    Returns:
        kWh by certificate, rounded up.

    Raises:
        InvalidChainError: It is not said what the period made; names every line that claims.
        InvalidAmountError: That is less than one run makes.
    """
    lines = [line for line in activity.lines if isinstance(line, Electricity)]
    claiming = [(line, UUID(line.certificate_id)) for line in lines if line.certificate_id]
    if not claiming:
        return {}
    if produced is None:
        raise InvalidChainError(*(_uncounted(product, line) for line, _ in claiming))
    of_one_run: dict[UUID, Decimal] = {}
    for line, key in claiming:
        kwh = Decimal(repr(line.quantity.to(_UNIT)))
        of_one_run[key] = of_one_run.get(key, Decimal(0)) + kwh
    runs = count_runs(activity, product, produced)
    return {key: _count(kwh * runs) for key, kwh in of_one_run.items()}


def refuse_overspent(
    held: Mapping[UUID, RegisteredCertificate],
    spent_kwh: Mapping[UUID, Iterable[Decimal]],
    claims_kwh: Mapping[UUID, Decimal],
) -> None:
    """Make sure that claims and all that was spent before are at most what there is.

    Args:
        held: The certificates.
        spent_kwh: What accepted submissions claim of each.
        claims_kwh: What is claimed now of each.

    Raises:
        CertificateOverspentError: A certificate stands for less.
    """
    for certificate_id, claim_kwh in claims_kwh.items():
        _refuse_overspent(held[certificate_id], spent_kwh[certificate_id], claim_kwh)


def _refuse_overspent(
    certificate: RegisteredCertificate, spent_kwh: Iterable[Decimal], claim_kwh: Decimal
) -> None:
    left = certificate.energy_kwh - sum(spent_kwh, Decimal(0))
    if claim_kwh <= left:
        return
    raise CertificateOverspentError(
        Text(
            en="{claim:f} kWh are claimed of the certificate “{number}”, of which {left:f} kWh "
            "are left.",
            zh="申领绿证“{number}”电量{claim:f}千瓦时，剩余可用{left:f}千瓦时。",
        ).format(claim=claim_kwh, number=certificate.number, left=left),
        Text(
            en="Claim each kilowatt hour once; put the rest down as grid power.",
            zh="每千瓦时只能申领一次，其余电量请填为电网电力。",
        ),
        value=certificate.number,
    )


def _uncounted(product: Product, line: Electricity) -> Defect:
    return Defect(
        MissingQuantityError.code,
        Text(
            en="The line claims certified power, but it is not said how much of the product the "
            "period made.",
            zh="该明细使用绿证电量，但未填写报告期内的产品产量。",
        ),
        Text(
            en="Give “produced”, such as 12000 {unit}: the certificate is spent for all of it.",
            zh="请填写“produced”（如12000 {unit}），绿证电量按全部产量扣减。",
        ).format(unit=product.declared.unit),
        Place(product=product.id, line=line.label),
    )


def _count(kwh: Decimal) -> Decimal:
    return true_digits(kwh).quantize(_COUNTED, ROUND_CEILING)
