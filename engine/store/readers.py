"""Who may read what a case holds, of everybody at once: what policy/permissions.py says of one actor and one case.

A person who takes part in it (started it, is or was assignee or candidate of one of its tasks, was told of it, watches
over a deadline of it), an owner of its process, an auditor; of these the cleared ones whose account is active.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, or_, select

from engine.store.tables import deadline_overseer as o
from engine.store.tables import membership as m
from engine.store.tables import notification as n
from engine.store.tables import person
from engine.store.tables import process_instance as pi
from engine.store.tables import role_grant as r
from engine.store.tables import task_candidate as tc
from engine.store.tables import user_task as t


def reads_case(key: int) -> ColumnElement[bool]:
    """Of a row of `person`: whether that person may read what the case of this key holds."""
    case = select(pi.c.process_id).where(pi.c.key == key).scalar_subquery()
    level = select(pi.c.access_class).where(pi.c.key == key).scalar_subquery()
    owns = and_(r.c.role == "process-owner", r.c.process_id.in_(("*", case)))
    by_role = select(r.c.username).where(or_(r.c.role == "auditor", owns))
    named = (*_by_name(key), *_by_group(key), by_role)
    return and_(person.c.active, person.c.clearance >= level, or_(*(person.c.username.in_(q) for q in named)))


def _by_name(key: int) -> list[Select[tuple[str]]]:
    return [
        select(pi.c.started_by).where(pi.c.key == key),
        select(t.c.assignee).where(t.c.process_instance_key == key, t.c.assignee.is_not(None)),
        select(t.c.completed_by).where(t.c.process_instance_key == key, t.c.completed_by.is_not(None)),
        select(tc.c.name).where(tc.c.process_instance_key == key, tc.c.kind == "user"),
        select(n.c.recipient).where(n.c.process_instance_key == key, n.c.recipient_kind == "user"),
    ]


def _by_group(key: int) -> list[Select[tuple[str]]]:
    groups = (
        select(tc.c.name).where(tc.c.process_instance_key == key, tc.c.kind == "group"),
        select(n.c.recipient).where(n.c.process_instance_key == key, n.c.recipient_kind == "group"),
        select(o.c.group_key).where(o.c.process_instance_key == key),
    )
    return [select(m.c.username).where(m.c.group_key.in_(of)) for of in groups]
