"""How the tests run commands: in this process, as a user of either language."""

from pathlib import Path

from typer.testing import CliRunner, Result

from service.cli.main import app

SAMPLE = Path(__file__).parents[2] / "samples" / "xian-electric-truck"


def run(*arguments: object, given: str | bytes | None = None, **environment: str) -> Result:
    """Run a command on a terminal of no language and eighty columns, unless told otherwise."""
    chosen = {"LC_ALL": "C", "COLUMNS": "80", **environment}
    return CliRunner().invoke(app, [str(each) for each in arguments], input=given, env=chosen)
