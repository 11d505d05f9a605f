"""Finding the few names that a text might mean among the thousands that a large file knows.

The parser looks at every name it is given. A host that parses all expressions of a file against all
names of that file hands each one only the candidates, so that reading stays linear in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_BREAKS = re.compile(r"[\s()\[\]{},;:<>=!.+\-*/'\"|@?^`]+")


class NameCandidates:
    """Names by their first word. Names that FEEL reads without help (plain ASCII words) are left out."""

    __slots__ = ("_by_word",)

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, list[str]] = {}
        for name in names:
            if not (name.isascii() and name.isidentifier()):
                self._by_word.setdefault(_words(name)[0], []).append(name)

    def in_text(self, text: str) -> list[str]:
        """The names whose first word stands in the text: all that it can mean, and a few more."""
        return [name for word in set(_words(text)) for name in self._by_word.get(word, ())]


def _words(text: str) -> list[str]:
    return [word for word in _BREAKS.split(text) if word] or [""]
