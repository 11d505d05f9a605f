"""What was done in many cases, as event logs for process mining hold it: steps begun and ended, by whom, and when.

No contents: neither variables, nor comments, nor what decisions said. People stand by their pseudonyms in history
unless their names are asked for; who was forgotten has no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, String, func, select, type_coerce

from engine.errors import InvalidArgument
from engine.model.actor import SYSTEM, Actor
from engine.queries.evidence import Diagrams
from engine.queries.instances import search_instances
from engine.queries.search import LARGEST_LIMIT, Search
from engine.store.sealing import Known
from engine.store.tables import element_instance as ei
from engine.store.tables import history_event as h
from engine.store.tables import user_task as t

MOST_EVENTS = 100_000
_AT_ONCE = 500  # cases in one statement
# the transitions of the standard's life cycle; what only passes through has one moment, its end
_TRANSITIONS: Mapping[str, str] = {
    "element-activated": "start", "user-task-assigned": "assign", "user-task-claimed": "start",
    "element-completed": "complete", "element-terminated": "ate_abort",
}  # fmt: skip
_EVENT, _TASKS = "_EVENT", ("_TASK", "CALL_ACTIVITY")
UNKNOWN = "unknown"


class LogTooLarge(InvalidArgument):
    """More was found than one event log may hold. Narrow the search, to one process or a shorter period."""

    code = "event-log-too-large"
    th = "พบข้อมูลมากเกินกว่าที่บันทึกเหตุการณ์หนึ่งไฟล์จะเก็บได้ โปรดจำกัดการค้นหา เช่น เฉพาะกระบวนงานเดียวหรือช่วงเวลาที่สั้นลง"


@dataclass(frozen=True, slots=True)
class Work:
    """One event of a log. `at` is the moment as it is stored (UTC, microseconds); `instance` the key of the element
    instance; `transition` one of the XES life cycle; `groups` the candidates of a user task."""

    sequence: int
    at: str
    element_id: str
    element_type: str
    name: tuple[str, str]  # in Thai, in English
    instance: str
    transition: str
    resource: str
    on_behalf_of: str | None
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseLog:
    """A case as search_instances shows it, and what was done in it, in order."""

    case: Mapping[str, Any]
    events: Sequence[Work]


def event_log(db: Connection, actor: Actor, diagrams: Diagrams, request: Search, named: bool) -> list[CaseLog]:
    """The cases that the search finds, the first of `page.limit` if it has one, with their events; people by `named`
    or by pseudonym. Raises InvalidArgument, and LogTooLarge when they are more cases or events than a log may hold."""
    page = {"limit": LARGEST_LIMIT, **request.page}
    found = search_instances(db, actor, Search(request.filter, request.sort, page))
    if "limit" not in request.page and found["page"]["hasMoreTotalItems"]:
        raise LogTooLarge
    cases = {int(case["processInstanceKey"]): case for case in found["items"]}
    if _count(db, list(cases)) > MOST_EVENTS:
        raise LogTooLarge
    people = _People(db, named)
    done: dict[int, list[Work]] = {key: [] for key in cases}
    for row in _rows(db, list(cases)):
        work = _work(db, row, cases[row.process_instance_key], diagrams, people)
        if work is not None:
            done[row.process_instance_key].append(work)
    return [CaseLog(case, done[key]) for key, case in cases.items()]


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE))


def _of(keys: Sequence[int]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return h.c.process_instance_key.in_(keys), h.c.type.in_(list(_TRANSITIONS))


def _count(db: Connection, keys: Sequence[int]) -> int:
    return sum(db.execute(select(func.count()).select_from(h).where(*_of(part))).scalar_one() for part in _parts(keys))


def _rows(db: Connection, keys: Sequence[int]) -> Iterator[Any]:
    """Events of elements in the order of each case."""
    columns = (
        h.c.process_instance_key, h.c.sequence, type_coerce(h.c.at, String).label("at"), h.c.type, h.c.actor,
        h.c.on_behalf_of, h.c.element_id, h.c.element_instance_key, h.c.body, ei.c.element_type, ei.c.element_name,
        t.c.candidate_groups,
    )  # fmt: skip
    joined = h.join(ei, ei.c.key == h.c.element_instance_key).outerjoin(t, t.c.key == h.c.element_instance_key)
    for part in _parts(keys):
        query = select(*columns).select_from(joined).where(*_of(part))
        yield from db.execute(query.order_by(h.c.process_instance_key, h.c.sequence))


def _work(db: Connection, row: Any, case: Mapping[str, Any], diagrams: Diagrams, people: _People) -> Work | None:
    transition = _transition(row)
    if transition is None:
        return None
    node = diagrams(db, int(case["processDefinitionKey"])).nodes.get(row.element_id)
    th = (node.name if node is not None else row.element_name) or row.element_id
    resource = people.called(row.actor)
    if row.type == "user-task-assigned":  # whose it is now, and not who gave it
        resource = people.called(orjson.loads(row.body)["data"].get("assignee") or row.actor)
    behalf = None if row.on_behalf_of is None else people.called(row.on_behalf_of)
    names = th, (node.name_en if node is not None else "") or th
    return Work(
        row.sequence, row.at, row.element_id, row.element_type, names, str(row.element_instance_key), transition,
        resource, behalf, tuple(row.candidate_groups or ()),
    )  # fmt: skip


def _transition(row: Any) -> str | None:
    """None for what is no work: gateways, what holds other elements, the beginning of an event."""
    if row.element_type.endswith(_EVENT):
        return "complete" if row.type == "element-completed" else None
    if not row.element_type.endswith(_TASKS):
        return None
    if row.type == "element-activated" and row.element_type == "USER_TASK":
        return "schedule"
    return _TRANSITIONS[row.type]


class _People:
    """What those who act are called in the log."""

    def __init__(self, db: Connection, named: bool) -> None:
        self._known, self._named = Known(db), named

    def called(self, actor: str) -> str:
        """`actor` is as history has it: a pseudonym, what is no account, or (in old events) a name."""
        if not actor.startswith("$p_"):
            return actor if self._named or actor == SYSTEM.id else UNKNOWN
        return (self._known.name(actor[1:]) if self._named else None) or actor[1:]
