"""Every environment variable of the service; `docs/settings.md` describes them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from lca_models.errors import Language

PREFIX = "GREENCHAIN_"


def _from_locale(value: object) -> object:
    """Read `zh_CN.UTF-8` as `zh`."""
    return value[:2].lower() if isinstance(value, str) and value[2:3] in {"", "_", "-"} else value


def _from_path_list(value: object) -> object:
    """Read `a.zip:b.zip` (on Windows `a.zip;b.zip`) as two files."""
    return [part for part in value.split(os.pathsep) if part] if isinstance(value, str) else value


def _from_word_list(value: object) -> object:
    """Read `a, b，c` as three words."""
    if not isinstance(value, str):
        return value
    return [word for part in re.split("[,，]", value) if (word := part.strip())]


Count = Annotated[int, Field(gt=0)]


class Settings(BaseSettings):
    """What a place of work may decide; each field is the variable `GREENCHAIN_` and its name."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, use_attribute_docstrings=True, env_ignore_empty=True, frozen=True
    )

    lang: Annotated[Language | None, BeforeValidator(_from_locale)] = None
    """Language of the command line, `zh` or `en`; without it the locale decides."""

    host: str = "127.0.0.1"
    """Address that `greenchain serve` listens on."""

    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    """Port that `greenchain serve` listens on; 0 takes a free one."""

    request_bytes: Count = 21_000_000
    """Largest request body in bytes."""

    buffered_bytes: Count = 210_000_000
    """How many bytes the bodies of all requests under way may hold; others come back later."""

    connections: Count = 500
    """How many connections `greenchain serve` holds at once; others are turned away with 503."""

    yaml_bytes: Count = 2_000_000
    """Largest chain document in YAML in bytes; YAML takes a hundred times as long as JSON."""

    request_seconds: Count = 60
    """How long a request body may take to arrive, in seconds."""

    heavy_at_once: Annotated[int, Field(gt=0, le=8)] = 2
    """How many calculations and file checks run at once in one process."""

    heavy_waiting: Annotated[int, Field(ge=0, le=30)] = 8
    """How many more of them may wait for their turn; others are told to come back later."""

    requests_per_minute: Count = 1_200
    """How often one signed-in caller may ask one process in a minute; others are told to wait."""

    anonymous_requests_per_minute: Count = 300
    """The same for callers who did not sign in, by their network address."""

    chain_products: Count = 500
    """Most products that a chain may have in one request."""

    chain_lines: Count = 5_000
    """Most lines of activity data that a chain may have in one request."""

    answer_parts: Count = 100_000
    """Most lines, firms, gases and gaps that one answer may hold."""

    backgrounds: Annotated[tuple[Path, ...], NoDecode, BeforeValidator(_from_path_list)] = ()
    """Imported background files that every chain may draw on, separated like those of PATH."""

    key_chains: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_from_word_list)] = ()
    """Names of the key industrial chains that chains may be tagged with, separated by commas."""

    brightway_python: Path | None = None
    """Python of an environment with brightway25, for `greenchain background import`."""

    database_url: str = "sqlite:///greenchain.db"
    """Where members' data stands: a file of SQLite, or `postgresql+psycopg://…`."""

    database_owner_url: SecretStr | None = None
    """As whom `greenchain db upgrade` changes tables; without it as in `DATABASE_URL`."""

    secret: SecretStr | None = None
    """Secret from which all keys are drawn, 32 characters or more; older ones behind commas."""

    secret_file: Path = Path("greenchain.secret")
    """File with the secret where none is given; made at first use, beside SQLite only."""

    public_url: str = "http://127.0.0.1:8000"
    """Address under which others reach the service: it stands in tokens and letters."""

    files_url: str = "folder:greenchain-files"
    """Where files of evidence stand: `folder:PATH`, or `s3://BUCKET/PREFIX` and `AWS_…` beside."""

    evidence_bytes: Count = 20_000_000
    """Largest file of evidence in bytes."""

    worker_in_process: bool | None = None
    """Whether `greenchain serve` does jobs itself; without it, where the database is SQLite."""

    worker_silence_seconds: Annotated[int, Field(ge=3)] = 30
    """After how many seconds without a sign of life a worker is dead, and its job another's."""

    mail_url: SecretStr | None = None
    """Where letters go: `smtp://…` (STARTTLS), `smtps://…`, `folder:PATH`; else greenchain-mail."""

    mail_from: str = "greenchain@localhost"
    """Address that letters come from."""

    release_hours: Annotated[int, Field(gt=0, le=168)] = 24
    """Every how many hours new footprints are released to buyers."""
