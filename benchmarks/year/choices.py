"""What a form lets people choose from, where that depends on the case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, select

from benchmarks.year.dates import ZONE
from engine.feel import Environment, FeelError, from_json, parse_expression, to_json
from engine.store.tables import form_definition


def choices(db: Connection, form_key: int | None, name: str, seen: dict[str, Any], now: datetime) -> list[Any]:
    """The values that the field `name` of a form offers by an expression or from a variable of the case `seen`."""
    if form_key is None:
        return []
    schema = db.execute(select(form_definition.c.schema).where(form_definition.c.key == form_key)).scalar_one()
    found: list[Any] = []
    for field in _fields(orjson.loads(schema), name):
        found += _offered(field, seen, now)
    return [one.get("value", one.get("label")) if isinstance(one, dict) else one for one in found]


def _fields(component: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    if component.get("key") == name:
        yield component
    for inner in component.get("components") or ():
        yield from _fields(inner, name)


def _offered(field: dict[str, Any], seen: dict[str, Any], now: datetime) -> list[Any]:
    expression = field.get("valuesExpression")
    if expression is None:
        value = seen.get(str(field.get("valuesKey")))
    else:
        try:
            scope = {key: from_json(one) for key, one in seen.items()}
            answer = parse_expression(str(expression).removeprefix("="), scope)
            value = to_json(answer.evaluate(scope, Environment(now=now, zone=str(ZONE))).value)
        except FeelError:  # over what stands beside it in the form: not to be told from here
            return []
    return value if isinstance(value, list) else []
