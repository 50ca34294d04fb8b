"""The terminal: its language, its width, and how errors are told on it."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.text import Text as Styled

from lca_models.errors import Defect, GreenchainError, Language, Text
from lca_models.facts.library import Library
from service.api.errors import STATUSES, type_of_error
from service.formats.errors import UnreadableFileError
from service.formats.problem_document import (
    ProblemType,
    to_error,
    to_problem,
    to_problem_type,
)
from service.wiring import Wiring, add_backgrounds, build_from_environment

WRONG_INPUT = 2
_PLAIN_WIDTH = 120
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_FILE_PROBLEMS: Mapping[int, Text] = {
    errno.ENOENT: Text(en="There is no such file or folder.", zh="没有该文件或文件夹。"),
    errno.EACCES: Text(en="Access is denied.", zh="没有访问权限。"),
    errno.EPERM: Text(en="Access is denied.", zh="没有访问权限。"),
    errno.EISDIR: Text(en="This is a folder, not a file.", zh="这是文件夹，不是文件。"),
    errno.ENOTDIR: Text(en="This is a file, not a folder.", zh="这是文件，不是文件夹。"),
    errno.EEXIST: Text(en="This exists already.", zh="已存在同名文件或文件夹。"),
    errno.ENOSPC: Text(en="The disk is full.", zh="磁盘空间不足。"),
    errno.EROFS: Text(en="The disk is read-only.", zh="磁盘为只读。"),
    errno.ENAMETOOLONG: Text(en="The name is too long.", zh="名称过长。"),
}


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where a command speaks.

    Args:
        wiring: What the doors need.
        language: The language to speak.
        console: Standard output for people.
        errors: Standard error.
    """

    wiring: Wiring
    language: Language
    console: Console
    errors: Console

    @property
    def library(self) -> Library:
        """The background library."""
        return self.wiring.library

    def with_backgrounds(self, files: Sequence[Path]) -> Terminal:
        """The same, with a library on whose chains may also draw on these background files."""
        if not files:
            return self
        library = add_backgrounds(self.library, files)
        return replace(self, wiring=replace(self.wiring, library=library))

    def say(self, text: Text) -> None:
        """Tell something beside the result, so that a pipe gets the result alone."""
        self.errors.print(Styled(text.to(self.language)))

    def write_file(self, path: Path, content: bytes, *, replace: bool = True) -> None:
        """Write a file, with the folders that lead to it, and tell where it stands.

        Raises:
            OSError: It cannot be written, or it is there already and may not be replaced.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb" if replace else "xb") as file:
            file.write(content)
        self.say(Text(en="{path} written.", zh="已写入{path}。").format(path=path))


def serve(work: Callable[..., None], asked: Language | None, arguments: Mapping[str, Any]) -> None:
    """Do the work of a command; whatever is wrong with its input is told, never traced back."""
    language = asked or language_of(os.environ)
    try:
        wiring = build_from_environment()
        language = asked or wiring.language or language
        work(Terminal(wiring, language, make_console(), _make_errors()), **arguments)
    except GreenchainError as error:
        if arguments.get("as_json"):
            _print_problem(type_of_error(type(error)), error.defects, language)
        else:
            _tell(error.title, error.defects, language)
    except BrokenPipeError:
        raise  # the reader has had enough: typer ends quietly
    except OSError as error:
        title, defects = _file_problem(error)
        if arguments.get("as_json"):
            status = STATUSES[UnreadableFileError]
            kind = to_problem_type(UnreadableFileError.code, title, status)
            _print_problem(kind, defects, language)
        else:
            _tell(title, defects, language)
    else:
        return
    raise typer.Exit(WRONG_INPUT)


def language_of(environment: Mapping[str, str]) -> Language:
    """The language of a locale: Chinese where it says so, English everywhere else."""
    locale = next((environment[v] for v in _LOCALE_VARIABLES if environment.get(v)), "")
    return Language.ZH if locale.lower().startswith("zh") else Language.EN


def make_console() -> Console:
    """Standard output: as wide as the terminal, or wide enough for a file."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal without a character shows a mark in its place.
            stream.reconfigure(errors="replace")
    fixed = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _PLAIN_WIDTH
    return Console(width=fixed, highlight=False, emoji=False, markup=False)


def _make_errors() -> Console:
    return Console(stderr=True, soft_wrap=True, highlight=False, emoji=False, markup=False)


def _tell(title: Text, defects: tuple[Defect, ...], language: Language) -> None:
    """The broken rule, then one line for each thing that is wrong."""
    errors = _make_errors()
    errors.print(Styled(title.to(language), style="bold red"))
    for defect in defects:
        place = defect.place.to_text().to(language)
        between = "" if language is Language.ZH else " "
        said = f"{defect.reason.to(language)}{between}{defect.cure.to(language)}"
        colon = "：" if language is Language.ZH else ": "
        errors.print(Styled(f"  {place}{colon if place else ''}{said}"))


def _print_problem(kind: ProblemType, defects: tuple[Defect, ...], language: Language) -> None:
    """The problem document that the HTTP interface would answer with, as machines expect it."""
    errors = [to_error(defect, language) for defect in defects]
    problem = to_problem(kind, errors, language, instance="greenchain")
    typer.echo(problem.model_dump_json(exclude_none=True, indent=2).encode())


def _file_problem(error: OSError) -> tuple[Text, tuple[Defect, ...]]:
    reason = _FILE_PROBLEMS.get(
        error.errno or 0, Text(en=f"{error.strerror}.", zh=f"{error.strerror}。")
    )
    title = Text(en="The output cannot be written", zh="无法写出结果")
    cure = Text(en="Check where it goes.", zh="请检查输出位置。")
    if error.filename is not None:
        title = Text(en="File cannot be used: {name}", zh="文件无法使用：{name}").format(
            name=os.fsdecode(error.filename)
        )
        cure = Text(en="Check the path.", zh="请检查路径。")
    return title, (Defect(UnreadableFileError.code, reason, cure),)
