"""How the service does: what waits, what lies behind, what failed for good, and since when. Nothing secret is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Table, and_, func, not_, or_, select, text

from engine.history.checkpoint import grown, lately
from engine.model.actor import Actor
from engine.model.batch import UNFINISHED
from engine.model.jobs import BY_ITSELF
from engine.policy.permissions import Facts, require
from engine.queries.visibility import cleared
from engine.store.constants import one_of
from engine.store.free_jobs import BUILT_IN, untaken
from engine.store.migrations import revisions
from engine.store.tables import (
    api_token,
    batch_operation,
    checkpoint,
    delivery,
    incident,
    job,
    service_event,
    webhook,
)

Level = Literal["GOOD", "WARN", "BAD", "UNKNOWN"]
LEVELS: tuple[Level, ...] = ("UNKNOWN", "GOOD", "WARN", "BAD")  # the worst last
LATE, VERY_LATE = timedelta(minutes=1), timedelta(minutes=10)  # of what falls due here
SLOW, VERY_SLOW = timedelta(minutes=15), timedelta(hours=2)  # of what others take
SIGNED = timedelta(minutes=10)  # how old the last checkpoint may be while there is something to cover
OLD = timedelta(days=365)  # of a key of the API
AHEAD = timedelta(seconds=5)  # of this clock, which what was written may be
LATEST = 1_000  # events that are looked at


def check(name: str, level: Level, count: int | None = None, at: datetime | None = None) -> dict[str, Any]:
    """One line of the report: `count` things that wait or failed, the oldest since `at`."""
    return {"check": name, "level": level, "count": count, "at": None if at is None else at.isoformat()}


def get_health(db: Connection, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """The lines that the database tells, as `check` has them; of what belongs to cases above the actor's clearance
    nothing is counted. Raises Forbidden unless the actor may know."""
    require(actor, "health:read", Facts())
    current, newest = revisions(db)
    return [
        check("database", "GOOD"),
        check("schema", "GOOD" if current == newest else "BAD"),
        _clock(db, now),
        _alarms(db, actor, now),
        _jobs(db, actor, now),
        _incidents(db, actor),
        _operations(db, actor),
        *_deliveries(db, actor, now),
        _webhooks(db),
        _checkpoint(db, now),
        _tokens(db, now),
    ]


def database_version(db: Connection) -> str:
    """Its kind and version, as it tells them."""
    query = "SELECT sqlite_version()" if db.dialect.name == "sqlite" else "SHOW server_version"
    return f"{'SQLite' if db.dialect.name == 'sqlite' else 'PostgreSQL'} {db.execute(text(query)).scalar_one()}"


def worst(checks: Iterable[dict[str, Any]]) -> Level:
    """The worst level of any line."""
    return max((line["level"] for line in checks), key=LEVELS.index)


def _count(
    db: Connection, table: Table, oldest: ColumnElement[datetime], *where: ColumnElement[bool]
) -> tuple[int, datetime | None]:
    found = db.execute(select(func.count(), func.min(oldest)).select_from(table).where(*where)).one()
    return found[0], found[1]


def _age(at: datetime | None, now: datetime, warn: timedelta, bad: timedelta) -> Level:
    """How bad it is that something waits since then."""
    if at is None or now - at <= warn:
        return "GOOD"
    return "WARN" if now - at <= bad else "BAD"


def _clock(db: Connection, now: datetime) -> dict[str, Any]:
    """Nothing of what was written last is later than now: else this machine's clock was set back, or another's goes
    ahead."""
    c = service_event.c
    latest = select(c.at).order_by(c.sequence.desc()).limit(LATEST).subquery()
    written: datetime | None = db.execute(select(func.max(latest.c.at))).scalar()
    return check("clock", "BAD" if written is not None and written - now > AHEAD else "GOOD", at=now)


def _alarms(db: Connection, actor: Actor, now: datetime) -> dict[str, Any]:
    """What falls due here and was not done yet."""
    c = job.c
    waits = (cleared(actor, c.process_instance_key), one_of(c.state, "PENDING"), c.due_at <= now)
    # one after the other along an index: of all together, what is not due yet would be read, too
    found = [_count(db, job, c.due_at, *waits, ours) for ours in (*(c.kind == kind for kind in BY_ITSELF), BUILT_IN)]
    due, since = sum(count for count, _ in found), min((at for _, at in found if at is not None), default=None)
    return check("alarms", _age(since, now, LATE, VERY_LATE), due, since)


def _jobs(db: Connection, actor: Actor, now: datetime) -> dict[str, Any]:
    """What waits for programs elsewhere."""
    c = job.c
    mine = cleared(actor, c.process_instance_key)
    waiting, oldest = _count(db, job, c.created_at, mine, not_(BUILT_IN), untaken(now))
    return check("jobs", "WARN" if _age(oldest, now, VERY_SLOW, VERY_SLOW) != "GOOD" else "GOOD", waiting, oldest)


def _incidents(db: Connection, actor: Actor) -> dict[str, Any]:
    c = incident.c
    count, oldest = _count(db, incident, c.created_at, cleared(actor, c.process_instance_key), c.state == "ACTIVE")
    return check("incidents", "WARN" if count else "GOOD", count, oldest)


def _operations(db: Connection, actor: Actor) -> dict[str, Any]:
    c = batch_operation.c
    count, oldest = _count(db, batch_operation, c.created_at, c.state.in_(UNFINISHED))
    return check("operations", "GOOD", count, oldest)


def _deliveries(db: Connection, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    c, mine = delivery.c, cleared(actor, delivery.c.process_instance_key)
    waiting, due = _count(db, delivery, c.due_at, mine, c.state.in_(("PENDING", "PACKED")), c.due_at <= now)
    failed, oldest = _count(db, delivery, c.created_at, mine, c.state == "FAILED")
    return [
        check("notifications", _age(due, now, SLOW, VERY_SLOW), waiting, due),
        check("deadLetters", "WARN" if failed else "GOOD", failed, oldest),
    ]


def _webhooks(db: Connection) -> dict[str, Any]:
    c = webhook.c
    count, oldest = _count(db, webhook, c.failing_since, c.failing_since.is_not(None))
    return check("webhooks", "WARN" if count else "GOOD", count, oldest)


def _checkpoint(db: Connection, now: datetime) -> dict[str, Any]:
    """When history was signed last; that matters while there is something that no checkpoint covers."""
    made: datetime | None = db.execute(select(func.max(checkpoint.c.made_at))).scalar()
    if made is None:
        return check("checkpoint", "UNKNOWN")
    late = now - made > SIGNED and bool(grown(db, -1, lately(db)))
    return check("checkpoint", "BAD" if late else "GOOD", at=made)


def _tokens(db: Connection, now: datetime) -> dict[str, Any]:
    """Keys of the API that are in force, and were made long ago."""
    c = api_token.c
    in_force = and_(c.revoked_at.is_(None), or_(c.expires_at.is_(None), c.expires_at > now))
    count, oldest = _count(db, api_token, c.made_at, in_force, c.made_at < now - OLD)
    return check("tokens", "WARN" if count else "GOOD", count, oldest)
