"""Loads what a command needs when it runs, so that `greenchain --help` answers at once.

This is the one place of the house that imports by name: the engine and the formats take seconds.
"""

from __future__ import annotations

from importlib import import_module

from lca_models.errors import Language


def run(command: str, language: Language | None, **arguments: object) -> None:
    """Run a function of this package, such as `calculation.calculate`, with a terminal.

    Args:
        command: Module and function.
        language: The language that was asked for.
        arguments: What the function is given besides the terminal.
    """
    module, _, function = command.partition(".")
    terminal = import_module("service.cli.terminal")
    work = getattr(import_module(f"service.cli.{module}"), function)
    terminal.serve(work, language, arguments)
