"""Pack what is due for webhooks: each notification an event for programs, with keys, names and times, no contents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, String, bindparam, cast, literal, select, update

from engine.model.access import NORMAL
from engine.model.telling import DROPPED, PACKED, PENDING, WEBHOOK
from engine.model.webhooks import cloud_event
from engine.notify.contents import link_of
from engine.notify.packing import AT_ONCE
from engine.notify.settings import Telling
from engine.store.constants import one_of
from engine.store.deliveries import of_kind
from engine.store.tables import delivery, moment_text, notification, process_instance, user_task, webhook

_D, _N, _C, _T, _W = delivery.c, notification.c, process_instance.c, user_task.c, webhook.c


def pack_events(db: Connection, new_key: Callable[[], int], now: datetime, telling: Telling) -> int:
    """Of the deliveries to webhooks that are due: pack each as one event, or drop it where its webhook is gone or
    switched off. Returns how many there were."""
    rows = db.execute(_due(now)).all()
    gone = [row.key for row in rows if row.active is not True]
    if gone:
        dropped = update(delivery).where(_D.key.in_(gone), _D.state == PENDING)
        db.execute(dropped.values(state=DROPPED, error_message="the webhook is switched off"))
    packed = [_packed(row, new_key(), telling) for row in rows if row.active is True]
    if packed:
        values = {name: bindparam(name, type_=_D[name].type) for name in ("parcel_key", "content")}
        this = (_D.key == bindparam("of")) & (_D.state == PENDING)
        db.execute(update(delivery).where(this).values(state=PACKED, packed_at=now, **values), packed)
    return len(rows)


def event_of(row: Any, parcel_key: int, telling: Telling) -> dict[str, Any]:
    """Of a notification with its case and task: a CloudEvent. Above the class set, no names and no recipient."""
    guarded = _guarded(row, telling)
    data: dict[str, Any] = {
        "notificationKey": str(row.notification_key),
        "topic": row.topic,
        "recipient": None if guarded else {"kind": row.recipient_kind, "name": row.recipient},
        "processInstanceKey": _text(row.process_instance_key),
        "processDefinitionId": row.process_id,
        "userTaskKey": _text(row.task_key),
        "elementId": row.element_id,
        "taskName": None if guarded or row.element_id is None else {"th": row.name, "en": row.name_en},
        "dueDate": None if row.task_due_at is None else moment_text(row.task_due_at),
        "link": link_of(row, telling),
        "guarded": guarded,
    }
    subject = None if row.process_instance_key is None else f"process-instances/{row.process_instance_key}"
    if row.task_key is not None:
        subject = f"user-tasks/{row.task_key}"
    source = telling.public_url or "/"
    return cloud_event(parcel_key, row.topic, moment_text(row.created_at), source, subject, data)


def _due(now: datetime) -> Any:
    source = (
        delivery.join(notification, _N.key == _D.notification_key)
        .outerjoin(process_instance, _C.key == _N.process_instance_key)
        .outerjoin(user_task, _T.key == _N.task_key)
        .outerjoin(webhook, _D.channel == literal(f"{WEBHOOK}:") + cast(_W.key, String))
    )
    columns = [
        _D.key, _D.notification_key, _D.created_at, _W.active, _N.topic, _N.recipient_kind, _N.recipient,
        _N.process_instance_key, _N.task_key, _C.process_id, _C.access_class, _T.element_id, _T.name, _T.name_en,
        _T.due_at.label("task_due_at"),
    ]  # fmt: skip
    query = select(*columns).select_from(source).where(one_of(_D.state, PENDING), of_kind(WEBHOOK), _D.due_at <= now)
    return query.order_by(_D.due_at, _D.key).limit(AT_ONCE)


def _packed(row: Row[Any], parcel_key: int, telling: Telling) -> dict[str, Any]:
    content = {
        "language": "", "to": "", "topic": row.topic, "subject": "", "text": "", "link": link_of(row, telling),
        "guarded": _guarded(row, telling), "event": event_of(row, parcel_key, telling),
    }  # fmt: skip
    return {"of": row.key, "parcel_key": parcel_key, "content": content}


def _guarded(row: Any, telling: Telling) -> bool:
    return (row.access_class or NORMAL) > telling.quoted_class


def _text(key: int | None) -> str | None:
    return None if key is None else str(key)
