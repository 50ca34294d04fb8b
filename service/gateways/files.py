"""Files outside the database: in a folder, or in a store that speaks S3."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import urlsplit

import obstore
from obstore.store import LocalStore, ObjectStore, S3Store

from lca_models.errors import RuleBrokenError, Text

_FOLDER, _S3 = "folder", "s3"
_OWNER_ONLY = 0o700


class LostFileError(RuleBrokenError):
    """The file store does not have what it was given."""

    code = "lost-file"
    title = Text(en="A file is missing in the file store", zh="文件存储中缺少文件")


class Files:
    """Keeps files under keys; what is kept is never changed.

    Args:
        open_store: Opens the place where they stand, when it is first needed.
    """

    def __init__(self, open_store: Callable[[], ObjectStore]) -> None:
        self._open_store = open_store

    @cached_property
    def _store(self) -> ObjectStore:
        return self._open_store()

    def put(self, key: str, content: bytes) -> None:
        """Keep a file: all of it, or nothing."""
        obstore.put(self._store, key, content, use_multipart=False)

    def get(self, key: str) -> bytes:
        """The content of a file.

        Raises:
            LostFileError: There is none.
        """
        try:
            return bytes(obstore.get(self._store, key).bytes())
        except FileNotFoundError as error:
            raise LostFileError(
                Text(en="There is no file “{key}”.", zh="没有文件“{key}”。").format(key=key),
                Text(en="Restore the file store from its backup.", zh="请从备份恢复文件存储。"),
                value=key,
            ) from error

    def remove(self, key: str) -> None:
        """Remove a file; one that is gone already is no error."""
        try:
            obstore.delete(self._store, key)
        except FileNotFoundError:
            return

    def list_before(self, moment: datetime) -> Iterator[list[str]]:
        """Keys of files that were kept before a moment, some at a time."""
        for some in obstore.list(self._store):
            yield [meta["path"] for meta in some if meta["last_modified"] < moment]


def open_files(url: str) -> Files:
    """The file store of an address: `folder:PATH`, or `s3://BUCKET/PREFIX`.

    A folder is made when the first file comes. Credentials, region and endpoint of S3 stand in the
    environment, as its clients read them (`AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT_URL` and so on).

    Raises:
        ValueError: It is neither.
    """
    kind, _, place = url.partition(":")
    if kind == _FOLDER and place:
        return Files(partial(_open_folder, Path(place)))
    parts = urlsplit(url)
    if parts.scheme == _S3 and parts.netloc:
        return Files(partial(S3Store, parts.netloc, prefix=parts.path.strip("/") or None))
    message = f"{url} is no file store"
    raise ValueError(message)


def _open_folder(folder: Path) -> LocalStore:
    folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    return LocalStore(folder)
