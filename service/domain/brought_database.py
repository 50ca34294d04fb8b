"""A database that somebody brings: what must hold before it can be a background."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from lca_models.errors import Defect, GreenchainError, Text
from lca_models.facts.elementary_flows import ElementaryFlow, ElementaryFlows, GasFlow
from service.domain.errors import UnusableDatabaseError

Cell = tuple[int, int, float]
_LISTED = 10
_WRONG_PRODUCTS = (
    (
        Text(
            en="{count} activities make several products: {list}.",
            zh="有{count}个活动产出多种产品：{list}。",
        ),
        Text(
            en="Allocate them first: take a version of the library that is allocated, or allocate "
            "in Brightway (multifunctional) and export again.",
            zh="请先进行分配：使用已分配版本的数据库，或在Brightway中分配（multifunctional）后重新导出。",
        ),
    ),
    (
        Text(en="{count} activities make nothing: {list}.", zh="有{count}个活动没有产出：{list}。"),
        Text(en="Give each what it makes.", zh="请为每个活动填写产出。"),
    ),
    (
        Text(
            en="{count} products are made by several activities: {list}.",
            zh="有{count}种产品由多个活动产出：{list}。",
        ),
        Text(
            en="Join their makers in a market activity that makes it alone.",
            zh="请用一个市场活动汇总这些来源，使其成为唯一产出者。",
        ),
    ),
    (
        Text(
            en="{count} products are taken and made by nothing: {list}.",
            zh="有{count}种产品被使用，但没有活动产出：{list}。",
        ),
        Text(en="Add the activities that make them.", zh="请补充产出这些产品的活动。"),
    ),
)


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity, or a product that stands apart from its activity.

    Args:
        id: Its code, unique in the database.
        name: Name of the activity.
        product: Name of its product; empty where it has none of its own.
        unit: Unit of its product, in the database's word.
        location: Place, in the database's word.
    """

    id: str
    name: str
    product: str
    unit: str
    location: str


@dataclass(frozen=True, slots=True)
class BroughtDatabase:
    """A database as it was read, by numbers.

    Args:
        versions: Versions of what read it, by package.
        activities: What runs.
        products: Products that stand apart, numbered on from the activities.
        flows: What is exchanged with nature.
        made: Activity, product (the activity itself where it has none apart) and amount of a run.
        taken: Activity, product and amount; below zero for what is displaced.
        emitted: Activity, flow and amount.
        unlinked: Activity, and the name of what it draws on and nothing makes.
        without_amount: Activity, and the name of an exchange whose amount is no finite number.
    """

    versions: dict[str, str]
    activities: tuple[Activity, ...]
    products: tuple[Activity, ...]
    flows: tuple[ElementaryFlow, ...]
    made: tuple[Cell, ...]
    taken: tuple[Cell, ...]
    emitted: tuple[Cell, ...]
    unlinked: tuple[tuple[int, str], ...] = ()
    without_amount: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SquareDatabase:
    """A database with one product for each activity, by id of the activity, in order of the ids.

    Args:
        activities: Each with the unit and the name of what it makes.
        technosphere: Product, activity and amount: above zero what a run makes, below what it
            takes. The treatment of a waste makes the service of treating it.
        emissions_kg: Gas, activity and kg for one run.
        left_out: Greenhouse gases that do not count, with the activities that emit them.
        other_flows: How many flows are no greenhouse gases.
    """

    activities: tuple[Activity, ...]
    technosphere: tuple[Cell, ...]
    emissions_kg: tuple[tuple[str, int, float], ...]
    left_out: dict[str, int]
    other_flows: int


def square(
    database: BroughtDatabase, flows: ElementaryFlows, *, leave_out: Collection[str] = ()
) -> SquareDatabase:
    """Give every activity its one product, and every flow its gas.

    Args:
        database: As it was read.
        flows: What databases call the gases.
        leave_out: Names of greenhouse gases without a GWP here that need not count.

    Raises:
        UnusableDatabaseError: Everything that is missing or made twice, and every greenhouse gas
            that nobody has a GWP for or said to leave out.
    """
    gases, left_out, defects = _find_gases(database, flows, leave_out)
    defects = [*_find_loose_ends(database), *_find_wrong_products(database), *defects]
    if defects:
        raise UnusableDatabaseError(*defects)
    order = sorted(range(len(database.activities)), key=lambda n: database.activities[n].id)
    position = {activity: n for n, activity in enumerate(order)}
    made = {activity: (product, amount) for activity, product, amount in database.made}
    maker = {product: (activity, amount) for activity, (product, amount) in made.items()}
    cells: defaultdict[tuple[int, int], float] = defaultdict(float)
    for activity, _, amount in database.made:
        cells[position[activity], position[activity]] = abs(amount)
    for activity, product, amount in database.taken:
        made_by, sign = maker[product]
        cells[position[made_by], position[activity]] -= math.copysign(1.0, sign) * amount
    kg: defaultdict[tuple[str, int], float] = defaultdict(float)
    for activity, flow, amount in database.emitted:
        if flow in gases:
            kg[gases[flow].gas, position[activity]] += amount * gases[flow].kg_per_unit
    return SquareDatabase(
        activities=tuple(_with_product(database, n, made[n][0]) for n in order),
        technosphere=tuple((row, column, a) for (row, column), a in sorted(cells.items()) if a),
        emissions_kg=tuple((gas, column, a) for (gas, column), a in sorted(kg.items()) if a),
        left_out=left_out,
        other_flows=sum(1 for n, f in enumerate(database.flows) if n not in gases)
        - sum(1 for flow in database.flows if flow.name in left_out),
    )


def _find_gases(
    database: BroughtDatabase, flows: ElementaryFlows, leave_out: Collection[str]
) -> tuple[dict[int, GasFlow], dict[str, int], list[Defect]]:
    """Gases by number of the flow, activities by name of a gas left out, and what is wrong."""
    gases: dict[int, GasFlow] = {}
    left_out: dict[str, int] = dict.fromkeys(leave_out, 0)
    defects: dict[str, Defect] = {}
    emitters = Counter(database.flows[flow].name for _, flow, _ in database.emitted)
    for number, flow in enumerate(database.flows):
        try:
            found = flows.find_gas(flow)
        except GreenchainError as error:
            if flow.name in left_out:
                left_out[flow.name] = emitters[flow.name]
            else:
                defects[flow.name] = error.defects[0]
            continue
        if found is not None:
            gases[number] = found
    for name in (name for name, count in left_out.items() if not count):
        defects[name] = Defect(
            UnusableDatabaseError.code,
            Text(
                en="“{name}” is to be left out, and is no flow without a gas here.",
                zh="要求排除“{name}”，但其中没有这一无对应气体的流。",
            ).format(name=name),
            Text(en="Correct the name or drop it.", zh="请更正或去掉该名称。"),
            value=name,
        )
    return gases, left_out, list(defects.values())


def _find_loose_ends(database: BroughtDatabase) -> list[Defect]:
    return [
        *_list_exchanges(
            database,
            database.unlinked,
            Text(
                en="{count} exchanges draw on something that is not in the database: {list}.",
                zh="有{count}项交换引用了数据库以外的活动：{list}。",
            ),
            Text(
                en="Export it together with the databases that it draws on.",
                zh="请连同其引用的数据库一并导出。",
            ),
        ),
        *_list_exchanges(
            database,
            database.without_amount,
            Text(
                en="{count} exchanges have a formula or no finite amount: {list}.",
                zh="有{count}项交换只有公式或缺少有效数值：{list}。",
            ),
            Text(
                en="Let Brightway calculate the amounts, and export it without formulas.",
                zh="请先在Brightway中计算公式，再导出不含公式的数据。",
            ),
        ),
    ]


def _find_wrong_products(database: BroughtDatabase) -> list[Defect]:
    runs = Counter(activity for activity, _, amount in database.made if amount)
    makers = Counter(product for _, product, amount in database.made if amount)
    taken = {product for _, product, _ in database.taken}
    nodes = [*database.activities, *database.products]
    wrong = (
        [n for n in range(len(database.activities)) if runs[n] > 1],
        [n for n in range(len(database.activities)) if not runs[n]],
        [n for n in range(len(nodes)) if makers[n] > 1],
        [n for n in sorted(taken) if not makers[n]],
    )
    return [
        defect
        for numbers, (problem, cure) in zip(wrong, _WRONG_PRODUCTS, strict=True)
        for defect in _defect([nodes[n].name for n in numbers], problem, cure)
    ]


def _list_exchanges(
    database: BroughtDatabase, loose: Sequence[tuple[int, str]], problem: Text, cure: Text
) -> list[Defect]:
    named = [f"{database.activities[n].name} ← {name}" for n, name in loose]
    return _defect(named, problem, cure)


def _defect(named: Sequence[str], problem: Text, cure: Text) -> list[Defect]:
    if not named:
        return []
    listed = "; ".join(named[:_LISTED]) + (" …" if len(named) > _LISTED else "")
    told = problem.format(count=len(named), list=listed)
    return [Defect(UnusableDatabaseError.code, told, cure, value=named[0])]


def _with_product(database: BroughtDatabase, number: int, product: int) -> Activity:
    """An activity with the name and unit of what it makes, where that stands apart."""
    activity = database.activities[number]
    if product < len(database.activities):
        return activity
    made = database.products[product - len(database.activities)]
    return replace(activity, product=made.name, unit=made.unit or activity.unit)
