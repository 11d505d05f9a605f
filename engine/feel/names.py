"""Known names of several words or with operators in them, found in a row of tokens.

`monthly income`, `Pre-bureau risk`, `date and time`: the longest known name that stands at a place
is meant there (DMN 1.5, 10.3.1.3). Blanks must stand where the name has them, however many, and
none where it has none, so that `a - b` is a difference even when there is a name `a-b`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from engine.feel.errors import FeelSyntaxError
from engine.feel.tokens import KEYWORD, NAME, Token, tokenize

_IN_NAMES = frozenset(("name", "keyword", "number"))
_NAME_OPERATORS = frozenset((".", "/", "-", "'", "+", "*"))
MAX_WORDS = 30
MAX_POSSIBLE = 200

Key = tuple[tuple[str, bool], ...]


@lru_cache(maxsize=16_384)
def key_of(name: str) -> Key:
    """The name's words and whether a blank stands before each; () when it is one plain word or
    no name that can be written without backticks."""
    if name.isidentifier() and name.isascii():
        return ()
    try:
        tokens = tokenize(name)[:-1]
    except FeelSyntaxError:
        return ()
    if len(tokens) < 2 or tokens[0].kind != NAME:
        return ()
    if not all(token.kind in _IN_NAMES or token.text in _NAME_OPERATORS for token in tokens):
        return ()
    return _key(tokens)


def _key(tokens: Sequence[Token]) -> Key:
    return tuple((token.text, token.gap and index > 0) for index, token in enumerate(tokens))


class NameIndex:
    """Names by their first word, the longest first. Names of one plain word are not kept: the
    parser needs no help with them."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[Key, str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        key = key_of(name)
        if key:
            entries = self._by_first.setdefault(key[0][0], [])
            entries.append((key, name))
            entries.sort(key=lambda entry: -len(entry[0]))

    def remove(self, name: str) -> None:
        """Undo one `add` of the same name."""
        key = key_of(name)
        if key:
            self._by_first[key[0][0]].remove((key, name))

    def match(self, tokens: Sequence[Token], at: int) -> tuple[int, str] | None:
        """How many tokens from `at` make the longest known name, and the name."""
        entries = self._by_first.get(tokens[at].text)
        if not entries:
            return None
        for key, name in entries:
            size = len(key)
            if at + size <= len(tokens) and _key(tokens[at : at + size]) == key:
                return size, name
        return None


def possible_names(tokens: Sequence[Token]) -> frozenset[str]:
    """The names with operators or keywords in them that the tokens might contain, should a scope
    have them: words and keywords in a row, and words with an operator and no blank between. Few,
    since brackets, commas and comparisons end a row, and at most MAX_POSSIBLE."""
    found: set[str] = set()
    for start, token in enumerate(tokens):
        if token.kind != NAME:
            continue
        text = token.text
        special = False
        for at in range(start + 1, min(start + MAX_WORDS, len(tokens) - 1)):
            follower = tokens[at]
            word = follower.kind in _IN_NAMES
            if not word and (follower.gap or tokens[at + 1].gap or follower.text not in _NAME_OPERATORS):
                break
            special = special or not word or follower.kind == KEYWORD
            text += (" " if follower.gap else "") + follower.text
            if special and word:
                found.add(text)
        if len(found) >= MAX_POSSIBLE:
            break
    return frozenset(found)
