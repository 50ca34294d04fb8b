"""How well what lines draw on fits them: PACT's three ratings, and what was measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from lca_models.facts.data_quality import UNKNOWN_QUALITY, UNKNOWN_RATING, DataQuality
from lca_models.facts.factors import Factor
from lca_models.facts.library import Library
from lca_models.inventory.processes import Emission, Exchange, Process, SupplierKind
from service.domain.chain import Chain
from service.domain.submission import DataType, Period

_SAME_SUBDIVISION, _SAME_COUNTRY, _GLOBAL = 1.0, 2.0, 4.0
_GLOBAL_PLACE = "GLO"
# A published value is at best an average of the same technology. By score of the pedigree matrix:
# 1 and 2 are the technology itself, 3 and 4 a related one, 5 is none that is in use.
_TECHNOLOGICAL = (3.0, 3.0, 4.0, 4.0, UNKNOWN_RATING)
_PROXY = 4.0
# Days from the end of the dataset's year to the end of the period, by rating.
_TEMPORAL = ((1.0, 366), (2.0, 731), (3.0, 1096), (4.0, 1461))
_MEASURED = DataQuality(1.0, 1.0, 1.0)


def rate_processes(
    processes: Iterable[Process], chain: Chain, library: Library
) -> tuple[Process, ...]:
    """The same processes, with every exchange and emission rated and marked as measured or not.

    Ratings are those of what an amount is multiplied by; that an amount is secondary shows in the
    primary data share instead.

    Source: PACT Methodology v3, data quality ratings; rules where it leaves a choice are ours and
    stand in docs/method.md, section 8.
    """

    @cache
    def rate(factor_id: str, firm: str) -> DataQuality:
        return rate_factor(library.get_footprint_factor(factor_id), places[firm], chain.period)

    places = {firm.id: [site.province for site in firm.sites] for firm in chain.organisations}
    secondary = frozenset(_list_secondary(chain))
    return tuple(
        replace(
            process,
            exchanges=tuple(
                replace(
                    exchange,
                    primary=exchange.primary and (process.product, exchange.line) not in secondary,
                    quality=_rate_exchange(exchange, process.organisation, rate),
                )
                for exchange in process.exchanges
            ),
            emissions=tuple(map(_rate_emission, process.emissions)),
        )
        for process in processes
    )


def rate_factor(factor: Factor, places: Iterable[str], period: Period) -> DataQuality:
    """How well a published factor fits firms in these places and a reporting period.

    Args:
        factor: The factor; its pedigree tells whether its technology is the one that it names.
        places: Subdivisions or countries by ISO 3166; the worst counts, none is unknown.
        period: The reporting period; a factor of a later year counts as of the period.
    """
    return DataQuality(
        technological=_TECHNOLOGICAL[factor.pedigree[-1] - 1],
        geographical=max(
            (_rate_place(factor.geography, place) for place in places),
            default=_GLOBAL if factor.geography == _GLOBAL_PLACE else UNKNOWN_RATING,
        ),
        temporal=_rate_age(factor.valid_year, period),
    )


def _rate_place(geography: str, place: str) -> float:
    if geography == place:
        return _SAME_SUBDIVISION
    if geography == _GLOBAL_PLACE:
        return _GLOBAL
    return _SAME_COUNTRY if _country(geography) == _country(place) else UNKNOWN_RATING


def _country(place: str) -> str:
    return place.partition("-")[0]


def _rate_age(valid_year: int | None, period: Period) -> float:
    if valid_year is None:
        return UNKNOWN_RATING
    days = (period.end - date(valid_year, 12, 31)).days
    return next((rating for rating, most in _TEMPORAL if days <= most), UNKNOWN_RATING)


def _rate_exchange(
    exchange: Exchange, firm: str, rate: Callable[[str, str], DataQuality]
) -> DataQuality:
    """Members and declarations pass on their own ratings; a screening value is a proxy."""
    if exchange.supplier.kind is not SupplierKind.BACKGROUND:
        return UNKNOWN_QUALITY
    quality = rate(exchange.supplier.id, firm)
    if not exchange.screening:
        return quality
    return replace(quality, technological=max(quality.technological, _PROXY))


def _rate_emission(emission: Emission) -> Emission:
    return replace(emission, quality=_MEASURED if emission.primary else UNKNOWN_QUALITY)


def _list_secondary(chain: Chain) -> Iterator[tuple[str, str]]:
    """Product and label of every line whose amount was taken from elsewhere."""
    for submission in chain.current_submissions():
        for line in submission.lines:
            if line.notes.data_type is DataType.SECONDARY:
                for output in submission.outputs:
                    yield output.product_id, line.label
