"""A second solver, written apart from the engine: dense, in exact fractions, slow and plain."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from math import lcm

from lca_models.facts.data_quality import DataQuality
from lca_models.facts.library import Library
from lca_models.inventory.processes import Exchange, Inventory, Process, SupplierKind

Gases = Mapping[str, Fraction]
ZERO, ONE = Fraction(0), Fraction(1)
_NOTHING = dict.fromkeys(("technological", "geographical", "temporal"), Fraction(5))


class UnproductiveChainError(Exception):
    """The firms of the chain use up all that they make, or more."""


@dataclass(frozen=True)
class ExactImpact:
    """One declared unit of a product, exactly; `gross` counts removals by magnitude."""

    kg_co2e: Fraction
    gas_kg: Mapping[str, Fraction]
    by_line: Mapping[str, Fraction]
    by_organisation: Mapping[str, Fraction]
    gross_kg_co2e: Fraction
    gross_gas_kg: Mapping[str, Fraction]
    runs: Mapping[str, Fraction]
    primary_data_share: Fraction
    screening_share: Fraction
    ratings: Sequence[Fraction]


def solve_exactly(inventory: Inventory, library: Library, gwps: str) -> dict[str, ExactImpact]:
    """Every product of an inventory.

    Raises:
        UnproductiveChainError: There is no footprint.
    """
    return _Chain(inventory, library, gwps).solve()


def growth(inventory: Inventory) -> Fraction:
    """How many times over a chain makes what it sells, in the worst of its loops.

    With M the units that one unit takes, x = Mx + 1 and y = My + x: y / x is 1 without loops of
    any kind, about 1 / (1 - g) for a loop that feeds back g, and does not depend on units.

    Raises:
        UnproductiveChainError: x has no positive solution.
    """
    chain = _Chain(inventory, None, "")
    needed = chain.requirements([ONE] * len(inventory.processes))
    again = chain.requirements(needed)
    return max(second / first for first, second in zip(needed, again, strict=True))


def eliminate(
    matrix: Sequence[Sequence[Fraction]], right: Sequence[Sequence[Fraction]]
) -> list[list[Fraction]]:
    """X with matrix X = right: Gauss and Jordan on whole numbers, as Bareiss divides them.

    Raises:
        ZeroDivisionError: The matrix is singular.
    """
    size, before = len(matrix), 1
    rows = [_whole([*row, *values]) for row, values in zip(matrix, right, strict=True)]
    for column in range(size):
        pivot = next((n for n in range(column, size) if rows[n][column]), None)
        if pivot is None:
            raise ZeroDivisionError
        rows[column], rows[pivot] = rows[pivot], rows[column]
        lead = rows[column][column]
        for n in range(size):
            if n != column:
                factor = rows[n][column]
                pairs = zip(rows[n], rows[column], strict=True)
                rows[n] = [(lead * a - factor * b) // before for a, b in pairs]
        before = lead
    return [[Fraction(value, row[n]) for value in row[size:]] for n, row in enumerate(rows)]


def _whole(row: Sequence[Fraction]) -> list[int]:
    """A row of an equation without fractions."""
    scale = lcm(*(value.denominator for value in row))
    return [int(value * scale) for value in row]


class _Chain:
    def __init__(self, inventory: Inventory, library: Library | None, gwps: str) -> None:
        self.processes = inventory.processes
        self.declared = {footprint.id: footprint for footprint in inventory.declared}
        self.library = library
        self.gwps = gwps
        self.positions = {process.product: n for n, process in enumerate(self.processes)}

    def solve(self) -> dict[str, ExactImpact]:
        self.requirements([ONE] * len(self.processes))
        runs = self._runs()
        direct = [self._direct_gases(process) for process in self.processes]
        gross = [self._direct_gases(process, magnitude=True) for process in self.processes]
        gas_kg = [_sum_gases(direct, run) for run in runs]
        totals = [self._warming(gases) for gases in gas_kg]
        lines = [self._lines(process, totals) for process in self.processes]
        primary = self._shares(lines, "primary", measured=True)
        others = self._shares(lines, "screening", *_NOTHING)
        return {
            process.product: ExactImpact(
                kg_co2e=totals[n],
                gas_kg=gas_kg[n],
                by_line=_by_label(lines[n], _fraction(process.amount)),
                by_organisation=self._organisations(lines, runs[n]),
                gross_kg_co2e=self._warming(_sum_gases(gross, runs[n])),
                gross_gas_kg=_sum_gases(gross, runs[n]),
                runs=dict(zip(self.positions, runs[n], strict=True)),
                primary_data_share=primary[n][0],
                screening_share=others[n][0],
                ratings=others[n][1:],
            )
            for n, process in enumerate(self.processes)
        }

    def requirements(self, wanted: Sequence[Fraction]) -> list[Fraction]:
        """Declared units in all that go into the wanted ones, by product.

        Raises:
            UnproductiveChainError: Some would be zero, negative or without end.
        """
        try:
            made = [row[0] for row in eliminate(self._net_output(), [[unit] for unit in wanted])]
        except ZeroDivisionError as error:
            raise UnproductiveChainError from error
        if min(made) <= 0:
            raise UnproductiveChainError
        return made

    def _net_output(self) -> list[list[Fraction]]:
        """Identity less what a unit of each column's product takes of each row's."""
        size = len(self.processes)
        matrix = [[ONE if row == column else ZERO for column in range(size)] for row in range(size)]
        for column, process in enumerate(self.processes):
            for exchange in process.exchanges:
                if exchange.supplier.kind is SupplierKind.PRODUCT:
                    row = self.positions[exchange.supplier.id]
                    matrix[row][column] -= _fraction(exchange.amount) / _fraction(process.amount)
        return matrix

    def _runs(self) -> list[list[Fraction]]:
        """Runs of every process for one unit of each product, by product."""
        size = range(len(self.processes))
        identity = [[ONE if row == column else ZERO for column in size] for row in size]
        made = eliminate(self._net_output(), identity)
        return [
            [made[n][wanted] / _fraction(self.processes[n].amount) for n in size] for wanted in size
        ]

    def _direct_gases(self, process: Process, *, magnitude: bool = False) -> Gases:
        found: dict[str, Fraction] = defaultdict(Fraction)
        for emission in process.emissions:
            kg = _fraction(emission.mass_kg)
            found[emission.gas] += abs(kg) if magnitude else kg
        for exchange in process.exchanges:
            for gas, kg in self._gases_of(exchange).items():
                found[gas] += _fraction(exchange.amount) * (abs(kg) if magnitude else kg)
        return found

    def _gases_of(self, exchange: Exchange) -> Gases:
        """Gases of one unit, where it enters the chain here and not through another process."""
        match exchange.supplier.kind:
            case SupplierKind.PRODUCT:
                return {}
            case SupplierKind.DECLARED:
                gases = self.declared[exchange.supplier.id].gases
            case SupplierKind.BACKGROUND:
                assert self.library is not None
                gases = self.library.factors[exchange.supplier.id].gases
        return {gas: _fraction(kg) for gas, kg in gases.items()}

    def _warming(self, gases: Gases) -> Fraction:
        assert self.library is not None
        gwps = {"CO2e": 1.0, "CO2_biogenic": 0.0}
        gwps.update(self.library.characterisations[self.gwps].gwp100)
        return sum((kg * _fraction(gwps[gas]) for gas, kg in gases.items()), ZERO)

    def _lines(self, process: Process, totals: Sequence[Fraction]) -> list["_Line"]:
        found = []
        for exchange in process.exchanges:
            amount, supplier = _fraction(exchange.amount), exchange.supplier
            entering = amount * self._warming(self._gases_of(exchange))
            line = _Line(exchange.line, entering, entering, process.organisation)
            line.own["screening"] = _fraction(exchange.screening)
            line.measured = _fraction(exchange.primary)
            line.rate(exchange.quality)
            if supplier.kind is SupplierKind.PRODUCT:
                line.source = self.positions[supplier.id]
                line.kg_co2e = amount * totals[line.source]
            elif supplier.kind is SupplierKind.DECLARED:
                line.owner = self.declared[supplier.id].organisation
                declared = self.declared[supplier.id]
                line.own["primary"] = line.measured * _fraction(declared.primary_data_share)
                line.rate(declared.quality)
            found.append(line)
        for emission in process.emissions:
            kg_co2e = self._warming({emission.gas: _fraction(emission.mass_kg)})
            line = _Line(emission.line, kg_co2e, kg_co2e, process.organisation)
            line.own["primary"] = _fraction(emission.primary)
            line.rate(emission.quality)
            found.append(line)
        return found

    def _shares(
        self, lines: Sequence[Sequence["_Line"]], *kinds: str, measured: bool = False
    ) -> list[list[Fraction]]:
        """Shares s with s_p * sum|c| = sum over lines of |c| * (share, or s of the supplier).

        Where nothing adds anything a share is 0 and a rating 5. If only what was measured passes
        on, a supplier's share counts where the amount that is drawn on was measured.
        """
        size = len(self.processes)
        matrix = [[ZERO] * size for _ in range(size)]
        right = [[ZERO] * len(kinds) for _ in range(size)]
        for n, own in enumerate(lines):
            matrix[n][n] += sum((abs(line.kg_co2e) for line in own), ZERO)
            if not matrix[n][n]:
                matrix[n][n], right[n] = ONE, [_NOTHING.get(kind, ZERO) for kind in kinds]
            for line in own:
                if line.source is None:
                    for column, kind in enumerate(kinds):
                        right[n][column] += abs(line.kg_co2e) * line.own[kind]
                else:
                    passed = line.measured if measured else ONE
                    matrix[n][line.source] -= abs(line.kg_co2e) * passed
        return eliminate(matrix, right)

    def _organisations(
        self, lines: Sequence[Sequence["_Line"]], runs: Sequence[Fraction]
    ) -> dict[str, Fraction]:
        found: dict[str, Fraction] = defaultdict(Fraction)
        for own, run in zip(lines, runs, strict=True):
            for line in own:
                found[line.owner] += run * line.entering
        return found


@dataclass
class _Line:
    label: str
    kg_co2e: Fraction
    entering: Fraction
    owner: str
    own: dict[str, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    measured: Fraction = ONE
    source: int | None = None

    def rate(self, quality: DataQuality) -> None:
        for kind, rating in asdict(quality).items():
            self.own[kind] = _fraction(rating)


def _fraction(value: float) -> Fraction:
    """The very number that a float holds."""
    return Fraction(value)


def _sum_gases(direct: Sequence[Gases], runs: Sequence[Fraction]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = defaultdict(Fraction)
    for gases, run in zip(direct, runs, strict=True):
        for gas, kg in gases.items():
            found[gas] += run * kg
    return found


def _by_label(lines: Sequence[_Line], amount: Fraction) -> dict[str, Fraction]:
    found: dict[str, Fraction] = defaultdict(Fraction)
    for line in lines:
        found[line.label] += line.kg_co2e / amount
    return found
