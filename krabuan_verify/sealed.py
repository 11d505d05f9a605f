"""The names and keys that open a history, against the history that commits to them (docs/reference/checkpoints.md).

They may be given or not: a history verifies without them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from krabuan_verify.digests import parsed
from krabuan_verify.findings import Finding

Row = dict[str, Any]
_FORMAT = 2


@dataclass(slots=True)
class Opening:
    """What was given, as far as the history commits to it. `named` are the ids that events use: in which cases."""

    given: bool = False
    names: dict[str, str] = field(default_factory=dict)
    keys: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    named: dict[str, set[int]] = field(default_factory=dict)
    _cases: dict[str, int] = field(default_factory=dict)

    def add_people(self, rows: Iterable[Row]) -> None:
        """Pseudonyms, each with the name and the salt that it was made from."""
        names = set()
        for row in rows:
            pseudonym, username = str(row["pseudonym"]), str(row["username"])
            salt = _raw(row["salt"])
            if salt is None or pseudonym != "p_" + hmac.digest(salt, username.encode(), "sha256").hex()[:32]:
                detail = "it does not follow from name and salt"
                self.findings.append(Finding("changed", person=pseudonym, detail=detail))
            elif username in names or pseudonym in self.names:
                self.findings.append(Finding("added", person=pseudonym, detail="there is another of the same name"))
            else:
                names.add(username)
                self.names[pseudonym] = username
                self.keys[pseudonym] = hmac.digest(salt, b"\0seal", "sha256")

    def add_keys(self, rows: Iterable[Row]) -> None:
        """Keys of cases, each called by its SHA-256."""
        for row in rows:
            id_, key, case = str(row["id"]), _raw(row["key"]), row["case"]
            if key is None or len(key) != 32 or hashlib.sha256(key).hexdigest()[:32] != id_:
                self.findings.append(Finding("changed", case=case, key=id_, detail="it is not the key of that name"))
            else:
                self.keys[id_], self._cases[id_] = key, case

    def note(self, case: int, body: str) -> None:
        """Which names and keys an event uses."""
        if '"$' in body and (said := parsed(body)).get("format") == _FORMAT:
            for id_ in _ids(said):
                self.named.setdefault(id_, set()).add(case)

    def settle(self, unseen: Collection[int] = ()) -> None:
        """Once every event is noted, but for those of cases that are `unseen`: keys that are not where they belong."""
        for id_, case in self._cases.items():
            cases = self.named.get(id_, set())
            if not cases and case in unseen:
                continue
            if not cases:
                self.findings.append(Finding("added", case=case, key=id_, detail="nothing is sealed with it"))
            elif cases != {case}:
                self.findings.append(Finding("changed", case=case, key=id_, detail="it is the key of another case"))

    @property
    def erased(self) -> int:
        """How many of the names and keys that events use are not there any more; 0 when none were given at all."""
        return len(self.named.keys() - self.names.keys() - self.keys.keys()) if self.given else 0

    def may_be(self, told: Any, value: Any) -> bool:
        """Whether a value is what history says, or history says it under a name or key that is not there."""
        try:
            return bool(told == value or self._opened(told) == value)
        except KeyError:
            return True
        except (ValueError, InvalidTag):
            return False

    def _opened(self, told: Any) -> Any:
        if not isinstance(told, str) or not told.startswith("$"):
            return told
        if told.startswith("$p_"):
            return self.names[told[1:]]
        if told.startswith("$t_"):
            return "".join(str(self._opened(part)) for part in json.loads(told[3:]))
        if not told.startswith("$s_"):
            return told[1:]
        id_, _, closed = told[3:].partition(":")
        cipher, raw = AESGCM(self.keys[id_]), base64.b64decode(closed, validate=True)
        return self._opened(json.loads(cipher.decrypt(raw[:12], raw[12:], None)))


def _ids(value: Any) -> Iterator[str]:
    """The pseudonyms and the ids of keys in what an event says."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from (*_ids(name), *_ids(one))
    elif isinstance(value, list):
        for one in value:
            yield from _ids(one)
    elif isinstance(value, str):
        if value.startswith("$p_"):
            yield value[1:]
        elif value.startswith("$s_"):
            yield value[3:].partition(":")[0]
        elif value.startswith("$t_"):
            yield from _ids(_json(value[3:]))


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _raw(text: Any) -> bytes | None:
    try:
        return bytes.fromhex(str(text))
    except ValueError:
        return None
