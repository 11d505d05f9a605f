"""What history tells of a case, command by command, and the model held to it: what takes effect takes it in the order
of the events, with exactly its events, and what was refused has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from benchmarks.linearizability.judge import Model
from benchmarks.linearizability.model import ELEMENTS, Case, begun, mark, silent, step
from benchmarks.linearizability.operations import Operation, Outcome
from engine.store.sealing import read_bodies
from engine.store.tables import history_event

BEGINS = {
    "user-task-claimed": "claim", "user-task-unassigned": "unassign", "user-task-assigned": "assign",
    "user-task-completed": "complete", "instance-cancelled": "cancel", "instance-migrated": "migrate",
}  # fmt: skip
FIRST = begun(1).rev  # the revision of a case that was started and not touched since
Event = tuple[str, str | None]  # type, element


@dataclass(frozen=True, slots=True)
class Told:
    """What the events of one command say: what was done, by whom, with which mark, and what followed, sorted."""

    kind: str
    actor: str
    element: str | None
    mark: str | None
    followed: tuple[Event, ...]


def read_trails(db: Connection, cases: Sequence[int]) -> dict[str, list[Told]]:
    """Of each case, what was done after its start, in the order of its events."""
    h = history_event.c
    query = select(h.process_instance_key, h.body).where(h.process_instance_key.in_(cases))
    rows = db.execute(query.order_by(h.process_instance_key, h.sequence)).all()
    trails: dict[str, list[list[dict[str, Any]]]] = {str(case): [] for case in cases}
    for row, said in zip(rows, read_bodies(db, [row.body for row in rows]), strict=True):
        commands = trails[str(row.process_instance_key)]
        if said["type"] in BEGINS or not commands:
            commands.append([])
        commands[-1].append(said)
    return {case: [_told(events) for events in commands[1:]] for case, commands in trails.items()}


def _told(events: Sequence[Mapping[str, Any]]) -> Told:
    first, data = events[0], events[0]["data"]
    kind = BEGINS[first["type"]]
    marks = {"assign": data.get("action"), "complete": data.get("variables", {}).get("mark")}
    followed = sorted((e["type"], e["elementId"] or "") for e in events[1:] if e["type"] != "flow-taken")
    return Told(kind, first["actor"], first["elementId"], marks.get(kind, data.get("reason")), tuple(followed))


def by_trail(version: int, trail: Sequence[Told]) -> Model:
    """The model of a case that began in this version and of which history tells this."""

    def held(case: Case, operation: Operation) -> tuple[Outcome | None, Case]:
        outcome, after = step(case, operation)
        if after.rev == case.rev:
            return outcome, after
        at = case.rev - FIRST
        if at < len(trail) and trail[at] == expected(operation, case, after):
            return outcome, after
        return None, case  # history has another here

    return Model(begun(version), held, silent)


def plain(version: int) -> Model:
    """The model of a case that began in this version."""
    return Model(begun(version), step, silent)


def expected(operation: Operation, before: Case, after: Case) -> Told:
    """What history has to tell of an operation that takes effect."""
    o = operation
    said = None if o.kind in ("claim", "unassign") else mark(o)
    return Told(o.kind, o.actor, o.element, said, tuple(sorted((t, e or "") for t, e in _followed(o, before, after))))


def _followed(o: Operation, before: Case, after: Case) -> list[Event]:
    if o.kind == "migrate":
        return [("version-changed", None)]
    if o.kind == "cancel":
        ended = [e for e, t in zip(ELEMENTS, before.tasks, strict=True) if t is not None and t.state == "CREATED"]
        return [("element-terminated", e) for e in (*ended, "shared")] + [("instance-terminated", None)]
    if o.kind == "complete":
        return _completed(str(o.element), before, after)
    return [] if before.tasks == after.tasks else [("assignee-set", o.element)]


def _completed(element: str, before: Case, after: Case) -> list[Event]:
    events: list[Event] = [("variable-set", None), ("element-completed", element)]
    new = [e for e, was, now in zip(ELEMENTS, before.tasks, after.tasks, strict=True) if was is None and now]
    events += [event for e in new for event in (("element-activated", e), ("user-task-created", e))]
    if new == ["c"]:
        events += [("element-activated", "join"), ("element-completed", "join")]
    if element == "c":
        events += [("element-activated", "end"), ("element-completed", "end"), ("element-completed", "shared")]
        events += [("instance-completed", None)]
    return events
