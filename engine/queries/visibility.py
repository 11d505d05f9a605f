"""What an actor may see, as conditions of the database: the rules of policy/permissions.py, for lists.

A case is seen by who takes part in it (started it, is or was assignee or candidate of one of its
tasks, or was told of it: a warning leads somewhere), by its process owner, by auditors and
administrators. `tests/api` proves for every query that list and rule agree.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from engine.model.actor import Actor
from engine.store.tables import notification, process_instance, task_candidate, user_task

Condition = ColumnElement[bool]


def sees_everything(actor: Actor) -> bool:
    """Whether no list is cut for this actor."""
    return actor.is_system or bool(actor.roles & {"auditor", "administrator"})


def owned(actor: Actor, process_id: ColumnElement[Any]) -> Condition:
    """Whether the actor is owner of the process."""
    if "process-owner" not in actor.roles or not actor.owned:
        return false()
    return true() if "*" in actor.owned else process_id.in_(sorted(actor.owned))


def takes_part(actor: Actor, instance_key: ColumnElement[Any]) -> Condition:
    """Whether the actor takes part in the case."""
    name = actor.on_behalf_of or actor.id
    started, task = process_instance.alias(), user_task.alias()
    return or_(
        select(started.c.key)
        .where(started.c.key == instance_key, started.c.started_by == name)
        .exists(),
        select(task_candidate.c.task_key)
        .where(task_candidate.c.process_instance_key == instance_key, candidate(actor))
        .exists(),
        select(task.c.key)
        .where(task.c.process_instance_key == instance_key, or_(task.c.assignee == name, task.c.completed_by == name))
        .exists(),
        select(notification.c.key).where(notification.c.process_instance_key == instance_key, told(actor)).exists(),
    )


def candidate(actor: Actor) -> Condition:
    """Rows of task_candidate that mean the actor, by name or by group."""
    name = actor.on_behalf_of or actor.id
    c = task_candidate.c
    by_name = and_(c.kind == "user", c.name == name)
    if not actor.groups:
        return by_name
    return or_(by_name, and_(c.kind == "group", c.name.in_(sorted(actor.groups))))


def told(actor: Actor) -> Condition:
    """Rows of notification that were for the actor, by name or by group."""
    c = notification.c
    by_name = and_(c.recipient_kind == "user", c.recipient == (actor.on_behalf_of or actor.id))
    if not actor.groups:
        return by_name
    return or_(by_name, and_(c.recipient_kind == "group", c.recipient.in_(sorted(actor.groups))))


def sees_case(actor: Actor, instance_key: ColumnElement[Any], process_id: ColumnElement[Any]) -> Condition:
    """Whether the actor may see what belongs to the case."""
    if sees_everything(actor):
        return true()
    if "process-owner" in actor.roles and "*" in actor.owned:
        return true()
    return or_(owned(actor, process_id), takes_part(actor, instance_key))


def sees_job(actor: Actor, process_id: ColumnElement[Any]) -> Condition:
    """Whether the actor may see jobs of the process."""
    if sees_everything(actor) or "client" in actor.roles:
        return true()
    return owned(actor, process_id)
