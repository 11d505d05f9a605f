"""What an actor may see, as conditions of the database: the rules of policy/permissions.py, for lists.

A case is seen by who takes part in it (started it, is or was assignee or candidate of one of its
tasks, was told of it: a warning leads somewhere; or watches over a deadline of it), by its process owner, by auditors
and administrators; what it holds, not by administrators. Above all of this stands the confidentiality class: what is
above an actor's clearance does not exist for that actor. `tests/api` proves for every query that list and rule agree.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true

from engine.model.access import TOP_SECRET
from engine.model.actor import Actor
from engine.store.tables import deadline_overseer, notification, process_instance, task_candidate, user_task

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
    """Whether the actor takes part in the case; a substitute for one group sees the cases that this group has a part
    in, a substitute for one process those of the process."""
    name, within = actor.name, actor.within
    started, task = process_instance.alias(), user_task.alias()
    by_task = (
        select(task_candidate.c.task_key)
        .where(task_candidate.c.process_instance_key == instance_key, candidate(actor))
        .exists()
    )
    watched = watches(actor, deadline_overseer.c.process_instance_key, instance_key)
    if within is not None and within.kind == "group":
        return or_(by_task, watched)
    if within is not None:
        of = select(started.c.key).where(started.c.key == instance_key, started.c.process_id.in_(sorted(within.names)))
        whole = Actor(actor.id, actor.kind, actor.roles, actor.groups, on_behalf_of=actor.on_behalf_of)
        return and_(of.exists(), takes_part(whole, instance_key))
    return or_(
        select(started.c.key)
        .where(started.c.key == instance_key, started.c.started_by == name)
        .exists(),
        by_task,
        watched,
        select(task.c.key)
        .where(task.c.process_instance_key == instance_key, or_(task.c.assignee == name, task.c.completed_by == name))
        .exists(),
        select(notification.c.key).where(notification.c.process_instance_key == instance_key, told(actor)).exists(),
    )


def watches(actor: Actor, of: ColumnElement[Any], key: ColumnElement[Any]) -> Condition:
    """Whether a unit or position of the actor watches over a deadline: of this case, or this deadline itself."""
    if not actor.groups:
        return false()
    o = deadline_overseer.c
    return select(o.deadline_key).where(of == key, o.group_key.in_(sorted(actor.groups))).exists()


def candidate(actor: Actor) -> Condition:
    """Rows of task_candidate that mean the actor, by name or by group; a substitute for a group only by this group."""
    c = task_candidate.c
    by_name = and_(c.kind == "user", c.name == actor.name)
    if not actor.groups:
        return by_name
    by_group = and_(c.kind == "group", c.name.in_(sorted(actor.groups)))
    return by_group if actor.within is not None and actor.within.kind == "group" else or_(by_name, by_group)


def told(actor: Actor) -> Condition:
    """Rows of notification that were for the actor, by name or by group; a limited substitute gets none of them."""
    c = notification.c
    if actor.within is not None:
        return false()
    by_name = and_(c.recipient_kind == "user", c.recipient == actor.name)
    if not actor.groups:
        return by_name
    return or_(by_name, and_(c.recipient_kind == "group", c.recipient.in_(sorted(actor.groups))))


def sees_case(actor: Actor, instance_key: ColumnElement[Any], process_id: ColumnElement[Any]) -> Condition:
    """Whether the actor may see that the case exists, where it stands and who had to do with it."""
    if sees_everything(actor):
        return cleared(actor, instance_key)
    return sees_contents(actor, instance_key, process_id)


def sees_contents(actor: Actor, instance_key: ColumnElement[Any], process_id: ColumnElement[Any]) -> Condition:
    """Whether the actor may see what the case holds, too: an administrator as such may not."""
    if actor.is_system or "auditor" in actor.roles or ("process-owner" in actor.roles and "*" in actor.owned):
        return cleared(actor, instance_key)
    return and_(cleared(actor, instance_key), or_(owned(actor, process_id), takes_part(actor, instance_key)))


def contents_too(actor: Actor, instance_key: ColumnElement[Any], process_id: ColumnElement[Any]) -> Condition:
    """Of a case that the actor may see: whether what it holds, too. Nobody in particular may not."""
    if not actor.is_system and not actor.roles:
        return takes_part(actor, instance_key)
    if "administrator" in actor.roles:
        return sees_contents(actor, instance_key, process_id)
    return true()


def cleared(actor: Actor, instance_key: ColumnElement[Any]) -> Condition:
    """Whether the case, if there is one, is of no higher class than the actor may see."""
    if actor.is_system or actor.clearance >= TOP_SECRET:
        return true()
    if instance_key is process_instance.c.key:  # what is looked at is the case itself, or none where it is joined
        return func.coalesce(process_instance.c.access_class, 0) <= actor.clearance
    above = process_instance.alias()
    return ~select(above.c.key).where(above.c.key == instance_key, above.c.access_class > actor.clearance).exists()


def sees_job(actor: Actor, instance_key: ColumnElement[Any], process_id: ColumnElement[Any]) -> Condition:
    """Whether the actor may see jobs of the case."""
    if sees_everything(actor) or "client" in actor.roles:
        return cleared(actor, instance_key)
    return and_(cleared(actor, instance_key), owned(actor, process_id))
