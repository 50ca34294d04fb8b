"""The file store: a folder, or a store that speaks S3."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from obstore.store import S3Store

from service.gateways.files import Files, LostFileError, open_files

SOON = timedelta(minutes=1)
_LISTED = (
    "<Contents><Key>{key}</Key><LastModified>{at}</LastModified><ETag>e</ETag>"
    "<Size>{size}</Size></Contents>"
)


class FakeS3(BaseHTTPRequestHandler):
    """As much of S3 as a file store needs; what is kept stands in the class of one test."""

    kept: dict[str, bytes]
    signed: list[bool]

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.signed.append("AWS4-HMAC-SHA256" in self.headers.get("Authorization", ""))
        self.kept[self._key()] = body
        self._answer(200, headers={"ETag": "e"})

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        if "list-type" in asked:
            start = asked.get("prefix", [""])[0]
            at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
            listed = "".join(
                _LISTED.format(key=key, at=at, size=len(body))
                for key, body in self.kept.items()
                if key.startswith(start)
            )
            page = f"<ListBucketResult><IsTruncated>false</IsTruncated>{listed}</ListBucketResult>"
            self._answer(200, page.encode())
            return
        body = self.kept.get(self._key())
        headers = {"ETag": "e", "Last-Modified": "Mon, 02 Mar 2026 08:00:00 GMT"}
        self._answer(404 if body is None else 200, body or b"", headers)

    def do_DELETE(self) -> None:
        self.kept.pop(self._key(), None)
        self._answer(204)

    def do_POST(self) -> None:
        """Delete many at once, which is how some clients delete one."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        gone = [part.partition("</Key>")[0] for part in body.split("<Key>")[1:]]
        for key in gone:
            self.kept.pop(key, None)
        told = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in gone)
        self._answer(200, f"<DeleteResult>{told}</DeleteResult>".encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix("/bucket/")

    def _answer(
        self, status: int, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in {**(headers or {}), "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(params=["folder", "s3"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Files]:
    if request.param == "folder":
        yield open_files(f"folder:{tmp_path / 'files'}")
        return
    signed: list[bool] = []
    handler = type("Handler", (FakeS3,), {"kept": {}, "signed": signed})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    store = partial(
        S3Store,
        "bucket",
        prefix="evidence",
        endpoint=f"http://127.0.0.1:{server.server_port}",
        region="local",
        access_key_id="key",
        secret_access_key="secret",  # noqa: S106 - of a test
        client_options={"allow_http": True},
    )
    yield Files(store)
    assert all(signed)
    server.shutdown()
    thread.join()
    server.server_close()


def list_all(files: Files) -> list[str]:
    moment = datetime.now(UTC) + SOON
    return sorted(key for keys in files.list_before(moment) for key in keys)


def test_what_is_put_is_got_and_listed_until_it_is_removed(files: Files) -> None:
    files.put("firm/hash/1", b"one")
    files.put("firm/hash/2", b"\0" * 1_000)
    assert files.get("firm/hash/1") == b"one"
    assert list_all(files) == ["firm/hash/1", "firm/hash/2"]
    files.remove("firm/hash/1")
    files.remove("firm/hash/1")
    assert list_all(files) == ["firm/hash/2"]


def test_a_file_that_is_gone_is_told(files: Files) -> None:
    with pytest.raises(LostFileError):
        files.get("firm/hash/1")


def test_what_is_new_is_not_listed_as_old(files: Files) -> None:
    files.put("firm/hash/1", b"one")
    before = datetime.now(UTC) - SOON
    assert [key for keys in files.list_before(before) for key in keys] == []


def test_no_key_leads_out_of_the_folder(tmp_path: Path) -> None:
    files = open_files(f"folder:{tmp_path / 'files'}")
    with pytest.raises(ValueError, match="path"):
        files.put("../stray", b"x")
    assert not (tmp_path / "stray").exists()


def test_a_folder_is_made_when_the_first_file_comes_and_for_its_owner_alone(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "files"
    files = open_files(f"folder:{folder}")
    assert not folder.exists()
    files.put("a", b"x")
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("url", ["", "folder:", "ftp://host/x", "s3:///x", "greenchain-files"])
def test_an_address_of_no_kind_that_we_know_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="file store"):
        open_files(url)
