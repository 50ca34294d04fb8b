"""A chain that contradicts itself is refused with firm, product, line and cure."""

from dataclasses import replace
from datetime import date

import pytest

from lca_models.facts.library import load_library
from lca_models.facts.units import Quantity
from service.domain.chain import Chain, Declaration
from service.domain.chain_inventory import lay_out
from service.domain.errors import InvalidChainError
from service.domain.organisation import Identifier, IdentifierScheme
from service.domain.submission import (
    BackgroundSupply,
    DeclaredSupply,
    Electricity,
    ElectricitySource,
    Line,
    MemberProduct,
    NamedMaterial,
    Period,
    Transport,
    TransportLeg,
    Waste,
)
from tests import make

LIBRARY = load_library()
FIRM = make.product()


def refusal(chain: Chain) -> list[tuple[str, str]]:
    """Every defect in English and Chinese."""
    with pytest.raises(InvalidChainError) as caught:
        lay_out(chain, LIBRARY)
    told = caught.value.to_text()
    return list(zip(told.en.split("\n"), told.zh.split("\n"), strict=True))


def with_line(line: Line, *declarations: Declaration) -> Chain:
    return make.chain_of((FIRM,), (make.submission("product", line),), declarations=declarations)


def power(certificate_id: str = "certificate", kwh: float = 600, label: str = "power") -> Line:
    return Electricity(
        label,
        Quantity(kwh, "kWh"),
        ElectricitySource.CERTIFIED,
        certificate_id=certificate_id,
    )


WIND = make.certificate()
OLD = Period(date(2023, 1, 1), date(2024, 12, 31))
OVERSPENT = (
    "1200 kWh are claimed against the certificate “certificate”, which stands for 1000 kWh. "
    "Claim each kilowatt hour once; put the rest down as grid power."
)
REFUSED: dict[str, tuple[Chain, str, str]] = {
    "a product of nobody": (
        with_line(make.line(MemberProduct("steel"))),
        (
            "firm firm, product product, line line: The chain has no product “steel”. "
            "Add it, or correct the id."
        ),
        "企业“firm”，产品“product”，明细“line”：供应链中没有产品“steel”。请补充，或更正编号。",
    ),
    "a declaration of nobody": (
        with_line(make.line(DeclaredSupply("epd"))),
        "line line: The chain has no declared footprint “epd”. Add it, or correct the id.",
        "明细“line”：供应链中没有碳足迹声明“epd”。请补充，或更正编号。",
    ),
    "a declaration of other years": (
        with_line(make.line(DeclaredSupply("declared")), make.declaration(valid=OLD)),
        (
            "line line: The declared footprint “declared” is valid from 2023-01-01 to 2024-12-31, "
            "not in the reporting period. Ask its owner for a declaration of the period."
        ),
        (
            "明细“line”：碳足迹声明“declared”有效期为2023-01-01至2024-12-31，不覆盖报告期。"
            "请向声明方索取覆盖报告期的声明。"
        ),
    ),
    "a certificate of nobody": (
        with_line(power("gec-1")),
        "line power: The chain has no certificate “gec-1”. Add it, or correct the id.",
        "明细“power”：供应链中没有绿证“gec-1”。请补充，或更正编号。",
    ),
    "a certificate of another firm": (
        make.chain_of(
            (FIRM, make.product("other", "neighbour")),
            (make.submission("product", power()),),
            certificates=(make.certificate(organisation_id="neighbour"),),
        ),
        (
            "line power: The certificate “certificate” is held by another firm. "
            "Claim a certificate of the firm's own."
        ),
        "明细“power”：绿证“certificate”由其他企业持有。请使用本企业持有的绿证。",
    ),
    "a certificate spent twice by one product": (
        make.chain_of(
            (FIRM,),
            (make.submission("product", power(), power(label="more power")),),
            certificates=(WIND,),
        ),
        f"firm firm, product product, line more power: {OVERSPENT}",
        (
            "明细“more power”：绿证“certificate”对应电量1000千瓦时，但共申领1200千瓦时。"
            "每千瓦时只能申领一次，其余电量请填为电网电力。"
        ),
    ),
    "a certificate spent twice by two products": (
        make.chain_of(
            (FIRM, make.product("other")),
            (make.submission("product", power()), make.submission("other", power())),
            certificates=(WIND,),
        ),
        f"firm firm, product other, line power: {OVERSPENT}",
        "产品“other”，明细“power”：绿证“certificate”对应电量1000千瓦时，但共申领1200千瓦时。",
    ),
    "a certificate for nothing": (
        make.chain_of(
            (FIRM,),
            (make.submission("product", power(kwh=0.5)),),
            certificates=(make.certificate(energy_kwh=0.0),),
        ),
        (
            "line power: 0.5 kWh are claimed against the certificate “certificate”, "
            "which stands for 0 kWh."
        ),
        "明细“power”：绿证“certificate”对应电量0千瓦时，但共申领0.5千瓦时。",
    ),
    "certified power of another kind": (
        make.chain_of(
            (FIRM,),
            (
                make.submission(
                    "product",
                    Electricity(
                        "power",
                        Quantity(1, "kWh"),
                        ElectricitySource.CERTIFIED,
                        technology="hydro",
                        certificate_id="certificate",
                    ),
                ),
            ),
            certificates=(WIND,),
        ),
        (
            "line power: The certificate “certificate” is for wind power, not for hydro. "
            "Correct the technology or the certificate."
        ),
        "明细“power”：绿证“certificate”对应风力发电，与填写的hydro不符。请更正发电技术或绿证编号。",
    ),
    "on-site power of no kind": (
        with_line(Electricity("power", Quantity(1, "kWh"), ElectricitySource.ON_SITE)),
        (
            "line power: How the power was generated is not given. "
            "Give the technology, such as pv or wind."
        ),
        "明细“power”：未填写发电方式。请填写发电技术，如光伏、风电。",
    ),
    "a journey of no length": (
        with_line(
            Waste(
                "parts",
                "parts",
                "recycling",
                Quantity(1, "kg"),
                legs=(TransportLeg("road", Quantity(0, "km")),),
            )
        ),
        (
            "line parts: Distance and mass must be above zero. "
            "Leave the leg out if there was no transport."
        ),
        "明细“parts”：运输距离和质量必须大于零。若无运输，请删除该运输段。",
    ),
    "goods of unknown mass": (
        with_line(Transport("freight", TransportLeg("road", Quantity(5, "km")))),
        (
            "line freight: The mass that is transported is not known. "
            "Give the transported mass in kg or t."
        ),
        "明细“freight”：无法确定运输的质量。请填写运输质量（kg或t）。",
    ),
    "an input of nothing": (
        with_line(make.line(NamedMaterial("HRC"), "0 kg")),
        (
            "line line: The amount 0 is not above zero. Leave the line out, or give what leaves "
            "the process as waste or co-product. Removals and offsets do not enter a footprint."
        ),
        (
            "明细“line”：数量0不大于零。请删除该明细，或将产出物填为废弃物或副产品。"
            "碳清除与碳抵消不得计入碳足迹。"
        ),
    ),
    "a removal": (
        with_line(make.own_emission("-5 kg")),
        "line own CO2: The amount -5 is not above zero.",
        "明细“own CO2”：数量-5不大于零。",
    ),
    "a loss of everything": (
        with_line(replace(make.line(NamedMaterial("HRC")), loss_share=1.0)),
        (
            "line line: The loss share 1 is not between 0 and 1. "
            "Give the lost share of the gross input."
        ),
        "明细“line”：损耗率1不在0与1之间。请填写损耗占总投入的比例。",
    ),
    "an emission by the kilowatt hour": (
        with_line(make.own_emission("1 kWh")),
        (
            "firm firm, product product, line own CO2: The unit “kWh” measures energy, but an "
            "amount in “kg” (mass) is expected. Give the amount in kg."
        ),
        "明细“own CO2”：单位“kWh”表示能量，此处应填写以“kg”计的质量。请改用kg填写。",
    ),
    "a factor for site accounts": (
        with_line(make.line(BackgroundSupply("el-co2-cn-sn-2023"), "1 kWh")),
        "line line: “el-co2-cn-sn-2023” is a direct CO2 factor of the grid, for site accounts;",
        "明细“line”：“el-co2-cn-sn-2023”是用于企业核算的电网直接二氧化碳排放因子，",
    ),
    "a declared gas that is none": (
        make.chain_of((FIRM,), declarations=(make.declaration(gases={"aether": 1}),)),
        "firm owner, product declared: We know no gas “aether”.",
        "企业“owner”，产品“declared”：无法识别气体“aether”。",
    ),
    "a declared gas under two names": (
        make.chain_of((FIRM,), declarations=(make.declaration(gases={"CO2": 5, "二氧化碳": 1}),)),
        "firm owner, product declared: The gas CO2 is given twice. Give each gas once.",
        "企业“owner”，产品“declared”：气体CO2重复。每种气体只能填写一次。",
    ),
    "a declared total beside its gases": (
        make.chain_of((FIRM,), declarations=(make.declaration(gases={"CO2e": 5, "CO2": 5}),)),
        (
            "A total in CO2e stands beside single gases, which would count twice. "
            "Give either the total or the gases."
        ),
        "同时填写了CO2e合计和单项气体，会重复计算。请只填写合计或单项气体之一。",
    ),
    "an unknown screening value": (
        make.chain_of((make.product(screening="unobtainium"),)),
        "firm firm, product product: No emission factor has the id “unobtainium”.",
        "企业“firm”，产品“product”：没有编号为“unobtainium”的排放因子。",
    ),
    "a screening value of another kind": (
        make.chain_of((make.product(unit="piece", screening="HRC"),)),
        (
            "firm firm, product product: The unit “piece” measures count, but an amount in “kg” "
            "(mass) is expected."
        ),
        "企业“firm”，产品“product”：单位“piece”表示计件，此处应填写以“kg”计的质量。",
    ),
    "two products but for their spelling": (
        make.chain_of((make.product("Steel-1"), make.product("steel １"))),
        "Product given twice: Steel-1, steel １. Give each an id of its own.",
        "产品编号重复：Steel-1, steel １。请使用不同的编号。",
    ),
    "a firm given twice": (
        replace(make.chain(), organisations=(make.organisation("firm 1"),) * 2),
        "Firm given twice: firm 1. Give each an id of its own.",
        "企业编号重复：firm 1。请使用不同的编号。",
    ),
    "a product given twice": (
        make.chain_of((FIRM, FIRM)),
        "Product given twice: product.",
        "产品编号重复：product。",
    ),
    "activity data given twice": (
        make.chain_of((FIRM,), (make.submission(), make.submission())),
        "Activity data of product given twice: product.",
        "产品的活动数据重复：product。",
    ),
    "a line given twice": (
        make.chain_of(
            (FIRM,), (make.submission("product", make.own_emission(), make.own_emission("2 kg")),)
        ),
        "firm firm, product product: Line given twice: own CO2.",
        "企业“firm”，产品“product”：明细重复：own CO2。",
    ),
    "a declaration given twice": (
        make.chain_of((FIRM,), declarations=(make.declaration(),) * 2),
        "Declared footprint given twice: declared.",
        "碳足迹声明重复：declared。",
    ),
    "a certificate given twice": (
        make.chain_of((FIRM,), certificates=(WIND, WIND)),
        "Certificate given twice: certificate.",
        "绿证重复：certificate。",
    ),
    "no such lead": (
        replace(make.chain(), lead_id="nobody"),
        "The chain has no firm “nobody”. Add it, or correct the id.",
        "供应链中没有企业“nobody”。请补充，或更正编号。",
    ),
    "a product of no firm": (
        replace(make.chain(), organisations=(make.organisation("firm 1"),)),
        "product product 2: The chain has no firm “firm 2”.",
        "产品“product 2”：供应链中没有企业“firm 2”。",
    ),
    "a certificate of no firm": (
        make.chain_of((FIRM,), certificates=(make.certificate(organisation_id="nobody"),)),
        "line certificate: The chain has no firm “nobody”.",
        "明细“certificate”：供应链中没有企业“nobody”。",
    ),
    "activity data of no product": (
        make.chain_of((FIRM,), (make.submission("ghost"),)),
        "product ghost: The chain has no product “ghost”.",
        "产品“ghost”：供应链中没有产品“ghost”。",
    ),
    "a co-product of another firm": (
        make.chain_of(
            (FIRM, make.product("theirs", "neighbour")),
            (make.submission(co_products=(make.output("theirs"),)),),
        ),
        (
            "firm firm, product product: The co-product “theirs” belongs to another firm. "
            "A firm can only make its own products."
        ),
        "企业“firm”，产品“product”：副产品“theirs”属于其他企业。企业只能产出自己的产品。",
    ),
    "a co-product that cannot be shared": (
        make.chain_of(
            (FIRM, make.product("slag")), (make.submission(co_products=(make.output("slag"),)),)
        ),
        "firm firm, product product: Output “product” has no usable economic value to allocate by.",
        "企业“firm”，产品“product”：产出“product”缺少可用于分配的经济价值。",
    ),
    "an output in another unit": (
        make.chain_of((FIRM,), (make.submission(makes=make.output(quantity="5 kWh")),)),
        "firm firm, product product: The unit “kWh” measures energy, but an amount in “kg”",
        "企业“firm”，产品“product”：单位“kWh”表示能量，此处应填写以“kg”计的质量。",
    ),
}


@pytest.mark.parametrize(("chain", "en", "zh"), REFUSED.values(), ids=REFUSED)
def test_a_chain_is_refused_with_place_and_cure(chain: Chain, en: str, zh: str) -> None:
    found = refusal(chain)
    assert any(en in told_en and zh in told_zh for told_en, told_zh in found), found


def test_the_same_number_in_two_registers_is_two_firms() -> None:
    first, second = make.organisation("firm"), make.organisation("other")
    number = Identifier(IdentifierScheme.DUNS, first.identifier.value)
    chain = make.chain_of((FIRM, make.product("part", "other")))
    firms = (first, replace(second, identifier=number))
    assert lay_out(replace(chain, organisations=firms), LIBRARY).inventory.processes
