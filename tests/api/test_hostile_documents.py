"""Documents with something in them replaced: calculated or refused with words, never a 500."""

import copy
import random
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.formats.chain.example import CHAIN_EXAMPLE

MUTATIONS = 60
JUNK: list[Any] = [
    *(None, True, 0, -1, 1e15, "", [], {}, [[]], {"a": 1}, 10**400, "{}", "%s {0} {name}", "{"),
    *("0 kg", "-1 kg", "nan kg", "inf kg", "1e400 kg", "1 kWh", "1,5 kg", "１２ kg", "1\u00a0kg"),
    *("2025-02-30", "0001-01-01", "9999-12-31", "x" * 300, "\u0000", "🚚", "钢", "product"),
]

Step = str | int


def paths(item: Any, path: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    if path:
        yield path
    parts = item.items() if isinstance(item, dict) else enumerate(item)
    for step, part in parts if isinstance(item, dict | list) else ():
        yield from paths(part, (*path, step))


def mutate(document: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The document with one thing replaced, removed or repeated."""
    mutated = copy.deepcopy(document)
    *way, end = chance.choice(list(paths(mutated)))
    holder: Any = mutated
    last: Any = end
    for step in way:
        holder = holder[step]
    match chance.choice(["replace", "replace", "remove", "repeat"]):
        case "replace":
            holder[last] = chance.choice(JUNK)
        case "remove":
            del holder[last]
        case _ if isinstance(holder, list):
            holder.append(copy.deepcopy(holder[last]))
        case _:
            holder[f"{last}s"] = holder[last]
    return mutated


@pytest.mark.parametrize("seed", range(4))
def test_a_document_that_was_tampered_with_is_calculated_or_refused(
    client: TestClient, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable, no secret
    answers = []
    for _ in range(MUTATIONS):
        answer = client.post("/v1/calculations", json=mutate(dict(CHAIN_EXAMPLE), chance))
        answers.append(answer.status_code)
        if answer.status_code != 200:
            assert answer.status_code == 422, answer.text
            assert all(error["reason"] and error["cure"] for error in answer.json()["errors"])
    assert 200 in answers
    assert 422 in answers
