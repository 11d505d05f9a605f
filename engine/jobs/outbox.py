"""Send what leaves the service, outside any transaction: at least once, and after a crash as the same parcel again.

Packing gives what is ready a parcel, with its content, in a committed transaction; only then it is sent, and its key
tells a repetition. One parcel of a kind of channel is under way at a time, so a crash repeats one at most.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select, update

from engine.bus import Bus
from engine.commands.give_up_parcel import GiveUpParcel
from engine.commands.pack_deliveries import PackDeliveries
from engine.model.actor import SYSTEM
from engine.model.telling import PACKED, PENDING, SENT
from engine.ports import Courier, Item, NotNow, Parcel, Refused
from engine.store.constants import one_of
from engine.store.deliveries import of_kind
from engine.store.tables import delivery, notification
from engine.store.turns import turn

log = logging.getLogger("krabuan.outbox")
# who receives may be away for a day; the notifications in the application do not wait for it
BACK_OFF = tuple(timedelta(minutes=m) for m in (2, 10, 30, 60, 180, 360, 720))
TRIES = len(BACK_OFF) + 1
RUN = 20  # parcels
MAX_MESSAGE = 1000  # characters
_D, _N = delivery.c, notification.c


def next_delivery(bus: Bus, kind: str) -> datetime | None:
    """When the earliest of a kind of channel is due; None when nothing waits."""
    with bus.database.read() as db:
        query = select(_D.due_at).where(one_of(_D.state, PENDING, PACKED), of_kind(kind))
        found: datetime | None = db.execute(query.order_by(_D.due_at).limit(1)).scalar()
        return found


def deliver(bus: Bus, kind: str, courier: Courier | None) -> int:
    """Pack what is due of a kind of channel and send some of it, the earliest first; returns how much there was.

    Without a courier nothing is sent, and what is due is dropped. Nodes take turns: 0 while another has it.
    """
    with bus.database.read() as db:
        due = (one_of(_D.state, PENDING, PACKED), of_kind(kind), _D.due_at <= bus.clock.now())
        waits = db.execute(select(_D.key).where(*due).limit(1)).first() is not None
    if not waits:
        if courier is not None:
            courier.rest()
        return 0
    with turn(bus.database, "outbox", kind) as ours:
        if not ours:
            return 0
        packed: int = bus.run(PackDeliveries(kind, courier is not None), SYSTEM)
        if courier is None:
            return packed
        try:
            parcels = _ready(bus, kind)
            for key in parcels:
                _send(bus, courier, key)
            return packed + len(parcels)
        finally:
            courier.rest()


def _ready(bus: Bus, kind: str) -> Sequence[int]:
    query = select(_D.parcel_key).where(one_of(_D.state, PACKED), of_kind(kind), _D.due_at <= bus.clock.now())
    query = query.group_by(_D.parcel_key).order_by(func.min(_D.due_at), _D.parcel_key).limit(RUN)
    with bus.database.read() as db:
        return list(db.execute(query).scalars())


def _send(bus: Bus, courier: Courier, key: int) -> None:
    with bus.database.read() as db:
        columns = [*delivery.c, _N.task_key]
        query = select(*columns).join_from(delivery, notification).where(_D.parcel_key == key, _D.state == PACKED)
        rows = db.execute(query.order_by(_D.key)).all()
    if not rows:  # dropped meanwhile
        return
    try:
        courier.deliver(parcel_of(key, rows))
    except OSError as error:
        _postpone(bus, key, rows[0].attempts, error)
    except Exception as error:  # one that can never be accepted must not hold up the others
        if not isinstance(error, Refused):
            log.exception("parcel %s could not be made", key)
        bus.run(GiveUpParcel(key, _told(error)), SYSTEM)
    else:
        with bus.database.write() as db:
            sent = update(delivery).where(_D.parcel_key == key, _D.state == PACKED)
            values = {"state": SENT, "sent_at": bus.clock.now(), "content": None, "error_message": None}
            db.execute(sent.values(**values, attempts=rows[0].attempts + 1))


def parcel_of(key: int, rows: Sequence[Row[Any]]) -> Parcel:
    """As it was packed."""
    first: Mapping[str, Any] = rows[0].content
    items = tuple(
        Item(
            row.notification_key, row.content["topic"], row.content["subject"], row.content["text"],
            row.content["link"], row.content["guarded"], row.created_at, row.process_instance_key, row.task_key,
            row.content.get("event"),
        )
        for row in rows
    )  # fmt: skip
    return Parcel(key, rows[0].channel, rows[0].username, first["to"], first["language"], items, rows[0].packed_at)


def _told(error: Exception) -> str:
    """Without what a server may have quoted of it."""
    return str(error)[:MAX_MESSAGE] if isinstance(error, Refused | NotNow) else type(error).__name__


def _postpone(bus: Bus, key: int, attempts: int, error: OSError) -> None:
    message, asked = _told(error), error.after if isinstance(error, NotNow) else None
    tried = not isinstance(error, NotNow) or error.tried
    if tried:
        attempts += 1
        log.warning("parcel %s was not accepted: %s", key, message)
    wait = BACK_OFF[max(attempts, 1) - 1] if attempts < TRIES else timedelta()
    if asked is not None:
        wait = max(wait, asked) if tried else asked
    with bus.database.write() as db:
        values = {"attempts": attempts, "due_at": bus.clock.now() + wait, "error_message": message}
        db.execute(update(delivery).where(_D.parcel_key == key, _D.state == PACKED).values(**values))
    if attempts >= TRIES:
        bus.run(GiveUpParcel(key, message), SYSTEM)
