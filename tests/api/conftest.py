"""A client of the application, without settings from outside."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.api.calling import call


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    with call() as client:
        yield client
