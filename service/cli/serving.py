"""The command that starts the HTTP interface."""

from __future__ import annotations

import os
import socket

import uvicorn

from lca_models.errors import Defect, Text
from service.cli.terminal import Terminal
from service.store.migrating import refuse_unfit
from service.wiring import InvalidSettingsError


def serve(terminal: Terminal, *, host: str | None, port: int | None) -> None:
    """Serve until told to stop; requests under way are finished first.

    Raises:
        InvalidSettingsError: The address cannot be listened on, or a setting cannot be used.
        DatabaseUnreachableError: There is no way to the database.
        UnfitLoginError: On PostgreSQL, the login could pass by row-level security.
        SchemaBehindError: The schema is not that of this release.
    """
    refuse_unfit(terminal.wiring.members.engine)  # before anybody is told of an address
    config = uvicorn.Config(
        "service.app:build_app",
        factory=True,
        server_header=False,
        timeout_graceful_shutdown=10,
        limit_concurrency=terminal.wiring.connections,
    )
    address = host or terminal.wiring.host
    with _listen(address, terminal.wiring.port if port is None else port) as listening:
        terminal.say(
            Text(
                en="Serving http://{host}:{port}, described at /openapi.json. Ctrl-C stops it.",
                zh="服务地址：http://{host}:{port}，接口说明见/openapi.json，按Ctrl-C停止。",
            ).format(host=address, port=listening.getsockname()[1])
        )
        uvicorn.Server(config).run(sockets=[listening])


def _listen(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family, backlog=2048)
    except OSError as error:
        number = error.errno or 0
        problem = os.strerror(number) if number > 0 else str(error.strerror)
        raise InvalidSettingsError(
            Defect(
                InvalidSettingsError.code,
                Text(
                    en="{host}:{port} cannot be listened on: {problem}.",
                    zh="无法监听{host}:{port}：{problem}。",
                ).format(host=address, port=port, problem=problem),
                Text(
                    en="Choose another address with --host and --port.",
                    zh="请用--host和--port选择其他地址。",
                ),
            )
        ) from error
