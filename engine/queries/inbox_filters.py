"""Filters of the inbox, asked so that what does not fit costs next to nothing.

The index that sorts a list of free tasks answers most filters by itself; another index answers the rest, or is asked
which few tasks fit at all. Only of what passes is a task (or its case) looked at. What a filter means is said in
queries/tasks.py; here stand conditions that nothing fulfils which that would not find, too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, or_, select, true

from engine.model.words import plain
from engine.queries.filters import RANGES, among, compile_field, compile_filter
from engine.queries.marks import unread_of
from engine.queries.noun import Context
from engine.queries.tasks import USER_TASK
from engine.queries.variable_filter import equals, numbers
from engine.store.labels import LONGEST
from engine.store.tables import task_candidate as tc
from engine.store.tables import task_label
from engine.store.tables import user_task as t
from engine.store.tables import variable as v
from engine.store.tasks import NO_DUE

FEW = 1_000  # tasks that are looked at one by one, instead of one's list
Asked = Callable[[Connection, Any, Context], "ColumnElement[bool]"]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a filter asks of a free task: `listed` of its row of task_candidate, `task` of its row of user_task, the
    rest of it; `whole` is all of it. Where it can be but `few` tasks, they are these."""

    listed: tuple[ColumnElement[bool], ...] = ()
    task: tuple[ColumnElement[bool], ...] = ()
    whole: tuple[ColumnElement[bool], ...] = ()
    few: tuple[int, ...] | None = None


def narrowing(db: Connection, wanted: Mapping[str, Any], context: Context) -> Narrowing:
    """Raises InvalidArgument, whatever is wrong with the filter."""
    whole = compile_filter(wanted, USER_TASK, context)
    asked = {name: value for name, value in wanted.items() if value is not None}
    listed = [ask(db, asked[name], context) for name, ask in _LISTED.items() if name in asked]
    rest = {name: value for name, value in asked.items() if name not in _EXACT}
    task = compile_filter(rest, USER_TASK, context)
    return Narrowing(tuple(listed), tuple(task), tuple(whole), _few(db, asked, context))


def asked_of_each(query: Select[Any]) -> ColumnElement[bool]:
    """Whether there is a row, asked of task after task: a planner may make of EXISTS a join of whole tables."""
    return func.coalesce(query.limit(1).scalar_subquery(), 0) == 1


def _labelled(db: Connection, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    return among(tc.c.label_key, list(db.execute(select(task_label.c.key).where(*where)).scalars()))


def _holds(column: ColumnElement[Any], word: str, context: Context) -> ColumnElement[bool]:
    """Whether a text as words.py writes it holds this one."""
    find = func.strpos if context.dialect == "postgresql" else func.instr
    return find(column, plain(word)) > 0


def _text(db: Connection, value: str, context: Context) -> ColumnElement[bool]:
    found = []
    for word in value.split():
        named = _labelled(db, _holds(task_label.c.words, word, context))
        found.append(or_(named, _holds(tc.c.number, word, context)))
    return and_(true(), *found)


def _process(db: Connection, value: Any, context: Context) -> ColumnElement[bool]:
    return _labelled(db, *compile_field("processDefinitionId", task_label.c.process_id, "string", value, context))


def _priority(_db: Connection, value: Any, context: Context) -> ColumnElement[bool]:
    return and_(true(), *compile_field("priority", tc.c.priority, "integer", value, context))


def _due(_db: Connection, value: Any, context: Context) -> ColumnElement[bool]:
    """As of user_task's columns, of which no date stands behind all others."""
    if not isinstance(value, Mapping):
        return and_(*compile_field("dueBy", tc.c.due_sort, "moment", value, context))
    asked = {operator: operand for operator, operand in value.items() if operator != "$exists"}
    found = compile_field("dueBy", tc.c.due_sort, "moment", asked, context)
    if RANGES & set(asked):
        found.append(tc.c.due_sort < NO_DUE)
    if "$exists" in value:
        found.append((tc.c.due_sort < NO_DUE) if value["$exists"] else (tc.c.due_sort == NO_DUE))
    return and_(true(), *found)


def _number(_db: Connection, value: Any, context: Context) -> ColumnElement[bool]:
    """Not as exact as it was asked for: case, and the way digits are written, do not count."""
    wanted = value.get("$like", value.get("$eq")) if isinstance(value, Mapping) else value
    if not isinstance(wanted, str) or "\\" in wanted or len(wanted) > LONGEST:
        return true()
    parts = wanted.replace("?", "*").split("*") if isinstance(value, Mapping) and "$like" in value else [wanted]
    return and_(true(), *(_holds(tc.c.number, part, context) for part in parts if part))


def _unread(_db: Connection, value: Any, context: Context) -> ColumnElement[bool]:
    return unread_of(tc.c.task_key, value, context)


def _variables(_db: Connection, value: Any, _context: Context) -> ColumnElement[bool]:
    found = []
    for wanted in value:
        row = v.alias()
        if (conditions := equals(row, wanted)) is not None:
            of_case = row.c.process_instance_key == tc.c.process_instance_key
            found.append(asked_of_each(select(literal(1)).select_from(row).where(of_case, *conditions)))
    return and_(true(), *found)


_LISTED: Mapping[str, Asked] = {
    "priority": _priority,
    "dueBy": _due,
    "processDefinitionId": _process,
    "businessId": _number,
    "text": _text,
    "unread": _unread,
    "processInstanceVariables": _variables,
}
_EXACT = frozenset({"priority", "dueBy", "processDefinitionId", "text", "unread"})  # nothing of these is left to ask


def _few(db: Connection, asked: Mapping[str, Any], context: Context) -> tuple[int, ...] | None:
    for query in _of_few(db, asked, context):
        found = tuple(db.execute(query.limit(FEW + 1)).scalars())
        if len(found) <= FEW:
            return found
    return None


def _of_few(db: Connection, asked: Mapping[str, Any], context: Context) -> list[Select[Any]]:
    """Queries by index, one of which may know that there are few."""
    queries, number = [], asked.get("businessId")
    if isinstance(number, str):
        queries.append(select(t.c.key).where(t.c.business_id == number))
    if asked.get("followUpDate") == {"$exists": True}:
        queries.append(select(t.c.key).where(t.c.follow_up_at.is_not(None), t.c.completed_at.is_(None)))
    for wanted in asked.get("processInstanceVariables", ()):
        held = equals(v, wanted) or numbers(v, wanted, context)
        if held is not None:
            cases = list(db.execute(select(v.c.process_instance_key).where(*held).limit(FEW + 1)).scalars())
            if len(cases) <= FEW:
                queries.append(select(t.c.key).where(among(t.c.process_instance_key, cases)))
    return queries
