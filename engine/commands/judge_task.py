"""Judge the control points of a task by what is filled in so far, before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.commands.control_points import judge
from engine.commands.masking import kept_of, own_of
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.running import Running, running
from engine.commands.submission import Submitted
from engine.commands.targets import task_target
from engine.commands.task_transitions import node_of
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import InvalidState
from engine.store.instances import Instance
from engine.store.tasks import Task

RECORDED = "decision"  # a decision that is asked is recorded, so that such a point is judged when the task is sent


@dataclass(frozen=True, slots=True)
class JudgeTask:
    """With these answers, complete or not."""

    task_key: int
    variables: Mapping[str, Any] = field(default_factory=dict)


@handles(JudgeTask, permission="user-task:draft", event=NO_INSTANCE, target=task_target)
def judge_task(command: JudgeTask, target: Target, tx: Transaction) -> dict[str, Any]:
    """Returns {items: [{controlPointId, satisfied}]}, without those that a decision judges or somebody waived.
    Nothing is written, and nothing is said of the data beyond that.

    Raises InvalidState when the task is not open, Forbidden for who waived one of its points, AboveClearance.
    """
    task, instance = target.rows["task"], target.instance
    assert instance is not None
    if task.state != "CREATED":
        raise InvalidState(userTaskKey=str(task.key), state=task.state)
    r = running(tx)
    node = node_of(r, instance, task)
    points = tuple(point for point in node.control_points if point.evidence.type != RECORDED)
    data = _as_filled(r, instance, task, command.variables)
    results = judge(r, instance, task, replace(node, control_points=points), data.values, data.form, data.hidden)
    return {
        "items": [{"controlPointId": one.point.id, "satisfied": one.state != "UNSATISFIED"} for one in results],
    }


def _as_filled(r: Running, instance: Instance, task: Task, variables: Mapping[str, Any]) -> Submitted:
    """As for sending it; what is missing is empty, and what is wrong is not there yet."""
    kept = kept_of(r.tx, instance, variables)
    data = variables_in(variables)
    if task.form_key is None:
        return Submitted(data)
    form = r.tx.services.definitions.form(r.tx.db, task.form_key)
    scope = r.case(instance).scope_of(task.key)
    current = form.current(scope)
    held = {name: value for name, value in current.items() if name in kept}
    filled = form.submit({**data, **held}, scope, r.environment())
    wrong = {re.split(r"[.\[]", error.field)[0] for error in filled.errors}
    given = {name: value for name, value in data.items() if name not in wrong}
    values = {**dict.fromkeys(current), **given} if wrong else filled.values
    return Submitted(own_of(values, kept), form, filled.hidden)
