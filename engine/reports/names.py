"""What a report calls things: elements of every version that is counted, and the units that groups belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any

import orjson
from sqlalchemy import Connection, select

from engine.errors import NotFound
from engine.model.diagram import Process
from engine.reports.figures import Share
from engine.store.tables import group_
from engine.store.tables import person as person_
from engine.store.tables import process_definition as pd

_AT_ONCE = 500  # names in one statement
Diagrams = Callable[[Connection, int], Process]  # a deployed version's diagram, by its key


class Elements:
    """The elements of a process in the order of its newest version; those that only earlier ones have come last."""

    def __init__(self, db: Connection, diagrams: Diagrams, process_id: str) -> None:
        """Raises NotFound when there is no such process."""
        query = select(pd.c.key).where(pd.c.process_id == process_id).order_by(pd.c.version.desc())
        self._db, self._diagrams = db, diagrams
        self._keys = list(db.execute(query).scalars())
        if not self._keys:
            raise NotFound(processDefinitionId=process_id)
        self.newest = diagrams(db, self._keys[0])

    def ordered(self, wanted: Collection[str]) -> list[tuple[str, dict[str, Any]]]:
        """Each with what it is called; older versions are only looked at for what is in no newer one."""
        left, found = set(wanted), []
        for key in self._keys:
            if not left:
                break
            for node in self._diagrams(self._db, key).nodes.values():
                if node.id in left:
                    left.remove(node.id)
                    found.append((node.id, _named(node)))
        return found + [(id_, _unnamed(id_)) for id_ in sorted(left)]


def _named(node: Any) -> dict[str, Any]:
    step = node.step
    return {
        "elementId": node.id, "name": {"th": node.name or None, "en": node.name_en or None},
        "stepNumber": step.number if step is not None else None,
        "standardTime": step.standard_time if step is not None else None,
        "calendar": step.calendar if step is not None else None,
    }  # fmt: skip


def _unnamed(element_id: str) -> dict[str, Any]:
    name = {"th": None, "en": None}
    return {"elementId": element_id, "name": name, "stepNumber": None, "standardTime": None, "calendar": None}


def by_unit(db: Connection, by_groups: Mapping[str, Share]) -> list[dict[str, Any]]:
    """Figures of candidate groups (JSON lists) as those of the units that they belong to: a position's unit is the one
    that it stands in, and a unit or committee is its own. What several units could do counts for each of them; what
    was given to persons alone counts for no unit. In the order of their keys, no unit last."""
    known = {row.key: row for row in db.execute(select(group_))}
    units: defaultdict[str | None, Share] = defaultdict(Share)
    for groups, share in by_groups.items():
        found: set[str | None] = {_unit_of(known, group) for group in orjson.loads(groups)}
        for unit in found or {None}:
            units[unit].add(share.kept, share.counted)
    ordered = sorted(units, key=lambda unit: (unit is None, unit or ""))
    return [{"unit": unit, "name": _name(known.get(unit or "")), **units[unit].shown()} for unit in ordered]


def _unit_of(known: Mapping[str, Any], group: str) -> str:
    row = known.get(group)
    if row is not None and row.kind == "position" and row.parent is not None:
        return str(row.parent)
    return group


def _name(row: Any) -> dict[str, str | None]:
    return {"th": None, "en": None} if row is None else {"th": row.th, "en": row.en}


def display_names(db: Connection, usernames: Collection[str]) -> dict[str, str]:
    """What these people are called; of accounts that are not there any more nothing."""
    c, wanted = person_.c, sorted(usernames)
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = db.execute(select(c.username, c.display_name).where(c.username.in_(wanted[start : start + _AT_ONCE])))
        found |= {row.username: row.display_name for row in rows}
    return found
