"""In a cluster: give due rows of the job table to the queue, from which any node takes them.

The table stays the truth. A row that was given says so (`handed_at`) in the transaction that gives it; who does it
takes that back when the row is not done (dispatcher.run_rows), so that it is given again when it is due again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import select, update

from engine.bus import Bus
from engine.jobs.dispatcher import OF_ONE_CASE, TOGETHER, Due, due_rows, next_due
from engine.ports import Queue
from engine.store.prepared import driver_of
from engine.store.tables import job

AT_ONCE = 500  # rows of one transaction
PORTION = 10  # rows of what may take long that one node takes together; a single one is a portion too
LOST = timedelta(minutes=1)  # given so long ago, and yet the queue is empty: it was emptied by somebody
LOOK_AGAIN = timedelta(milliseconds=10)  # at a row that is due and held by somebody


def hand_over(bus: Bus, queue: Queue, limit: int = AT_ONCE) -> int:
    """Give up to `limit` due rows to the queue, the earliest first; how many. Nodes that do so at the same time give
    different ones."""
    with bus.database.write() as db:
        found = db.execute(due_rows(to_hold=True), {"now": bus.clock.now(), "most": limit}).all()
        rows = [(row.key, row.kind) for row in found]
        if rows:
            given = update(job).where(job.c.key.in_([key for key, _ in rows])).values(handed_at=bus.clock.now())
            db.execute(given)
            queue.hand_over(driver_of(db), portions(rows))
    return len(rows)


def portions(rows: Sequence[Due]) -> list[list[int]]:
    """Neighbours that one transaction can do are one portion: a queue costs several times what each of them does. Of
    all else few rows go one by one, so that all nodes have their share."""
    found: list[list[int]] = []
    for may_be_together, neighbours in groupby(rows, lambda row: row[1] in OF_ONE_CASE):
        some = [key for key, _ in neighbours]
        size = TOGETHER if may_be_together else max(1, min(PORTION, len(some) // 8))
        found += [some[at : at + size] for at in range(0, len(some), size)]
    return found


def take_back(bus: Bus, queue: Queue) -> int:
    """Rows that were given and are nowhere, as after a restore without the queue's tables, are to be given again; how
    many."""
    c, now = job.c, bus.clock.now()
    with bus.database.write() as db:
        given = (c.state == "PENDING", c.due_at <= now, c.handed_at < now - LOST)
        if db.execute(select(c.key).where(*given).limit(1)).first() is None or not queue.is_empty(driver_of(db)):
            return 0
        return db.execute(update(job).where(*given).values(handed_at=None)).rowcount


def next_to_hand(bus: Bus) -> datetime | None:
    """When the earliest row that was not given comes due; None when nothing waits. One that is due by now and was not
    given is held by somebody, or came due this moment."""
    found, now = next_due(bus), bus.clock.now()
    return found if found is None or found > now else now + LOOK_AGAIN
