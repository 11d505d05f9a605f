"""Functions of strings (DMN 1.5, table 73, and Camunda 8's)."""

from __future__ import annotations

import base64
import uuid as uuids
from decimal import Decimal

from engine.feel.errors import Failure
from engine.feel.functions.arguments import elements, integer, text
from engine.feel.functions.define import builtin
from engine.feel.runtime import Run
from engine.feel.values.kinds import kind, normal


@builtin("substring", "string", "start position", "length?")
def substring(run: Run, string: object, start: object, length: object = None) -> object:
    """Positions count characters from 1, or from the end with -1."""
    value, position = text(string), integer(start)
    if position == 0 or abs(position) > len(value):
        raise Failure(f"a string of {len(value)} characters has no position {position}")
    begin = position - 1 if position > 0 else len(value) + position
    if length is None:
        return value[begin:]
    size = integer(length)
    if size < 1:
        raise Failure("the length is less than 1")
    return value[begin : begin + size]


@builtin("string length", "string")
def string_length(run: Run, string: object) -> object:
    return Decimal(len(text(string)))


@builtin("upper case", "string")
def upper_case(run: Run, string: object) -> object:
    return text(string).upper()


@builtin("lower case", "string")
def lower_case(run: Run, string: object) -> object:
    return text(string).lower()


@builtin("substring before", "string", "match")
def substring_before(run: Run, string: object, match: object) -> object:
    value, wanted = text(string), text(match)
    at = value.find(wanted)
    return value[:at] if at >= 0 else ""


@builtin("substring after", "string", "match")
def substring_after(run: Run, string: object, match: object) -> object:
    value, wanted = text(string), text(match)
    at = value.find(wanted)
    return value[at + len(wanted) :] if at >= 0 else ""


@builtin("contains", "string", "match")
def contains(run: Run, string: object, match: object) -> object:
    return text(match) in text(string)


@builtin("starts with", "string", "match")
def starts_with(run: Run, string: object, match: object) -> object:
    return text(string).startswith(text(match))


@builtin("ends with", "string", "match")
def ends_with(run: Run, string: object, match: object) -> object:
    return text(string).endswith(text(match))


@builtin("trim", "string")
def trim(run: Run, string: object) -> object:
    return text(string).strip()


@builtin("is blank", "string")
def is_blank(run: Run, string: object) -> object:
    """Whether there is nothing but blanks."""
    return not text(string).strip()


@builtin("to base64", "value")
def to_base64(run: Run, value: object) -> object:
    encoded = base64.b64encode(text(value).encode()).decode()
    run.size(len(encoded))
    return encoded


@builtin("uuid")
def uuid(run: Run) -> object:
    """A random one (version 4), another at each evaluation."""
    return str(uuids.uuid4())


@builtin("string join", "list", "delimiter?")
def string_join(run: Run, values: object, delimiter: object = None) -> object:
    """The strings of the list in one, nulls left out."""
    between = "" if delimiter is None else text(delimiter)
    parts: list[str] = []
    for value in elements(values, run):
        value = normal(value)
        if value is None:
            continue
        if not isinstance(value, str):
            raise Failure(f"needs a list of strings, not {kind(value)}")
        parts.append(value)
    run.size(sum(len(part) + len(between) for part in parts))
    return between.join(parts)


@builtin("string join", "list", "delimiter", "prefix", "suffix")
def string_join_around(run: Run, values: object, delimiter: object, prefix: object, suffix: object) -> object:
    joined = string_join(run, values, delimiter)
    return f"{'' if prefix is None else text(prefix)}{joined}{'' if suffix is None else text(suffix)}"
