"""Values as text: what `string(...)` gives, and values inside lists as FEEL literals."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel.errors import Failure
from engine.feel.values.functions import Function
from engine.feel.values.kinds import kind, normal
from engine.feel.values.numbers import text_of as number_text
from engine.feel.values.ranges import Range

if TYPE_CHECKING:
    from engine.feel.runtime import Run

_MAX_DEPTH = 60


def text_of(value: object, run: Run) -> str:
    """The value as text; a string is itself. Lists and contexts are written as FEEL writes them,
    each element a step of the budget. Raises Failure for null and functions."""
    value = normal(value)
    if value is None:
        raise Failure("null has no text")
    if isinstance(value, str):
        return value
    return literal(value, run, 0)


def literal(value: object, run: Run, depth: int = 0) -> str:
    """The value as FEEL source, as far as it has one."""
    run.step()
    if depth > _MAX_DEPTH:
        raise Failure("the value is nested too deeply to be a text")
    value = normal(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list | dict):
        return _container(value, run, depth)
    if isinstance(value, Range):
        return _range(value, run, depth)
    if isinstance(value, Function):
        raise Failure(f"a {kind(value)} has no text")
    return str(value)


def _container(value: list[object] | dict[str, object], run: Run, depth: int) -> str:
    if isinstance(value, list):
        text = "[" + ", ".join(literal(item, run, depth + 1) for item in value) + "]"
    else:
        pairs = (f"{_key(key)}: {literal(item, run, depth + 1)}" for key, item in value.items())
        text = "{" + ", ".join(pairs) + "}"
    run.size(len(text))
    return text


def _key(key: str) -> str:
    return key if key.isidentifier() else '"' + key.replace('"', '\\"') + '"'


def _range(value: Range, run: Run, depth: int) -> str:
    if value.operator is not None:
        bound = value.end if value.operator in ("<", "<=") else value.start
        return f"({value.operator} {literal(bound, run, depth + 1)})"
    left = "[" if value.start_included else "("
    right = "]" if value.end_included else ")"
    start, end = literal(value.start, run, depth + 1), literal(value.end, run, depth + 1)
    return f"{left}{start}..{end}{right}"
