"""Check a bill of materials: the whole file at once, with everything that is wrong in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from lca_models.errors import Language
from lca_models.facts.library import Library
from service.domain.submission import Period, Submission
from service.domain.submission_reach import Reach
from service.formats.bom.annotate import annotate
from service.formats.bom.document import BomCheckDocument, to_bom_check
from service.formats.bom.reading import BomReading, read_bom
from service.formats.bom.references import index_references
from service.formats.errors import InvalidBomError
from service.formats.sheets.file import read_content


@dataclass(frozen=True, slots=True)
class CheckedBom:
    """A file that was checked.

    Args:
        content: The file.
        file_name: Its name.
        reading: What reading it brought.
    """

    content: bytes
    file_name: str
    reading: BomReading

    def annotate(self, language: Language) -> bytes:
        """The file itself with its errors written into it."""
        return annotate(self.content, self.file_name, self.reading, language)

    def to_submission(self) -> Submission:
        """The activity data of a file without errors.

        Raises:
            InvalidBomError: Every wrong row.
        """
        if self.reading.submission is None:
            raise InvalidBomError(*self.reading.defects)
        return self.reading.submission

    def to_document(self, library: Library) -> BomCheckDocument:
        """The rows of a file without errors, as they were understood.

        Raises:
            InvalidBomError: Every wrong row.
        """
        self.to_submission()
        return to_bom_check(self.reading, self.file_name, library)


def check_bom(
    file: BinaryIO,
    file_name: str,
    library: Library,
    *,
    product_id: str | None,
    period: Period | None,
    reach: Reach | None = None,
) -> CheckedBom:
    """Check every row of a file. Nothing is stored, nothing is calculated.

    Args:
        file: The open file, CSV or XLSX.
        file_name: Its name, for messages.
        library: What fuels, modes, treatments and factors are held against.
        product_id: The product that the file must be about; None takes what its output row names.
        period: The reporting period where the file states none; None asks the file for it.
        reach: What its rows may refer to; None takes every reference as it stands.

    Raises:
        FileTooLargeError: The file, or what it unpacks to, is too large.
        UnsupportedFileError: It is neither CSV nor XLSX, or has a password.
        UnreadableFileError: It is empty, damaged, or its encoding cannot be told.
    """
    content = read_content(file)
    reading = read_bom(
        content,
        file_name,
        library,
        product_id=product_id,
        default_period=period,
        references=None if reach is None else index_references(reach),
    )
    return CheckedBom(content, file_name, reading)
