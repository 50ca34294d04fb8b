"""Sends letters: over SMTP, or as files in a folder where nothing shall leave the machine."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit
from uuid import UUID

_SECONDS = 30  # of silence, after which a server is given up; RFC 5321, 4.5.3.2 allows more
_PORTS = {"smtp": 587, "smtps": 465}  # RFC 8314
_FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Envelope:
    """A letter as it is sent.

    Args:
        id: Its id; the `Message-ID` is made of it, so that one sent twice is recognised.
        to: Address of one person.
        subject: One line.
        body: Plain text.
        written_at: When it was written.
    """

    id: UUID
    to: str
    subject: str
    body: str
    written_at: datetime


class Mail(Protocol):
    """Sends letters."""

    def send(self, envelope: Envelope) -> None:
        """Send a letter, or raise; to send it again does no harm."""


def open_mail(url: str, sender: str) -> Mail:
    """The gateway that a URL names.

    Args:
        url: `smtp://user:password@host:port` (turned into TLS at once, or not used),
            `smtps://…` (TLS from the start), or `folder:path`.
        sender: Address that letters come from.

    Raises:
        ValueError: The URL is none of these, or the sender no address.
    """
    if not _is_address(sender):
        raise ValueError(sender)
    parts = urlsplit(url)
    if parts.scheme == _FOLDER and parts.path:
        return FolderMail(Path(unquote(parts.path)), sender)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(parts.scheme)
    return SmtpMail(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        tls_from_start=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=sender,
    )


@dataclass(frozen=True, slots=True)
class FolderMail:
    """Keeps each letter as a file of its own: for development, and where mail goes another way.

    Args:
        folder: Where the files stand, named by the letters' ids.
        sender: Address that letters come from.
    """

    folder: Path
    sender: str

    def send(self, envelope: Envelope) -> None:
        """Write a letter, whole or not at all, for its owner alone to read."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        written = self.folder / f".{envelope.id}"
        written.touch(mode=0o600)
        written.write_bytes(compose(envelope, self.sender).as_bytes())
        written.replace(self.folder / f"{envelope.id}.eml")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpMail:
    """Hands letters to a mail server, over TLS alone.

    Args:
        host: The server.
        port: Where it listens.
        tls_from_start: Whether it speaks TLS at once; else it is asked to (STARTTLS).
        user: Who signs in; empty for nobody.
        password: The password of that one.
        sender: Address that letters come from.
        trust: Whom to trust; None for the authorities of the machine.
    """

    host: str
    port: int
    tls_from_start: bool
    user: str
    password: str
    sender: str
    trust: ssl.SSLContext | None = None

    def send(self, envelope: Envelope) -> None:
        """Hand a letter to the server.

        Raises:
            OSError: It cannot be reached, speaks no TLS, or refuses the letter.
        """
        context = self.trust or ssl.create_default_context()
        with self._connect(context) as server:
            if not self.tls_from_start:
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
            server.send_message(compose(envelope, self.sender))

    def _connect(self, context: ssl.SSLContext) -> smtplib.SMTP:
        if self.tls_from_start:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=_SECONDS, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=_SECONDS)


def compose(envelope: Envelope, sender: str) -> EmailMessage:
    """A letter as a message of mail; nothing in it can become a header of its own.

    Raises:
        ValueError: The recipient is not one address.
    """
    if not _is_address(envelope.to):
        raise ValueError
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = envelope.to
    message["Subject"] = " ".join(envelope.subject.split())  # a line break would end the header
    message["Date"] = format_datetime(envelope.written_at)
    message["Message-ID"] = f"<{envelope.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # no answer from holiday notices; RFC 3834
    message.set_content(envelope.body)
    return message


def _is_address(text: str) -> bool:
    name, address = parseaddr(text)
    return not name and address == text and "@" in text and text.isprintable() and " " not in text
