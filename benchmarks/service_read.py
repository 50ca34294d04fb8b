"""What it costs to answer a read, against a bare FastAPI route with the same query.

Both applications run in this process without a network, on engines alike. The bare route sends the
very SQL that ours sends for the document, and answers the same document through the same model; it
knows nobody, guards nothing, and tells nothing of limits or versions. As no policy of PostgreSQL
would show it a row, it connects as superuser. What is timed is the CPU of
this process, so that neither the server's work nor that of others counts.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Engine, event
from starlette.types import ASGIApp

from benchmarks._measuring import report
from benchmarks._members import Chain, keep_chain, open_stage
from service.domain.kept_footprint import KeptFootprint
from service.domain.submission import Period
from service.formats.bilingual import Bilingual
from service.formats.members.footprint import KeptFootprintDocument, to_footprint_document
from service.formats.members.listing import ListDocument
from service.formats.members.product import ProductDocument
from service.store.session import open_engine

PRODUCTS = 200
PAGE = 50
REQUESTS, ROUNDS = 100, 7
_ANSWERED = 200
_CURSOR = 300  # bytes: most that the place of the next page takes, which the bare route leaves out
Row = Mapping[str, Any]
Shape = Callable[[Sequence[Row]], Any]


@dataclass(frozen=True)
class Question:
    """A read: its path, and how the bare route makes the document from the rows."""

    name: str
    path: str
    table: str
    model: Any
    shape: Shape


@dataclass
class Caller:
    """Sends GET requests straight into an application."""

    app: ASGIApp
    path: str
    headers: Sequence[tuple[bytes, bytes]]
    loop: asyncio.AbstractEventLoop
    body: bytes = b""
    status: int = 0
    _parts: list[bytes] = field(default_factory=list)

    def ask(self, times: int) -> None:
        """Ask the same question several times, one after the other."""
        self.loop.run_until_complete(self._ask(times))

    async def _ask(self, times: int) -> None:
        path, _, query = self.path.partition("?")
        for _ in range(times):
            self._parts.clear()
            scope = {
                "type": "http",
                "asgi": {"version": "3.0"},
                "http_version": "1.1",
                "method": "GET",
                "scheme": "http",
                "path": path,
                "raw_path": path.encode(),
                "root_path": "",
                "query_string": query.encode(),
                "headers": list(self.headers),
                "client": ("127.0.0.1", 1),
                "server": ("127.0.0.1", 80),
            }
            await self.app(scope, _receive, self._send)
        self.body = b"".join(self._parts)
        if self.status != _ANSWERED:
            sys.exit(f"{self.path} answered {self.status}: {self.body[:500]!r}")

    async def _send(self, message: Any) -> None:  # noqa: ANN401 - as ASGI has it
        self.status = message.get("status", self.status)
        self._parts.append(message.get("body", b""))


async def _receive() -> dict[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}


def main() -> None:
    """Print one measurement a line."""
    with open_stage() as stage:
        chain = keep_chain(stage, PRODUCTS)
        chain.recompute()
        loop = asyncio.new_event_loop()
        for question in list_questions(chain):
            measure(chain, question, loop)
        loop.close()


def list_questions(chain: Chain) -> list[Question]:
    """One product, a page of products, and one footprint that rests on other firms."""
    product_id = chain.products[0]
    summaries = chain.lead.get(f"/v1/products/{product_id}/footprints").json()["items"]
    return [
        Question(
            "one product",
            f"/v1/products/{product_id}",
            "product",
            ProductDocument,
            lambda rows: to_product(rows[0]),
        ),
        Question(
            f"a list of {PAGE} products",
            f"/v1/products?limit={PAGE}",
            "product",
            ListDocument[ProductDocument],
            lambda rows: ListDocument(items=list(map(to_product, rows[:PAGE])), next=None),
        ),
        Question(
            "one footprint",
            f"/v1/footprints/{summaries[0]['id']}",
            "footprint",
            KeptFootprintDocument,
            lambda rows: to_footprint(rows[0]),
        ),
    ]


def measure(chain: Chain, question: Question, loop: asyncio.AbstractEventLoop) -> None:
    """Time both by turns, and print the median CPU time of a request."""
    service = chain.stage.service
    authorised = [(b"authorization", f"Bearer {chain.lead.token()}".encode())]
    ours = Caller(service.client.app, question.path, authorised, loop)
    with recorded(service.wiring.members.engine) as sent:
        ours.ask(1)
    query = next(each for each in sent if f"FROM {question.table} " in each[0])
    engine = open_engine(chain.stage.url.replace("postgresql", "postgresql+psycopg", 1))
    bare = Caller(build_bare(engine, question, *query), "/", [], loop)
    ours.ask(REQUESTS)
    bare.ask(REQUESTS)
    if len(ours.body) - len(bare.body) > _CURSOR:
        sys.exit("The documents differ.")
    taken = [(cpu_seconds(ours), cpu_seconds(bare)) for _ in range(ROUNDS)]
    mine, reference = map(statistics.median, zip(*taken, strict=True))
    sys.stderr.write(f"{question.name}: {len(sent)} statements, {len(ours.body)} bytes\n")
    report("service.read", f"{question.name}, CPU, bare route", mine, reference)


def cpu_seconds(caller: Caller) -> float:
    """CPU of one request."""
    begun = time.process_time()
    caller.ask(REQUESTS)
    return (time.process_time() - begun) / REQUESTS


@contextmanager
def recorded(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """The statements that an engine sends meanwhile, with their parameters."""
    sent: list[tuple[str, Any]] = []

    def record(*execution: Any) -> None:  # noqa: ANN401 - as SQLAlchemy has it
        sent.append((execution[2], execution[3]))

    event.listen(engine, "before_cursor_execute", record)
    yield sent
    event.remove(engine, "before_cursor_execute", record)


def build_bare(engine: Engine, question: Question, sql: str, parameters: Any) -> FastAPI:  # noqa: ANN401 - as recorded
    """An application with one route that does nothing but query and answer."""
    app, prefix = FastAPI(), f"{question.table}_"  # of the names that the query gives its columns

    @app.get("/", response_model=question.model)
    def read() -> Any:  # noqa: ANN401 - what the model says
        with engine.connect() as connection:
            found = connection.exec_driver_sql(sql, parameters)
            names = [name.removeprefix(prefix) for name in found.keys()]  # noqa: SIM118 - no dict
            rows = [dict(zip(names, row, strict=True)) for row in found]
        return question.shape(rows)

    return app


def to_product(row: Row) -> ProductDocument:
    """A product from its row."""
    fields = {name: row[name] for name in ProductDocument.model_fields if name != "name"}
    return ProductDocument(name=Bilingual(zh=row["name_zh"], en=row["name_en"]), **fields)


def to_footprint(row: Row) -> KeptFootprintDocument:
    """A footprint from its row."""
    fields = {name: row[name] for name in row if not name.startswith("period_")}
    period = Period(row["period_start"], row["period_end"])
    return to_footprint_document(KeptFootprint(period=period, **fields))


if __name__ == "__main__":
    main()
