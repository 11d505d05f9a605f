"""Pack what is due for each person: what is still worth telling, when it may come, as what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update

from engine.model.access import NORMAL
from engine.model.telling import DROPPED, MAIL, OF_OPEN_TASKS, PACKED, PENDING, kind_of
from engine.notify.contents import Contents, templates_of
from engine.notify.preferences import OFF, STATUTORY, Preference, preference_of
from engine.notify.settings import Telling
from engine.store.constants import one_of
from engine.store.deliveries import of_kind
from engine.store.masks import masked_names, quoted_of
from engine.store.tables import delivery, notification, notification_preference, person, process_instance, user_task

AT_ONCE = 200  # deliveries
BETWEEN = timedelta(minutes=1)  # two parcels to one person: what comes meanwhile comes together
_D, _N, _C, _T, _P = delivery.c, notification.c, process_instance.c, user_task.c, person.c
_CHOSEN = [c.label(f"chosen_{c.name}") for c in notification_preference.c]


@dataclass(slots=True)
class Packing:
    """What becomes of some deliveries."""

    dropped: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # by the reason
    postponed: list[dict[str, Any]] = field(default_factory=list)
    packed: list[dict[str, Any]] = field(default_factory=list)


def pack(
    db: Connection, new_key: Callable[[], int], now: datetime, kind: str, zone: str, telling: Telling
) -> int:  # fmt: skip
    """Of the deliveries of a kind of channel that are due: drop, postpone or pack each. Returns how many there were.

    Those of one person that are ready together get one parcel, with its content: it does not change any more. Nothing
    is packed for who has gone, is not cleared for the case (any more), or wants none; nor of a task that is done.
    """
    rows = db.execute(_due(kind, now)).all()
    if not rows:
        return 0
    packing, people = Packing(), defaultdict[tuple[str, str], list[Row[Any]]](list)
    for row in rows:
        reason = why_not(row)
        if reason is not None:
            packing.dropped[reason].append(row.key)
        else:
            people[row.username, row.channel].append(row)
    last = _last_parcels(db, kind, now, sorted({username for username, _ in people}))
    ready: list[tuple[int, Preference, Row[Any]]] = []
    for (username, channel), theirs in people.items():
        preference = preference_of(_chosen(theirs[0]))
        fit = _ripe(packing, preference, theirs, now, zone, last.get((username, channel)))
        parcel = new_key() if fit else 0
        ready += [(parcel, preference, row) for row in fit]
    if ready:
        _fill(db, packing, ready, now, Contents(templates_of(db), telling, zone))
    _write(db, packing, now)
    return len(rows)


def why_not(row: Any) -> str | None:
    """Why a delivery to a person is not made at all; None when it is."""
    if row.active is not True or (row.channel == MAIL and not row.email):
        return "nobody is there to get it"
    if (row.access_class or NORMAL) > row.clearance:
        return "not cleared for the case"
    if row.topic in OF_OPEN_TASKS and row.task_key is not None:
        if row.task_state is None or row.task_completed_at is not None or row.task_state == "CANCELING":
            return "the task is done"
        if row.topic == "task-open" and row.task_assignee is not None:
            return "somebody has taken the task"
    if preference_of(_chosen(row)).choice(row.topic, kind_of(row.channel)) == OFF:
        return "not wanted"
    return None


def _due(kind: str, now: datetime) -> Any:
    of_task = [
        _T.state.label("task_state"), _T.completed_at.label("task_completed_at"), _T.assignee.label("task_assignee"),
        _T.name.label("task_name"), _T.name_en.label("task_name_en"), _T.due_at.label("task_due_at"), _T.process_name,
        _T.process_name_en,
    ]  # fmt: skip
    source = (
        delivery.join(notification, _N.key == _D.notification_key)
        .outerjoin(process_instance, _C.key == _N.process_instance_key)
        .outerjoin(user_task, _T.key == _N.task_key)
        .outerjoin(person, _P.username == _D.username)
        .outerjoin(notification_preference, notification_preference.c.username == _D.username)
    )
    told = [_N.topic, _N.about, _N.subject, _N.body, _N.subject_en, _N.body_en, _N.process_instance_key, _N.task_key]
    of_person = [_P.email, _P.active, _P.clearance, _P.display_name]
    of_case = [_C.access_class, _C.business_id]
    columns = [_D.key, _D.username, _D.channel, _D.created_at, *told, *of_case, *of_task, *of_person, *_CHOSEN]
    query = select(*columns).select_from(source).where(one_of(_D.state, PENDING), of_kind(kind), _D.due_at <= now)
    return query.order_by(_D.due_at, _D.key).limit(AT_ONCE)


def _chosen(row: Any) -> dict[str, Any] | None:
    if row.chosen_username is None:
        return None
    return {c.name: getattr(row, f"chosen_{c.name}") for c in notification_preference.c}


def _last_parcels(db: Connection, kind: str, now: datetime, names: Sequence[str]) -> dict[tuple[str, str], datetime]:
    """When a parcel was last made for each of them, of those made a short time ago."""
    recent = (_D.username.in_(names), of_kind(kind), _D.packed_at > now - BETWEEN)
    query = select(_D.username, _D.channel, func.max(_D.packed_at, type_=_D.packed_at.type).label("at"))
    rows = db.execute(query.where(*recent).group_by(_D.username, _D.channel)) if names else ()
    return {(row.username, row.channel): row.at for row in rows}


def _ripe(
    packing: Packing, preference: Preference, rows: list[Row[Any]], now: datetime, zone: str, last: datetime | None
) -> list[Row[Any]]:
    """Those that may come now; the others are postponed. What a law sets a term waits for nothing, and what is ready
    comes with it."""
    fit = []
    for row in rows:
        moment = preference.moment(row.topic, kind_of(row.channel), row.created_at, zone)
        if moment <= now:
            fit.append(row)
        else:
            packing.postponed.append({"of": row.key, "due_at": moment})
    if last is not None and all(row.topic != STATUTORY for row in fit):
        packing.postponed += [{"of": row.key, "due_at": last + BETWEEN} for row in fit]
        return []
    return fit


def _fill(
    db: Connection, packing: Packing, ready: list[tuple[int, Preference, Row[Any]]], now: datetime, contents: Contents
) -> None:
    cases = {row.process_instance_key for _, _, row in ready if row.process_instance_key is not None}
    quoted = quoted_of(db, masked_names(db, cases, contents.telling.quoted_class)) if cases else {}
    for parcel, preference, row in ready:
        content = contents.of(row, preference.language, quoted.get(row.process_instance_key, frozenset()))
        packing.packed.append({"of": row.key, "parcel_key": parcel, "content": content, "packed_at": now})


def _write(db: Connection, packing: Packing, now: datetime) -> None:
    this = (_D.key == bindparam("of")) & (_D.state == PENDING)
    for reason, keys in packing.dropped.items():
        gone = update(delivery).where(_D.key.in_(keys), _D.state == PENDING)
        db.execute(gone.values(state=DROPPED, error_message=reason))
    if packing.postponed:
        db.execute(update(delivery).where(this).values(due_at=bindparam("due_at")), packing.postponed)
    if packing.packed:
        names = ("parcel_key", "content", "packed_at")
        values = {name: bindparam(name, type_=_D[name].type) for name in names}
        db.execute(update(delivery).where(this).values(state=PACKED, due_at=now, **values), packing.packed)
