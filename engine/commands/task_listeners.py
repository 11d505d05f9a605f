"""A listener of a user task has answered: it allows what was asked for, corrects it, or says no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from engine.commands.assignment import check_may_do
from engine.commands.running import Running
from engine.commands.task_changes import CHANGEABLE, NAMES, checked, from_json, in_json, tell
from engine.commands.task_transitions import load, node_of
from engine.errors import DutiesConflict, Forbidden, InvalidArgument, NotCleared
from engine.store.instances import Instance
from engine.store.tables import job, person, user_task

DENIABLE = ("assigning", "updating", "completing")
_CORRECTABLE = ("assignee", *CHANGEABLE)


def allow(r: Running, instance: Instance, row: Any, corrections: Mapping[str, Any]) -> None:
    """The listener of a job has nothing against it; `corrections` change what the task is to get. The next
    listener is asked, or what was asked for takes effect. Raises InvalidArgument for impossible corrections."""
    task = load(r.tx, row.element_instance_key)
    if corrections:
        _correct(r, instance, task, checked(corrections, _CORRECTABLE))
    r.tx.db.execute(update(job).where(job.c.key == row.key).values(denied=False))
    r.writer.close_job(row.key, "COMPLETED")
    if task.transition["event"] == "completing":
        r.completing[task.key] = (task.transition["by"], task.transition.get("through"))
    r.case(instance).complete_listener(task.key, row.key, {})
    r.settle(instance)


def _correct(r: Running, instance: Instance, task: Any, corrections: dict[str, Any]) -> None:
    asked = dict(task.transition)
    assignee = corrections.get("assignee")
    if "assignee" in corrections and asked["event"] == "creating" and asked["assignee"] is not None:
        raise InvalidArgument("the diagram names an assignee: correct it when the task is assigned")
    if assignee is not None and assignee != task.assignee:
        _check_person(r, instance, task, assignee)
    asked["values"] = {**asked["values"], **in_json(corrections)}
    new: dict[str, Any] = {"transition": asked}
    if asked["event"] == "canceling":  # it gets nothing afterwards
        new |= corrections
    r.tx.db.execute(update(user_task).where(user_task.c.key == task.key).values(**new))


def _check_person(r: Running, instance: Instance, task: Any, assignee: str) -> None:
    known = select(person.c.username).where(person.c.username == assignee, person.c.active)
    if r.tx.db.execute(known).first() is None:
        raise InvalidArgument(f"there is no person {assignee}")
    try:
        check_may_do(r, instance, task, node_of(r, instance, task), frozenset((assignee,)))
    except (DutiesConflict, NotCleared, Forbidden) as error:
        raise InvalidArgument(error.detail or error.en, **error.members) from error


def deny(r: Running, instance: Instance, row: Any, reason: str | None) -> None:
    """The listener of a job says no: the task stays as it was. Raises InvalidArgument for what cannot be denied."""
    tx, task = r.tx, load(r.tx, row.element_instance_key)
    asked = task.transition
    if asked["event"] not in DENIABLE:
        raise InvalidArgument(f"a listener of {asked['event']} cannot deny it")
    why = {"denied": True, "denied_reason": reason, "payload": {"operation": asked["operation"]}}
    tx.db.execute(update(job).where(job.c.key == row.key).values(**why))
    r.writer.close_job(row.key, "COMPLETED")
    r.case(instance).refuse_of_task(task.key, row.key)
    new = {"state": "CREATED", "transition": None, "rev": task.rev + 1}
    tx.db.execute(update(user_task).where(user_task.c.key == task.key).values(**new))
    said = {"event": asked["event"], "action": asked["action"], "by": asked["by"], "reason": reason}
    tx.record(instance, "user-task-denied", task.element_id, task.key, **said)
    tell(tx, task, "CREATED", task.assignee, task.candidate_groups)


def shown_task(task: Any) -> dict[str, Any]:
    """What a listener is told of its task: the data as they would be, and which of them that changes."""
    asked = task.transition or {"action": "", "values": {}}
    before = {name: getattr(task, name) for name in NAMES}
    after = before | ({"assignee": asked["assignee"]} if asked.get("assignee") else {})
    after |= from_json(asked["values"])
    moments = {name: _moment(after[name]) for name in ("due_at", "follow_up_at")}
    changed = sorted(NAMES[name] for name in NAMES if name in asked["values"] and after[name] != before[name])
    return {
        "action": asked["action"], "assignee": after["assignee"], "candidateGroups": list(after["candidate_groups"]),
        "candidateUsers": list(after["candidate_users"]),
        "changedAttributes": changed + (["variables"] if "local" in asked else []),
        "dueDate": moments["due_at"], "followUpDate": moments["follow_up_at"],
        "formKey": None if task.form_key is None else str(task.form_key), "priority": after["priority"],
        "userTaskKey": str(task.key),
    }  # fmt: skip


def _moment(value: Any) -> str | None:
    return None if value is None else value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
