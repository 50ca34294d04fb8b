"""The chain document: one JSON or YAML format that describes a whole chain. Version 1."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lca_models.facts.data_quality import UNKNOWN_RATING
from lca_models.facts.factors import NOT_STATED
from lca_models.inventory.allocation import AllocationMethod
from service.domain.chain import Verification
from service.domain.organisation import IdentifierScheme, Role
from service.domain.submission import DataType, ElectricitySource
from service.formats.chain.values import (
    Key,
    NotNegative,
    Number,
    Positive,
    Rating,
    Score,
    Share,
    allow_text,
)

FORMAT: Literal["greenchain.chain/1"] = "greenchain.chain/1"


class Item(BaseModel):
    """Every part of the document: unknown fields are refused, numbers are finite."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, str_strip_whitespace=True)


class NameItem(Item):
    """A name in Chinese, English or both."""

    model_config = ConfigDict(json_schema_extra=allow_text)

    zh: str | None = None
    en: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_plain_text(cls, given: object) -> object:
        return {"zh": given, "en": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _needs_one(self) -> NameItem:
        if not (self.zh or self.en):
            message = "give the name in zh, en or both | 请至少填写一种语言的名称"
            raise ValueError(message)
        return self


class QuantityItem(Item):
    """An amount with its unit, as `{amount: 2.5, unit: kg}` or as the text `2.5 kg`."""

    model_config = ConfigDict(json_schema_extra=allow_text)

    amount: Number
    unit: str

    @model_validator(mode="before")
    @classmethod
    def _from_plain_text(cls, given: object) -> object:
        if isinstance(given, str):
            amount, _, unit = given.strip().partition(" ")
            return {"amount": amount, "unit": unit.strip()}
        return given


class PeriodItem(Item):
    """A reporting period, both days included."""

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> PeriodItem:
        if self.end < self.start:
            message = "the period ends before it starts | 期末早于期初"
            raise ValueError(message)
        return self


class IdentifierItem(Item):
    """The number of a firm in a register; `uscc` is the unified social credit code."""

    scheme: IdentifierScheme
    value: Key


class SiteItem(Item):
    """A place where a firm works; the province by ISO 3166-2, such as CN-SN."""

    id: Key
    name: str
    province: str


class OrganisationItem(Item):
    """A firm of the chain."""

    id: Key
    name: NameItem
    identifier: IdentifierItem
    roles: list[Role] = []
    sites: list[SiteItem] = []


class ProductItem(Item):
    """A product of a firm, with its declared unit and what stands in while it is unanswered."""

    id: Key
    organisation: Key
    name: NameItem
    declared_unit: str = Field(description="One of PACT's ten units, by its name or symbol.")
    declared_amount: Positive = 1.0
    mass: QuantityItem | None = Field(None, description="Mass of one declared unit.")
    screening: str | None = Field(
        None, description="Material or factor id that stands in while the firm has not answered."
    )


class UncertaintyItem(Item):
    """How far an amount may be off, relative to it: a distribution, or five pedigree scores."""

    distribution: Literal["lognormal", "normal", "triangular", "uniform"] | None = None
    geometric_sd: Annotated[Number, Field(gt=1)] | None = None
    relative_sd: Annotated[Number, Field(gt=0)] | None = None
    relative_low: Annotated[Number, Field(ge=0, le=1)] | None = None
    relative_high: Annotated[Number, Field(ge=1)] | None = None
    pedigree: Annotated[list[Score], Field(min_length=5, max_length=5)] | None = None

    @model_validator(mode="after")
    def _is_complete(self) -> UncertaintyItem:
        needed = {
            "lognormal": {"geometric_sd"},
            "normal": {"relative_sd"},
            "triangular": {"relative_low", "relative_high"},
            "uniform": {"relative_low", "relative_high"},
            None: {"pedigree"},
        }[self.distribution]
        given = {name for name, value in self if value is not None} - {"distribution"}
        if given != needed:
            message = (
                "give pedigree, or a distribution with just its parameters: "
                "lognormal geometric_sd; normal relative_sd; "
                "triangular and uniform relative_low and relative_high"
                " | 请填写谱系评分，或分布类型及其参数"
            )
            raise ValueError(message)
        return self


class LineItem(Item):
    """What every line of activity data may say."""

    id: str | None = Field(None, description="Label of the line in messages and results.")
    data_type: DataType = DataType.PRIMARY
    uncertainty: UncertaintyItem | None = None
    evidence: str | None = None
    remark: str | None = None
    serves: str | None = Field(
        None, description="Id of the product of the run that the line serves alone."
    )


class LegItem(Item):
    """One transport leg; the mass is that of the line unless given."""

    mode: str
    distance: QuantityItem
    mass: QuantityItem | None = None


class RecycledContentItem(Item):
    """Recycled shares of an input's mass."""

    pre_consumer: Share = 0.0
    post_consumer: Share = 0.0

    @model_validator(mode="after")
    def _at_most_all(self) -> RecycledContentItem:
        if self.pre_consumer + self.post_consumer > 1:
            message = "the recycled shares exceed 1 | 再生料比例合计超过1"
            raise ValueError(message)
        return self


class InputItem(LineItem):
    """A material, part or packaging; exactly one of product, declared, factor, material."""

    name: str
    quantity: QuantityItem
    product: str | None = Field(None, description="Id of another member's product.")
    declared: str | None = Field(None, description="Id of a declared footprint.")
    factor: str | None = Field(None, description="Id of a factor of the background library.")
    material: str | None = Field(None, description="Name of a material with a default choice.")
    loss_share: Annotated[Number, Field(ge=0, lt=1)] = 0.0
    recycled: RecycledContentItem | None = None
    transport: list[LegItem] = []

    @model_validator(mode="after")
    def _has_one_source(self) -> InputItem:
        given = [self.product, self.declared, self.factor, self.material]
        if sum(source is not None for source in given) != 1:
            message = (
                "give exactly one of product, declared, factor, material"
                " | 须且只能填写product、declared、factor、material之一"
            )
            raise ValueError(message)
        return self


class FuelItem(LineItem):
    """A fuel burnt on site, by its key or name; or `heat` bought."""

    fuel: str
    quantity: QuantityItem


class ElectricityItem(LineItem):
    """Electricity by where it comes from."""

    quantity: QuantityItem
    source: ElectricitySource = ElectricitySource.GRID
    technology: str | None = None
    certificate: str | None = None

    @model_validator(mode="after")
    def _is_complete(self) -> ElectricityItem:
        if self.source is ElectricitySource.ON_SITE and not self.technology:
            message = "on-site power needs its technology | 自发电须填写发电技术"
            raise ValueError(message)
        if self.source is not ElectricitySource.CERTIFIED and self.certificate:
            message = "only certified power has a certificate | 仅绿证电力可填写绿证编号"
            raise ValueError(message)
        if self.source is ElectricitySource.CERTIFIED and not self.certificate:
            message = "certified power needs its certificate | 绿电须填写绿证编号"
            raise ValueError(message)
        return self


class TransportItem(LineItem, LegItem):
    """Inbound transport that belongs to no single input; the mass is required."""

    mass: QuantityItem


class EmissionItem(LineItem):
    """A gas that the process itself emits; or a process with a published factor, and how much.

    Give the mass of a `gas`, or a `process` (key, name or factor id) with what it makes or uses.
    """

    gas: str | None = None
    process: str | None = None
    quantity: QuantityItem

    @model_validator(mode="after")
    def _is_one_of_both(self) -> EmissionItem:
        if (self.gas is None) == (self.process is None):
            message = "give either gas or process | 须填写gas或process之一"
            raise ValueError(message)
        return self


class WasteItem(LineItem):
    """Waste that leaves the process for treatment."""

    name: str
    treatment: str
    quantity: QuantityItem
    material: str | None = Field(None, description="What it is made of, by factor id or name.")
    transport: list[LegItem] = []


class OutputItem(Item):
    """How much of a product one run makes, and what allocation may need per unit of it."""

    quantity: QuantityItem
    value_per_unit: NotNegative | None = None
    energy_mj_per_unit: NotNegative | None = None
    relation_per_unit: NotNegative | None = None
    share: Share | None = Field(None, description="Stated share of the run; all sum to 1.")


class DisplacementItem(Item):
    """The one process that a co-product displaces elsewhere; either factor or material."""

    factor: str | None = Field(None, description="Id of a factor of the background library.")
    material: str | None = Field(None, description="Name of a material with a default choice.")
    quantity_per_unit: QuantityItem = Field(
        description="How much one unit of the co-product's quantity displaces."
    )

    @model_validator(mode="after")
    def _is_one_of_both(self) -> DisplacementItem:
        if (self.factor is None) == (self.material is None):
            message = "give either factor or material | 须填写factor或material之一"
            raise ValueError(message)
        return self


class CoProductItem(OutputItem):
    """Another product of the same run."""

    product: str
    displaces: DisplacementItem | None = None


class RunItem(Item):
    """One run: all that went in and came out."""

    output: OutputItem
    inputs: list[InputItem] = []
    packaging: list[InputItem] = []
    fuels: list[FuelItem] = []
    electricity: list[ElectricityItem] = []
    transport: list[TransportItem] = []
    direct_emissions: list[EmissionItem] = []
    waste: list[WasteItem] = []
    co_products: list[CoProductItem] = []
    allocation: AllocationMethod = AllocationMethod.PACT


class ProcessItem(RunItem):
    """Activity data of one product and period: one run, with all that went in and came out."""

    product: Key
    period: PeriodItem | None = Field(None, description="Default: the period of the chain.")


class RatingsItem(Item):
    """PACT's three data quality ratings from 1, best, to 5, worst or unknown."""

    technological: Rating = UNKNOWN_RATING
    geographical: Rating = UNKNOWN_RATING
    temporal: Rating = UNKNOWN_RATING


class DeclarationItem(Item):
    """A footprint that its owner states: a total in kg CO2e, or kg by gas, per unit."""

    id: Key
    owner: Key
    name: NameItem
    unit: str
    kg_co2e: NotNegative | None = None
    gases: Annotated[dict[str, NotNegative], Field(min_length=1)] | None = None
    gwp_basis: str = NOT_STATED
    valid_from: date
    valid_until: date
    primary_data_share: Share = 0.0
    statement: str = Field(description="Where the declaration can be read.")
    verification: Verification = Verification.NONE
    data_quality: RatingsItem = RatingsItem()
    uncertainty: UncertaintyItem | None = Field(None, description="How far the value may be off.")

    @model_validator(mode="after")
    def _has_one_value(self) -> DeclarationItem:
        if (self.kg_co2e is None) == (self.gases is None):
            message = "give either kg_co2e or gases | 须填写kg_co2e或gases之一"
            raise ValueError(message)
        if self.valid_until < self.valid_from:
            message = "the validity ends before it starts | 有效期截止早于开始"
            raise ValueError(message)
        return self


class CertificateItem(Item):
    """A green-power certificate held by a firm of the chain."""

    id: Key
    organisation: Key
    energy: QuantityItem
    technology: str


class ChainDocument(Item):
    """A whole chain for one reporting period."""

    format: Literal["greenchain.chain/1"] = Field(
        FORMAT, description="Name and version of the format."
    )
    id: Key
    name: NameItem
    lead: Key
    period: PeriodItem
    organisations: Annotated[list[OrganisationItem], Field(min_length=1)]
    products: Annotated[list[ProductItem], Field(min_length=1)]
    processes: list[ProcessItem] = []
    declarations: list[DeclarationItem] = []
    certificates: list[CertificateItem] = []
    remark: NameItem | None = None
