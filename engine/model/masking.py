"""What stands in the place of a value that is above somebody's confidentiality class.

The mark of a field (model/marks.py) belongs to the variable that the field writes, and a variable is shown whole or not
at all: of the marks of its parts the strictest counts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from engine.model.sealed import ERASED

MEMBER = "krabuan.masked"
MASK: Mapping[str, Any] = {MEMBER: True}  # no value has such a member: commands refuse it
MASK_TEXT = '{"krabuan.masked":true}'  # the same as JSON text
TEXT_MASK = "[ปกปิด/masked]"  # within a text that quotes such a value
SHORTEST_QUOTED = 4  # characters: shorter values are not looked for within texts, where they would be found everywhere
_DEEPEST = 100
_DOCUMENTS = ("documentId", "document")  # as a reference, and as history, name it
_NAMES = ("name", "inputName", "outputName")  # that a record gives what it tells of
# what stands beside the name, and what is put there: the API shows inputs and outputs as JSON text
_VALUES = {"value": MASK, "before": MASK, "inputValue": MASK_TEXT, "outputValue": MASK_TEXT}


def is_mask(value: Any) -> bool:
    """Whether this is what stands in the place of a value."""
    return isinstance(value, Mapping) and MEMBER in value


def has_mask(value: Any) -> bool:
    """Whether this is what stands in the place of a value, or has it in itself."""
    left = [value]
    while left:  # not by recursion: a value from outside may be of any depth
        part = left.pop()
        if isinstance(part, Mapping):
            if MEMBER in part:
                return True
            left.extend(part.values())
        elif isinstance(part, list | tuple):
            left.extend(part)
    return False


def variable_of(full_name: str) -> str:
    """The variable that a field writes, of its full name: `address.street` and `people[].name` write into one."""
    return re.split(r"\.|\[", full_name, maxsplit=1)[0]


def quotable(value: Any, depth: int = 0) -> Iterator[str]:
    """The texts by which something else would give the value away: of its texts and numbers, those long enough."""
    if isinstance(value, Mapping) and depth < _DEEPEST:
        for part in value.values():
            yield from quotable(part, depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST:
        for part in value:
            yield from quotable(part, depth + 1)
    elif not isinstance(value, bool) and value not in (None, ERASED) and len(text := str(value)) >= SHORTEST_QUOTED:
        yield text


@dataclass(frozen=True, slots=True)
class Cover:
    """What is masked of one case: variables by name, the texts that would give their values away, documents by id."""

    names: Collection[str] = ()
    quoted: Collection[str] = ()
    documents: Collection[str] = ()

    def __call__(self, data: Any) -> Any:
        """JSON-able data, JSON text, or any text, as they may be shown."""
        if not self.names and not self.documents:
            return data
        return self._text(data) if isinstance(data, str) else concealed(data, self)

    def _text(self, text: str) -> str:
        if text[:1] in ("{", "["):
            try:
                return orjson.dumps(concealed(orjson.loads(text), self)).decode()
            except orjson.JSONDecodeError:
                pass
        return without(text, self.quoted)


def concealed(data: Any, of: Cover) -> Any:
    """A copy of JSON-able data in which no variable has its value, no text quotes one, and nothing tells of a document.

    A variable is recognised as a member of an object, and by the name that a record (of history, of a decision's input)
    gives it beside its value; a document by its id in a reference or a record.
    """
    names, quoted = of.names, of.quoted
    if isinstance(data, Mapping):
        if of.documents and any(data.get(name) in of.documents for name in _DOCUMENTS):
            return dict(MASK)
        hidden = _VALUES if any(_tells(data.get(name), names) for name in _NAMES) else {}
        return {
            key: hidden[key] if key in hidden else MASK if key in names else concealed(value, of)
            for key, value in data.items()
        }
    if isinstance(data, list):
        return [concealed(part, of) for part in data]
    if data is None or isinstance(data, bool):
        return data
    if str(data) in quoted:
        return MASK
    return without(data, quoted) if isinstance(data, str) else data


def without(text: str, quoted: Collection[str]) -> str:
    """The text without the values: in the place of each stands TEXT_MASK."""
    for value in sorted(quoted, key=len, reverse=True):
        text = text.replace(value, TEXT_MASK)
    return text


def _tells(said: Any, names: Collection[str]) -> bool:
    """Whether a label or an expression speaks of one of the variables."""
    return isinstance(said, str) and any(
        said == name or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) for name in names
    )
