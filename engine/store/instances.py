"""Process instances as rows: locked, loaded, written back with their revision as the guard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, insert, select, text, union, update

from engine.errors import StaleRevision
from engine.store.batch import Batch
from engine.store.prepared import Prepared
from engine.store.tables import job, setting
from engine.store.tables import process_instance as pi
from engine.store.tables.calendars import STAMP as CALENDAR_STAMP
from engine.store.tables.sealing import STAMP


@dataclass(slots=True)
class Instance:
    """One row of process_instance; a command changes it in place and the bus writes it back once.

    `stamp` is that of what history must not tell openly (store/directory.py), `calendar` that of the office's calendars
    (commands/calendars.py), read with the row or when it was inserted; neither is a column.
    """

    key: int
    root_key: int
    parent_key: int | None
    parent_element_instance_key: int | None
    definition_key: int
    process_id: str
    version: int
    business_id: str | None
    state: str
    execution: str | None
    execution_format: int
    rev: int
    started_at: datetime
    started_by: str
    ended_at: datetime | None
    incidents: int
    start_message: str | None
    start_correlation_key: str | None
    tags: list[str] | None
    history_sequence: int
    history_head: str
    access_class: int
    stamp: str = ""
    calendar: str = ""


ALIVE = ("ACTIVE", "SUSPENDED")  # the states of an instance that has not ended
DELETED = "DELETED"  # nothing but its history is left
COLUMNS = [f.name for f in fields(Instance) if f.name not in ("stamp", "calendar")]


def setting_now(name: str) -> ColumnElement[str]:
    """The value of a setting, as a column of whatever is loaded; empty where it was never set."""
    return func.coalesce(select(setting.c.value).where(setting.c.name == name).scalar_subquery(), "")


_STAMPS = (setting_now(STAMP), setting_now(CALENDAR_STAMP))
# what an Instance is made of, in its order
LOADED = (*(pi.c[name] for name in COLUMNS), *_STAMPS)
_MUTABLE = [
    "state", "execution", "execution_format", "ended_at", "incidents",
    "history_sequence", "history_head", "business_id", "definition_key", "process_id", "version",
    "access_class",
]  # fmt: skip
_UPDATE = Prepared(
    update(pi)
    .where(pi.c.key == bindparam("b_key"), pi.c.rev == bindparam("b_rev"))
    .values({name: bindparam(f"b_{name}") for name in _MUTABLE} | {"rev": bindparam("b_new_rev")})
)


_ROOTS = union(
    select(pi.c.root_key).where(pi.c.key == bindparam("b_key")), select(pi.c.key).where(pi.c.key == bindparam("b_key"))
)
_ALL = select(*LOADED).order_by(pi.c.key)


def _locking(query: Select[Any]) -> Prepared:
    return Prepared({"sqlite": query, "postgresql": query.with_for_update()})


_HURRY = text("SET LOCAL lock_timeout = 100")  # milliseconds; PostgreSQL looks for deadlocks after a second
_OF_JOB = select(job.c.process_instance_key).where(job.c.key == bindparam("b_key")).scalar_subquery()
_ROOTS_OF_JOB = union(select(pi.c.root_key).where(pi.c.key == _OF_JOB), select(_OF_JOB))
_HIERARCHY_OF_JOB = _locking(_ALL.where(pi.c.key.in_(_ROOTS_OF_JOB)))
_HIERARCHY, _ONE = _locking(_ALL.where(pi.c.key.in_(_ROOTS))), _locking(_ALL.where(pi.c.key == bindparam("b_key")))


def lock_of_instance(db: Connection, key: int) -> dict[int, Instance]:
    """Lock the call hierarchy of an instance and load its root and itself (one statement).

    Empty when there is no such instance. Keys grow with time, so a root is locked before its
    children everywhere, and two commands never wait for each other.
    """
    return _load(db, _HIERARCHY, key)


def lock_of_job(db: Connection, job_key: int) -> dict[int, Instance]:
    """As `lock_of_instance`, of the instance that a job belongs to."""
    return _load(db, _HIERARCHY_OF_JOB, job_key)


def free_of_jobs(db: Connection, job_keys: Sequence[int]) -> set[int]:
    """Lock the roots of all that these jobs belong to, but those that others hold; returns the jobs whose root is
    locked. Nobody is waited for, neither here nor where their instances are locked afterwards, and for any other lock
    not long: who holds many cases steps back before others have to."""
    if db.dialect.name == "sqlite":
        return set(job_keys)
    db.execute(_HURRY)
    of_jobs = select(job.c.key, pi.c.root_key).join_from(job, pi, job.c.process_instance_key == pi.c.key)
    roots = {row.key: row.root_key for row in db.execute(of_jobs.where(job.c.key.in_(job_keys)))}
    free = select(pi.c.key).where(pi.c.key.in_(set(roots.values()))).with_for_update(skip_locked=True)
    locked = set(db.execute(free).scalars())
    return {key for key, root in roots.items() if root in locked}


def load_locked(db: Connection, key: int) -> Instance | None:
    """Load another instance of a hierarchy whose root is locked already."""
    return _load(db, _ONE, key).get(key)


def _load(db: Connection, query: Prepared, key: int) -> dict[int, Instance]:
    return {(found := Instance(*row)).key: found for row in query.rows(db, {"b_key": key})}


_INSERT = Prepared(insert(pi).returning(*_STAMPS))


def insert_instance(db: Connection, instance: Instance) -> None:
    """Write a new row, and read the stamps. Raises IntegrityError when its business id or start key is in use."""
    row = {name: getattr(instance, name) for name in COLUMNS}
    ((instance.stamp, instance.calendar),) = _INSERT.rows(db, row)


def update_instances(batch: Batch, instances: Iterable[Instance]) -> None:
    """Write the rows back and move their revisions on.

    The batch raises StaleRevision when one was changed since it was loaded (cannot happen under the
    lock; the guard stays as the proof of it).
    """
    rows = []
    for instance in instances:
        values: dict[str, Any] = {f"b_{name}": getattr(instance, name) for name in _MUTABLE}
        rows.append(values | {"b_key": instance.key, "b_rev": instance.rev, "b_new_rev": instance.rev + 1})
        instance.rev += 1

    def all_of_them(changed: int) -> None:
        if changed != len(rows):
            raise StaleRevision(processInstanceKeys=[str(row["b_key"]) for row in rows])

    batch.add(_UPDATE, rows, all_of_them)
