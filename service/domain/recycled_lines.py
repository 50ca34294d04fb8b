"""Lines of a chain in which something is recycled, and those whose recycling has no values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lca_models.errors import AllocationError, Defect, Text
from lca_models.facts.choices import Material
from lca_models.facts.library import Library
from lca_models.inventory.processes import Inventory
from lca_models.inventory.recycling import (
    MaterialPair,
    RecycledInput,
    RecycledWaste,
    RecyclingLine,
    RecyclingMethod,
    apply_recycling,
    find_pair,
)
from service.domain.chain import Chain
from service.domain.submission import (
    BackgroundSupply,
    Input,
    Line,
    MemberProduct,
    NamedMaterial,
    Waste,
)

_RECYCLING = "recycling"


@dataclass(frozen=True, slots=True)
class RecycledLines:
    """What is known of the recycling in a chain.

    Args:
        by_product: Lines that can be counted by another method, by product.
        unavailable: Lines that cannot, with the reason; by any method they keep their value.
    """

    by_product: Mapping[str, tuple[RecyclingLine, ...]]
    unavailable: tuple[Defect, ...]

    def count(self, inventory: Inventory, method: RecyclingMethod) -> Inventory:
        """An inventory with its recycling counted by another method."""
        processes = tuple(
            apply_recycling(process, self.by_product.get(process.product, ()), method)
            for process in inventory.processes
        )
        return Inventory(processes, inventory.declared)


def find_recycled_lines(chain: Chain, library: Library) -> RecycledLines:
    """Find where recycled material comes in and waste goes to recycling.

    What a member supplies is counted at the member's own lines.
    """
    by_product: dict[str, tuple[RecyclingLine, ...]] = {}
    unavailable: list[Defect] = []
    for submission in chain.current_submissions():
        read: dict[str, RecyclingLine] = {}
        for line in submission.lines:
            if not _is_recycling(line, library):
                continue
            found = _read(line, library)
            if isinstance(found, Defect):
                place = chain.place_of(submission.product_id, line.label)
                unavailable.append(replace(found, place=place))
            else:
                read[line.label] = found
        for output in submission.bearing_outputs:
            lines = submission.lines_of(output.product_id)
            by_product[output.product_id] = tuple(_known(lines, read))
    return RecycledLines(
        {key: lines for key, lines in by_product.items() if any(map(_is_recycled, lines))},
        (*unavailable,),
    )


_DECLARED = Defect(
    AllocationError.code,
    Text(
        en="A declared footprint is used as it stands; how it counts recycling is its owner's.",
        zh="声明的碳足迹按原值使用，其再生料核算方法由声明方确定。",
    ),
    Text(en="Ask its owner for the method.", zh="请向声明方了解其核算方法。"),
)


def _no_pair(name: str) -> Defect:
    return Defect(
        AllocationError.code,
        Text(
            en="The library has no primary and recycled value of “{name}” from one source.",
            zh="背景数据库没有“{name}”同一来源的原生与再生因子。",
        ).format(name=name),
        Text(
            en="Name a material that it has both of; until then the line keeps its value.",
            zh="请指定两种因子齐备的材料；在此之前该明细保持原值。",
        ),
        value=name,
    )


def _known(lines: tuple[Line, ...], read: Mapping[str, RecyclingLine]) -> Iterator[RecyclingLine]:
    return (read[line.label] for line in lines if line.label in read)


def _is_recycled(line: RecyclingLine) -> bool:
    return not isinstance(line, RecycledInput) or line.share > 0


def _is_recycling(line: Line, library: Library) -> bool:
    match line:
        case Input(supply=MemberProduct()):
            return False
        case Input(recycled=recycled) if recycled is not None and recycled.share > 0:
            return True
        case Input():
            # Primary material too: in a closed loop the run's own waste replaces it.
            factor = _factor_of(line, library)
            return factor is not None and find_pair(library, factor) is not None
        case Waste():
            return library.find_treatment(line.treatment).key == _RECYCLING
    return False


def _read(line: Line, library: Library) -> RecyclingLine | Defect:
    """The line as something recycled, or why it cannot be counted by another method."""
    match line:
        case Input():
            factor = _factor_of(line, library)
            pair = None if factor is None else find_pair(library, factor)
            if pair is not None:
                whole = float(factor == pair.recycled)
                share = whole if line.recycled is None else line.recycled.share
                return RecycledInput(line.label, pair, share)
            named = isinstance(line.supply, BackgroundSupply | NamedMaterial)
            return _no_pair(line.name) if named else _DECLARED
        case Waste():
            found = _pair_of(line.material or line.name, library)
            if found is not None:
                treatment = library.find_treatment(line.treatment).factor
                return RecycledWaste(line.label, found, treatment)
            return _no_pair(line.material or line.name)
    return _no_pair(line.label)


def _factor_of(line: Input, library: Library) -> str | None:
    match line.supply:
        case BackgroundSupply(factor_id):
            return factor_id
        case NamedMaterial(name):
            material = library.find_material(name)
            return material.factor if isinstance(material, Material) else None
    return None


def _pair_of(name: str, library: Library) -> MaterialPair | None:
    material = library.find_material(name)
    return find_pair(library, material.factor if isinstance(material, Material) else name)
