"""The vault of secrets: AES-256-GCM and HMAC-SHA256 under a key in a file, which no database holds."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from engine.model.private_file import read_private

_KEY_BYTES, _NONCE_BYTES = 32, 12


class KeyVault:
    """A Vault over one key of 32 bytes; safe to share between threads. The key never leaves this object."""

    def __init__(self, key: bytes) -> None:
        # one key for each purpose, so that neither tells anything of the other
        self._cipher = AESGCM(hmac.digest(key, b"krabuan:seal", hashlib.sha256))
        self._marks = hmac.digest(key, b"krabuan:mark", hashlib.sha256)

    def seal(self, text: str, about: str) -> str:
        """As Vault.seal; another text every time."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), about.encode())).decode()

    def open(self, sealed: str, about: str) -> str:
        """As Vault.open."""
        try:
            content = base64.b64decode(sealed, validate=True)
            nonce, rest = content[:_NONCE_BYTES], content[_NONCE_BYTES:]
            return self._cipher.decrypt(nonce, rest, about.encode()).decode()
        except (binascii.Error, InvalidTag, ValueError):
            raise ValueError("sealed with another key, or changed since") from None

    def mark(self, text: str, about: str) -> str:
        """As Vault.mark."""
        return hmac.new(self._marks, f"{about}\0{text}".encode(), hashlib.sha256).hexdigest()

    def __repr__(self) -> str:
        return "KeyVault()"


def open_vault(file: Path) -> KeyVault:
    """The vault whose key is in `file`, base64; made there, with mode 0600, when there is no such file.

    Raises OSError when it cannot be read, holds no 32 bytes, or can be read by others.
    """
    content = read_private(file, lambda: base64.b64encode(secrets.token_bytes(_KEY_BYTES)) + b"\n")
    try:
        key = base64.b64decode(content.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != _KEY_BYTES:
        raise OSError(f"{file}: no key of {_KEY_BYTES} bytes in base64")
    return KeyVault(key)
