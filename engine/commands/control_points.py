"""Enforce a task's control points and record how each was satisfied, failed or waived."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select

from engine.commands.masking import cover_of
from engine.commands.running import Running
from engine.commands.transaction import Transaction
from engine.controls.check import Case, Clock, Result, Undecided, check
from engine.errors import ControlPointUnsatisfied, Forbidden
from engine.feel import to_json
from engine.forms import Form
from engine.model.diagram import Node
from engine.model.work import Called
from engine.store.instances import Instance
from engine.store.tables import control_point_result as cpr
from engine.store.tables import deadline
from engine.store.tasks import Task

_WAIVED = select(cpr.c.control_point_id, cpr.c.recorded_by).where(
    cpr.c.task_key == bindparam("b_task"), cpr.c.state == "WAIVED"
)


def judge(
    r: Running, instance: Instance, task: Task, node: Node, values: Mapping[str, Any], form: Form | None,
    hidden: frozenset[str] = frozenset(),
) -> list[Result]:  # fmt: skip
    """Judge the control points of a task for submitted `values`, waived ones left out."""
    waived = _waived(r.tx, task.key) if task.has_results else set()
    points = tuple(p for p in node.control_points if p.id not in waived)
    if not points:
        return []
    case = r.case(instance)
    facts = {"task": _task_facts(r, task)}
    scope = ChainMap(dict(values), case.scope_of(task.key), facts)  # type: ignore[arg-type]  # only read

    def filled(field: str) -> bool | None:
        if form is not None and field in form.fields:
            return None if _concealed(field, hidden) else form.filled(field, scope)
        value = scope.get(field)
        return value not in (None, "", False, [])

    def decide(decision_id: str) -> Any:
        outcome = r.decide(case, decision_id, Called(decision_id, "deployment"), scope)
        if outcome.failure is not None:
            raise Undecided(outcome.failure, outcome.failure_th)
        return outcome.value

    clocks = _clocks(r, instance, case.around(task.key))
    return check(points, Case(scope, r.environment(), filled, clocks, task.due_at, decide))


def _concealed(field: str, hidden: frozenset[str]) -> bool:
    """Whether the form hides a field, or a list in whose rows it stands (`projects[].note`)."""
    parts = field.split("[]")
    return any("[]".join(parts[:number]) in hidden for number in range(1, len(parts) + 1))


Recorded = tuple[str, str, dict[str, str | None]]  # control point, state, why


def enforce(r: Running, task: Task, results: list[Result]) -> list[Recorded]:
    """What is to be recorded; raises ControlPointUnsatisfied when a mandatory one is not satisfied."""
    missing = [x for x in results if x.state == "UNSATISFIED" and x.point.mandatory]
    if missing and not task.has_results:  # unless one was waived while this command waited for its lock
        waived = _waived(r.tx, task.key)
        results = [x for x in results if x.point.id not in waived]
        missing = [x for x in missing if x.point.id not in waived]
    if missing:
        masked = cover_of(r.tx, task.process_instance_key)
        raise ControlPointUnsatisfied(
            [
                {
                    "id": x.point.id,
                    "text": {"th": x.point.text.th, "en": x.point.text.en},
                    "detail": {"th": masked(x.detail.th), "en": masked(x.detail.en)},
                }
                for x in missing
            ]
        )
    return [
        (x.point.id, "FAILED" if x.state == "UNSATISFIED" else x.state, {"th": x.detail.th, "en": x.detail.en})
        for x in results
    ]


def record(
    r: Running, instance: Instance, task: Task, node: Node, point_id: str, state: str, detail: Mapping[str, Any],
    by: str | None = None,
) -> None:  # fmt: skip
    """Write one result to the register and to history, in the name of the actor or of another person."""
    tx = r.tx
    r.writer.results.append(
        {
            "key": tx.key(), "process_instance_key": instance.key, "process_id": instance.process_id,
            "task_key": task.key, "element_id": node.id, "control_point_id": point_id, "state": state,
            "detail": dict(detail), "recorded_at": tx.now,
            "recorded_by": by or tx.actor.name,
        }
    )  # fmt: skip
    said = {"controlPoint": point_id, "detail": to_json(dict(detail))}
    tx.record(instance, f"control-point-{state.lower()}", node.id, task.key, **said)


def _waived(tx: Transaction, task_key: int) -> set[str]:
    """Raises Forbidden for who waived one of them: a waiver is a second person's."""
    rows = tx.db.execute(_WAIVED, {"b_task": task_key}).all()
    if any(row.recorded_by in tx.actor.hands for row in rows):
        raise Forbidden("the person who waived a control point of this task cannot do it")
    return {row.control_point_id for row in rows}


def _task_facts(r: Running, task: Task) -> dict[str, Any]:
    return {
        "assignee": task.assignee,
        "createdAt": task.created_at.isoformat(),
        "dueAt": task.due_at.isoformat() if task.due_at else None,
        "completedBy": r.tx.actor.name,
    }


def _clocks(r: Running, instance: Instance, around: list[int]) -> dict[str, Clock]:
    """The deadlines that a control point may name: those of the scopes around its task, not of others that run
    beside it or ran before."""
    fields = {d.id: d.late_reasons_field for d in r.deployed(instance).definition.process.deadlines}
    if not fields:
        return {}
    c = deadline.c
    rows = r.tx.db.execute(select(c.deadline_id, c.due_at, c.late_until).where(c.scope_key.in_(around)))
    return {x.deadline_id: Clock(x.due_at, x.late_until, fields.get(x.deadline_id)) for x in rows}
