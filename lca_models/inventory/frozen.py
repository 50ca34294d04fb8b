"""A frozen background as one file: Brightway datapackage, intensities, and a sealed register."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bw_processing as bwp
import numpy as np
from bw_processing.io_helpers import generic_zipfile_filesystem
from numpy.typing import DTypeLike, NDArray

from lca_models.errors import FactsError, Text

_REGISTER = "background.json"
_INTENSITIES = "intensities.npy"
_HASH = "sha256"
# What all members may take in memory: some twenty times as much as ecoinvent 3.
_MOST_BYTES = 2**30
# What Python raises when a file that it unpacks, or what that file says of itself, is not so.
_MALFORMED = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a file held when it was verified; nothing is read from it again.

    Args:
        register: What the file says of itself: version, licences, ids.
        intensities: kg of each gas for one unit of each product, shape (n, gases).
        members: The other members by name.
    """

    register: Mapping[str, Any]
    intensities: NDArray[np.float64]
    members: Mapping[str, bytes]

    def cells_of(
        self, matrix: str
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Row ids, column ids and amounts of a matrix, as `add_matrix` was given them."""
        indices = _read_array(self.members[f"{matrix}.indices.npy"], bwp.INDICES_DTYPE)
        amounts = _read_array(self.members[f"{matrix}.data.npy"], np.float64)
        return indices["row"], indices["col"], amounts

    def distributions_of(self, matrix: str) -> NDArray[Any] | None:
        """How far its amounts may be off, if that is known."""
        content = self.members.get(f"{matrix}.distributions.npy")
        return None if content is None else _read_array(content, bwp.UNCERTAINTY_DTYPE)


def create_package(
    name: str, version: str, licences: Sequence[Mapping[str, str]], path: Path | None = None
) -> bwp.Datapackage:
    """An empty datapackage, in memory or in a new file; the same whenever it is made."""
    fs = path and generic_zipfile_filesystem(dirpath=path.parent, filename=path.name)
    package = bwp.create_datapackage(
        fs=fs,
        name=name,
        id_=version,
        metadata={"licenses": list(licences), "library_version": version},
        sum_intra_duplicates=False,
    )
    del package.metadata["created"]
    return package


def add_matrix(
    package: bwp.Datapackage,
    matrix: str,
    rows: NDArray[np.integer[Any]],
    columns: NDArray[np.integer[Any]],
    amounts: NDArray[np.float64],
    distributions: NDArray[Any] | None = None,
) -> None:
    """Add cells by integer ids, signs as they count; nobody changes them afterwards.

    Args:
        package: Where to add them.
        matrix: Name of the matrix.
        rows: Ids, shape (cells,).
        columns: Ids, shape (cells,).
        amounts: Amounts, shape (cells,).
        distributions: How far they may be off, as `bw_processing` writes it, shape (cells,).
    """
    indices = np.empty(len(rows), dtype=bwp.INDICES_DTYPE)
    indices["row"], indices["col"] = rows, columns
    values = np.array(amounts, dtype=np.float64)
    indices.setflags(write=False)
    values.setflags(write=False)
    package.add_persistent_vector(
        matrix=matrix,
        name=matrix,
        indices_array=indices,
        data_array=values,
        distributions_array=distributions,
    )


def seal(
    package: bwp.Datapackage,
    path: Path,
    register: Mapping[str, object],
    intensities: NDArray[np.float64],
) -> None:
    """Finish the file of a datapackage: add its intensities, and the hash of every member."""
    package.finalize_serialization()
    solved = io.BytesIO()
    np.save(solved, intensities, allow_pickle=False)
    with zipfile.ZipFile(path, "a") as archive:
        _write(archive, _INTENSITIES, solved.getvalue())
        members = {name: _hash(archive.read(name)) for name in archive.namelist()}
        content = _sealed({**register, "members": members})
        _write(archive, _REGISTER, json.dumps(content, ensure_ascii=False, indent=1).encode())


def open_sealed(path: Path, kind: str, cure: Text) -> Frozen:
    """Read a file that `seal` finished, each member once and by its hash.

    Args:
        path: The file.
        kind: What its register must say that it is.
        cure: How to get it again, for refusals.

    Raises:
        FactsError: It is no such file, or was changed after it was written.
    """
    with refuse_malformed(path, cure), zipfile.ZipFile(path) as archive:
        if sum(member.file_size for member in archive.infolist()) > _MOST_BYTES:
            raise _unusable(path, _TOO_LARGE, cure)
        held = {name: archive.read(name) for name in archive.namelist()}
        register = json.loads(held.pop(_REGISTER))
        members = {name: _hash(content) for name, content in held.items()}
        if register["kind"] != kind:
            raise _unusable(path, _NO_BACKGROUND, cure)
        if register != _sealed(register) or register["members"] != members:
            raise _unusable(path, _CHANGED, cure)
        return Frozen(register, _read_array(held.pop(_INTENSITIES), np.float64), held)


@contextmanager
def refuse_malformed(path: Path, cure: Text) -> Iterator[None]:
    """Read what a file says of itself; whoever can seal it can still say nonsense.

    Args:
        path: The file.
        cure: How to get it again.

    Raises:
        FactsError: It is not what it says.
    """
    try:
        yield
    except _MALFORMED as error:
        raise _unusable(path, _NO_BACKGROUND, cure) from error


_NO_BACKGROUND = Text(en="is no saved background", zh="不是已保存的背景数据")
_TOO_LARGE = Text(en="unpacks to more than any background takes", zh="解压后远超背景数据应有的大小")
_CHANGED = Text(en="was changed after it was written", zh="保存后被改动")


def _read_array(content: bytes, kind: DTypeLike) -> NDArray[Any]:
    # `np.load` would also open archives, and tell by the content alone what it opens.
    array: NDArray[Any] = np.lib.format.read_array(io.BytesIO(content), allow_pickle=False)
    if array.dtype != np.dtype(kind):
        raise ValueError(array.dtype)
    array.setflags(write=False)
    return array


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    # A `ZipInfo` carries no time of day: the same background gives the same bytes.
    archive.writestr(zipfile.ZipInfo(name), content, compress_type=zipfile.ZIP_DEFLATED)


def _sealed(register: Mapping[str, object]) -> dict[str, object]:
    content = {key: value for key, value in register.items() if key != _HASH}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return {**content, _HASH: _hash(canonical.encode())}


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _unusable(path: Path, problem: Text, cure: Text) -> FactsError:
    return FactsError(
        Text(en="The file “{name}” {problem}.", zh="文件“{name}”{problem}。").format(
            name=path.name, problem=problem
        ),
        cure,
        value=path.name,
    )
