"""A mail server that takes one letter, over TLS with a certificate of its own."""

import contextlib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Thread
from typing import BinaryIO

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

ANSWERS = {
    b"EHLO": b"250-localhost\r\n250 STARTTLS\r\n",
    b"MAIL": b"250 ok\r\n",
    b"RCPT": b"250 ok\r\n",
    b"QUIT": b"221 bye\r\n",
    b"STAR": b"220 go\r\n",
    b"DATA": b"354 go\r\n",
}


@dataclass
class Server:
    """Where it listens, who vouches for it, what it took."""

    port: int
    trust: ssl.SSLContext
    taken: list[bytes] = field(default_factory=list)


@contextmanager
def serve_smtp(folder: Path, *, tls_from_start: bool) -> Iterator[Server]:
    certificate, key = _certify(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    trust = ssl.create_default_context(cafile=str(certificate))
    with socket.create_server(("localhost", 0)) as listening:
        server = Server(listening.getsockname()[1], trust)
        take = partial(_take_one, listening, server, context, tls_from_start=tls_from_start)
        thread = Thread(target=take)
        thread.start()
        try:
            yield server
        finally:
            thread.join()


def _take_one(
    listening: socket.socket, server: Server, context: ssl.SSLContext, *, tls_from_start: bool
) -> None:
    connection, _ = listening.accept()
    with contextlib.suppress(ssl.SSLError), connection:
        if tls_from_start:
            connection = context.wrap_socket(connection, server_side=True)
        with connection:
            _speak(connection, server, context)


def _speak(connection: socket.socket, server: Server, context: ssl.SSLContext) -> None:
    connection.sendall(b"220 localhost\r\n")
    lines = connection.makefile("rb")
    while line := lines.readline():
        word = line[:4].upper()
        connection.sendall(ANSWERS[word])
        if word == b"STAR":
            with context.wrap_socket(connection, server_side=True) as secured:
                _speak_on(secured, server)
            return
        if word == b"DATA":
            _take_letter(lines, connection, server)


def _speak_on(connection: socket.socket, server: Server) -> None:
    lines = connection.makefile("rb")
    while line := lines.readline():
        connection.sendall(ANSWERS[line[:4].upper()])
        if line.startswith(b"data"):
            _take_letter(lines, connection, server)


def _take_letter(lines: BinaryIO, connection: socket.socket, server: Server) -> None:
    server.taken.append(b"".join(iter(lines.readline, b".\r\n")))
    connection.sendall(b"250 ok\r\n")


def _certify(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files
