"""What an element instance waits for: timers, messages, signals.

A wait is a dict in the task's internal data, because it is saved with the state:
`key`, `kind` (timer, message, signal), `element` (the event's id), and for timers `due` (ISO text),
`armed` (ISO text), `cycle` (text or None), `fired` (times), `reads` (names a date depends on). A
wait for a condition has the kind conditional, `held` (whether it held when last looked at, so that
it comes when it becomes true), `variables` (names whose change is looked at; empty: any) and `changes` (create,
update: which change; empty: both).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task

from engine.calendar.errors import CalendarError
from engine.calendar.timers import due_of_date, due_of_duration, next_of_cycle, parse_cycle
from engine.execution.effects import ConditionAwaited, SubscriptionOpened, TimerMoved, TimerStarted, WaitClosed
from engine.execution.expressions import boolean, failed, is_feel, text, value_of
from engine.execution.failures import ElementFailure
from engine.feel import parse_expression
from engine.model.diagram import Event, Node

if TYPE_CHECKING:
    from engine.execution.case import Case

Wait = dict[str, Any]


def of(task: Task) -> list[Wait]:
    """The task's open waits."""
    found: list[Wait] = task.internal_data.get("waits", [])
    return found


def open_all(task: Task, case: Case, nodes: Iterable[Node]) -> None:
    """Open a wait for each node's event; evaluates everything before it opens anything."""
    if "waits" not in task.internal_data:
        open_more(task, case, nodes)


def open_more(task: Task, case: Case, nodes: Iterable[Node]) -> None:
    """Open waits beside those that are open already."""
    scope = case.scope(task)
    planned = [
        _plan(node, event, scope, case)
        for node in nodes
        for event in events_of(node)
        if event.kind in ("timer", "message", "signal", "conditional")
    ]
    if not planned:
        return
    task.internal_data.setdefault("waits", []).extend(planned)
    for wait in planned:
        wait["key"] = case.new_key()
        _announce(task, case, wait)


def carry_over(wait: Wait, node: Node) -> None:
    """A wait goes on for the same event in another version of the diagram: a running clock keeps its time."""
    event = next((e for e in events_of(node) if e.kind == wait["kind"]), None)
    wait["element"] = node.id
    if event is not None and wait["kind"] == "conditional":
        wait |= {"feel": event.expression, "variables": list(event.variables), "changes": list(event.variable_events)}
    elif event is not None and event.timer == "date":
        wait["reads"] = _names_in(event.expression or "")


def _names_in(source: str) -> list[str]:
    return sorted(parse_expression(source.lstrip()[1:]).names) if is_feel(source) else []


def events_of(node: Node) -> tuple[Event, ...]:
    """The event of a node, or the parts of a multiple one."""
    if node.event is None:
        return ()
    return node.event.parts or (node.event,)


def _plan(node: Node, event: Event, scope: Mapping[str, Any], case: Case) -> Wait:
    if event.kind == "timer":
        return _plan_timer(node, event, scope, case)
    if event.kind == "conditional":
        case.look_at_conditions = True
        return {
            "kind": "conditional", "element": node.id, "feel": event.expression, "held": False, "fresh": True,
            "variables": list(event.variables), "changes": list(event.variable_events),
        }  # fmt: skip
    name = text(event.name or "", scope, case.environment, f"{event.kind} name of {node.id}")
    key = ""
    if event.kind == "message":
        what = f"correlation key of {node.id}"
        key = text("=" + (event.correlation_key or "null"), scope, case.environment, what)
    return {"kind": event.kind, "element": node.id, "name": name, "correlation": key}


def _plan_timer(node: Node, event: Event, scope: Mapping[str, Any], case: Case) -> Wait:
    source = event.expression or ""
    what = f"timer of {node.id}"
    value, hint = value_of(source, scope, case.environment, what, "EXTRACT_VALUE_ERROR")
    wait: Wait = {"kind": "timer", "element": node.id, "armed": case.now.isoformat(), "fired": 0}
    try:
        if event.timer == "cycle":
            cycle = str(value) if value is not None else ""
            due = next_of_cycle(parse_cycle(cycle), case.now, 0, case.now, case.zone)
            wait["cycle"] = cycle
        elif event.timer == "date":
            due = due_of_date(value, case.now, case.zone)
            wait["reads"] = _names_in(source)
        else:
            due = due_of_duration(value, case.now, case.zone)
    except CalendarError as error:
        raise failed("EXTRACT_VALUE_ERROR", what, source, f"a {event.timer}", value, hint or str(error)) from error
    if due is None:
        raise ElementFailure("EXTRACT_VALUE_ERROR", f"{what}: '{source}' is never due")
    wait["due"] = due.isoformat()
    return wait


def _announce(task: Task, case: Case, wait: Wait) -> None:
    key, element = wait["key"], wait["element"]
    if wait["kind"] == "conditional":
        case.emit(ConditionAwaited(key, task.id, element))
    elif wait["kind"] == "timer":
        case.emit(TimerStarted(key, task.id, element, datetime.fromisoformat(wait["due"])))
    else:
        case.emit(SubscriptionOpened(key, task.id, element, wait["kind"], wait["name"], wait["correlation"]))


def close_all(task: Task, case: Case) -> None:
    """Close every wait of the task."""
    for wait in task.internal_data.pop("waits", []):
        case.emit(WaitClosed(wait["key"], wait["kind"]))


def close(task: Task, case: Case, which: Callable[[Wait], bool]) -> None:
    """Close some waits of the task."""
    for wait in [w for w in of(task) if which(w)]:
        task.internal_data["waits"].remove(wait)
        case.emit(WaitClosed(wait["key"], wait["kind"]))


def _concerns(wait: Wait, changed: Mapping[str, set[str]]) -> bool:
    """Whether a condition is looked at again after these changes of variables."""
    names, kinds = wait["variables"], wait.get("changes") or ("create", "update")
    return any(not names or name in names for name, how in changed.items() if how.intersection(kinds))


def true_conditions(case: Case, changed: Mapping[str, set[str]]) -> list[tuple[Task, Wait]]:
    """The conditional waits whose condition has become true, now that these variables were created or updated.

    One that fails to evaluate does not hold: nothing has happened yet that it waits for.
    """
    found = []
    for task in list(case.tasks.values()):
        for wait in of(task):
            if wait["kind"] != "conditional":
                continue
            fresh, limited = wait.pop("fresh", False), wait["variables"] or wait.get("changes")
            if not fresh and limited and not _concerns(wait, changed):
                continue
            try:
                holds = boolean(wait["feel"], case.scope(task), case.environment, wait["element"])
            except ElementFailure:
                holds = False
            if holds and not wait["held"]:
                found.append((task, wait))
            wait["held"] = holds
    return found


def consume(task: Task, case: Case, wait: Wait) -> None:
    """A non-interrupting event came: a cycle is armed again, a message or signal stays, a timer ends."""
    if wait["kind"] != "timer":
        return
    wait["fired"] += 1
    if wait.get("cycle"):
        armed, due = datetime.fromisoformat(wait["armed"]), datetime.fromisoformat(wait["due"])
        following = next_of_cycle(parse_cycle(wait["cycle"]), due, wait["fired"], armed, case.zone)
        if following is not None:
            case.emit(WaitClosed(wait["key"], "timer"))
            wait["key"], wait["due"] = case.new_key(), following.isoformat()
            _announce(task, case, wait)
            return
    task.internal_data["waits"].remove(wait)
    case.emit(WaitClosed(wait["key"], "timer"))


def follow_variables(case: Case, changed: set[str]) -> None:
    """Compute anew each date timer that reads a changed variable, so that it moves when its ground does.

    A value that gives no date leaves the timer where it is: what the clock counts from is
    corrected, never lost.
    """
    for task in list(case.tasks.values()):
        for wait in of(task):
            if wait["kind"] != "timer" or not changed.intersection(wait.get("reads", ())):
                continue
            node = case.process.nodes[wait["element"]]
            source = next(e.expression for e in events_of(node) if e.timer == "date")
            assert source is not None
            try:
                value, _ = value_of(source, case.scope(task), case.environment, node.id, "EXTRACT_VALUE_ERROR")
                due = due_of_date(value, case.now, case.zone)
            except (CalendarError, ElementFailure):
                continue
            before = datetime.fromisoformat(wait["due"])
            if due != before:
                wait["due"] = due.isoformat()
                case.emit(TimerMoved(wait["key"], node.id, before, due))


def moment(source: str | None, scope: Mapping[str, Any], case: Case, what: str) -> datetime | None:
    """A moment of a task's schedule, or None when there is none."""
    if source is None or source == "":
        return None
    value, hint = value_of(source, scope, case.environment, what, "EXTRACT_VALUE_ERROR")
    if value is None and not hint:
        return None
    try:
        return due_of_date(value, case.now, case.zone)
    except CalendarError as error:
        raise failed("EXTRACT_VALUE_ERROR", what, source, "a date and time", value, hint or str(error)) from error
