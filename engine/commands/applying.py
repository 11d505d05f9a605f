"""Turn what a case did into rows and history events, effect by effect, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import ColumnElement, select

from engine.commands.alarms import Alarm
from engine.commands.decisions import rows_of
from engine.commands.task_rows import own_due, user_task_created
from engine.execution import Case
from engine.execution import effects as fx
from engine.feel import to_json
from engine.model.diagram import ELEMENT_TYPES, Node
from engine.model.jobs import ELEMENT, NO_EVENT
from engine.model.text_hash import text_hash
from engine.store.chains import Chain
from engine.store.instances import Instance
from engine.store.tables import incident

if TYPE_CHECKING:
    from engine.commands.running import Running

_Apply = Callable[["Running", Instance, Any], None]


def apply_all(running: Running, instance: Instance, case: Case, effects: Sequence[fx.Effect]) -> None:
    """Apply the effects of one case in their order."""
    for effect in effects:
        action = _ACTIONS.get(type(effect))
        if action is not None:
            action(running, instance, effect)
    for follower in FOLLOWERS:
        follower(running, instance, case, effects)


# rooms that stand on execution (deadlines, reminders) follow every batch of effects
Follower = Callable[["Running", Instance, Case, Sequence[fx.Effect]], None]
FOLLOWERS: list[Follower] = []


def _element_started(r: Running, i: Instance, e: fx.ElementStarted) -> None:
    r.writer.elements[e.key] = {
        "key": e.key, "process_instance_key": i.key, "scope_key": e.scope_key, "element_id": e.node.id,
        "element_name": e.node.name or None, "element_type": e.type, "state": "ACTIVE",
        "started_at": r.tx.now, "ended_at": None, "incident_key": None, "standard_due_at": own_due(r, i, e),
    }  # fmt: skip
    r.tx.record(i, "element-activated", e.node.id, e.key, type=e.type, scope=str(e.scope_key))


def _element_ended(r: Running, i: Instance, e: fx.ElementEnded) -> None:
    known = {"process_instance_key": i.key, "element_id": e.node.id, "element_type": _type_of(e.node)}
    r.writer.end_element(e.key, e.completed, known)
    r.tx.record(i, "element-completed" if e.completed else "element-terminated", e.node.id, e.key)
    if i.incidents:
        _close_incidents_of(r, i, e.key)
    if e.node.type == "userTask":
        by, through = r.completing.get(e.key) or _by(r)
        r.writer.end_task(e.key, i.key, e.completed, *((by, through) if e.completed else (None, None)))
        if e.completed:
            r.performed.setdefault(i.key, {})[e.node.id] = (by, r.tx.now)
        r.tx.announce("user-task", {"userTaskKey": str(e.key), "state": "COMPLETED" if e.completed else "CANCELED"})


def _type_of(node: Node) -> str:
    return ELEMENT_TYPES.get(node.type, "PROCESS")


def _by(r: Running) -> tuple[str, str | None]:
    """In whose name the actor works, and who it is where that is a substitute."""
    actor = r.tx.actor
    return actor.name, None if actor.on_behalf_of is None else actor.id


def _close_incidents_of(r: Running, i: Instance, element_instance_key: int) -> None:
    """Incidents of jobs belong to the element: they end with it."""
    _close_incidents(r, i, incident.c.element_instance_key == element_instance_key)


def _close_incidents(r: Running, i: Instance, which: ColumnElement[bool]) -> None:
    query = select(incident.c.key).where(which, incident.c.state == "ACTIVE")
    for key in r.tx.db.execute(query).scalars():
        if key not in r.writer.incidents_closed:  # the element has closed its own before it ended
            close_incident(r, i, fx.IncidentClosed(key))


def _flow_taken(r: Running, i: Instance, e: fx.FlowTaken) -> None:
    r.tx.record(i, "flow-taken", e.flow_id)


def _variable_set(r: Running, i: Instance, e: fx.VariableSet) -> None:
    value = to_json(e.value)
    r.writer.variables[e.scope_key, e.name] = {
        "key": r.tx.key(), "process_instance_key": i.key, "scope_key": e.scope_key, "name": e.name,
        "value": orjson.dumps(value).decode(),
    }  # fmt: skip
    data = {"scope": str(e.scope_key), "name": e.name, "value": value}
    if e.existed:
        data["before"] = to_json(e.before)
    r.tx.record(i, "variable-set", None, e.scope_key, **data)


def _locals_dropped(r: Running, _i: Instance, e: fx.LocalsDropped) -> None:
    r.writer.drop_scope(e.scope_key)


def _job_created(r: Running, i: Instance, e: fx.JobCreated) -> None:
    r.writer.jobs[e.key] = _job_row(r.tx.now, i, e.key, e.task_key, e.node.id, e.kind, e.type) | {
        "retries": e.retries, "priority": e.priority, "custom_headers": e.headers, "due_at": r.tx.now,
        "listener_event": e.event,
    }  # fmt: skip
    listens = {"listener": e.event} if e.kind != ELEMENT else {}
    r.tx.record(i, "job-created", e.node.id, e.task_key, job=str(e.key), jobType=e.type, **listens)
    r.tx.announce("job", {"type": e.type})
    if e.type.startswith("krabuan:"):
        r.tx.wake_at(r.tx.now)


def _jobs_ended(r: Running, _i: Instance, e: fx.JobsEnded) -> None:
    r.writer.element_jobs_cancelled.add(e.task_key)


def _listener_withdrawn(r: Running, i: Instance, e: fx.ListenerWithdrawn) -> None:
    r.writer.close_job(e.key, "CANCELED")
    if i.incidents:
        _close_incidents(r, i, incident.c.job_key == e.key)


def _timer_started(r: Running, i: Instance, e: fx.TimerStarted) -> None:
    add_timer(r, i, e.key, e.task_key, e.element_id, "TIMER", e.due_at, {})
    r.tx.record(i, "timer-started", e.element_id, e.task_key, dueAt=e.due_at.isoformat())


def add_timer(
    r: Running, i: Instance, key: int, task_key: int | None, element_id: str | None, kind: str,
    due_at: datetime, payload: dict[str, Any],
) -> None:  # fmt: skip
    """A row that comes due: a timer, a reminder, a deadline."""
    r.writer.jobs[key] = timer_row(r.tx.now, key, i, task_key, element_id, Alarm(kind, due_at, payload))
    r.tx.wake_at(due_at)


def timer_row(
    now: datetime, key: int, i: Instance | Chain, task_key: int | None, element_id: str | None, alarm: Alarm
) -> dict[str, Any]:
    """The row of an alarm. A suspended case holds its own back; the clocks of the law and their warnings go on."""
    kind = alarm.kind
    held = i.state == "SUSPENDED" and kind in ("TIMER", "REMINDER", "NEW_TASK") and not alarm.payload.get("deadline")
    return _job_row(now, i, key, task_key, element_id, kind, kind.lower()) | {
        "due_at": alarm.due_at, "payload": alarm.payload, "state": "SUSPENDED" if held else "PENDING",
    }  # fmt: skip


def _job_row(
    now: datetime, i: Instance | Chain, key: int, task_key: int | None, element_id: str | None, kind: str, type_: str
) -> dict[str, Any]:
    return {
        "key": key, "kind": kind, "type": type_, "state": "PENDING", "due_at": None, "retries": 3, "priority": 0,
        "process_instance_key": i.key, "element_instance_key": task_key, "element_id": element_id,
        "process_id": i.process_id, "definition_key": i.definition_key, "payload": {},
        "custom_headers": None, "created_at": now, "listener_event": NO_EVENT,
    }  # fmt: skip


def _timer_moved(r: Running, i: Instance, e: fx.TimerMoved) -> None:
    if e.key in r.writer.jobs:
        r.writer.jobs[e.key]["due_at"] = e.due_at
    else:
        r.writer.jobs_moved[e.key] = e.due_at
    r.tx.wake_at(e.due_at)
    r.tx.record(i, "timer-moved", e.element_id, None, before=e.before.isoformat(), dueAt=e.due_at.isoformat())


def _subscription_opened(r: Running, i: Instance, e: fx.SubscriptionOpened) -> None:
    r.writer.subscriptions[e.key] = {
        "key": e.key, "kind": e.kind, "name": e.name, "correlation_key": e.correlation_key,
        "process_id": i.process_id, "process_instance_key": i.key, "element_instance_key": e.task_key,
        "definition_key": None, "element_id": e.element_id,
    }  # fmt: skip
    r.tx.record(i, f"{e.kind}-awaited", e.element_id, e.task_key, name=e.name, correlationKey=e.correlation_key)
    if e.kind == "message":
        r.tx.cache.setdefault("opened", []).append((i, e))


def _condition_awaited(r: Running, i: Instance, e: fx.ConditionAwaited) -> None:
    r.tx.record(i, "condition-awaited", e.element_id, e.task_key)


def _escalation_uncaught(r: Running, i: Instance, e: fx.EscalationUncaught) -> None:
    r.tx.record(i, "escalation-thrown", e.node.id, e.task_key, code=e.code, variables=to_json(e.variables))


def _wait_closed(r: Running, _i: Instance, e: fx.WaitClosed) -> None:
    if e.kind == "timer":
        fired = r.tx.cache.get("fired") == e.key
        r.writer.close_job(e.key, "COMPLETED" if fired else "CANCELED")
    elif e.kind != "conditional":  # conditions are looked at in the case itself
        r.writer.close_subscription(e.key)


def _incident_raised(r: Running, i: Instance, e: fx.IncidentRaised) -> None:
    add_incident(r, i, e.key, e.task_key, e.node.id, e.error_type, e.message, None)


def add_incident(
    r: Running,
    i: Instance,
    key: int,
    task_key: int,
    element_id: str,
    error_type: str,
    message: str,
    job_key: int | None,
    delivery_key: int | None = None,
) -> None:
    """An incident of an element, of its job, or of what people should have been told of it."""
    r.writer.incidents[key] = {
        "key": key, "process_instance_key": i.key, "definition_key": i.definition_key, "process_id": i.process_id,
        "element_instance_key": task_key, "element_id": element_id, "job_key": job_key, "error_type": error_type,
        "message": message, "message_hash": text_hash(message), "state": "ACTIVE", "created_at": r.tx.now,
        "delivery_key": delivery_key,
    }  # fmt: skip
    i.incidents += 1
    r.tx.record(i, "incident-raised", element_id, task_key, incident=str(key), errorType=error_type, message=message)


def close_incident(r: Running, i: Instance, e: fx.IncidentClosed) -> None:
    r.writer.incidents_closed.add(e.key)
    i.incidents = max(0, i.incidents - 1)
    r.tx.record(i, "incident-resolved", None, None, incident=str(e.key))


def _signal_thrown(r: Running, i: Instance, e: fx.SignalThrown) -> None:
    key = r.tx.key()
    payload = {"name": e.name, "variables": to_json(e.variables), "heard": list(e.heard)}
    # not bound to the instance: the broadcast goes on when the instance has ended
    r.writer.jobs[key] = _job_row(r.tx.now, i, key, None, e.node.id, "SIGNAL", "signal") | {
        "due_at": r.tx.now, "payload": payload,
    }  # fmt: skip
    r.tx.wake_at(r.tx.now)
    r.tx.record(i, "signal-thrown", e.node.id, e.task_key, name=e.name)


def _event_received(r: Running, i: Instance, e: fx.EventReceived) -> None:
    r.tx.record(
        i, f"{e.kind}-received", e.element_id, e.task_key, name=e.name, correlationKey=e.correlation_key,
        variables=to_json(e.variables),
    )  # fmt: skip


def _decision_evaluated(r: Running, i: Instance, e: fx.DecisionEvaluated) -> None:
    add_decision(r, i, e.task_key, e.record)
    r.tx.record(i, "decision-evaluated", e.node.id, e.task_key, **e.record)


def add_decision(r: Running, i: Instance | None, task_key: int | None, record: dict[str, Any]) -> int:
    """Keep an evaluation as rows; returns its key."""
    key = r.tx.key()
    of = {"process_instance_key": i.key if i else None, "element_instance_key": task_key, "evaluated_at": r.tx.now}
    r.writer.decisions += [row | of for row in rows_of(record, key, r.tx.key)]
    return key


def _instance_ended(r: Running, i: Instance, e: fx.InstanceEnded) -> None:
    i.state = "COMPLETED" if e.completed else "TERMINATED"
    i.ended_at = r.tx.now
    r.tx.record(i, "instance-completed" if e.completed else "instance-terminated")
    r.tx.announce("process-instance", {"processInstanceKey": str(i.key)})


_ACTIONS: dict[type, _Apply] = {
    fx.ElementStarted: _element_started,
    fx.ElementEnded: _element_ended,
    fx.FlowTaken: _flow_taken,
    fx.VariableSet: _variable_set,
    fx.LocalsDropped: _locals_dropped,
    fx.UserTaskCreated: user_task_created,
    fx.ListenerWithdrawn: _listener_withdrawn,
    fx.JobCreated: _job_created,
    fx.JobsEnded: _jobs_ended,
    fx.TimerStarted: _timer_started,
    fx.TimerMoved: _timer_moved,
    fx.SubscriptionOpened: _subscription_opened,
    fx.ConditionAwaited: _condition_awaited,
    fx.EscalationUncaught: _escalation_uncaught,
    fx.WaitClosed: _wait_closed,
    fx.IncidentRaised: _incident_raised,
    fx.IncidentClosed: close_incident,
    fx.SignalThrown: _signal_thrown,
    fx.EventReceived: _event_received,
    fx.DecisionEvaluated: _decision_evaluated,
    fx.InstanceEnded: _instance_ended,
}
