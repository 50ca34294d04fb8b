"""The queue's tables are those of the installed procrastinate."""

from importlib import import_module
from pathlib import Path

from procrastinate.schema import SchemaManager


def test_no_release_of_procrastinate_brings_steps_that_ours_do_not_replay() -> None:
    last = import_module("migrations.versions.0008_queue").LAST_REPLAYED
    newest = max(file.name for file in Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    assert newest == last, "write a step of ours that replays what came after, and name it here"
