"""The filter `variables`: cases by the values of their variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    String,
    and_,
    case,
    collate,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy import cast as as_type

from engine.errors import InvalidArgument
from engine.queries.filters import COMPARISONS, RANGES, among, compile_field, led_by
from engine.queries.masking import masked_variable, reach
from engine.queries.noun import Context, Special
from engine.queries.visibility import contents_too
from engine.store.tables import process_instance as pi
from engine.store.tables import variable

LONGEST_INDEXED = 200
FEW = 100_000  # cases that are gathered before any is looked at
NAMED = 5_000  # those that are named one by one
_BINARY = {"sqlite": "BINARY", "postgresql": "C"}


def variables_filter(owner: ColumnElement[Any], by: str = "process_instance_key") -> Special:
    """The filter `variables`: [{name, value}], the value as JSON text or an object of operators on it.

    `owner` is the case's key, or that of a scope with `by` "scope_key"; the case itself is in the query, too.
    """

    def condition(value: Any, context: Context) -> ColumnElement[bool]:
        if not isinstance(value, list) or not all(isinstance(v, Mapping) and "value" in v for v in value):
            raise InvalidArgument("filter: variables is a list of {name, value}")
        found = []
        for wanted in value:
            row = variable.alias()
            same = _conditions(row.c.value, wanted["value"], context)
            # of a range the index of values knows but the name: asked of a case, SQLite would read all values of it
            same += equals(row, wanted) or []
            named = compile_field("variables.name", row.c.name, "string", wanted.get("name"), context)
            seen = ~masked_variable(reach(context.actor), row.c, pi.c.root_key)
            found.append(select(row.c.key).where(row.c[by] == owner, *named, *same, seen).exists())
        return and_(contents_too(context.actor, pi.c.key, pi.c.process_id), *found)

    return condition


def holding(db: Connection, wanted: Any, context: Context) -> list[ColumnElement[bool]]:
    """Conditions on cases that follow from a filter `variables`, and lead to the cases with a value by the index of
    values. Left to themselves, databases ask every case whether it has the value. One that more than FEW have is found
    soon enough by asking."""
    conditions: list[ColumnElement[bool]] = []
    if not isinstance(wanted, list):
        return conditions
    for one in wanted:
        row = variable.alias()
        same = by_index(row, one, context) if isinstance(one, Mapping) and "value" in one else None
        if same is None:
            continue
        keys = select(row.c.process_instance_key).where(*same)
        named = set(db.execute(keys.limit(NAMED + 1)).scalars())
        if len(named) <= NAMED:
            conditions.append(among(pi.c.key, sorted(named)))
        elif db.execute(select(func.count()).select_from(keys.limit(FEW + 1).subquery())).scalar_one() <= FEW:
            conditions.append(led_by(pi.c.key, keys, context.dialect))
    return conditions


def equals(row: Any, wanted: Mapping[str, Any]) -> list[ColumnElement[bool]] | None:
    """The rows of `row` (the table of variables) with a name and a value, as the index of values finds them; None
    where something else is asked for, or a longer value."""
    name, value = wanted.get("name"), wanted["value"]
    if isinstance(value, Mapping):
        value = value.get("$eq") if set(value) == {"$eq"} else None
    stored = _as_stored(value)
    if not isinstance(name, str) or not isinstance(stored, str) or len(stored) > LONGEST_INDEXED:
        return None
    return [row.c.name == name, row.c.value == stored, _short(row)]


def by_index(row: Any, wanted: Mapping[str, Any], context: Context) -> list[ColumnElement[bool]] | None:
    """As `equals`, also for what lies between numbers, of which none is long."""
    same = equals(row, wanted)
    return numbers(row, wanted, context) if same is None else same


def numbers(row: Any, wanted: Mapping[str, Any], context: Context) -> list[ColumnElement[bool]] | None:
    """As `equals`, where the value lies between numbers."""
    name, value = wanted.get("name"), wanted["value"]
    ranges = isinstance(value, Mapping) and bool(value) and set(value) <= RANGES
    if not isinstance(name, str) or not ranges or not all(_is_plain_number(bound) for bound in value.values()):
        return None
    return [row.c.name == name, *_conditions(row.c.value, value, context), _short(row)]


def _short(row: Any) -> ColumnElement[bool]:
    return func.length(row.c.value) <= literal_column(str(LONGEST_INDEXED))  # as the index says it


def _is_plain_number(bound: Any) -> bool:
    return isinstance(bound, str) and bound.strip()[:1] not in ('"', "")


def _conditions(column: ColumnElement[Any], wanted: Any, context: Context) -> list[ColumnElement[bool]]:
    if not isinstance(wanted, Mapping):
        return compile_field("variables.value", column, "string", _as_stored(wanted), context)
    ranges = {op: operand for op, operand in wanted.items() if op in RANGES}
    others = {op: _all_as_stored(operand) for op, operand in wanted.items() if op not in RANGES}
    equal = compile_field("variables.value", column, "string", others, context)
    return equal + [_ordered(column, op, operand, context.dialect) for op, operand in ranges.items()]


def _ordered(column: ColumnElement[Any], operator: str, operand: Any, dialect: str) -> ColumnElement[bool]:
    """Numbers are compared with numbers, texts (days, for one) with texts; nothing else has an order."""
    try:
        bound = orjson.loads(operand)
    except (orjson.JSONDecodeError, TypeError):
        bound = None
    compare = COMPARISONS[operator]
    if isinstance(bound, str) and "\0" not in bound:
        text = column.like('"%') & compare(collate(column, _BINARY[dialect]), orjson.dumps(bound).decode())
        return and_(text)
    if isinstance(bound, bool) or not isinstance(bound, int | float):
        raise InvalidArgument(f"filter: variables.value.{operator} is a number or a text, as JSON text")
    number = as_type(case((_is_number(column, dialect), column), else_=None), Float)
    return compare(number, literal(float(bound), Float))


def _is_number(column: ColumnElement[Any], dialect: str) -> ColumnElement[bool]:
    """Of JSON text: whether it begins as a number does."""
    if dialect == "postgresql":
        return column.op("~", is_comparison=True)("^-?[0-9]")
    begins = as_type(column, String).op("GLOB", is_comparison=True)
    return begins("[0-9]*") | begins("-[0-9]*")


def _all_as_stored(operand: Any) -> Any:
    return [_as_stored(v) for v in operand] if isinstance(operand, list) else _as_stored(operand)


def _as_stored(value: Any) -> Any:
    """JSON text with the same spacing as it is stored with; what is no JSON is compared as it is."""
    try:
        return orjson.dumps(orjson.loads(value)).decode()
    except (orjson.JSONDecodeError, TypeError):
        return value
