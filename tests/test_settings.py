"""Settings are documented to the letter, and refused with their name."""

import re
from pathlib import Path

import pytest

from lca_models.errors import Language
from service.settings import PREFIX, Settings
from service.wiring import InvalidSettingsError, build, build_from_environment

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def test_the_page_has_every_variable_with_its_default_and_meaning() -> None:
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    told = {name: (default.strip("`"), meaning) for name, default, meaning, _ in rows}
    fields = Settings.model_fields
    assert list(told) == [PREFIX + name.upper() for name in fields]
    for name, field in fields.items():
        default = str(field.default) if field.default not in {None, ()} else "none"
        default = "the locale" if name == "lang" else default
        assert told[PREFIX + name.upper()] == (default, field.description)
    assert all(re.search(r"[\u4e00-\u9fff]", chinese) for *_, chinese in rows)


def test_the_environment_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENCHAIN_PORT", "9000")
    monkeypatch.setenv("GREENCHAIN_LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("GREENCHAIN_HOST", "")
    wiring = build_from_environment()
    assert (wiring.port, wiring.language, wiring.host) == (9000, Language.ZH, "127.0.0.1")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("GREENCHAIN_PORT", "70000"),
        ("GREENCHAIN_LANG", "fr"),
        ("GREENCHAIN_HEAVY_AT_ONCE", "0"),
        ("GREENCHAIN_HEAVY_WAITING", "31"),
        ("GREENCHAIN_REQUEST_BYTES", "1.5"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(InvalidSettingsError, match=f"{variable} is “{value}”"):
        build_from_environment()


def test_all_threads_are_never_taken_by_heavy_requests() -> None:
    most = build(Settings(heavy_at_once=8, heavy_waiting=30))
    assert most.heavy_at_once + most.heavy_waiting < 40  # what Starlette's routes share
