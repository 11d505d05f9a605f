"""JSON from outside: strict where the standard is, and bounded."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from engine.errors import InvalidArgument

DEEPEST = 100
LONGEST_NUMBER = 64
LARGEST_EXPONENT = 308


def parse_json(raw: bytes) -> Any:
    """The value of a JSON text. Raises InvalidArgument for anything that could not be stored and shown again:
    NaN and infinities, numbers beyond 1e308, more than 100 levels, doubled names, half characters, NUL.
    """
    try:
        value = json.loads(
            raw.decode("utf-8"),
            parse_constant=_refuse_constant,
            parse_float=_number,
            parse_int=_integer,
            object_pairs_hook=_object,
        )
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise InvalidArgument(f"the body is not JSON: {error}") from None
    _check(value)
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise InvalidArgument(f"the body is not JSON: {name} is no number")


def _number(text: str) -> float | Decimal:
    """A float where it holds the number exactly as written, else a Decimal."""
    try:
        exact = Decimal(text)
    except InvalidOperation:
        raise InvalidArgument("a number in the body is too large") from None
    if len(text) > LONGEST_NUMBER or (exact and abs(exact.adjusted()) > LARGEST_EXPONENT - 2):
        raise InvalidArgument("a number in the body is too large")
    near = float(text)
    return near if Decimal(repr(near)) == exact else exact


def _integer(text: str) -> int:
    """An integer of at most 64 bits: what every JSON reader downstream can hold."""
    number = int(text) if len(text) <= LONGEST_NUMBER else 1 << 64
    if not -(1 << 63) <= number < 1 << 63:
        raise InvalidArgument("a number in the body is too large")
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise InvalidArgument("the body names something twice in one object")
    return made


def _check(value: Any) -> None:
    """Walk without recursion: depth, and text that UTF-8 or PostgreSQL could not hold."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise InvalidArgument(f"the body has more than {DEEPEST} levels")
        below: list[Any] = []
        for part in level:
            if isinstance(part, str):
                _check_text(part)
            elif isinstance(part, list):
                below.extend(part)
            elif isinstance(part, dict):
                for name in part:
                    _check_text(name)
                below.extend(part.values())
        level = below


def _check_text(text: str) -> None:
    if "\0" in text:
        raise InvalidArgument("the body holds the character NUL")
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise InvalidArgument("the body holds half a character (a lone surrogate)") from None
