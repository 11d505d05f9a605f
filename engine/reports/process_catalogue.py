"""The catalogue of what a person may start: what each process is for, whose it is, how long it takes, what it asks for.

An office has tens of processes, at most some hundreds: they are looked through here, with diagrams parsed once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from engine.errors import InvalidArgument, NotFound
from engine.model.actor import Actor
from engine.model.diagram import Process
from engine.policy.permissions import Facts, allowed, require
from engine.queries.search import Search, page_facts, read_cursor, read_window
from engine.queries.start_needs import needs_of
from engine.reports.expected import expected_duration
from engine.reports.names import Diagrams
from engine.store.tables import favourite_process as fp
from engine.store.tables import group_, moment_text
from engine.store.tables import process_definition as pd
from engine.store.tables import process_instance as pi

FILTERS = ("text", "ownerUnit", "favourite", "recent")
_SIGNATURE = "process-catalogue"
_KINDS = (int, str, str, int)
_NO_UNIT = "\uffff"  # sorts behind every name
_THAI = re.compile(r"[ก-๙]")
_LEADING_VOWEL = re.compile(r"([เแโใไ])([ก-ฮ])")


@dataclass(frozen=True, slots=True)
class Offered:
    """One process that may be started. `last` is the key of the case that the person last started of it, and when."""

    row: Any
    process: Process
    unit: Any
    favourite: bool
    last: tuple[int, str] | None

    def order(self, recent: bool) -> tuple[int, str, str, int]:
        """By unit and name as a Thai dictionary does; of recent ones the latest first."""
        unit = _collated(self.unit.th) if self.unit is not None else _NO_UNIT
        return (-self.last[0] if recent and self.last else 0, unit, _collated(self.row.name or ""), self.row.key)


def search_catalogue(db: Connection, actor: Actor, diagrams: Diagrams, request: Search) -> dict[str, Any]:
    """A page {items, page, units} of what the actor may start, in its latest version. The filters are FILTERS; `units`
    are those that own anything of it, whatever the filters are: [{key, name, processes}]. Raises InvalidArgument."""
    require(actor, "definition:read", Facts())
    wanted = _checked(request)
    window = read_window(request.page)
    offered = _offered(db, actor, diagrams)
    recent = wanted.get("recent") is True
    found = sorted((o for o in offered if _fits(o, wanted)), key=lambda o: o.order(recent))
    left = found[window.offset :]
    if window.after is not None:
        after = tuple(read_cursor(window.after, _SIGNATURE, _KINDS))
        left = [o for o in found if o.order(recent) > after]
    page = left[: window.limit]
    ends = [list(o.order(recent)) for o in page]
    return {
        "items": _entries(db, actor, page),
        "page": page_facts(len(found), max(len(found), 1), ends, _SIGNATURE),
        "units": _units(offered),
    }


def get_entry(db: Connection, actor: Actor, diagrams: Diagrams, key: int) -> dict[str, Any]:
    """What the catalogue says of one version, whether the actor may start it or not. Raises NotFound."""
    require(actor, "definition:read", Facts())
    row = db.execute(select(*_COLUMNS).where(pd.c.key == key)).one_or_none()
    if row is None:
        raise NotFound(processDefinitionKey=str(key))
    return _entries(db, actor, _made(db, actor, diagrams, [row]))[0]


_COLUMNS = (pd.c.key, pd.c.process_id, pd.c.version, pd.c.name, pd.c.name_en, pd.c.start_form_id)


def _checked(request: Search) -> dict[str, Any]:
    wanted = {name: value for name, value in request.filter.items() if value is not None}
    if unknown := set(wanted) - set(FILTERS):
        raise InvalidArgument(f"filter: there is no {', '.join(sorted(unknown))}")
    if request.page.get("before") is not None:
        raise InvalidArgument("page: this list goes forward only")
    for name, kind in (("text", str), ("ownerUnit", str), ("favourite", bool), ("recent", bool)):
        if name in wanted and not isinstance(wanted[name], kind):
            raise InvalidArgument(f"filter: {name} is {'true or false' if kind is bool else 'text'}")
    return wanted


def _offered(db: Connection, actor: Actor, diagrams: Diagrams) -> list[Offered]:
    newest = pd.alias()
    latest = select(func.max(newest.c.version)).where(newest.c.process_id == pd.c.process_id).scalar_subquery()
    query = select(*_COLUMNS).where(pd.c.version == latest, pd.c.startable, pd.c.state == "ACTIVE")
    rows = [row for row in db.execute(query) if _may_start(actor, row.process_id)]
    return _made(db, actor, diagrams, rows)


def _may_start(actor: Actor, process_id: str) -> bool:
    return allowed(actor, "process-instance:create", Facts(process_ids=frozenset({process_id})))


def _made(db: Connection, actor: Actor, diagrams: Diagrams, rows: Sequence[Any]) -> list[Offered]:
    favourites = set(db.execute(select(fp.c.process_id).where(fp.c.username == actor.id)).scalars())
    mine = select(pi.c.process_id, func.max(pi.c.key).label("key"), func.max(pi.c.started_at).label("at"))
    begun = db.execute(mine.where(pi.c.started_by == actor.name).group_by(pi.c.process_id))
    last = {row.process_id: (row.key, moment_text(row.at)) for row in begun}
    processes = {row.key: diagrams(db, row.key) for row in rows}
    units = _named_groups(db, {p.facts.owner_unit for p in processes.values() if p.facts.owner_unit})
    return [
        Offered(
            row, processes[row.key], units.get(processes[row.key].facts.owner_unit or ""),
            row.process_id in favourites, last.get(row.process_id),
        )
        for row in rows
    ]  # fmt: skip


def _fits(offered: Offered, wanted: Mapping[str, Any]) -> bool:
    row, process, unit = offered.row, offered.process, offered.unit
    if "favourite" in wanted and offered.favourite != wanted["favourite"]:
        return False
    if "recent" in wanted and (offered.last is not None) != wanted["recent"]:
        return False
    if "ownerUnit" in wanted and process.facts.owner_unit != wanted["ownerUnit"]:
        return False
    owner = (unit.th, unit.en) if unit is not None else ()
    texts = (row.name, row.name_en, row.process_id, process.documentation, *owner)
    return all(
        any(word in (text or "").casefold() for text in texts) for word in wanted.get("text", "").casefold().split()
    )


def _units(offered: Sequence[Offered]) -> list[dict[str, Any]]:
    counted: dict[str, int] = {}
    units = {o.unit.key: o.unit for o in offered if o.unit is not None}
    for o in offered:
        if o.unit is not None:
            counted[o.unit.key] = counted.get(o.unit.key, 0) + 1
    ordered = sorted(units.values(), key=lambda unit: (_collated(unit.th), unit.key))
    return [{**_group(unit), "processes": counted[unit.key]} for unit in ordered]


def _entries(db: Connection, actor: Actor, page: Sequence[Offered]) -> list[dict[str, Any]]:
    needs = needs_of(db, {o.row.start_form_id for o in page if o.row.start_form_id})
    groups = _named_groups(db, {key for o in page for key in _participants(o.process)})
    return [
        {
            "processDefinitionKey": str(o.row.key),
            "processDefinitionId": o.row.process_id,
            "version": o.row.version,
            "name": {"th": o.row.name, "en": o.row.name_en},
            "description": _described(o.process.documentation),
            "ownerUnit": None if o.unit is None else _group(o.unit),
            "expected": expected_duration(db, actor, o.process),
            "needs": needs.get(o.row.start_form_id or "", []),
            "participants": [_group(groups[key]) for key in _participants(o.process) if key in groups],
            "favourite": o.favourite,
            "lastStartedAt": None if o.last is None else o.last[1],
        }
        for o in page
    ]


def _participants(process: Process) -> list[str]:
    """The groups that the diagram names for tasks, in its order; what an expression finds is not known before."""
    named = (group for n in process.nodes.values() if n.human is not None for group in n.human.named_groups)
    return list(dict.fromkeys(group for group in named if not group.startswith("=")))


def _named_groups(db: Connection, keys: Collection[str]) -> dict[str, Any]:
    rows = db.execute(select(group_.c.key, group_.c.th, group_.c.en).where(group_.c.key.in_(sorted(keys))))
    return {row.key: row for row in rows}


def _group(row: Any) -> dict[str, Any]:
    return {"key": row.key, "name": {"th": row.th, "en": row.en}}


def _described(text: str) -> dict[str, str | None]:
    """A documentation is Thai, a blank line, English."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    thai = [part for part in parts if _THAI.search(part)]
    english = [part for part in parts if not _THAI.search(part)]
    return {"th": "\n\n".join(thai) or None, "en": "\n\n".join(english) or None}


def _collated(thai: str) -> str:
    """A text to sort by: a vowel that is written before its consonant counts after it."""
    return _LEADING_VOWEL.sub(r"\2\1", thai.casefold())
