"""The key that signs checkpoints: Ed25519 (RFC 8032), in a file that its owner alone can read."""

from __future__ import annotations

import base64
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from engine.model.private_file import read_private


class Signer:
    """Signs with one key. The key itself never leaves this object."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def sign(self, body: str) -> str:
        """The signature of the text's UTF-8, base64."""
        return base64.b64encode(self._key.sign(body.encode())).decode()

    def public_pem(self) -> str:
        """The public key, for whoever verifies."""
        return self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def __repr__(self) -> str:
        return "Signer()"


def open_signer(file: Path) -> Signer:
    """The key in `file`, PEM; made there, with mode 0600, when there is no such file.

    Raises OSError when it cannot be read, is no Ed25519 key, or can be read by others.
    """
    content = read_private(file, _new_key)
    try:
        key = load_pem_private_key(content, None)
    except (ValueError, TypeError):  # what is wrong with it is not told: it might tell of the key
        raise OSError(f"{file}: no unencrypted private key in PEM") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise OSError(f"{file}: no Ed25519 key")
    return Signer(key)


def _new_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
