"""Keys that are trusted, and what they have signed."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key


def read_keys(files: Iterable[Path]) -> list[Ed25519PublicKey]:
    """The public keys that are trusted. Raises OSError for a file that holds none."""
    keys = []
    for file in files:
        try:
            key = load_pem_public_key(file.read_bytes())
        except ValueError:
            raise OSError(f"{file}: no public key in PEM") from None
        if not isinstance(key, Ed25519PublicKey):
            raise OSError(f"{file}: no Ed25519 key")
        keys.append(key)
    return keys


def is_signed(body: str, signature: str, keys: Iterable[Ed25519PublicKey]) -> bool:
    """Whether one of the keys has signed the body."""
    try:
        raw = base64.b64decode(signature, validate=True)
    except ValueError:
        return False
    for key in keys:
        try:
            key.verify(raw, body.encode("utf-8", "surrogatepass"))
            return True
        except InvalidSignature:
            continue
    return False
