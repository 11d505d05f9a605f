"""JSON text to FEEL values, strictly.

Python's own reader takes NaN, infinities, 1e400 and doubled names, and overflows its stack on deep
nesting: a form that says two things at once must be refused, not read as the later of the two.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import NoReturn

from engine.forms.limits import MAX_DIGITS, MAX_JSON_DEPTH

MAX_EXPONENT = 300
"""What JSON readers of other languages take for a finite number."""


class BadJson(ValueError):
    """The text is not JSON we read; the message (English) says why."""


def _depth(text: str) -> int:
    """The deepest nesting of brackets outside strings, found without recursion."""
    deepest = depth = 0
    in_string = escaped = False
    for character in text:
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _number(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise BadJson(f"the number {text[:40]} is not readable") from error
    if not fits(value):
        raise BadJson(f"the number {text[:40]} is too large or has too many digits")
    return value


def _constant(name: str) -> NoReturn:
    raise BadJson(f"{name} is not a JSON value")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result: dict[str, object] = {}
    for name, value in pairs:
        if name in result:
            raise BadJson(f'the name "{name[:60]}" stands twice in one object')
        result[name] = value
    return result


def fits(value: Decimal) -> bool:
    """Whether FEEL can hold the number exactly."""
    if not value.is_finite():
        return False
    return len(value.as_tuple().digits) <= MAX_DIGITS and abs(value.adjusted()) <= MAX_EXPONENT


def read_json(text: str) -> object:
    """The value of a JSON text, numbers as Decimal. Raises BadJson."""
    if _depth(text) > MAX_JSON_DEPTH:
        raise BadJson(f"it is nested deeper than {MAX_JSON_DEPTH}")
    try:
        return json.loads(
            text,
            parse_float=_number,
            parse_int=_number,
            parse_constant=_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise BadJson(f"line {error.lineno}, column {error.colno}: {error.msg}") from error


def plain(value: object) -> object:
    """Submitted JSON data as FEEL values: int and float become Decimal, mappings and sequences copies.

    The data were measured before (`measure`), so recursion is bounded. A float becomes the number
    that its shortest text says: 0.1 is 0.1.
    """
    if isinstance(value, bool) or value is None or isinstance(value, (str, Decimal)):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, Sequence):
        return [plain(item) for item in value]
    return value


def measure(value: object, most_nodes: int) -> str | None:
    """Whether submitted data are safe to walk: the code of the error, or None. Iterative."""
    level: list[object] = [value]
    nodes = 0
    for _ in range(MAX_JSON_DEPTH):
        below: list[object] = []
        for item in level:
            nodes += 1
            if nodes > most_nodes:
                return "too-large"
            if _unreadable(item):
                return "invalid-value"
            below.extend(_inside(item))
        if not below:
            return None
        level = below
    return "too-deep"


def count_nodes(value: object, most: int) -> int:
    """How many values a FEEL value holds, itself included; `most` + 1 when there are more, or when it
    is nested too deep. Iterative, and shared parts count each time.
    """
    level: list[object] = [value]
    nodes = 0
    for _ in range(MAX_JSON_DEPTH):
        nodes += len(level)
        if nodes > most:
            break
        level = list(islice((inner for item in level for inner in _inside(item)), most + 1))
        if not level:
            return nodes
    return most + 1


def _inside(item: object) -> Iterable[object]:
    if isinstance(item, Mapping):
        return item.values()
    if isinstance(item, (list, tuple)):
        return item
    return ()


def _unreadable(item: object) -> bool:
    """A number FEEL cannot hold, a text no database stores, or no JSON value at all."""
    if isinstance(item, bool) or item is None:
        return False
    if isinstance(item, str):
        return not storable(item)
    if isinstance(item, int):
        return abs(item) >= 10**MAX_DIGITS and not fits(Decimal(item))
    if isinstance(item, float):
        return item != item or item in (float("inf"), float("-inf"))
    if isinstance(item, Decimal):
        return not fits(item)
    if isinstance(item, Mapping):
        return not all(isinstance(name, str) and storable(name) for name in item)
    return not isinstance(item, (list, tuple))


def storable(text: str) -> bool:
    """No NUL (PostgreSQL refuses it) and no half of a surrogate pair (UTF-8 has none)."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
