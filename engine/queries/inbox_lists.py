"""What belongs to each list of the inbox, as parts that an index finds in order of urgency."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    FromClause,
    String,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    type_coerce,
)

from engine.model.access import TOP_SECRET
from engine.model.actor import Actor
from engine.queries.filters import among
from engine.queries.inbox_filters import Narrowing, asked_of_each
from engine.queries.marks import all_put_off, put_off
from engine.queries.signing import to_sign
from engine.store.tables import co_signature as s
from engine.store.tables import moment_text, task_label
from engine.store.tables import process_instance as pi
from engine.store.tables import task_candidate as tc
from engine.store.tables import user_task as t
from engine.store.tasks import URGENCY

# of every list but `done`, how many there are is said with the lists
COUNTED_VIEWS = (
    "mine", "groups", "today", "overdue", "dueSoon", "waiting", "delegated", "toSign", "snoozed",
)  # fmt: skip
VIEWS = (*COUNTED_VIEWS, "done")
SOON = timedelta(days=1)
OWN = 3  # so many conditions of a part of task_candidate are a range of its index
FREE: ColumnElement[str] = literal_column("'free'")  # not a parameter: the indexes of the lists are of these alone
OFFICE_ZONE = "Asia/Bangkok"
_NOBODY = ("group", "")  # for whom nothing is free
_BY_CASE = frozenset({"tags", "createdBy", "processInstanceVariables", "localVariables", "$or"})


@dataclass(frozen=True, slots=True)
class Moment:
    """When it is asked, and where the office is: a day of it begins and ends there."""

    now: datetime
    zone: str = OFFICE_ZONE

    def day(self) -> tuple[datetime, datetime]:
        """When this day of the office began, and when it ends."""
        local = self.now.astimezone(ZoneInfo(self.zone))
        begins = local.replace(hour=0, minute=0, second=0, microsecond=0)
        return begins, begins + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Branch:
    """One part of a list: a range of one index, with what sorts it."""

    due: ColumnElement[Any]
    key: ColumnElement[Any]
    priority: ColumnElement[Any]
    source: FromClause
    conditions: tuple[ColumnElement[bool], ...]
    completed: ColumnElement[Any] | None = None
    group: str | None = None  # that the tasks of this part are free for

    def where(self, *more: ColumnElement[bool]) -> Branch:
        """The part of it that fulfils these conditions, too."""
        return replace(self, conditions=(*self.conditions, *more))


def branches(actor: Actor, view: str, at: Moment, hides: bool = True) -> list[Branch]:
    """The parts of a list. Urgency, today, overdue and due soon speak of the earlier of the task's due date and of its
    case's statutory one. What is put off (by the actor, or by its follow-up date) is not in `mine` and `groups` where
    `hides`; the lists of deadlines have it nevertheless: a deadline is not put off."""
    if view == "mine":
        return [_mine(actor).where(*([] if not hides else [~put_off(actor, t.c.key, at.now), _followed(at)]))]
    if view == "groups":
        return [b.where(*([] if not hides else [~put_off(actor, tc.c.task_key, at.now)])) for b in _free(actor)]
    if view == "snoozed":
        assignee = func.coalesce(t.c.assignee, "")  # as in _of_few
        mine = or_(assignee == actor.name, (assignee == "") & _candidate(actor))
        return [_of_few(actor, all_put_off(actor, at.now), mine), _mine(actor).where(~_followed(at))]
    if view == "delegated":
        return [_helped(actor)]
    if view == "waiting":
        return [_helped(actor), _mine(actor).where(t.c.signing.is_not(None), _asked())]
    if view == "toSign":
        return [_of_few(actor, t.c.key.in_(to_sign(actor)))]
    if view == "done":
        return [_done(actor)]
    between = _between(view, at)
    parts = [*_free(actor), _mine(actor)]
    return [b.where(*(compare(b.due, moment_text(limit)) for compare, limit in between)) for b in parts]


def narrowed(parts: list[Branch], wanted: Mapping[str, Any], found: Narrowing) -> list[Branch]:
    """The parts with the conditions of the filter `wanted`."""
    if not wanted:
        return parts
    unit = wanted.get("candidateGroup")
    if isinstance(unit, str) and any(b.group == unit for b in parts):  # what is free for it is all in that one part
        parts = [b for b in parts if b.group in (None, unit)]
    of_case = bool(_BY_CASE & set(wanted))
    return [_narrow(b, found, of_case) for b in parts]


def _cleared(actor: Actor, instance_key: ColumnElement[Any]) -> ColumnElement[bool]:
    """As visibility.cleared says it, but asked of one case after the other: a page needs few of them, and a planner
    that sees an anti-join reads every case there is."""
    if actor.is_system or actor.clearance >= TOP_SECRET:
        return true()
    case = pi.alias()
    of = select(case.c.access_class).where(case.c.key == instance_key).scalar_subquery()
    return func.coalesce(of, 0) <= actor.clearance


def _narrow(branch: Branch, found: Narrowing, of_case: bool) -> Branch:
    """What the index of a part knows is asked first, then of one task after the other what its row knows: a part is
    read in its order whatever a planner thinks of the filter."""
    task = t.join(pi, pi.c.key == t.c.process_instance_key) if of_case else t
    few = [] if found.few is None else [among(branch.key, found.few)]
    if branch.source is t:
        return replace(branch, source=task).where(*few, *found.whole)
    asked = list(found.listed)
    if found.task:
        fits = select(literal(1)).select_from(task).where(t.c.key == branch.key, *found.task).correlate(tc)
        asked.append(asked_of_each(fits))
    own, others = branch.conditions[:OWN], branch.conditions[OWN:]
    return replace(branch, conditions=(*own, *few, *asked, *others))


def limits(actor: Actor, key: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """What cuts the lists of a substitute to the tasks of the groups, or of the processes, that it is for."""
    if actor.within is None:
        return []
    names = sorted(actor.within.names)
    if actor.within.kind == "process":
        task = t.alias()
        return [select(task.c.key).where(task.c.key == key, task.c.process_id.in_(names)).exists()]
    row = tc.alias()
    return [select(row.c.task_key).where(row.c.task_key == key, row.c.kind == "group", row.c.name.in_(names)).exists()]


def _of_few(actor: Actor, *conditions: ColumnElement[bool]) -> Branch:
    """Of tasks that are few by these conditions alone. SQLite, which does not know how many are open, may go through
    all of those: a condition on an expression is one that no index is entered by."""
    return _open(actor, *conditions, state=func.coalesce(t.c.state, ""))


def _open(actor: Actor, *conditions: ColumnElement[bool], state: ColumnElement[str] = t.c.state) -> Branch:
    seen = _cleared(actor, t.c.process_instance_key)
    found = (state == "CREATED", seen, *limits(actor, t.c.key), *conditions)
    return Branch(URGENCY, t.c.key, t.c.priority, t, found)


def _mine(actor: Actor) -> Branch:
    return _open(actor, t.c.assignee == actor.name)


def _done(actor: Actor) -> Branch:
    seen = _cleared(actor, t.c.process_instance_key)
    found = (t.c.completed_by == actor.name, seen, *limits(actor, t.c.key))
    return Branch(URGENCY, t.c.key, t.c.priority, t, found, type_coerce(t.c.completed_at, String))


def _helped(actor: Actor) -> Branch:
    return _of_few(actor, t.c.owner == actor.name, t.c.delegation == "PENDING")


def _free(actor: Actor) -> list[Branch]:
    """The free tasks of the person, name by name; of a substitute for some groups only what is free for these."""
    groups = sorted(actor.groups)
    limited: list[ColumnElement[bool]] = []
    names = [("user", actor.name), *(("group", group) for group in groups)]
    if actor.within is not None and actor.within.kind == "group":
        names = [("group", group) for group in groups if group in actor.within.names] or [_NOBODY]
    elif actor.within is not None:
        labels = select(task_label.c.key).where(task_label.c.process_id.in_(sorted(actor.within.names)))
        limited = [func.coalesce(tc.c.label_key.in_(labels), false())]  # bare, a planner would make a join of it
    shared = (*limited, _cleared(actor, tc.c.process_instance_key))
    return [
        Branch(
            tc.c.due_sort,
            tc.c.task_key,
            tc.c.priority,
            tc,
            (tc.c.kind == kind, tc.c.name == name, tc.c.status == FREE, *shared),
            group=name if kind == "group" else None,
        )
        for kind, name in names
    ]


def _candidate(actor: Actor) -> ColumnElement[bool]:
    row = tc.alias()
    by_name, by_group = row.c.name == actor.name, row.c.name.in_(sorted(actor.groups))
    named = or_((row.c.kind == "user") & by_name, (row.c.kind == "group") & by_group)
    return select(row.c.task_key).where(row.c.task_key == t.c.key, row.c.status == "free", named).exists()


def _followed(at: Moment) -> ColumnElement[bool]:
    """Whether the task's follow-up date, the day to begin with it, is there or does not matter."""
    return or_(t.c.follow_up_at.is_(None), t.c.follow_up_at <= at.now)


def _asked() -> ColumnElement[bool]:
    """Whether somebody is still to sign."""
    return select(s.c.key).where(s.c.task_key == t.c.key, s.c.state == "PENDING").exists()


def _between(view: str, at: Moment) -> list[tuple[Any, datetime]]:
    """(comparison, moment) that a due date has to fulfil."""
    if view == "overdue":
        return [(operator.lt, at.now)]
    if view == "today":
        begins, ends = at.day()
        return [(operator.ge, begins), (operator.lt, ends)]
    return [(operator.ge, at.now), (operator.le, at.now + SOON)]
