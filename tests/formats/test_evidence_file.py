"""Evidence is told by its content, and what could do harm is refused."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca_models.errors import GreenchainError
from service.formats.errors import FileTooLargeError, UnsupportedFileError
from service.formats.evidence_file import CSV, DOCX, JPEG, PDF, PNG, TEXT, XLSX, clean_name, sniff

ANY = "application/octet-stream"


def packed(*names: str, content: bytes = b"x") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.4 ...", PDF),
        (b"\x89PNG\r\n\x1a\n...", PNG),
        (b"\xff\xd8\xff\xe0...", JPEG),
        (packed("xl/workbook.xml"), XLSX),
        (packed("word/document.xml"), DOCX),
        ("日期,电量\n1月,20\n".encode("gb18030"), CSV),
        ("\ufeff电表读数".encode(), TEXT),
        (b"a < b and b > c", TEXT),
    ],
)
def test_a_file_is_told_by_its_content(content: bytes, media_type: str) -> None:
    assert sniff(content, ANY) == sniff(content, media_type) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03",
        b"\x7fELF\x02\x01",
        b"<!DOCTYPE html><p>x",
        b"\n\n  <SVG onload=x()>",
        b"some text <script>alert(1)</script>",
        b"<?php echo 1; ?>",
        b"#!/bin/sh\nrm -rf /",
        b"%PDF-1.7 /Encrypt 1 0 R",
        b"%PDF-1.7 /OpenAction << /S /JavaScript >>",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        packed("xl/workbook.xml", "xl/vbaProject.bin"),
        packed("word/document.xml", "word/embeddings/oleObject1.bin"),
        packed("xl/workbook.xml", "word/document.xml"),
        packed("evil.exe"),
        b"\x1f\x8b\x08packed",
    ],
)
def test_what_could_run_or_hide_something_is_refused(content: bytes) -> None:
    with pytest.raises(UnsupportedFileError):
        sniff(content, ANY)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(FileTooLargeError):
        sniff(packed("xl/workbook.xml", content=b"\0" * 30_000_000), ANY)


@pytest.mark.parametrize("declared", ["text/html", "image/svg+xml", "application/pdf", "x"])
def test_a_file_that_is_not_what_its_sender_says_is_refused(declared: str) -> None:
    with pytest.raises(UnsupportedFileError):
        sniff(b"plain text", declared)


@pytest.mark.parametrize("declared", ["text/plain; charset=utf-8", "text/csv", "", ANY])
def test_text_goes_by_several_names(declared: str) -> None:
    assert sniff(b"plain text", declared) == TEXT


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200), st.text(max_size=20))
def test_whatever_comes_is_told_or_refused(content: bytes, declared: str) -> None:
    with suppress(GreenchainError):
        assert sniff(content, declared) in {PDF, PNG, JPEG, XLSX, DOCX, CSV, TEXT}


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\电表.pdf", "电表.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("..", "file"),
        ("", "file"),
        ("\u202egnp.exe", "gnp.exe"),
        ('"quoted"', "_quoted_"),
    ],
)
def test_a_name_is_a_name_and_no_path(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept
