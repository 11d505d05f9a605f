"""What commands act on, locked and loaded, with the facts that permissions need."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Column, and_, or_, select

from engine.commands.registry import Target
from engine.commands.transaction import Transaction
from engine.errors import NotFound
from engine.model.actor import Actor
from engine.model.jobs import FOR_WORKERS
from engine.policy.permissions import Facts
from engine.store.instances import DELETED, Instance
from engine.store.tables import (
    deadline,
    deadline_overseer,
    element_instance,
    incident,
    job,
    notification,
    task_candidate,
    user_task,
)


def task_target(command: Any, tx: Transaction) -> Target:
    """The user task `command.task_key`, its instance locked. Raises NotFound."""
    instance, task = tx.lock_task(command.task_key)
    facts = Facts(
        process_ids=frozenset({task.process_id}),
        assignee=task.assignee,
        candidate_groups=frozenset(task.candidate_groups),
        candidate_users=frozenset(task.candidate_users),
        task_owner=task.owner,
        completed_by=task.completed_by,
        access_class=instance.access_class,
    )
    named = {"userTaskKey": str(task.key)}
    return Target(facts, instance, task.element_id, task.key, task.rev, {"task": task}, named)


def instance_target(command: Any, tx: Transaction) -> Target:
    """The process instance `command.key` (or `process_instance_key`), locked. Raises NotFound, also when deleted."""
    key = command.key if hasattr(command, "key") else command.process_instance_key
    instance = tx.lock_instance(key)
    if instance.state == DELETED:
        raise NotFound(processInstanceKey=str(key))
    named = {"processInstanceKey": str(key)}
    return Target(instance_facts(tx, instance), instance, None, instance.key, instance.rev, named=named)


def instance_facts(tx: Transaction, instance: Instance) -> Facts:
    """The facts about a case for the actor of this transaction."""
    part = takes_part(tx, tx.actor, instance)
    return Facts(frozenset({instance.process_id}), participant=part, access_class=instance.access_class)


def takes_part(tx: Transaction, actor: Actor, instance: Instance) -> bool:
    """Whether the actor started the case, is or was assignee or candidate of one of its tasks, was told of it, or
    watches over a deadline of it. A substitute for a group: whether the group is or was its candidate, or watches over
    it; for a process, only in cases of that process."""
    person, within = actor.name, actor.within
    if within is not None and within.kind == "process" and instance.process_id not in within.names:
        return False
    of_group = within is not None and within.kind == "group"
    if instance.started_by == person and not of_group:
        return True
    c = task_candidate.c
    by_group = and_(c.kind == "group", c.name.in_(sorted(actor.groups)))
    mine = by_group if of_group else or_(and_(c.kind == "user", c.name == person), by_group)
    query = select(c.task_key).where(c.process_instance_key == instance.key, mine).limit(1)
    watched = deadline_overseer.c.process_instance_key
    if tx.db.execute(query).first() is not None or watches(tx, actor, watched, instance.key):
        return True
    if within is not None:
        return False
    n = notification.c
    told = or_(
        and_(n.recipient_kind == "user", n.recipient == person),
        and_(n.recipient_kind == "group", n.recipient.in_(sorted(actor.groups))),
    )
    query = select(n.key).where(n.process_instance_key == instance.key, told).limit(1)
    if tx.db.execute(query).first() is not None:
        return True
    t = user_task.c
    did = or_(t.assignee == person, t.completed_by == person)
    query = select(t.key).where(t.process_instance_key == instance.key, did).limit(1)
    return tx.db.execute(query).first() is not None


def watches(tx: Transaction, actor: Actor, of: Column[Any], key: int) -> bool:
    """Whether a unit or position of the actor watches over a deadline: of this case, or this deadline itself."""
    o = deadline_overseer.c
    if not actor.groups:
        return False
    query = select(o.deadline_key).where(of == key, o.group_key.in_(sorted(actor.groups))).limit(1)
    return tx.db.execute(query).first() is not None


def deadline_target(command: Any, tx: Transaction) -> Target:
    """The deadline `command.deadline_key`, its case locked. Raises NotFound."""
    c, key = deadline.c, command.deadline_key
    of = tx.db.execute(select(c.process_instance_key).where(c.key == key)).scalar()
    instance = None if of is None else tx.lock_instance(of)
    if instance is None or instance.state == DELETED:
        raise NotFound(deadlineKey=str(key))
    row = tx.db.execute(select(deadline).where(c.key == key)).mappings().one()
    facts = replace(instance_facts(tx, instance), oversees=watches(tx, tx.actor, deadline_overseer.c.deadline_key, key))
    named = {"deadlineKey": str(key)}
    return Target(facts, instance, None, row["scope_key"], None, {"deadline": dict(row)}, named)


def element_target(command: Any, tx: Transaction) -> Target:
    """The element instance (or process instance) `command.element_instance_key`. Raises NotFound."""
    key = command.element_instance_key
    c = element_instance.c
    row = tx.db.execute(select(c.process_instance_key, c.element_id).where(c.key == key)).one_or_none()
    if row is None:
        raise NotFound(elementInstanceKey=str(key))
    instance = tx.lock_instance(row.process_instance_key)
    element_id = None if key == instance.key else row.element_id
    named = {"elementInstanceKey": str(key)}
    return Target(instance_facts(tx, instance), instance, element_id, key, instance.rev, named=named)


def job_target(command: Any, tx: Transaction) -> Target:
    """The job `command.job_key` for workers, its instance locked. Raises NotFound."""
    c = job.c
    mine = select(c.process_instance_key).where(c.key == command.job_key, c.kind.in_(FOR_WORKERS))
    instance_key = tx.db.execute(mine).scalar()
    if instance_key is None:
        raise NotFound(jobKey=str(command.job_key))
    instance = tx.lock_instance(instance_key)
    row = tx.db.execute(select(job).where(c.key == command.job_key)).one()
    facts = Facts(frozenset({instance.process_id}), access_class=instance.access_class)
    named = {"jobKey": str(row.key)}
    return Target(facts, instance, row.element_id, row.element_instance_key, None, {"job": row}, named)


def incident_target(command: Any, tx: Transaction) -> Target:
    """The incident `command.incident_key`, its instance locked. Raises NotFound."""
    c = incident.c
    instance_key = tx.db.execute(select(c.process_instance_key).where(c.key == command.incident_key)).scalar()
    if instance_key is None:
        raise NotFound(incidentKey=str(command.incident_key))
    instance = tx.lock_instance(instance_key)
    row = tx.db.execute(select(incident).where(c.key == command.incident_key)).one()
    facts = instance_facts(tx, instance)
    named = {"incidentKey": str(row.key)}
    return Target(facts, instance, row.element_id, row.element_instance_key, None, {"incident": row}, named)
