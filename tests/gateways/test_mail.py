"""Letters as mail: composed safely, kept as files, handed to a server over TLS alone."""

import ssl
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.gateways.mail import Envelope, FolderMail, SmtpMail, compose, open_mail
from tests.gateways.smtp_server import serve_smtp

SENDER = "greenchain@example.com"
LETTER = Envelope(
    id=UUID("0190a2b4-0000-7000-8000-000000000001"),
    to="wang@example.com",
    subject="邀请：请提交2025年数据",
    body="您好，\n请打开 https://example.com/join#abc\n",
    written_at=datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
)


def test_a_letter_is_read_as_it_was_written() -> None:
    read = message_from_bytes(compose(LETTER, SENDER).as_bytes(), policy=default)
    assert read["Subject"] == LETTER.subject
    assert read["To"] == "wang@example.com"
    assert read["From"] == SENDER
    assert read["Date"] == "Mon, 02 Mar 2026 08:00:00 +0000"
    assert read.get_content().splitlines() == LETTER.body.splitlines()


def test_a_letter_sent_twice_is_recognised() -> None:
    first, second = (compose(LETTER, SENDER)["Message-ID"] for _ in range(2))
    assert first == second == "<0190a2b4-0000-7000-8000-000000000001@example.com>"


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["\r\n", "\n", "\r", "\x0b", "\u2028", "\x00"]))
def test_nothing_in_a_subject_becomes_a_header(told: str, broken_by: str) -> None:
    subject = f"{told}{broken_by}Bcc: rival@example.com"
    message = compose(replace(LETTER, subject=subject), SENDER)
    read = message_from_bytes(message.as_bytes(), policy=default)
    assert read["Bcc"] is None
    assert sorted(read.keys()) == sorted(compose(LETTER, SENDER).keys())


@pytest.mark.parametrize(
    "to",
    [
        "",
        "wang",
        "wang@example.com, rival@example.com",
        "Wang <wang@example.com>",
        "wang@example.com\nBcc: rival@example.com",
    ],
)
def test_a_letter_goes_to_one_address_alone(to: str) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        compose(replace(LETTER, to=to), SENDER)


def test_a_folder_keeps_one_file_a_letter_for_its_owner_alone(tmp_path: Path) -> None:
    mail = open_mail(f"folder:{tmp_path / 'mail'}", SENDER)
    mail.send(LETTER)
    mail.send(LETTER)
    (file,) = (tmp_path / "mail").iterdir()
    assert file.name == f"{LETTER.id}.eml"
    assert file.stat().st_mode & 0o077 == 0
    assert "Message-ID: <0190a2b4" in file.read_text()


def test_a_url_names_the_server() -> None:
    mail = open_mail("smtps://user%40firm:p%3Ass@mail.example.com", SENDER)
    assert isinstance(mail, SmtpMail)
    assert (mail.host, mail.port, mail.user, mail.password) == (
        "mail.example.com",
        465,
        "user@firm",
        "p:ss",
    )
    assert isinstance(open_mail("smtp://localhost:2525", SENDER), SmtpMail)
    assert isinstance(open_mail("folder:mail", SENDER), FolderMail)


@pytest.mark.parametrize("url", ["", "mail", "folder:", "smtp:", "http://mail.example.com"])
def test_a_url_that_names_nothing_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"^\w*$"):
        open_mail(url, SENDER)


@pytest.mark.parametrize("tls_from_start", [True, False])
def test_a_server_gets_the_letter_over_tls(*, tls_from_start: bool, tmp_path: Path) -> None:
    with serve_smtp(tmp_path, tls_from_start=tls_from_start) as server:
        mail = SmtpMail(
            host="localhost",
            port=server.port,
            tls_from_start=tls_from_start,
            user="",
            password="",
            sender=SENDER,
            trust=server.trust,
        )
        mail.send(LETTER)
    (taken,) = server.taken
    assert message_from_bytes(taken, policy=default)["Subject"] == LETTER.subject


def test_a_server_that_nobody_vouches_for_gets_no_letter(tmp_path: Path) -> None:
    with serve_smtp(tmp_path, tls_from_start=True) as server:
        mail = open_mail(f"smtps://localhost:{server.port}", SENDER)
        with pytest.raises(ssl.SSLCertVerificationError):
            mail.send(LETTER)
    assert server.taken == []
