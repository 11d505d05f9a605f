"""Give a task to somebody, or take it away: the row, its inbox rows, the duties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, update

from engine.commands.duties import check_duties
from engine.commands.registry import Target
from engine.commands.running import Running, running
from engine.commands.task_changes import claimed, tell
from engine.commands.task_rows import candidate_rows, free_rows, of_candidates
from engine.commands.task_transitions import asks, begin, node_of
from engine.commands.telling import tell_assignee
from engine.commands.transaction import Transaction
from engine.errors import Forbidden, InvalidArgument, InvalidState, NotCleared
from engine.model.access import NORMAL
from engine.model.diagram import Node
from engine.store.clearances import clearances
from engine.store.instances import Instance
from engine.store.tables import control_point_result, task_candidate, user_task
from engine.store.tables import person as person_


def check_may_do(r: Running, instance: Instance, task: Any, node: Node, people: frozenset[str]) -> None:
    """Raise NotCleared when the case is above one of the people, DutiesConflict when a duty keeps one from the task,
    Forbidden when a waiver does: it is a second person's, and who gave one does not do the task."""
    _check_cleared(r.tx, instance, people)
    c = control_point_result.c
    query = select(c.key).where(c.task_key == task.key, c.state == "WAIVED", c.recorded_by.in_(sorted(people))).limit(1)
    if r.tx.db.execute(query).first() is not None:
        raise Forbidden("the person who waived a control point of this task cannot do it")
    check_duties(r, instance, task, node, people, claims=True)


def check_person(tx: Transaction, instance: Instance, name: str) -> None:
    """Raise InvalidArgument when there is no such person (any more), NotCleared when the case is above what they may
    see."""
    query = select(person_.c.username).where(person_.c.username == name, person_.c.active)
    if tx.db.execute(query).first() is None:
        raise InvalidArgument(f"there is no person {name}")
    _check_cleared(tx, instance, frozenset((name,)))


def _check_cleared(tx: Transaction, instance: Instance, people: frozenset[str]) -> None:
    if instance.access_class == NORMAL:
        return
    known = {tx.actor.id: tx.actor.clearance, **clearances(tx.db, people - {tx.actor.id})}
    below = sorted(name for name in people if known.get(name, NORMAL) < instance.access_class)
    if below:
        raise NotCleared(people=below)


def _assigned_rows(tx: Transaction, target: Target, person: str) -> None:
    """The task is in nobody's inbox but the assignee's, whose row may be one of earlier days."""
    task, c = target.rows["task"], task_candidate.c
    theirs = (c.task_key == task.key) & (c.kind == "user") & (c.name == person)
    open_ = (c.task_key == task.key) & (c.status != "closed")
    tx.db.execute(update(task_candidate).where(open_ | theirs).values(status="assigned"))
    if tx.db.execute(select(c.name).where(theirs)).first() is None:
        rows = candidate_rows(of_candidates(task), [], [], person)
        tx.db.execute(insert(task_candidate), rows)


assignment_target = asks("assigning", "user-task-assignment-requested")


ITS_OWN: Mapping[str, str | None] = {"owner": None, "delegation": None}


def set_assignee(
    tx: Transaction, target: Target, person: str | None, action: str, helping: Mapping[str, str | None] = ITS_OWN,
    told: bool = False,
) -> dict[str, str] | None:  # fmt: skip
    """Make `person` the assignee (None: nobody), now or when the task's listeners allow it: then what they are
    asked about is returned. `helping` says whose the task stays, and how far the help with it is. The person is told,
    unless the command has `told` them. Raises InvalidState when the task is not open, and what `check_may_do` raises;
    whose it was gets it back whatever has been done."""
    task, instance = target.rows["task"], target.instance
    assert instance is not None
    if task.state != "CREATED":
        raise InvalidState(userTaskKey=str(task.key), state=task.state)
    r = running(tx)
    node = node_of(r, instance, task)
    if person is not None and helping.get("delegation") != "RESOLVED":
        # who claims in the name of another has a hand in it, who assigns it to another has not
        check_may_do(r, instance, task, node, tx.actor.hands if person == tx.actor.name else frozenset((person,)))
    if node.human is not None and node.human.listens("assigning"):
        return begin(r, instance, task, "assigning", action, {"assignee": person, **helping}, told=told)
    new = {"assignee": person, **helping, "rev": task.rev + 1, "claimed_at": claimed(tx, task, person)}
    tx.db.execute(update(user_task).where(user_task.c.key == task.key).values(**new))
    if person is None:
        free_rows(tx.db, task)
    else:
        _assigned_rows(tx, target, person)
    tx.record(instance, "assignee-set", task.element_id, task.key, assignee=person, before=task.assignee)
    tell(tx, task, task.state, person, task.candidate_groups)
    if person not in (None, task.assignee) and not told:
        tell_assignee(tx, instance, task, person)
    return None
