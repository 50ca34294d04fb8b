"""Why a factor may not be used as asked, and where its line belongs instead."""

from __future__ import annotations

import difflib

from lca_models.errors import FactorNotForFootprintsError, Text, UnknownUnitError
from lca_models.facts.factors import Factor
from lca_models.facts.units import UNITS

_NEAREST = 3
# The whole balance: credits and the carbon that plants took up may bring it below zero.
_WHOLE = "cradle_to_gate"
# Where a line belongs whose factor covers a part only, by category or boundary of the factor.
_PARTIAL = {
    "electricity": Text(en="as electricity", zh="电力"),
    "transport": Text(en="as transport", zh="运输"),
    "heat": Text(en="as heat", zh="热力"),
    "combustion_direct": Text(en="as a fuel", zh="燃料"),
    "process_direct": Text(
        en="as a direct emission of your own process", zh="本企业过程的直接排放"
    ),
    "mining_direct": Text(en="as a direct emission by gas", zh="按气体填写的直接排放"),
}


def section_of(factor: Factor) -> Text | None:
    """Where a line belongs whose factor covers a part only; None if it covers all upstream."""
    return _PARTIAL.get(factor.category) or _PARTIAL.get(factor.boundary)


def suggest_nearest(factor_id: str, ids: list[str]) -> Text:
    """The cure for an unknown id: up to three that are spelt alike."""
    near = difflib.get_close_matches(factor_id, ids, n=_NEAREST)
    if not near:
        return Text(
            en="Search the library for the id.", zh="请先在背景数据库中检索，再填写因子编号。"
        )
    return Text(en="Did you mean {ids}?", zh="是否应为：{ids}？").format(ids=", ".join(near))


def for_site_accounts(factor: Factor, grid: str) -> FactorNotForFootprintsError:
    """A direct CO2 factor of the grid was asked for; `grid` is the life-cycle factor to use."""
    return FactorNotForFootprintsError(
        Text(
            en="“{id}” is a direct CO2 factor of the grid, for site accounts; it leaves out the "
            "life cycle of electricity.",
            zh="“{id}”是用于企业核算的电网直接二氧化碳排放因子，不含电力的生命周期排放。",
        ).format(id=factor.id),
        Text(
            en="In a footprint use the life-cycle factor “{grid}”.",
            zh="计算产品碳足迹请使用生命周期因子“{grid}”。",
        ).format(grid=grid),
        value=factor.id,
    )


def refuse_deduction(factor: Factor) -> None:
    """Refuse a value below zero, which only makes sense within its carbon balance.

    Raises:
        FactorNotForFootprintsError: The factor is a deduction.
    """
    if factor.boundary == _WHOLE or min(factor.gases.values(), default=0.0) >= 0:
        return
    raise FactorNotForFootprintsError(
        Text(
            en="“{id}” is a deduction from a carbon balance, not a footprint.",
            zh="“{id}”是碳平衡中的扣减项，不是碳足迹因子。",
        ).format(id=factor.id),
        Text(
            en="Give the CO2 that is left after the balance as a direct emission.",
            zh="请将碳平衡后的CO2净排放量填为直接排放。",
        ),
        value=factor.id,
    )


def for_a_part(factor: Factor, section: Text) -> FactorNotForFootprintsError:
    """A factor without what lies upstream was to stand for something bought."""
    return FactorNotForFootprintsError(
        Text(
            en="“{id}” covers a part only and cannot stand for something bought.",
            zh="“{id}”只覆盖部分环节，不能代表外购物料。",
        ).format(id=factor.id),
        Text(en="Give the line {section}.", zh="请将该明细填为{section}。").format(section=section),
        value=factor.id,
    )


def for_comparison(factor: Factor) -> FactorNotForFootprintsError:
    """A cross check was asked for, which may be shown beside a result only."""
    return FactorNotForFootprintsError(
        Text(
            en="“{id}” may only be shown beside a result; its terms do not let it enter one.",
            zh="“{id}”仅可与结果对照显示，其使用条款不允许参与计算。",
        ).format(id=factor.id),
        Text(
            en="Use the supplier's own footprint, or another factor of the library.",
            zh="请使用供应商提供的碳足迹，或数据库中的其他因子。",
        ),
        value=factor.id,
    )


def for_unlisted_unit(process_id: str, unit: str) -> UnknownUnitError:
    """A brought process was asked for that is measured in something we cannot convert."""
    return UnknownUnitError(
        Text(
            en="“{id}” is measured in “{unit}”, which is not a unit we know.",
            zh="“{id}”以“{unit}”计量，该单位无法识别。",
        ).format(id=process_id, unit=unit),
        Text(
            en="Draw on a process in one of: {list}.", zh="请选用以下列单位计量的过程：{list}。"
        ).format(list=", ".join(known.symbol for known in UNITS)),
        value=process_id,
    )
