"""The command that starts the HTTP interface."""

from __future__ import annotations

import uvicorn

from lca_models.errors import Text
from service.cli.terminal import Terminal


def serve(terminal: Terminal, *, host: str | None, port: int | None) -> None:
    """Serve until told to stop; requests under way are finished first."""
    address = host or terminal.wiring.host
    number = terminal.wiring.port if port is None else port
    terminal.say(
        Text(
            en="Serving http://{host}:{port} — described at /openapi.json. Ctrl-C stops it.",
            zh="服务地址：http://{host}:{port}，接口说明见/openapi.json，按Ctrl-C停止。",
        ).format(host=address, port=number)
    )
    uvicorn.run(
        "service.app:build_app",
        factory=True,
        host=address,
        port=number,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
