"""Find and replace what is known of a person: texts as people write them, in texts and in JSON values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.model.personal import Tree
from engine.model.sealed import ERASED

_DIGITS = 6  # a number of fewer digits is found as it stands only
_SHORTEST = {True: 4, False: 3}  # characters of a value that is looked for in other texts: ASCII, others
_BLANK = r"\s\x1c-\x1f\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000"
_FILE = "files::"


class Words:
    """Texts that are looked for: whatever the case of Latin letters and the width of blanks, and as whole words where
    they begin or end with a Latin letter or a digit; a number also with Thai digits, and with hyphens or blanks in it.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(sorted({word.strip() for word in words} - {""}, key=lambda word: (-len(word), word)))
        any_of = "|".join(map(_pattern, self.words))
        self._pattern = re.compile(any_of, re.IGNORECASE | re.ASCII) if self.words else None

    def within(self, text: str) -> bool:
        """Whether one of them stands in the text."""
        return self._pattern is not None and self._pattern.search(text) is not None

    def replaced(self, text: str, by: str) -> str:
        """The text with `by` in the place of each."""
        return text if self._pattern is None else self._pattern.sub(lambda _: by, text)

    def likes(self) -> list[str]:
        """Patterns of SQL's LIKE, escaped with `!`, in small letters: where none fits, `within` is false. JSON may
        write a quotation mark or a backslash otherwise than it is, so any character fits there."""
        return [f"%{'%'.join(parts)}%" for word in self.words for parts in _parts(word)]


def _number(word: str) -> str | None:
    bare = re.sub(r"[-\s]", "", word)
    return bare if bare.isascii() and bare.isdecimal() and len(bare) >= _DIGITS else None


def _pattern(word: str) -> str:
    number = _number(word)
    if number is not None:
        digits = f"[-{_BLANK}]?".join(f"[{digit}{_thai(digit)}]" for digit in number)
        return f"(?<![0-9๐-๙]){digits}(?![0-9๐-๙])"
    body = f"[{_BLANK}]+".join(re.escape(part) for part in word.split())
    before = r"(?<![A-Za-z0-9_~@+-])(?<![A-Za-z0-9]\.)" if _joins(word[0]) else ""
    after = r"(?![A-Za-z0-9_~@+-]|\.[A-Za-z0-9])" if _joins(word[-1]) else ""
    return before + body + after


def _joins(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _thai(digit: str) -> str:
    return chr(0x0E50 + int(digit))


def _parts(word: str) -> Iterator[list[str]]:
    number = _number(word)
    if number is not None:
        yield from (list(number), [_thai(digit) for digit in number])
        return
    yield re.sub(r'["\\]', "%", "".join(map(_like, word))).split()


def _like(character: str) -> str:
    """Databases differ in what they take for the small letter of one that is not ASCII."""
    if character in "!%_":
        return f"!{character}"
    cased = not character.isascii() and character.lower() != character.upper()
    return "_" if cased else character.lower()


def texts_in(value: Any) -> Iterator[str]:
    """Every text and number in a JSON value, names of members among them; numbers as texts."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield key
            yield from texts_in(below)
    elif isinstance(value, list):
        for below in value:
            yield from texts_in(below)
    elif isinstance(value, str) or (isinstance(value, int | float) and not isinstance(value, bool)):
        yield str(value)


def under(variables: Mapping[str, Any], tree: Tree) -> Iterator[tuple[str, Any]]:
    """The values at the ends of the tree, each with its full name."""
    for name, value in variables.items():
        if name in tree:
            yield from _ends(name, value, tree[name])


def _ends(name: str, value: Any, tree: Tree) -> Iterator[tuple[str, Any]]:
    if not tree:
        yield name, value
    elif isinstance(value, list):
        for row in value:
            yield from _ends(f"{name}[]" if "[]" in tree else name, row, tree.get("[]", tree))
    elif isinstance(value, dict):
        for step, below in tree.items():
            if step in value:
                yield from _ends(f"{name}.{step}", value[step], below)


def named_in(value: Any, tree: Tree) -> Iterator[tuple[str, Any]]:
    """As `under`, of every object in a JSON value, and of what stands beside a name as {name, value}."""
    if isinstance(value, list):
        for below in value:
            yield from named_in(below, tree)
    elif isinstance(value, dict):
        yield from under(value, tree)
        if isinstance(name := value.get("name"), str) and "value" in value:
            yield from under({name: value["value"]}, tree)
        for name, below in value.items():
            if name not in tree:
                yield from named_in(below, tree)


def told_by(value: Any) -> Iterator[str]:
    """The texts of a personal value that may stand elsewhere, too: long enough to mean it; of a file only its name."""
    if isinstance(value, dict):
        if "documentId" in value:
            about = value.get("metadata")
            value = about.get("fileName") if isinstance(about, dict) else None
            value = value if isinstance(value, str) else ""
        else:
            for below in value.values():
                yield from told_by(below)
            return
    if isinstance(value, list):
        for below in value:
            yield from told_by(below)
    elif isinstance(value, str) and value != ERASED and not value.startswith(_FILE):
        if len(value.strip()) >= _SHORTEST[value.isascii()]:
            yield value
    elif isinstance(value, int | float) and not isinstance(value, bool) and _number(str(value)):
        yield str(value)


def files_in(value: Any) -> Iterator[str]:
    """The ids of documents that a value refers to, as forms write them."""
    if isinstance(value, str) and value.startswith(_FILE):
        yield value.removeprefix(_FILE)
    elif isinstance(value, dict):
        if isinstance(value.get("documentId"), str):
            yield value["documentId"]
        for below in value.values():
            yield from files_in(below)
    elif isinstance(value, list):
        for below in value:
            yield from files_in(below)


@dataclass(frozen=True, slots=True)
class Scrubber:
    """Replaces personal values by `by`: by their names (`tree`), and `words` wherever they stand."""

    tree: Tree
    words: Words
    by: str = ERASED

    def text(self, text: str) -> str:
        """A text that is no JSON."""
        return self.words.replaced(text, self.by)

    def variable(self, name: str, value: Any) -> Any:
        """The value of the variable of this name."""
        return self._below(value, self.tree[name]) if name in self.tree else self.json(value)

    def json(self, value: Any) -> Any:
        """A JSON value; a member that is called as a personal variable is one, and so is {name, value}."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.json(below) for below in value]
        if isinstance(value, dict):
            named = value.get("name")
            pair = named if isinstance(named, str) and named in self.tree and "value" in value else None
            found = {
                self.text(key): self.variable(pair if key == "value" and pair is not None else key, below)
                for key, below in value.items()
            }
            # what a decision was asked may be made of anything: an age of a date of birth
            return found | {"inputValue": f'"{self.by}"'} if self.tree and "inputValue" in found else found
        if isinstance(value, int | float) and not isinstance(value, bool) and self.words.within(str(value)):
            return self.by
        return value

    def _below(self, value: Any, tree: Tree) -> Any:
        if value is None:
            return None
        if not tree:
            return self.by
        if isinstance(value, list):
            return [self._below(row, tree.get("[]", tree)) for row in value]
        if isinstance(value, dict):
            return {k: self._below(v, tree[k]) if k in tree else self.json(v) for k, v in value.items()}
        return self.by
