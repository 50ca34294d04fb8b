"""Reads the commands that our pages show, and does what a shell with curl and jq would."""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from string import Template
from typing import Any

import httpx
from fastapi.testclient import TestClient

Http = httpx.Client | TestClient
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"(?:export )?(?:(\w+)=\$\()?(curl -s|echo) (.+?)(?: \| jq -r \.(\S+?))?\)?")
ASSIGNMENT = re.compile(r"(?:export )?(\w+)=(\S+)")


@dataclass(frozen=True)
class Command:
    """One line: the variable that it fills, the program, its arguments, what jq takes."""

    variable: str | None
    program: str
    arguments: str
    path: str | None


def find_blocks(page: str, language: str = "") -> list[str]:
    """The examples of a page in one language."""
    return [block for written_in, block in BLOCK.findall(page) if written_in == language]


def read_commands(page: str) -> Iterator[Command]:
    """The commands of a page; each line of its shell examples is one."""
    for line in "".join(find_blocks(page, "sh")).splitlines():
        if found := ASSIGNMENT.fullmatch(line):
            yield Command(found[1], "", found[2], None)
            continue
        asked = COMMAND.fullmatch(line)
        assert asked, line
        assert not re.search(r"'[^']*\$[^']*'", line), "a shell fills nothing in there"
        yield Command(*asked.groups())


def run(http: Http, command: Command, known: dict[str, str]) -> None:
    """Do what a command would, and keep what it fills its variable with."""
    words = [Template(word).substitute(known) for word in shlex.split(command.arguments)]
    said = ask(http, words, known["URL"]) if command.program == "curl -s" else " ".join(words)
    if command.path:
        said = take(json.loads(said), command.path)
    if command.variable:
        known[command.variable] = said


def ask(http: Http, words: list[str], address: str) -> str:
    """Do what curl would with its options `-H`, `-X`, `-u`, `-d` and `--json`."""
    options = {word: words[i + 1] for i, word in enumerate(words) if word.startswith("-")}
    (url,) = (word for word in words if word.startswith(address))
    request: dict[str, Any] = {}
    if "-H" in options:
        request["headers"] = dict([options["-H"].split(": ")])
    if "-u" in options:
        request["auth"] = tuple(options["-u"].split(":"))
    if "-d" in options:
        request["data"] = dict([options["-d"].split("=")])
    if "--json" in options:
        request["json"] = json.loads(options["--json"])
    method = options.get("-X") or ("POST" if {"json", "data"} & request.keys() else "GET")
    answer = http.request(method, url, **request)
    assert answer.is_success, (words, answer.text)
    return answer.text


def take(document: Any, path: str) -> str:
    """What jq takes from a document by a path such as `items[0].id`."""
    for step in re.findall(r"\w+", path):
        document = document[int(step)] if step.isdigit() else document[step]
    return str(document)
