"""Send the mails that wait, outside any transaction: at least once, with a key that tells a repetition."""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy import select, update

from engine.bus import Bus
from engine.ports import Letter, Mailer
from engine.store.tables import job

log = logging.getLogger("krabuan.mail")
# a mail server may be away for a day; the notifications in the application do not wait for it
BACK_OFF = tuple(timedelta(minutes=m) for m in (2, 10, 30, 60, 180, 360, 720))
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
    except Exception as error:  # an address that no mail can have must not hold up the others
        log.warning("mail %s was not accepted: %s", key, type(error).__name__)
        _postpone(bus, key, type(error).__name__)
        return
    with bus.database.write() as db:
        db.execute(update(job).where(c.key == key).values(state="COMPLETED", ended_at=bus.clock.now()))


def _postpone(bus: Bus, key: int, message: str) -> None:
    c = job.c
    with bus.database.write() as db:
        left = (db.execute(select(c.retries).where(c.key == key)).scalar() or 1) - 1
        wait = BACK_OFF[max(0, len(BACK_OFF) - left)] if left > 0 else timedelta(0)
        values = {
            "retries": left, "state": "PENDING" if left > 0 else "FAILED", "due_at": bus.clock.now() + wait,
            "error_message": message,
        }  # fmt: skip
        db.execute(update(job).where(c.key == key, c.state == "PENDING").values(**values))
