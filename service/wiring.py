"""Makes what the doors need, from settings: the one place where objects are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import Engine

from lca_models.errors import Defect, GreenchainError, Language, Text
from lca_models.facts.library import Library, load_library
from lca_models.inventory.brought import add_background, load_brought_background
from service.domain.calculation_limits import CalculationLimits
from service.formats.chain.validation_texts import describe
from service.gateways.files import Files, open_files
from service.gateways.keyring import Keyring
from service.gateways.mail import Mail, open_mail
from service.gateways.secret_file import SECRET_CHARACTERS, find_or_make_secret
from service.settings import PREFIX, Settings
from service.store.session import open_engine

_MAIL_FOLDER = "folder:greenchain-mail"


class InvalidSettingsError(GreenchainError):
    """Environment variables have values that cannot be used; every one is listed at once."""

    code = "invalid-settings"
    title = Text(en="Settings are not usable", zh="环境变量设置无效")


@dataclass(frozen=True, slots=True)
class Members:
    """What the doors need that serve members: where their data stands, and the service's keys.

    Args:
        engine: The database.
        keyring: Keys of the service.
        public_url: Address under which others reach the service.
        mail: Sends letters.
        files: Keeps files of evidence.
        evidence_bytes: Largest file of evidence.
        clock: Tells the time.
    """

    engine: Engine
    keyring: Keyring
    public_url: str
    mail: Mail
    files: Files
    evidence_bytes: int
    clock: Callable[[], datetime]


@dataclass(frozen=True)
class Wiring:
    """What the doors need.

    Args:
        library: The background library.
        language: Language of the command line; None leaves it to the locale.
        host: Address to listen on.
        port: Port to listen on.
        request_bytes: Largest request body.
        buffered_bytes: How much the bodies of all requests under way may hold.
        connections: How many connections are held at once.
        yaml_bytes: Largest chain document in YAML.
        request_seconds: How long a body may take to arrive.
        heavy_at_once: How many heavy requests run at once.
        heavy_waiting: How many more may wait.
        requests_per_minute: How often one signed-in caller may ask.
        anonymous_requests_per_minute: How often others may ask from one address.
        limits: The most that one calculation may take.
        brightway_python: The Python that imports backgrounds; None for the one that runs.
        settings: What else the environment says.
    """

    library: Library
    language: Language | None
    host: str
    port: int
    request_bytes: int
    buffered_bytes: int
    connections: int
    yaml_bytes: int
    request_seconds: int
    heavy_at_once: int
    heavy_waiting: int
    requests_per_minute: int
    anonymous_requests_per_minute: int
    limits: CalculationLimits
    brightway_python: Path | None
    settings: Settings

    @property
    def owner_url(self) -> str:
        """The database as the one opens it who may change its tables."""
        url = self.settings.database_owner_url
        return self.settings.database_url if url is None else url.get_secret_value()

    @cached_property
    def members(self) -> Members:
        """What serving members needs, made when first asked for."""
        return build_members(self.settings)


def build_members(settings: Settings) -> Members:
    """Open the database and draw the keys.

    Raises:
        InvalidSettingsError: The secret is missing or too short, or mail cannot be sent so.
    """
    return Members(
        engine=open_engine(settings.database_url),
        keyring=Keyring(_find_secrets(settings)),
        public_url=settings.public_url.rstrip("/"),
        mail=_open_mail(settings),
        files=_open_files(settings),
        evidence_bytes=settings.evidence_bytes,
        clock=lambda: datetime.now(UTC),
    )


def _open_mail(settings: Settings) -> Mail:
    url = _MAIL_FOLDER if settings.mail_url is None else settings.mail_url.get_secret_value()
    try:
        return open_mail(url, settings.mail_from)
    except ValueError as error:
        raise InvalidSettingsError(
            Defect(
                InvalidSettingsError.code,
                Text(en="{url} or {sender} cannot be used.", zh="{url}或{sender}无法使用。").format(
                    url=PREFIX + "MAIL_URL", sender=PREFIX + "MAIL_FROM"
                ),
                Text(
                    en="Give smtp://host, smtps://host or folder:path, and one address.",
                    zh="请填写smtp://主机、smtps://主机或folder:路径，以及一个邮箱地址。",
                ),
            )
        ) from error


def _open_files(settings: Settings) -> Files:
    try:
        return open_files(settings.files_url)
    except ValueError as error:
        raise InvalidSettingsError(
            Defect(
                InvalidSettingsError.code,
                Text(en="{url} cannot be used.", zh="{url}无法使用。").format(
                    url=PREFIX + "FILES_URL"
                ),
                Text(
                    en="Give folder:PATH or s3://BUCKET/PREFIX.",
                    zh="请填写folder:路径或s3://存储桶/前缀。",
                ),
                value=settings.files_url,
            )
        ) from error


def _find_secrets(settings: Settings) -> list[bytes]:
    if settings.secret is not None:
        secrets = settings.secret.get_secret_value().split(",")
    elif settings.database_url.startswith("sqlite"):
        secrets = [find_or_make_secret(settings.secret_file)]
    else:
        secrets = [""]
    if any(len(secret) < SECRET_CHARACTERS for secret in secrets):
        raise InvalidSettingsError(
            Defect(
                InvalidSettingsError.code,
                Text(
                    en="{variable} needs at least {count} random characters.",
                    zh="{variable}须为至少{count}个随机字符。",
                ).format(variable=PREFIX + "SECRET", count=SECRET_CHARACTERS),
                Text(
                    en="Take what python3 -c 'import secrets; print(secrets.token_hex())' says.",
                    zh="请运行python3 -c 'import secrets; print(secrets.token_hex())'生成。",
                ),
            )
        )
    return [secret.encode() for secret in secrets]


def build(settings: Settings) -> Wiring:
    """Make what the doors need.

    Raises:
        FactsError: A background file is none, or was changed after it was written.
    """
    return Wiring(
        library=add_backgrounds(load_library(), settings.backgrounds),
        language=settings.lang,
        host=settings.host,
        port=settings.port,
        request_bytes=settings.request_bytes,
        buffered_bytes=settings.buffered_bytes,
        connections=settings.connections,
        yaml_bytes=settings.yaml_bytes,
        request_seconds=settings.request_seconds,
        heavy_at_once=settings.heavy_at_once,
        heavy_waiting=settings.heavy_waiting,
        requests_per_minute=settings.requests_per_minute,
        anonymous_requests_per_minute=settings.anonymous_requests_per_minute,
        limits=CalculationLimits(
            products=settings.chain_products,
            lines=settings.chain_lines,
            parts=settings.answer_parts,
        ),
        brightway_python=settings.brightway_python,
        settings=settings,
    )


def add_backgrounds(library: Library, files: Iterable[Path]) -> Library:
    """A library that holds imported backgrounds too.

    Raises:
        FactsError: A file is no imported background, or was changed after it was written.
    """
    for file in files:
        library = add_background(library, load_brought_background(file))
    return library


def build_from_environment() -> Wiring:
    """Make what the doors need, as the environment variables say.

    Raises:
        InvalidSettingsError: A variable has a value that cannot be used.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        defects = [
            _defect(
                str(d["loc"][0]), str(d["input"]), describe(d["type"], d["msg"], d.get("ctx", {}))
            )
            for d in error.errors()
        ]
        raise InvalidSettingsError(*defects) from error
    return build(settings)


def _defect(field: str, value: str, described: tuple[Text, Text]) -> Defect:
    reason, _ = described
    return Defect(
        InvalidSettingsError.code,
        Text(en="{variable} is “{value}”. {reason}", zh="{variable}为“{value}”。{reason}").format(
            variable=PREFIX + field.upper(), value=value, reason=reason
        ),
        Text(
            en="Correct or unset the variable (docs/settings.md).",
            zh="请更正或取消该环境变量（docs/settings.md）。",
        ),
        value=value,
    )
