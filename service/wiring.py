"""Makes what the doors need, from settings: the one place where objects are made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from lca_models.errors import Defect, GreenchainError, Language, Text
from lca_models.facts.library import Library, load_library
from lca_models.inventory.brought import add_background, load_brought_background
from service.domain.calculation_limits import CalculationLimits
from service.formats.chain.validation_texts import describe
from service.settings import PREFIX, Settings


class InvalidSettingsError(GreenchainError):
    """Environment variables have values that cannot be used; every one is listed at once."""

    code = "invalid-settings"
    title = Text(en="Settings are not usable", zh="环境变量设置无效")


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the doors need.

    Args:
        library: The background library.
        language: Language of the command line; None leaves it to the locale.
        host: Address to listen on.
        port: Port to listen on.
        request_bytes: Largest request body.
        buffered_bytes: How much the bodies of all requests under way may hold.
        connections: How many connections are held at once.
        yaml_bytes: Largest chain document in YAML.
        request_seconds: How long a body may take to arrive.
        heavy_at_once: How many heavy requests run at once.
        heavy_waiting: How many more may wait.
        limits: The most that one calculation may take.
        brightway_python: The Python that imports backgrounds; None for the one that runs.
    """

    library: Library
    language: Language | None
    host: str
    port: int
    request_bytes: int
    buffered_bytes: int
    connections: int
    yaml_bytes: int
    request_seconds: int
    heavy_at_once: int
    heavy_waiting: int
    limits: CalculationLimits
    brightway_python: Path | None


def build(settings: Settings) -> Wiring:
    """Make what the doors need.

    Raises:
        FactsError: A background file is none, or was changed after it was written.
    """
    return Wiring(
        library=add_backgrounds(load_library(), settings.backgrounds),
        language=settings.lang,
        host=settings.host,
        port=settings.port,
        request_bytes=settings.request_bytes,
        buffered_bytes=settings.buffered_bytes,
        connections=settings.connections,
        yaml_bytes=settings.yaml_bytes,
        request_seconds=settings.request_seconds,
        heavy_at_once=settings.heavy_at_once,
        heavy_waiting=settings.heavy_waiting,
        limits=CalculationLimits(
            products=settings.chain_products,
            lines=settings.chain_lines,
            parts=settings.answer_parts,
        ),
        brightway_python=settings.brightway_python,
    )


def add_backgrounds(library: Library, files: Iterable[Path]) -> Library:
    """A library that holds imported backgrounds too.

    Raises:
        FactsError: A file is no imported background, or was changed after it was written.
    """
    for file in files:
        library = add_background(library, load_brought_background(file))
    return library


def build_from_environment() -> Wiring:
    """Make what the doors need, as the environment variables say.

    Raises:
        InvalidSettingsError: A variable has a value that cannot be used.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        defects = [
            _defect(
                str(d["loc"][0]), str(d["input"]), describe(d["type"], d["msg"], d.get("ctx", {}))
            )
            for d in error.errors()
        ]
        raise InvalidSettingsError(*defects) from error
    return build(settings)


def _defect(field: str, value: str, described: tuple[Text, Text]) -> Defect:
    reason, _ = described
    return Defect(
        InvalidSettingsError.code,
        Text(en="{variable} is “{value}”. {reason}", zh="{variable}为“{value}”。{reason}").format(
            variable=PREFIX + field.upper(), value=value, reason=reason
        ),
        Text(
            en="Correct or unset the variable (docs/settings.md).",
            zh="请更正或取消该环境变量（docs/settings.md）。",
        ),
        value=value,
    )
