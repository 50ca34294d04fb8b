"""Keys of the service, all drawn from its one secret: for tokens, for what is kept encrypted."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

_ALGORITHM = "Ed25519"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Keyring:
    """Signs, encrypts and hashes with keys of the newest secret; older ones still open.

    Args:
        secrets: The newest first; each at least 32 bytes from a random source.
    """

    secrets: Sequence[bytes]
    _signing: OKPKey = field(init=False, repr=False)
    _known: KeySet = field(init=False, repr=False)
    _boxes: MultiFernet = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Draw the keys."""
        keys = [_signing_key(secret) for secret in self.secrets]
        boxes = [Fernet(urlsafe_b64encode(_draw(secret, b"encryption"))) for secret in self.secrets]
        object.__setattr__(self, "_signing", keys[0])
        object.__setattr__(self, "_known", KeySet(list(keys)))
        object.__setattr__(self, "_boxes", MultiFernet(boxes))

    def sign(self, claims: Mapping[str, Any]) -> str:
        """A signed token with these claims (JWS, Ed25519). Source: RFC 8037, RFC 7519."""
        header = {"alg": _ALGORITHM, "kid": self._signing.kid, "typ": "at+jwt"}
        return jwt.encode(header, dict(claims), self._signing, algorithms=[_ALGORITHM])

    def read(self, token: str, *, issuer: str, now: datetime) -> Mapping[str, Any] | None:
        """The claims of a token that we signed and that holds now; None for any other."""
        rules = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=0,
            iss={"essential": True, "value": issuer},
            exp={"essential": True},
        )
        try:
            read = jwt.decode(token, self._known, algorithms=[_ALGORITHM])
            rules.validate(read.claims)
        except (JoseError, ValueError):
            return None
        return read.claims

    def public_keys(self) -> dict[str, Any]:
        """What others verify our tokens with, as a JSON Web Key Set."""
        return dict(self._known.as_dict(private=False))

    def seal(self, text: str) -> str:
        """Encrypt what is to be kept in the database."""
        return self._boxes.encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str | None:
        """What was sealed; None where no secret of ours opens it."""
        try:
            return self._boxes.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None

    def hash(self, purpose: str, value: str) -> str:
        """A hash that nobody without the secret can search for; it changes with the secret."""
        key = _draw(self.secrets[0], f"hash {purpose}".encode())
        return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def _draw(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, salt=None, info=b"greenchain " + purpose).derive(secret)


def _signing_key(secret: bytes) -> OKPKey:
    private = Ed25519PrivateKey.from_private_bytes(_draw(secret, b"signing"))
    key = OKPKey.import_key(private)
    key.ensure_kid()
    return key
