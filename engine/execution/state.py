"""The state of a case as JSON text: its tokens, without the specification and without the variables.

`{"format": 1, "tasks": [[key, parent, spec, state, internal], ...]}`, a parent always before its
children (parents are given by position; -1 is the root's). A stored sample of every format must
run to its end (tests/upgrade).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import orjson

from engine.execution.case import Case
from engine.execution.host import Host
from engine.execution.specs.build import Definition
from engine.execution.token import Token
from engine.execution.variables import Stored
from engine.feel import Environment, from_json, to_json

FORMAT = 1


def save(case: Case) -> str:
    """The state of a case whose tokens all wait."""
    rows: list[list[Any]] = []
    index: dict[int, int] = {}
    todo = [case.task_tree] if case.task_tree is not None else []
    while todo:
        task = todo.pop()
        index[task.id] = len(rows)
        parent = index.get(task._parent, -1)
        rows.append([task.id, parent, task.task_spec.name, task._state, task.internal_data])
        todo.extend(reversed(task.children))
    return orjson.dumps({"format": FORMAT, "tasks": rows}, default=_plain).decode()


def load(
    text: str,
    definition: Definition,
    key: int,
    host: Host,
    environment: Environment,
    variables: Stored,
) -> Case:
    """The case that `save` wrote, with its variables by scope.

    Raises ValueError for a format this release does not know.
    """
    state = orjson.loads(text)
    if state.get("format") != FORMAT:
        raise ValueError(f"execution format {state.get('format')} is not known")
    case = Case(definition, key, host, environment, variables)
    made: list[Token] = []
    for task_key, parent, spec, task_state, internal in state["tasks"]:
        above = made[parent] if parent >= 0 else None
        task = Token(case, definition.spec.task_specs[spec], above, task_state, task_key)
        for name in _VALUES & internal.keys():
            if isinstance(internal[name], dict):  # a loop keeps its results as JSON until they are wanted
                internal[name] = from_json(internal[name])
        task.internal_data = internal
        made.append(task)
    case.task_tree = made[0] if made else None
    return case


_VALUES = {"results", "brought"}  # what an event brought: FEEL values by name


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return to_json(value)
    raise TypeError(f"{type(value)} has no place in the state")
