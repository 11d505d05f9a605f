"""How accounts are written in history: by user name, mail address and display name, also within longer texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.model.sealed import Seal, escaped, in_parts, person

SHORTEST = 4  # characters of a mail address or display name that is looked for within a text
_WORD = re.compile(r"[A-Za-z0-9_~@+-](?:[A-Za-z0-9_~@.+-]*[A-Za-z0-9_~@+-])?")  # a user name; a full stop may end it
Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Account:
    """One of the directory, with the key of what is sealed for it."""

    username: str
    display_name: str | None
    email: str | None
    pseudonym: str
    seal: Seal


class Naming:
    """How the names of these accounts stand in history. A user name stands for its account, also where it is the
    display name of another one."""

    def __init__(self, accounts: Iterable[Account] = ()) -> None:
        self._names: dict[str, str] = {}
        self._seals: dict[str, Seal] = {}
        self._others: dict[str, Seal] = {}
        self._begin: dict[str, list[str]] = {}  # the first characters of what is looked for within texts
        for account in accounts:
            self._names[account.username] = person(account.pseudonym)
            self._seals[account.username] = account.seal
            for name in filter(None, (account.display_name, account.email)):
                self._others[name] = account.seal
        for name in self._others:
            if len(name) >= SHORTEST:
                self._begin.setdefault(name[:SHORTEST], []).append(name)
        for names in self._begin.values():
            names.sort(key=len, reverse=True)

    def name(self, name: str) -> str:
        """An actor: the name of an account, or nobody's."""
        return self._names.get(name) or escaped(name)

    def seal_of(self, username: str) -> Seal | None:
        """The seal of an account; None when there is no such account."""
        return self._seals.get(username)

    def text(self, text: str) -> str:
        """A text that is perhaps the name of an account, or holds some."""
        if text in self._names:
            return self._names[text]
        if text in self._others:
            return self._others[text](text)
        if text.isascii() and " " not in text and "@" not in text:
            return escaped(text)  # a key, an id, a moment
        spans = self._spans(text)
        return in_parts(list(self._cut(text, spans))) if spans else escaped(text)

    def _spans(self, text: str) -> list[Span]:
        """Where names stand in a text, and which, in their order."""
        found: list[Span] = []
        at, last = 0, len(text) - SHORTEST
        while at <= last:
            names = self._begin.get(text[at : at + SHORTEST], ())
            name = next((name for name in names if text.startswith(name, at)), None)
            if name is not None:
                found.append((at, at + len(name), name))
            at += 1 if name is None else len(name)
        taken = list(found)
        for word in _WORD.finditer(text):
            start, end = word.span()
            if word.group() in self._names and not any(start < e and s < end for s, e, _ in taken):
                found.append((start, end, word.group()))
        return sorted(found)

    def _cut(self, text: str, spans: list[Span]) -> Iterator[str]:
        at = 0
        for start, end, name in spans:
            if start > at:
                yield escaped(text[at:start])
            yield self._names.get(name) or self._others[name](name)
            at = end
        if at < len(text):
            yield escaped(text[at:])
