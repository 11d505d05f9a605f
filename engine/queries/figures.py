"""How much waits, for those who watch the service by its measures: read along indexes and counted up to a bound, so
that the answer takes as long however much there is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select

from engine.model.jobs import FOR_WORKERS
from engine.store.free_jobs import BUILT_IN
from engine.store.prepared import plan_anew
from engine.store.tables import checkpoint, delivery, incident, job

MOST = 10_000  # what there is more is not counted


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits, MOST of each at most: open incidents; what the service does itself and is due, the oldest of it since
    `oldest_due`; jobs that programs elsewhere may take; deliveries that are due. When history was signed last."""

    incidents: int
    due: int
    oldest_due: datetime | None
    for_workers: int
    deliveries: int
    checkpoint_at: datetime | None


def what_waits(db: Connection, now: datetime, kinds: Collection[str], types: Collection[str]) -> Waiting:
    """What waits now. `kinds` are the kinds of jobs that the service does itself, `types` its own types among those for
    workers. There are only numbers in it, over all cases."""
    plan_anew(db)  # a plan for any state would take no index of what is open
    j, d = job.c, delivery.c
    due = and_(j.state == "PENDING", j.due_at <= now)
    builtin = and_(BUILT_IN, due, j.type.in_(sorted(types)))
    oldest = [
        db.execute(select(j.due_at).where(due, j.kind == kind).order_by(j.due_at).limit(1)).scalar()
        for kind in sorted(kinds)
    ]
    oldest.append(db.execute(select(func.min(j.due_at)).where(builtin)).scalar())
    signed = select(checkpoint.c.made_at).order_by(checkpoint.c.key.desc()).limit(1)
    done_here = _count(db, j.key, due, j.kind.in_(sorted(kinds))) + _count(db, j.key, builtin)
    return Waiting(
        incidents=_count(db, incident.c.key, incident.c.state == "ACTIVE"),
        due=min(MOST, done_here),
        oldest_due=min((at for at in oldest if at is not None), default=None),
        for_workers=_count(db, j.key, due, j.kind.in_(FOR_WORKERS), j.type.not_in(sorted(types))),
        deliveries=_count(db, d.key, d.state.in_(("PENDING", "PACKED")), d.due_at <= now),
        checkpoint_at=db.execute(signed).scalar(),
    )


def _count(db: Connection, key: ColumnElement[int], *where: ColumnElement[bool]) -> int:
    some = select(key).where(*where).limit(MOST).subquery()
    return db.execute(select(func.count()).select_from(some)).scalar_one()
