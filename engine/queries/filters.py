"""Filters: what a search's `filter` object means, as conditions of the database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, func, or_, type_coerce

from engine.errors import InvalidArgument
from engine.queries.noun import Context, Field, Kind, Noun

LONGEST_LIST = 1_000
DEEPEST_OR = 3
NOBODYS = -1  # a key that nothing has
_SETS = {"$in", "$notIn"}
RANGES = {"$gt", "$gte", "$lt", "$lte"}
_OPERATORS: Mapping[Kind, frozenset[str]] = {
    "key": frozenset({"$eq", "$neq", "$exists"} | _SETS),
    "string": frozenset({"$eq", "$neq", "$exists", "$like"} | _SETS),
    "enum": frozenset({"$eq", "$neq", "$exists", "$like"} | _SETS),
    "integer": frozenset({"$eq", "$neq", "$exists"} | _SETS | RANGES),
    "moment": frozenset({"$eq", "$neq", "$exists"} | _SETS | RANGES),
    "date": frozenset({"$eq", "$neq", "$exists"} | _SETS | RANGES),
    "boolean": frozenset({"$eq", "$neq", "$exists"}),
}


def compile_filter(
    wanted: Mapping[str, Any], noun: Noun, context: Context, depth: int = 0
) -> list[ColumnElement[bool]]:
    """The conditions of a filter. Raises InvalidArgument; a field that is null or absent filters nothing."""
    conditions: list[ColumnElement[bool]] = []
    names, condition = noun.together or ((), None)
    shared = {name: value for name, value in wanted.items() if name in names and value is not None}
    if shared and condition is not None:
        conditions.append(condition(shared, context))
    for name, value in wanted.items():
        if value is None or name in names:
            continue
        if name == "$or":
            conditions.append(_alternatives(value, noun, context, depth))
        elif name in noun.specials:
            conditions.append(noun.specials[name](value, context))
        else:
            field = noun.fields.get(name)
            if field is None or not field.filterable:
                raise InvalidArgument(f"filter: {noun.name} has no field {name} to filter by")
            conditions += compile_field(name, field.column, field.kind, value, context)
    return conditions


def _alternatives(value: Any, noun: Noun, context: Context, depth: int) -> ColumnElement[bool]:
    whole = isinstance(value, list) and all(isinstance(part, Mapping) for part in value)
    if not whole or len(value) > 100 or depth >= DEEPEST_OR:
        raise InvalidArgument("filter: $or is a list of filters")
    branches = [and_(*compile_filter(part, noun, context, depth + 1)) for part in value if part]
    return or_(*branches) if branches else and_(True)


def compile_field(
    name: str, column: ColumnElement[Any], kind: Kind, value: Any, context: Context
) -> list[ColumnElement[bool]]:
    """The conditions on one column: equal to a value, or what an object of operators says."""
    if kind == "moment":
        column = type_coerce(column, String)
    if not isinstance(value, Mapping):
        return [column == _value(name, kind, value)]
    conditions = []
    for operator, operand in value.items():
        if operator not in _OPERATORS.get(kind, ()):
            raise InvalidArgument(f"filter: {name} has no operator {operator}")
        conditions.append(_condition(name, column, kind, operator, operand, context))
    return conditions


def _condition(
    name: str, column: ColumnElement[Any], kind: Kind, operator: str, operand: Any, context: Context
) -> ColumnElement[bool]:
    if operator == "$exists":
        if not isinstance(operand, bool):
            raise InvalidArgument(f"filter: {name}.$exists is true or false")
        return column.is_not(None) if operand else column.is_(None)
    if operator == "$like":
        return like(column, _text(name, operand), context.dialect)
    if operator in _SETS:
        if not isinstance(operand, list) or len(operand) > LONGEST_LIST:
            raise InvalidArgument(f"filter: {name}.{operator} is a list of at most {LONGEST_LIST}")
        values = [_value(name, kind, part) for part in operand]
        return column.in_(values) if operator == "$in" else or_(column.not_in(values), column.is_(None))
    value = _value(name, kind, operand)
    if operator == "$neq":
        return or_(column != value, column.is_(None))
    return COMPARISONS[operator](column, value)


COMPARISONS: Mapping[str, Callable[[ColumnElement[Any], Any], ColumnElement[bool]]] = {
    "$eq": lambda column, value: column == value,
    "$gt": lambda column, value: column > value,
    "$gte": lambda column, value: column >= value,
    "$lt": lambda column, value: column < value,
    "$lte": lambda column, value: column <= value,
}


def like(column: ColumnElement[Any], pattern: str, dialect: str) -> ColumnElement[bool]:
    """`*` is any text, `?` one character, a backslash takes the next character as it is; case counts."""
    glob = dialect == "sqlite"  # SQLite's LIKE does not distinguish a from A
    built = []
    for character, free in _pattern(pattern):
        if free:
            built.append(character if glob else "%" if character == "*" else "_")
        else:
            built.append(_literal(character, glob))
    text = "".join(built)
    return column.op("GLOB", is_comparison=True)(text) if glob else column.like(text, escape="\\")


def said_by(pattern: str) -> list[str]:
    """The texts of a pattern, in its order: what stands before, between and behind all that is free in it. Where
    nothing does, the text is empty."""
    texts = [""]
    for character, free in _pattern(pattern):
        if free:
            texts.append("")
        else:
            texts[-1] += character
    return texts


def _pattern(pattern: str) -> Iterator[tuple[str, bool]]:
    """Its characters, and whether each is free: stands for others. Raises InvalidArgument."""
    if len(pattern) > 1_000:
        raise InvalidArgument("filter: the pattern is too long")
    characters = iter(pattern)
    for character in characters:
        if character == "\\":
            yield next(characters, "\\"), False
        else:
            yield character, character in "*?"


def among(column: ColumnElement[Any], keys: Collection[int]) -> ColumnElement[bool]:
    """They stand in the statement: there may be more of them than it may have parameters."""
    wanted = list(keys) or [NOBODYS]
    return column.in_(bindparam(None, wanted, expanding=True, literal_execute=True))


def led_by(column: ColumnElement[Any], keys: Any, dialect: str) -> ColumnElement[bool]:
    """Whether the query of keys has this one. PostgreSQL is told to go from them to their rows: it takes them for more
    than they are, and would read all rows."""
    return column == func.any(func.array(keys.scalar_subquery())) if dialect == "postgresql" else column.in_(keys)


def contains(column: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    """Whether the text holds the words somewhere; for Latin letters, case does not count."""
    return column.icontains(words, autoescape=True)


def _literal(character: str, glob: bool) -> str:
    if glob:
        return f"[{character}]" if character in "*?[" else character
    return f"\\{character}" if character in "%_\\" else character


def _value(name: str, kind: Kind, value: Any) -> Any:
    return _READERS[kind](name, value)


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidArgument(f"filter: {name} is text")
    return value


def _enum(name: str, value: Any) -> str:
    return _text(name, value).upper()


def read_key(name: str, value: Any) -> int:
    """A key from its decimal digits; one that no thing can have becomes -1. Raises InvalidArgument."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not text.removeprefix("-").isdecimal() or not text.isascii() or len(text) > 25:
        raise InvalidArgument(f"{name} is a key: up to 25 decimal digits")
    number = int(text)
    return number if 0 <= number < 1 << 63 else -1


def _integer(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 1 << 31:
        raise InvalidArgument(f"filter: {name} is a whole number")
    return value


def _boolean(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidArgument(f"filter: {name} is true or false")
    return value


def read_moment(name: str, value: Any) -> datetime:
    """A date and time with its offset from UTC. Raises InvalidArgument."""
    try:
        moment = datetime.fromisoformat(_text(name, value))
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise InvalidArgument(f"{name} is a date and time with an offset, such as 2026-04-10T09:00:00Z")


def _moment(name: str, value: Any) -> str:
    return read_moment(name, value).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_day(name: str, value: Any) -> date:
    """A day. Raises InvalidArgument."""
    try:
        if len(text := _text(name, value)) == len("2026-04-10"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise InvalidArgument(f"{name} is a day, such as 2026-04-10")


def _day(name: str, value: Any) -> str:
    return read_day(name, value).isoformat()


def compile_values(name: str, field: Field, value: Any, context: Context) -> ColumnElement[bool]:
    """As compile_field, in one condition."""
    return and_(*compile_field(name, field.column, field.kind, value, context))


_READERS: Mapping[Kind, Callable[[str, Any], Any]] = {
    "key": read_key,
    "string": _text,
    "enum": _enum,
    "integer": _integer,
    "moment": _moment,
    "date": _day,
    "boolean": _boolean,
}
