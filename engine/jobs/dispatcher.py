"""Find due rows of the job table and have the bus do each: a few of what concerns one case each in one transaction,
all else in a transaction of its own.

Any number of dispatchers may run beside each other: each row is read again under its lock, so a
doubled delivery does nothing. A row that fails is tried again later, and in the end becomes an
incident; the rows behind it are not held up.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, func, select, union_all, update

from engine.bus import Bus
from engine.commands.fire_timer import KINDS, FireTimer
from engine.commands.give_up_job import GiveUpJob
from engine.commands.run_builtin_job import TYPES, RunBuiltinJob
from engine.errors import Busy, EngineError
from engine.model.actor import SYSTEM
from engine.store.constants import one_of
from engine.store.free_jobs import BUILT_IN
from engine.store.instances import free_of_jobs
from engine.store.tables import job

Due = tuple[int, str]  # key and kind of a row

log = logging.getLogger("krabuan.jobs")
BATCH = 50
# what nobody has in hand
WAITING = (one_of(job.c.state, "PENDING"), job.c.handed_at.is_(None), job.c.due_at.is_not(None))
TOGETHER = 20  # rows of one transaction
OF_ONE_CASE = frozenset({"TIMER", "NEW_TASK", "REMINDER"})  # kinds that change nothing but what belongs to their case
MAX_MESSAGE = 4000  # characters
BUSY = timedelta(seconds=1)
BACK_OFF = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10))


def next_due(bus: Bus) -> datetime | None:
    """When the earliest row comes due; None when nothing waits."""
    with bus.database.read() as db:
        found: datetime | None = db.execute(_earliest()).scalar()
        return found


@cache
def _earliest() -> Select[datetime]:
    """Made once, when all kinds are known: this is asked after each round of work."""
    c = job.c
    firsts = union_all(*(select(func.min(c.due_at).label("due_at")).where(*WAITING, way) for way in _ways())).subquery()
    return select(func.min(firsts.c.due_at))


def run_due(bus: Bus, limit: int = BATCH) -> int:
    """Do up to `limit` due rows, the earliest first; returns how many there were."""
    with bus.database.read() as db:
        rows = db.execute(due_rows(), {"now": bus.clock.now(), "most": limit}).all()
    _run_all(bus, [(row.key, row.kind) for row in rows])
    return len(rows)


def run_rows(bus: Bus, keys: Sequence[int]) -> None:
    """Do the due rows with these keys, which a queue had; what is not done is given to it again when it is due."""
    c = job.c
    with bus.database.read() as db:
        rows = db.execute(select(c.key, c.kind).where(c.key.in_(keys), c.state == "PENDING")).all()
    kinds = {row.key: row.kind for row in rows}
    _run_all(bus, [(key, kinds[key]) for key in dict.fromkeys(keys) if key in kinds])
    with bus.database.write() as db:
        open_ones = (c.key.in_(keys), c.ended_at.is_(None), c.handed_at.is_not(None))
        db.execute(update(job).where(*open_ones).values(handed_at=None))


@cache
def due_rows(*, to_hold: bool = False) -> Select[int, str]:
    """Key and kind of what is due by `now` and in nobody's hands, the earliest first, `most` of them. `to_hold` locks
    them, but what others hold."""
    c, most = job.c, bindparam("most", type_=Integer)
    by_now = c.due_at <= bindparam("now", type_=c.due_at.type)
    parts = [select(c.key).where(*WAITING, way, by_now).order_by(c.due_at, c.key).limit(most) for way in _ways()]
    keys = union_all(*(select(part.subquery().c.key) for part in parts))
    due = select(c.key, c.kind).where(c.key.in_(keys), *WAITING).order_by(c.due_at, c.key).limit(most)
    return due.with_for_update(skip_locked=True) if to_hold else due


def _ways() -> list[ColumnElement[bool]]:
    """What falls due here: the engine's own kinds, and built-in jobs of diagrams. Each kind is a part of an index by
    itself, in which the earliest come first, and these jobs have one of their own; asked for together, all that wait
    may be read, for workers too."""
    c = job.c
    return [*(c.kind == kind for kind in sorted(KINDS)), and_(BUILT_IN, c.type.in_(sorted(TYPES)))]


def _run_all(bus: Bus, rows: Sequence[Due]) -> None:
    """Neighbours that may be done together are; the order of all else stays."""
    for may_be_together, neighbours in groupby(rows, lambda row: row[1] in OF_ONE_CASE):
        some, size = list(neighbours), TOGETHER if may_be_together else 1
        for at in range(0, len(some), size):
            _run_portion(bus, some[at : at + size])


def _run_portion(bus: Bus, rows: Sequence[Due]) -> None:
    """Do them in one transaction, but those whose case somebody else holds; these are done one by one afterwards, and
    so are all of them where one fails."""
    left = rows
    if len(rows) > 1:
        try:
            with bus.together() as db:
                free = free_of_jobs(db, [key for key, _ in rows])
                for key, kind in rows:
                    if key in free:
                        bus.run(_command(key, kind), SYSTEM)
            left = [row for row in rows if row[0] not in free]
        except Exception as error:  # which of them it was is told when it fails again
            log.info("%s jobs are done one by one: %s", len(rows), type(error).__name__)
    for key, kind in left:
        _run(bus, key, kind)


def _command(key: int, kind: str) -> FireTimer | RunBuiltinJob:
    return FireTimer(key) if kind in KINDS else RunBuiltinJob(key)


def _run(bus: Bus, key: int, kind: str) -> None:
    try:
        bus.run(_command(key, kind), SYSTEM)
    except Busy:  # others were faster: that is no fault of the row's
        _postpone(bus, key, 0, "busy")
    except Exception as error:  # one row must not stop the others
        message = str(error) if isinstance(error, EngineError) else type(error).__name__
        log.exception("job %s failed", key)
        if _postpone(bus, key, 1, message[:MAX_MESSAGE]) == 0:
            _give_up(bus, GiveUpJob(key, message[:MAX_MESSAGE]))


def _give_up(bus: Bus, command: GiveUpJob) -> None:
    try:
        bus.run(command, SYSTEM)
    except Exception:  # the row is due again later, and is given up then
        log.exception("job %s cannot even be given up", command.job_key)


def _postpone(bus: Bus, key: int, tries: int, message: str) -> int | None:
    """Try again later; `tries` are used up. Returns how many are left, None when the row is done.

    With none left the row stays due, for whoever gives it up.
    """
    c = job.c
    with bus.database.write() as db:
        row = db.execute(select(c.retries, c.state, c.due_at).where(c.key == key)).one_or_none()
        if row is None or row.state != "PENDING":
            return None
        left = max(0, row.retries - tries)
        wait = BACK_OFF[min(len(BACK_OFF) - 1, max(0, len(BACK_OFF) - left - 1))] if tries else BUSY
        # another dispatcher may have done it by now: what is done stays done
        untouched = (c.key == key) & (c.state == "PENDING") & (c.due_at == row.due_at)
        values = {"retries": left, "due_at": bus.clock.now() + wait, "error_message": message}
        changed = db.execute(update(job).where(untouched).values(**values)).rowcount
        return left if changed else None
