"""A substitution that was entered for later begins: who stands in is told again, on the day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select

from engine.calendar.durations import zone_info
from engine.calendar.thai import thai_date_time
from engine.commands.fire_timer import due_kind, finish
from engine.commands.telling import tell
from engine.commands.transaction import Transaction
from engine.model.manual import Words
from engine.notify.recipients import Recipient
from engine.notify.send import Notice
from engine.store.tables import job, person, substitution

KIND = "SUBSTITUTION"


def tell_at_beginning(tx: Transaction, key: int, starts_at: datetime) -> None:
    """A row that comes due when the substitution begins."""
    row = {
        "key": tx.key(), "kind": KIND, "type": "substitution", "state": "PENDING", "due_at": starts_at, "retries": 3,
        "priority": 0, "payload": {"substitution": key}, "created_at": tx.now,
    }  # fmt: skip
    tx.db.execute(insert(job), row)
    tx.wake_at(starts_at)


@due_kind(KIND)
def _begins(tx: Transaction, row: Row[Any]) -> None:
    """Nobody is told of one that was ended before it began."""
    finish(tx, row.key)
    s, p = substitution.c, person.c
    of_absent = substitution.join(person, p.username == s.absent)
    query = select(s.key, s.substitute, s.ends_at, p.display_name).select_from(of_absent)
    found = tx.db.execute(query.where(s.key == row.payload["substitution"], s.ends_at > tx.now)).one_or_none()
    if found is None:
        return
    name, until = found.display_name, found.ends_at.astimezone(zone_info(tx.services.zone))
    subject = Words(f"เริ่มปฏิบัติงานแทน {name} แล้ว", f"From now on you stand in for {name}")
    body = Words(f"ถึง {thai_date_time(until)}", f"Until {until:%Y-%m-%d %H:%M}")
    notice = Notice("substitution", "substitution", subject, body, event=f"substitution-{found.key}")
    tell(tx, [Recipient("user", found.substitute)], notice)
