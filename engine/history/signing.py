"""The key that signs checkpoints: Ed25519 (RFC 8032), in a file that its owner alone can read."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)


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
    if not file.exists():
        _make(file)
    if file.stat().st_mode & 0o077:
        raise PermissionError(f"{file}: the signing key can be read by others (chmod 600)")
    try:
        key = load_pem_private_key(file.read_bytes(), None)
    except (ValueError, TypeError):  # what is wrong with it is not told: it might tell of the key
        raise OSError(f"{file}: no unencrypted private key in PEM") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise OSError(f"{file}: no Ed25519 key")
    return Signer(key)


def _make(file: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = file.with_name(f".{file.name}.{os.getpid()}")
    with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(pem)
        opened.flush()
        os.fsync(opened.fileno())
    try:
        os.link(made, file)  # never in the place of a key that another process has made meanwhile
    except FileExistsError:
        pass
    finally:
        made.unlink()
