"""The lockfile document: what makes a footprint again, with the texts that its reader may have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import Field, ValidationError

from lca_models.errors import Defect, Text
from service.domain.errors import InvalidDocumentError
from service.domain.kept_footprint import KeptFootprint
from service.domain.lockfile import Lockfile, Recipe, seal
from service.domain.network import Answer, Network, claimed_certificates
from service.domain.organisation import Organisation
from service.domain.product import Product
from service.formats.bilingual import Part

FORMAT: Literal["greenchain.lock/1"] = "greenchain.lock/1"
# Estimates of the spread differ in their last digits by how many products are solved together.
_DIGITS_OF_SPREAD = 9
# Words and names do not change a digit, and others may change them.
_WORDS = frozenset({"name", "reason", "cure"})


class RecipePart(Part):
    """How a footprint was calculated."""

    characterisation: str
    library_version: str
    engine: dict[str, str]
    greenchain: str
    seed: int


class LockedSubmissionPart(Part):
    """One submission behind a footprint; what its reader may not have is null."""

    seal: str = Field(description="SHA-256 over salt and text.")
    submission: str | None = None
    number: int | None = None
    product: str | None = None
    organisation: str | None = Field(None, description="Whose it is; null further upstream.")
    salt: str | None = None
    text: dict[str, Any] | None = Field(
        None, description="A part of a chain document: firms, products, process, certificates."
    )


class LockedPeriodPart(Part):
    """The reporting period, both days included."""

    start: date
    end: date


class LockfileDocument(Part):
    """What one footprint was made from, and what came out."""

    format: Literal["greenchain.lock/1"] = Field(
        FORMAT, description="Name and version of the format."
    )
    product: str
    period: LockedPeriodPart
    method: RecipePart
    submissions: list[LockedSubmissionPart]
    result: dict[str, Any] | None = Field(
        description="The footprint; null where other firms' data stands behind it."
    )
    result_seal: str = Field(description="SHA-256 over the result and all salts.")


def read_lockfile(content: bytes) -> LockfileDocument:
    """Read a lockfile.

    Raises:
        InvalidDocumentError: It is none.
    """
    try:
        return LockfileDocument.model_validate_json(content)
    except ValidationError as error:
        raise InvalidDocumentError(
            Defect(
                InvalidDocumentError.code,
                Text(en="This is no lockfile.", zh="该文件不是锁定文件。"),
                Text(
                    en="Take what GET /v1/footprints/{id}/lockfile answers, as it is.",
                    zh="请使用GET /v1/footprints/{id}/lockfile返回的原始内容。",
                ),
            )
        ) from error


def to_text(network: Network, answer: Answer) -> dict[str, Any]:
    """The text of a submission with all that its digits depend on, and no name."""
    chain = network.chain
    drawn = {key for key in answer.drawn if key not in network.answers}
    products = [chain.get_product(key) for key in sorted({*answer.product_ids, *drawn})]
    firms = {product.organisation_id for product in products}
    claimed = claimed_certificates(answer.submission)
    return {
        "organisations": [_firm(firm) for firm in chain.organisations if firm.id in firms],
        "products": [_product(product) for product in products],
        "process": dict(answer.process),
        "certificates": [
            {
                "id": certificate.id,
                "organisation": certificate.organisation_id,
                "energy": {"amount": certificate.energy_kwh, "unit": "kWh"},
                "technology": certificate.technology,
            }
            for certificate in chain.certificates
            if certificate.id in claimed
        ],
    }


def seal_result(footprint: Mapping[str, Any], salts: Iterable[str]) -> str:
    """The seal of a footprint: who has all texts, and nobody else, can repeat it."""
    return seal(to_digits(footprint), salts)


def to_digits(footprint: Mapping[str, Any]) -> dict[str, Any]:
    """A footprint without words and names, its spread to nine digits: what can be repeated."""
    bare: dict[str, Any] = _bare(dict(footprint))
    spread = bare.get("interval")
    if spread is not None:
        bare["interval"] = {
            name: float(f"{value:.{_DIGITS_OF_SPREAD}g}") for name, value in spread.items()
        }
    return bare


def to_kept(
    lockfile: Lockfile, answer: Answer, text: Mapping[str, Any], result_seal: str
) -> dict[str, Any]:
    """A lockfile as it is stored by a footprint: with the one text that is the product's own."""
    return {
        "method": _recipe(lockfile.recipe).model_dump(),
        "submissions": [
            {
                "seal": part.seal,
                "submission": str(part.submission_id),
                "number": part.number,
                "product": str(part.product_id),
                "organisation": str(part.organisation_id),
            }
            for part in lockfile.parts
        ],
        "supplies": [
            {
                "product": str(supply.product_id),
                "organisation": str(supply.organisation_id),
                "significant_digits": supply.significant_digits,
            }
            for supply in lockfile.supplies
        ],
        "text": dict(text),
        "salt": answer.salt,
        "own_submission": str(answer.submission_id),
        "own_seal": seal(text, [answer.salt]),
        "result_seal": result_seal,
    }


def list_rounded(kept: KeptFootprint) -> list[tuple[UUID, UUID, int]]:
    """Other firms' products behind what an owner sees: product, firm, digits."""
    return [
        (
            UUID(supply["product"]),
            UUID(supply["organisation"]),
            supply["significant_digits"],
        )
        for supply in kept.lockfile["supplies"]
    ]


def to_lockfile(kept: KeptFootprint, texts: Mapping[str, tuple[str, Any]]) -> LockfileDocument:
    """The lockfile of a footprint for its owner, and verifiers that it appointed.

    Args:
        kept: The footprint.
        texts: Salts and texts of the owner's own submissions, by their seals.
    """
    products = {str(product) for product, _, _ in list_rounded(kept)}
    own = str(kept.organisation_id)
    return LockfileDocument(
        product=str(kept.product_id),
        period=LockedPeriodPart(start=kept.period.start, end=kept.period.end),
        method=RecipePart(**kept.lockfile["method"]),
        submissions=[
            _locked(part, texts)
            if part["organisation"] == own
            else _supplied(part)
            if part["product"] in products
            else LockedSubmissionPart(seal=part["seal"])
            for part in kept.lockfile["submissions"]
        ],
        result=dict(kept.result) if kept.seen is None else None,
        result_seal=kept.lockfile["result_seal"],
    )


def _locked(part: Mapping[str, Any], texts: Mapping[str, tuple[str, Any]]) -> LockedSubmissionPart:
    salt, text = texts.get(part["seal"], (None, None))
    return LockedSubmissionPart(**part, salt=salt, text=text)


def _supplied(part: Mapping[str, Any]) -> LockedSubmissionPart:
    """A direct supply: whose it is. Its id and version would tell when and how often it changes."""
    return LockedSubmissionPart(
        seal=part["seal"], product=part["product"], organisation=part["organisation"]
    )


def _firm(firm: Organisation) -> dict[str, Any]:
    return {
        "id": firm.id,
        "name": firm.id,
        "identifier": {"scheme": "other", "value": firm.id},
        "sites": [
            {"id": site.id, "name": site.id, "province": site.province} for site in firm.sites
        ],
    }


def _product(product: Product) -> dict[str, Any]:
    return {
        "id": product.id,
        "organisation": product.organisation_id,
        "name": product.id,
        "declared_unit": product.declared.unit,
        "declared_amount": product.declared.amount,
        "mass": None if product.mass_kg is None else {"amount": product.mass_kg, "unit": "kg"},
        "screening": product.screening,
    }


def _recipe(recipe: Recipe) -> RecipePart:
    return RecipePart(
        characterisation=recipe.characterisation,
        library_version=recipe.library_version,
        engine=dict(recipe.engine),
        greenchain=recipe.greenchain,
        seed=recipe.seed,
    )


def _bare(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):  # a tenth of the time that an abstract class takes
        return {key: _bare(part) for key, part in value.items() if key not in _WORDS}
    if isinstance(value, list):
        return list(map(_bare, value))
    return value + 0.0 if isinstance(value, float) else value  # JSONB has no zero below zero
