"""How long a case of a process is to be expected to take: as past ones took, or as the manual says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from engine.calendar.durations import Duration, parse_duration
from engine.calendar.errors import CalendarError
from engine.calendar.standard import has_due_time
from engine.model.actor import Actor
from engine.model.diagram import Node, Process
from engine.reports.figures import nearest_rank
from engine.store.tables import process_instance as pi

FEWEST, LATEST = 5, 200  # cases that are needed for a median, and that are looked at
Sums = Mapping[str, Duration]  # calendar -> length
_OFFICE_DAYS = 1.4  # calendar days for each day on which the office works, to tell which of two paths is the longer


def expected_duration(db: Connection, actor: Actor, process: Process) -> dict[str, Any]:
    """{basis, seconds, cases, standard}: `basis` PAST with the median of the latest cases that were completed (of any
    version, as far as the actor is cleared), if there are FEWEST of them; else STANDARD with the standard times along
    the longest path, [{calendar, duration}]; else NONE."""
    of_process = (pi.c.process_id == process.id, pi.c.state == "COMPLETED", pi.c.access_class <= actor.clearance)
    query = select(pi.c.started_at, pi.c.ended_at).where(*of_process).order_by(pi.c.key.desc()).limit(LATEST)
    lengths = sorted(int((row.ended_at - row.started_at).total_seconds()) for row in db.execute(query))
    if len(lengths) >= FEWEST:
        return {"basis": "PAST", "seconds": nearest_rank(lengths, 50), "cases": len(lengths), "standard": []}
    sums = [{"calendar": kind, "duration": str(length)} for kind, length in sorted(standard_length(process).items())]
    return {"basis": "STANDARD" if sums else "NONE", "seconds": None, "cases": 0, "standard": sums}


def standard_length(process: Process, scope: str | None = None) -> Sums:
    """The standard times along the path on which they are longest, by calendar. No element is passed twice; what is
    only reached by an event at an activity is no part of it."""
    best: dict[str, Sums] = {}
    for node, following in _last_first(process, scope):
        own = _own_time(process, node)
        longest = max((best[id_] for id_ in following), key=_days, default={})
        best[node.id] = _plus(own, longest)
    return max((best[n.id] for n in _entries(process, scope) if n.id in best), key=_days, default={})


def _entries(process: Process, scope: str | None) -> list[Node]:
    """Where a person's case begins in the process; in a sub-process, every element that nothing leads to."""
    if scope is None:
        return [process.none_start] if process.none_start is not None else process.starts()[:1]
    return [n for n in process.inside(scope) if not n.incoming and n.attached_to is None and not n.triggered]


def _last_first(process: Process, scope: str | None) -> Iterator[tuple[Node, list[str]]]:
    """Each element that can be reached, after all that follows it, with those; flows that lead back are left out."""
    done: set[str] = set()
    for entry in _entries(process, scope):
        path: dict[str, Iterator[str]] = {entry.id: iter(_targets(process, entry))}
        while path:
            id_, left = next(reversed(path.items()))
            further = next((target for target in left if target not in done and target not in path), None)
            if further is not None:
                path[further] = iter(_targets(process, process.nodes[further]))
                continue
            path.popitem()
            node = process.nodes[id_]
            if id_ not in done:
                done.add(id_)
                yield node, [t for t in _targets(process, node) if t in done and t != id_]


def _targets(process: Process, node: Node) -> list[str]:
    return [process.flows[flow].target for flow in node.outgoing]


def _own_time(process: Process, node: Node) -> Sums:
    """The standard time of the step that an element carries; of a sub-process without one, that of what is in it."""
    step = node.step
    if step is not None and step.standard_time is not None:
        kind = step.calendar or "calendar"
        try:
            return {kind: parse_duration(step.standard_time)} if has_due_time(kind, step.standard_time) else {}
        except CalendarError:
            return {}  # dates of the calendar: how long that is depends on when it begins
    return standard_length(process, node.id) if process.inside(node.id) else {}


def _plus(one: Sums, other: Sums) -> Sums:
    both = dict(one)
    for kind, b in other.items():
        a = both.get(kind, Duration())
        both[kind] = Duration(a.years + b.years, a.months + b.months, a.days + b.days, a.seconds + b.seconds)
    return both


def _days(sums: Sums) -> float:
    """About how many days that is, to compare."""
    found = 0.0
    for kind, d in sums.items():
        office = kind in ("working", "civil")
        hours = float(d.seconds) / 3600 / (8 if office else 24)
        found += d.years * 365 + d.months * 30 + (d.days + hours) * (_OFFICE_DAYS if kind == "working" else 1)
    return found
