"""How people and personal data stand in a hashed history, so that they can be forgotten and the hashes still fit.

In the data of an event four kinds of text begin with `$`, and no others do:

- `$p_` and 32 hexadecimal digits: an account, by its pseudonym;
- `$s_`, the id of a key, `:` and base64: a value that is sealed (AES-256-GCM, the nonce first, of its JSON);
- `$t_` and a JSON list of texts: a text that names accounts, in parts, each as above;
- `$$...`: a text that began with `$` itself, with one more in front.

The id of a case's key is made from the key; the pseudonym of an account, which is the id of its key too, from its name
and a random salt. Both are hashed with the history: nobody can put another name or key in their place unnoticed
(docs/reference/checkpoints.md). Bodies without a `format` were written before, and hold everything as it was.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = 2  # of the bodies that hold people and personal data so
ERASED = "$erased"  # what is read in the place of a value whose key is gone
PSEUDONYM = "p_"
_PERSON, _SEALED, _PARTS = "$" + PSEUDONYM, "$s_", "$t_"
_NONCE = 12  # bytes, as AES-GCM wants it (NIST SP 800-38D, 5.2.1.1)
_PEOPLE = re.compile(r"\$p_[0-9a-f]{32}")
_IDS = re.compile(r"\$s_((?:p_)?[0-9a-f]{32}):")


def pseudonym_for(username: str, salt: bytes) -> str:
    """The pseudonym that an account has with this salt: the one commits to the other."""
    return PSEUDONYM + hmac.digest(salt, username.encode(), "sha256").hex()[:32]


def key_of_person(salt: bytes) -> bytes:
    """The key of what is sealed for an account. No name has a NUL, so that no pseudonym tells of it."""
    return hmac.digest(salt, b"\0seal", "sha256")


def id_of_key(key: bytes) -> str:
    """What a case's key is called; it commits to the key."""
    return hashlib.sha256(key).hexdigest()[:32]


def person(pseudonym: str) -> str:
    """An account as it stands in a history."""
    return "$" + pseudonym


def as_person(name: str, pseudonyms: Mapping[str, str]) -> str:
    """A name of another table as it stands in a history; there a forgotten account is called by its pseudonym."""
    if name not in pseudonyms and _PEOPLE.fullmatch("$" + name):
        return person(name)
    return person(pseudonyms[name]) if name in pseudonyms else escaped(name)


def escaped(text: str) -> str:
    """A text as it stands in a history when it is neither an account nor sealed."""
    return "$" + text if text.startswith("$") else text


def in_parts(parts: Sequence[str]) -> str:
    """A text that was cut into parts, each as it stands in a history."""
    return _PARTS + orjson.dumps(parts).decode()


class Opener(Protocol):
    """Knows the names and keys that are not forgotten."""

    def name(self, pseudonym: str) -> str | None:
        """The user name of an account."""
        ...

    def key(self, id_: str) -> bytes | None:
        """The key of a case, or of an account by its pseudonym."""
        ...


class Seal:
    """Seals values under one key."""

    __slots__ = ("_cipher", "id")

    def __init__(self, id_: str, key: bytes) -> None:
        self.id, self._cipher = id_, AESGCM(key)

    def __call__(self, value: Any) -> str:
        """The value, JSON-able, as it stands in a history."""
        nonce = os.urandom(_NONCE)
        closed = nonce + self._cipher.encrypt(nonce, orjson.dumps(value), None)
        return f"{_SEALED}{self.id}:{base64.b64encode(closed).decode()}"


def ids_in(text: str) -> tuple[set[str], set[str]]:
    """The pseudonyms and the ids of cases' keys that a body needs to be read."""
    people = {found[1:] for found in _PEOPLE.findall(text)}
    keys = set(_IDS.findall(text))
    return people | {id_ for id_ in keys if id_.startswith(PSEUDONYM)}, {k for k in keys if not k.startswith(PSEUDONYM)}


def opened(value: Any, by: Opener) -> Any:
    """A JSON value of a history as it was. An account that was forgotten is its pseudonym; a sealed value, or part of
    a text, whose key is gone is ERASED."""
    if isinstance(value, str):
        return _opened_text(value, by) if value.startswith("$") else value
    if isinstance(value, list):
        return [opened(one, by) for one in value]
    if isinstance(value, dict):
        return {str(opened(key, by)): opened(one, by) for key, one in value.items()}
    return value


def _opened_text(text: str, by: Opener) -> Any:
    if text.startswith(_PERSON):
        return by.name(text[1:]) or text[1:]
    try:
        if text.startswith(_SEALED):
            return _unsealed(text, by)
        if text.startswith(_PARTS):
            return "".join(str(opened(part, by)) for part in orjson.loads(text[len(_PARTS) :]))
    except (ValueError, InvalidTag):  # somebody changed the history, as verifying says
        return ERASED
    return text[1:]


def _unsealed(text: str, by: Opener) -> Any:
    id_, _, closed = text[len(_SEALED) :].partition(":")
    key = by.key(id_)
    if key is None:
        return ERASED
    raw = base64.b64decode(closed, validate=True)
    value = orjson.loads(AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], None))
    return opened(value, by)  # people in what is sealed are pseudonyms too
