"""Give a task to somebody, or take it away: the row, its inbox rows, the duties."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.commands.duties import check_duties
from engine.commands.registry import Target
from engine.commands.running import running
from engine.commands.task_rows import candidate_rows
from engine.commands.transaction import Transaction
from engine.errors import Forbidden, InvalidState
from engine.store.tables import control_point_result, task_candidate, user_task


def refuse_who_waived(db: Connection, task_key: int, person: str) -> None:
    """A waiver is a second person's: who gave one does not do the task. Raises Forbidden."""
    c = control_point_result.c
    query = select(c.key).where(c.task_key == task_key, c.state == "WAIVED", c.recorded_by == person).limit(1)
    if db.execute(query).first() is not None:
        raise Forbidden("the person who waived a control point of this task cannot do it")


def free_rows(db: Connection, task: Any) -> None:
    """The task is in the inboxes of its candidates again; who had it without being one only took part."""
    c = task_candidate.c
    db.execute(update(task_candidate).where(c.task_key == task.key, c.status == "assigned").values(status="free"))
    others = (c.kind == "user") & (c.status == "free") & c.name.not_in(task.candidate_users)
    db.execute(update(task_candidate).where(c.task_key == task.key, others).values(status="closed"))


def _assigned_rows(tx: Transaction, target: Target, person: str) -> None:
    """The task is in nobody's inbox but the assignee's, whose row may be one of earlier days."""
    task, c = target.rows["task"], task_candidate.c
    theirs = (c.task_key == task.key) & (c.kind == "user") & (c.name == person)
    open_ = (c.task_key == task.key) & (c.status != "closed")
    tx.db.execute(update(task_candidate).where(open_ | theirs).values(status="assigned"))
    if tx.db.execute(select(c.name).where(theirs)).first() is None:
        rows = candidate_rows(task.process_instance_key, task.key, [], [], person, task.due_at, task.priority)
        tx.db.execute(insert(task_candidate), rows)


def set_assignee(tx: Transaction, target: Target, person: str | None) -> None:
    """Make `person` the assignee (None: nobody). Raises InvalidState when the task is not open,
    Forbidden when a duty keeps the person from it."""
    task, instance = target.rows["task"], target.instance
    assert instance is not None
    if task.state != "CREATED":
        raise InvalidState(userTaskKey=str(task.key), state=task.state)
    if person is not None:
        refuse_who_waived(tx.db, task.key, person)
        r = running(tx)
        check_duties(r, instance, r.deployed(instance).definition.process.nodes[task.element_id], person)
    tx.db.execute(update(user_task).where(user_task.c.key == task.key).values(assignee=person, rev=task.rev + 1))
    if person is None:
        free_rows(tx.db, task)
    else:
        _assigned_rows(tx, target, person)
    tx.record(instance, "assignee-set", task.element_id, task.key, assignee=person, before=task.assignee)
    tx.announce(
        "user-task",
        {
            "userTaskKey": str(task.key),
            "state": task.state,
            "assignee": person,
            "candidateGroups": task.candidate_groups,
        },
    )
