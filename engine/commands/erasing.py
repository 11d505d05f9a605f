"""What the commands that erase share: who orders it and why, and that neither tells what is erased."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.calendar.durations import add, parse_duration
from engine.calendar.keeping import FOREVER
from engine.commands.holds import ordered_by
from engine.commands.second_person import check_reason
from engine.commands.transaction import Services, Transaction
from engine.errors import CaseRetained, InvalidArgument
from engine.model.traces import Words
from engine.store.instances import Instance


def is_retained(
    db: Connection, services: Services, now: datetime, definition_key: int, ended_at: datetime | None
) -> bool:
    """Whether the process itself says that a case of this version is kept (krabuan:retention), and the time from its
    end is not over. What processes do not say is no duty, only the time after which the office deletes."""
    period = services.definitions.process(db, definition_key).definition.process.retention
    if period is None:
        return False
    return period == FOREVER or ended_at is None or add(ended_at, parse_duration(period), services.zone) > now


def refuse_retained(tx: Transaction, cases: Iterable[Instance]) -> None:
    """Raise CaseRetained when one of these cases has to be kept."""
    found = [c.key for c in cases if is_retained(tx.db, tx.services, tx.now, c.definition_key, c.ended_at)]
    if found:
        raise CaseRetained(processInstanceKeys=[str(key) for key in found])


def order(tx: Transaction, reason: str, by: str | None, erased: Sequence[str]) -> dict[str, Any]:
    """{reason, by}, as history keeps it. Raises ReasonNeeded, and InvalidArgument for a reason or a name that says
    what is to be erased: history would keep it."""
    who = ordered_by(tx, by)
    check_order(reason, who, erased)
    return {"reason": reason, "by": who}


def check_order(reason: str, by: str, erased: Sequence[str]) -> None:
    """As `order`, before anything is begun."""
    words = Words(erased)
    if words.within(check_reason(reason)) or words.within(by):
        raise InvalidArgument("neither the reason nor who orders it may say what is to be erased: history keeps both")
