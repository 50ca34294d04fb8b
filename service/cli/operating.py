"""The command that makes whoever runs the service."""

from __future__ import annotations

import sys
from getpass import getpass

from lca_models.errors import Text
from service.cli.terminal import Terminal
from service.domain.access import SERVICE
from service.domain.organisation import Identifier, IdentifierScheme
from service.domain.password import WeakPasswordError, refuse_weak
from service.domain.person import read_email
from service.gateways.passwords import hash_password
from service.store.migrating import refuse_unfit
from service.store.session import open_transaction
from service.use_cases import create_operator as creating

_UNREGISTERED = Identifier(IdentifierScheme.OTHER, "operator")


def create_operator(
    terminal: Terminal, *, email: str, name: str, organisation: str, uscc: str | None
) -> None:
    """Make a person of the operating organisation, and that too where there is none yet.

    The password comes from the keyboard without being shown, or from the first line of standard
    input; never from the arguments, which every user of the machine can list.

    Raises:
        GreenchainError: The address, the password or the number cannot be used, or somebody signs
            in with the address already.
    """
    members = terminal.wiring.members
    refuse_unfit(members.engine)
    identifier = _UNREGISTERED if uscc is None else Identifier(IdentifierScheme.USCC, uscc)
    address = read_email(email)
    password = _ask_password(terminal)
    refuse_weak(password, email=address, name=name)
    wanted = creating.NewOperator(
        organisation=Text(en=organisation, zh=organisation),
        identifier=identifier,
        email=address,
        name=name,
        language=terminal.language,
        password_hash=hash_password(password),
    )
    try:
        with open_transaction(members.engine, SERVICE, actor="command line") as session:
            creating.create_operator(session, wanted, now=members.clock())
    finally:
        members.engine.dispose()
    terminal.say(
        Text(
            en="{email} runs the service. Next: POST {url}/v1/sessions, then register members with "
            "POST {url}/v1/organisations.",
            zh="{email}已成为运营方账户。下一步：通过POST {url}/v1/sessions登录，"
            "再用POST {url}/v1/organisations登记成员。",
        ).format(email=address, url=members.public_url)
    )


def _ask_password(terminal: Terminal) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    asked = Text(en="Password: ", zh="密码："), Text(en="Once more: ", zh="再次输入：")
    first, second = (getpass(text.to(terminal.language)) for text in asked)
    if first != second:
        raise WeakPasswordError(
            Text(en="The two passwords differ.", zh="两次输入的密码不一致。"),
            Text(en="Run the command again.", zh="请重新运行命令。"),
        )
    return first
