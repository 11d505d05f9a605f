"""Take back a task that one has just completed, while nobody has begun what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, or_, select, update

from engine.commands.deadlines import resume_clocks
from engine.commands.done_again import do_again
from engine.commands.registry import Target, handles
from engine.commands.running import running
from engine.commands.second_person import check_reason
from engine.commands.targets import task_target
from engine.commands.task_rows import Again, Standard
from engine.commands.task_transitions import node_of
from engine.commands.telling import plain, tell
from engine.commands.transaction import Transaction
from engine.errors import NotToBeRecalled
from engine.model.manual import Words
from engine.notify.recipients import Recipient
from engine.notify.send import Notice
from engine.store.instances import Instance
from engine.store.tables import element_instance, history_event, task_draft, user_task
from engine.store.tasks import Task

_h, _t = history_event.c, user_task.c


@dataclass(frozen=True, slots=True)
class RecallTask:
    """`reason` says why."""

    task_key: int
    reason: str | None
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """Why."""
        return {"reason": self.reason}


@handles(RecallTask, permission="user-task:recall", event="user-task-recalled", target=task_target)
def recall_task(command: RecallTask, target: Target, tx: Transaction) -> None:
    """What follows is withdrawn, and the task begins anew for who completed it, due when it was due before; a deadline
    that its completion stopped runs again. What was recorded stays recorded; its control points are enforced anew.

    Raises ReasonNeeded, InvalidState when the case has ended or is suspended, NotToBeRecalled where the diagram
    (krabuan:recall) does not allow it, when the task is not completed, or when somebody has begun what follows.
    """
    reason = check_reason(command.reason)
    task, instance = target.rows["task"], target.instance
    assert instance is not None
    r = running(tx)
    if task.state != "COMPLETED" or not node_of(r, instance, task).recall:
        raise NotToBeRecalled(userTaskKey=str(task.key), state=task.state)
    r.case(instance)
    follows = _following(tx, instance, task)
    if follows is None or _begun(tx, instance, follows):
        raise NotToBeRecalled("somebody has begun what follows", userTaskKey=str(task.key), state=task.state)
    resumed = resume_clocks(r, instance, task.element_id, task.completed_at)
    _take_back(tx, task)
    times = (task.due_at, Standard(task.standard_due_at, task.standard_from, task.standard_term))
    do_again(r, target, follows.key, task.element_id, Again(task.completed_by, times))
    resumed()
    if follows.assignee is not None:
        th, en = follows.name or follows.element_id, follows.name_en or follows.name or follows.element_id
        subject = Words(f"เรื่องถูกเรียกกลับ งานนี้จึงถูกยกเลิก: {th}", f"The case was taken back, this task withdrawn: {en}")
        notice = Notice("task-returned", "recall", subject, plain(reason), instance.key)
        tell(tx, [Recipient("user", follows.assignee)], notice)


def _take_back(tx: Transaction, task: Task) -> None:
    """What is taken back was not done: the task that begins anew is measured in its place."""
    for table in (user_task, element_instance):
        tx.db.execute(update(table).where(table.c.key == task.key).values(standard_due_at=None))


def _following(tx: Transaction, instance: Instance, task: Task) -> Row[Any] | None:
    """The open task that its completion led to: the first that was created after it, at the same moment. The rules of
    deployment see to it that one token went on, and straight to a task."""
    of_case = _h.process_instance_key == instance.key
    mine = (of_case, _h.type == "user-task-completed", _h.element_instance_key == task.key)
    done = select(_h.sequence).where(*mine).scalar_subquery()
    after = (of_case, _h.type == "user-task-created", _h.sequence > done)
    first = select(_h.element_instance_key).where(*after).order_by(_h.sequence).limit(1).scalar_subquery()
    query = select(user_task).where(_t.key == first, _t.created_at == task.completed_at, _t.state == "CREATED")
    return tx.db.execute(query).one_or_none()


def _begun(tx: Transaction, instance: Instance, task: Row[Any]) -> bool:
    """Whether somebody did anything to a task since it was created: claimed it, typed into it, had it signed ..."""
    theirs = or_(_h.type.like("user-task-%"), _h.type.like("co-signature%"), _h.type.like("control-point-%"))
    of = (_h.process_instance_key == instance.key, _h.element_instance_key == task.key)
    did = select(_h.sequence).where(*of, theirs, _h.type != "user-task-created").limit(1)
    drafted = select(task_draft.c.person).where(task_draft.c.task_key == task.key).limit(1)
    return tx.db.execute(did).first() is not None or tx.db.execute(drafted).first() is not None
