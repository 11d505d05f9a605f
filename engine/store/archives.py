"""Which cases have their history in a file, and how much of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, select

from engine.errors import HistoryArchived
from engine.model.chain import genesis, link
from engine.store.many import among
from engine.store.tables import archived_case, history_archive, restored_case

_A, _R, _F = archived_case.c, restored_case.c, history_archive.c


@dataclass(frozen=True, slots=True)
class Archived:
    """The first `events` events of a case are in an archive alone, after which its chain has this head."""

    archive: int
    made_at: datetime
    events: int
    head: str


def not_restored() -> ColumnElement[bool]:
    """Of rows of archived_case: whether the case was not brought back from that archive."""
    back = (_R.process_instance_key == _A.process_instance_key) & (_R.archive_key == _A.archive_key)
    return ~select(_R.archive_key).where(back).correlate(archived_case).exists()


def archived(db: Connection, case: int) -> Archived | None:
    """Where the beginning of a case's history is; None when all of it is here."""
    return archived_of(db, [case]).get(case)


def archived_of(db: Connection, cases: Sequence[int]) -> dict[int, Archived]:
    """The same of many cases, of those that have one."""
    query = select(_A.process_instance_key, _A.archive_key, _F.made_at, _A.sequence, _A.head)
    query = query.where(_F.key == _A.archive_key, among(db, _A.process_instance_key, cases), not_restored())
    return {row[0]: Archived(*row[1:]) for row in db.execute(query)}


def require_here(db: Connection, case: int) -> None:
    """Raise HistoryArchived when the beginning of a case's history is in an archive alone."""
    found = archived(db, case)
    if found is not None:
        raise HistoryArchived(processInstanceKey=str(case), archive=found.archive, events=found.events)


def cases_of(db: Connection, archive: int) -> dict[int, tuple[int, str]]:
    """The cases whose history is in this archive alone: the number of events in it, and the head after them."""
    query = select(_A.process_instance_key, _A.sequence, _A.head).where(_A.archive_key == archive, not_restored())
    return {row[0]: (row[1], row[2]) for row in db.execute(query)}

def ends_at(case: int, rows: Iterable[Mapping[str, Any]]) -> tuple[int, str]:
    """The number of events and the head of the chain that these bodies give; (-1, "") for one that does not follow."""
    count, head = 0, genesis(case)
    for row in rows:
        count, head = count + 1, link(head, str(row["body"]))
        if row["sequence"] != count or row["hash"] != head or not _says_the_same(row):
            return -1, ""
    return count, head


def _says_the_same(row: Mapping[str, Any]) -> bool:
    """Whether what stands beside the body is what the body says."""
    try:
        said = orjson.loads(str(row["body"]))
    except orjson.JSONDecodeError:
        return False
    names = ("sequence", "at", "type", "actor", "onBehalfOf", "elementId", "elementInstanceKey")
    return isinstance(said, dict) and all(name in said and said[name] == row[name] for name in names)
