"""Every command of the page on chains is answered as the page needs it."""

import json
import re
import shlex
from collections.abc import Iterator
from string import Template
from typing import Any

from service.domain.organisation import Role
from tests.architecture.tree import ROOT
from tests.members import Service

PAGE = (ROOT / "docs" / "chains.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"(?:(\w+)=\$\()?curl -s (.+?)(?: \| jq -r \.(\S+)\))?$")


def commands() -> Iterator[tuple[str | None, str, str | None]]:
    """The variable that a command fills, its arguments, and what is taken from its answer."""
    for block in re.findall(r"```sh\n(.*?)```", PAGE, flags=re.DOTALL):
        for line in block.splitlines():
            found = COMMAND.fullmatch(line)
            assert found, line
            assert not re.search(r"'[^']*\$[^']*'", line), "a shell fills nothing in there"
            yield found[1], found[2], found[3]


def run(service: Service, arguments: str, known: dict[str, str]) -> Any:
    """Do what curl would with its options `-H`, `-X` and `--json`."""
    words = [Template(word).substitute(known) for word in shlex.split(arguments)]
    options = {word: words[i + 1] for i, word in enumerate(words) if word.startswith("-")}
    (url,) = (word for word in words if word.startswith(known["URL"]))
    headers = dict([options["-H"].split(": ")]) if "-H" in options else {}
    body = {"json": json.loads(options["--json"])} if "--json" in options else {}
    method = options.get("-X") or ("POST" if body else "GET")
    return service.client.request(method, url, headers=headers, **body)


def take(document: Any, path: str) -> str:
    """What `jq` takes from a document by a path such as `items[0].id`."""
    for step in re.findall(r"\w+", path):
        document = document[int(step)] if step.isdigit() else document[step]
    return str(document)


def test_the_commands_of_the_page_draw_a_chain(service: Service) -> None:
    firms = {"LEAD": service.join("Lead", Role.LEAD), "MAKER": service.join("M", Role.SUPPLIER)}
    known = {name: f"Authorization: Bearer {seat.token()}" for name, seat in firms.items()}
    known["URL"] = "http://testserver"
    told = list(commands())
    assert len(told) == 14
    for name, arguments, path in told:
        answer = run(service, arguments, known)
        assert answer.status_code < 300, (arguments, answer.text)
        if name and path:
            known[name] = take(answer.json(), path)
