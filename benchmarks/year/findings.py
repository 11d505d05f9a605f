"""What is left when nothing more comes: who waits for what on purpose, and what stands although nobody can move it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.history.verify import verify_instance, verify_service
from engine.model.diagram import Process
from engine.store.tables import element_instance, incident, job, process_instance, subscription, user_task

_HOLDERS = ("PROCESS", "SUB_PROCESS", "EVENT_SUB_PROCESS", "MULTI_INSTANCE_BODY", "CALL_ACTIVITY")
_MOVING = frozenset({"task", "timer"})
_SENDERS = frozenset({"intermediateThrowEvent", "endEvent", "sendTask"})


@dataclass(slots=True)
class Findings:
    """`stuck` and `incidents` name process, element and reason; `waits` counts what is waited for on purpose."""

    stuck: list[str] = field(default_factory=list)
    incidents: list[str] = field(default_factory=list)
    waits: Counter[str] = field(default_factory=Counter)
    events: int = 0
    verified: int = 0
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Known:
    """What the year knows: tasks that nobody could do, and why; which messages and signals come from outside."""

    given_up: Mapping[str, str]
    from_outside: Set[tuple[str, str]]


def look_back(db: Connection, diagrams: Mapping[str, Process], known: Known) -> Findings:
    """Every case that has not ended, every incident, every chain."""
    found = Findings()
    i = incident.c
    for row in db.execute(select(i.process_id, i.element_id, i.error_type, i.message).order_by(i.key)):
        found.incidents.append(f"{row.process_id} {row.element_id}: {row.error_type} {row.message}")
    cases = _open_cases(db)
    alive = {wait.process_id for waits in cases.values() for wait in waits}
    sent = known.from_outside | _sent_by(diagrams[name] for name in alive)
    for root, elements in cases.items():
        waits = [_wait(db, element, known) for element in elements]
        moving = [wait for wait in waits if wait[0] in _MOVING or wait in sent]
        found.waits.update(f"{kind} {what}" for kind, what in moving)
        hopeless = [wait for wait in waits if wait[0] == "nobody"] or ([] if moving else waits)
        found.stuck += [f"case {root}: {kind} {what}" for kind, what in dict.fromkeys(hopeless)]
    _verify(db, found)
    return found


def _open_cases(db: Connection) -> dict[int, list[Row[Any]]]:
    """What waits in every case that has not ended, by its root."""
    e, p = element_instance.c, process_instance.c
    holds = e.element_type.in_(_HOLDERS)
    query = (
        select(p.root_key, p.process_id, e.key, e.element_id, e.element_type, holds.label("holds"))
        .join(process_instance, p.key == e.process_instance_key)
        .where(p.state.in_(("ACTIVE", "SUSPENDED")), e.state == "ACTIVE")
        .order_by(p.root_key, e.key)
    )
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in db.execute(query):
        found[row.root_key].append(row)
    return {root: [row for row in rows if not row.holds] or rows for root, rows in found.items()}


def _wait(db: Connection, row: Row[Any], known: Known) -> tuple[str, str]:
    """What an element waits for: a task, a timer, a message or signal by its name, or nothing that is known."""
    here, j, s, u = f"{row.process_id} {row.element_id}", job.c, subscription.c, user_task.c
    if row.element_type == "USER_TASK":
        why = known.given_up.get(str(row.key))
        if why is not None:
            return "nobody", f"{here}: {why}"
        if db.execute(select(u.state).where(u.key == row.key)).scalar() == "CREATED":
            return "task", here
    timer = select(j.key).where(j.element_instance_key == row.key, j.kind == "TIMER", j.state == "PENDING")
    if db.execute(timer.limit(1)).first() is not None:
        return "timer", here
    awaited = select(s.kind, s.name).where(s.element_instance_key == row.key, s.kind.in_(("message", "signal")))
    for subscribed in db.execute(awaited.limit(1)):
        return str(subscribed.kind), str(subscribed.name)
    return "nothing", here


def _sent_by(diagrams: Iterable[Process]) -> set[tuple[str, str]]:
    """The kinds and names of what these processes send."""
    nodes = (node for process in diagrams for node in process.nodes.values() if node.type in _SENDERS)
    return {(node.event.kind, str(node.event.name)) for node in nodes if node.event is not None}


def _verify(db: Connection, found: Findings) -> None:
    """Follow the chain of every case, and that of the office itself."""
    for key in db.execute(select(process_instance.c.key).order_by(process_instance.c.key)).scalars().all():
        chain = verify_instance(db, key)
        if chain is not None and chain.valid:
            found.verified += 1
            found.events += chain.events
        else:
            found.broken.append(f"case {key}")
    if not verify_service(db).valid:
        found.broken.append("the office")
