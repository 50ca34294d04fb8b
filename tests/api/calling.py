"""How the tests call the application: a client with settings of its own, and small chains."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from pydantic import SecretStr

from service.app import build_app
from service.settings import Settings
from service.wiring import build
from tests.databases import SQLITE, Templates
from tests.members import IDLE, UNHURRIED

YEAR = {"start": "2025-01-01", "end": "2025-12-31"}
JSON = {"Content-Type": "application/json"}
ZH = {"Accept-Language": "zh-CN,zh;q=0.9"}


def make_database() -> str:
    """The address of a database with all tables and nothing in them."""
    folder = Path(tempfile.mkdtemp(prefix="greenchain-tests-"))
    atexit.register(shutil.rmtree, folder)
    return Templates(folder).make(SQLITE, folder).url


@cache
def empty_database() -> str:
    """One such database for all tests that keep nothing."""
    return make_database()


def call(**settings: Any) -> TestClient:
    places = {"database_url": empty_database(), "secret": SecretStr("s" * 32)}
    update = places | UNHURRIED | IDLE | settings
    chosen = Settings.model_construct().model_copy(update=update)
    return TestClient(build_app(build(chosen)), raise_server_exceptions=False)


def chain(kg: float = 250.0, product: str = "bar", **changes: Any) -> dict[str, Any]:
    """A mill that emits so many kg CO2 for a tonne of bars."""
    return {
        "format": "greenchain.chain/1",
        "id": "bars",
        "name": "Bars",
        "lead": "mill",
        "period": YEAR,
        "organisations": [
            {"id": "mill", "name": "Mill", "identifier": {"scheme": "other", "value": "1"}}
        ],
        "products": [
            {
                "id": product,
                "organisation": "mill",
                "name": {"zh": "钢棒", "en": "Steel bar"},
                "declared_unit": "kilogram",
            }
        ],
        "processes": [
            {
                "product": product,
                "output": {"quantity": "1 t"},
                "direct_emissions": [{"id": "furnace", "gas": "CO2", "quantity": f"{kg} kg"}],
            }
        ],
        **changes,
    }
