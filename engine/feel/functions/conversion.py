"""Conversions: string, number, and JSON texts (DMN 1.5, table 70)."""

from __future__ import annotations

import json
import re
from decimal import Decimal

from engine.feel.errors import BudgetExceeded, Failure, FeelError
from engine.feel.functions.arguments import single, text, wrong
from engine.feel.functions.define import builtin
from engine.feel.json_values import from_json, to_json_paid
from engine.feel.runtime import Run
from engine.feel.text import text_of
from engine.feel.values.numbers import number as read_number

_MAX_NUMBER = 1_000
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\Z")


@builtin("string", "from")
def string(run: Run, value: object) -> object:
    if value is None:
        return None
    return text_of(value, run)


@builtin("number", "from")
def number(run: Run, value: object) -> object:
    """From a text in FEEL's own notation; a number is itself."""
    found = single(value)
    if isinstance(found, Decimal):
        return found
    return _read(text(found))


@builtin("number", "from", "grouping separator", "decimal separator?")
def number_with_separators(run: Run, value: object, grouping: object, point: object = None) -> object:
    """The grouping separator is a blank, a comma or a point, the decimal separator a comma or a
    point; null means none, and a point."""
    found = single(value)
    if not isinstance(found, str):
        raise wrong(found, "a string")
    between = None if grouping is None else text(grouping)
    mark = "." if point is None else text(point)
    if between not in (None, " ", ",", ".") or mark not in (",", "."):
        raise Failure("separators are a blank (only for grouping), a comma or a point")
    if between == mark and point is not None:
        raise Failure("the two separators are the same")
    if between is not None:
        found = found.replace(between, "")
    if mark != ".":
        if "." in found:
            raise Failure(f'"{found}" is no number')
        found = found.replace(mark, ".")
    return _read(found)


def _read(value: str) -> Decimal:
    if len(value) > _MAX_NUMBER or _NUMBER.match(value) is None:
        raise Failure(f'"{value[:40]}" is no number')
    return read_number(value)


@builtin("to json", "value")
def to_json_(run: Run, value: object) -> object:
    try:
        result = json.dumps(to_json_paid(value, run), ensure_ascii=False, separators=(",", ":"))
    except BudgetExceeded:
        raise
    except FeelError as error:
        raise Failure(error.message) from None
    run.size(len(result))
    run.step(len(result) // 10)
    return result


@builtin("from json", "value")
def from_json_(run: Run, value: object) -> object:
    source = text(value)
    run.step(len(source) // 10)
    try:
        return from_json(json.loads(source, parse_float=Decimal, parse_constant=_refuse))
    except (FeelError, RecursionError, ValueError, ArithmeticError):
        raise Failure("the text is no JSON") from None


def _refuse(word: str) -> object:
    raise ValueError(word)
