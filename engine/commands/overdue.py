"""What a reminder does besides telling: the task becomes more urgent, or somebody else's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from engine.commands.assignment import ITS_OWN, check_may_do, check_person
from engine.commands.new_tasks import tell_of
from engine.commands.running import Running
from engine.commands.task_changes import change, in_json
from engine.commands.task_transitions import begin, node_of
from engine.errors import DutiesConflict, Forbidden, InvalidArgument, NotCleared
from engine.notify.recipients import Recipient
from engine.store.instances import Instance

PRIORITY_STEP = 20
HIGHEST = 100


def act(r: Running, instance: Instance, task: Row[Any], actions: Sequence[str], to: Sequence[Recipient]) -> None:
    """raisePriority and reassign, of a task that nobody is just changing; `to`: whom it is reassigned to, nobody for
    its candidates.

    A person who may not do the task (any more) does not get it: it stays where it is.
    """
    if task.state != "CREATED":
        return
    values: dict[str, Any] = {}
    if "raisePriority" in actions and task.priority < HIGHEST:
        values["priority"] = min(HIGHEST, task.priority + PRIORITY_STEP)
    if "reassign" in actions:
        values |= _reassignment(r, instance, task, to)
    if not values:
        return
    node = node_of(r, instance, task)
    if "assignee" in values and node.human is not None and node.human.listens("assigning"):
        begin(r, instance, task, "assigning", "reassign", values)
        return
    after = {name: value for name, value in in_json(values).items() if name in ("priority", *_CANDIDATES)}
    change(r, instance, task, values, said=after)
    if "candidate_groups" in values:
        tell_of(r, instance, task)


_CANDIDATES = ("candidate_groups", "candidate_users")


def _reassignment(r: Running, instance: Instance, task: Row[Any], to: Sequence[Recipient]) -> dict[str, Any]:
    """The new values of a task that becomes somebody else's; none where it cannot."""
    people, groups = [t.name for t in to if t.kind == "user"], [t.name for t in to if t.kind == "group"]
    if not to:
        free = task.assignee is not None and (task.candidate_groups or task.candidate_users)
        return {"assignee": None, **ITS_OWN} if free else {}
    if groups or len(people) > 1:
        return {"assignee": None, "candidate_groups": groups, "candidate_users": people, **ITS_OWN}
    try:
        check_person(r.tx, instance, people[0])
        check_may_do(r, instance, task, node_of(r, instance, task), frozenset(people))
    except (DutiesConflict, Forbidden, InvalidArgument, NotCleared):
        return {}
    return {} if people[0] == task.assignee else {"assignee": people[0], **ITS_OWN}
