"""Send the mails that wait, outside any transaction: at least once, with a key that tells a repetition."""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy import select, update

from engine.bus import Bus
from engine.ports import Letter, Mailer
from engine.store.tables import job

log = logging.getLogger("krabuan.mail")
BACK_OFF = timedelta(minutes=2)
LEASE = timedelta(minutes=5)


def send_mails(bus: Bus, mailer: Mailer, limit: int = 20) -> int:
    """Send up to `limit` mails; returns how many there were. A refused mail is tried again later."""
    c, now = job.c, bus.clock.now()
    query = select(c.key, c.payload).where(c.kind == "MAIL", c.state == "PENDING", c.due_at <= now)
    query = query.order_by(c.key).limit(limit)
    with bus.database.read() as db:
        if db.execute(query.limit(1)).first() is None:
            return 0
    with bus.database.write() as db:
        if db.dialect.name == "postgresql":
            query = query.with_for_update(skip_locked=True)
        rows = db.execute(query).all()
        if rows:
            # out of everybody's sight while they are sent; a crash makes them due again
            keys = [r.key for r in rows]
            db.execute(update(job).where(c.key.in_(keys)).values(due_at=now + LEASE))
    for row in rows:
        _send(bus, mailer, row.key, row.payload)
    return len(rows)


def _send(bus: Bus, mailer: Mailer, key: int, payload: dict[str, str]) -> None:
    c = job.c
    try:
        mailer.send(Letter((payload["to"],), payload["subject"], payload["body"], f"{key}@krabuan"))
    except OSError as error:
        log.warning("mail %s was not accepted: %s", key, type(error).__name__)
        with bus.database.write() as db:
            left = (db.execute(select(c.retries).where(c.key == key)).scalar() or 1) - 1
            state = "PENDING" if left > 0 else "FAILED"
            db.execute(
                update(job).where(c.key == key).values(
                    retries=left, state=state, due_at=bus.clock.now() + BACK_OFF, error_message=type(error).__name__
                )
            )  # fmt: skip
        return
    with bus.database.write() as db:
        db.execute(update(job).where(c.key == key).values(state="COMPLETED", ended_at=bus.clock.now()))
