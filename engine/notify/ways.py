"""By which ways a notification leaves: by mail and push to persons, by webhooks to programs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, or_, select

from engine.model.telling import MAIL, PUSH, WEBHOOK
from engine.notify.substitutes import substitutes
from engine.store.tables import delivery, membership, notification, person, push_address, webhook

Way = tuple[Mapping[str, Any], str, str]  # the notification's row, the person's name (or ""), the channel
_P, _A, _W, _M = person.c, push_address.c, webhook.c, membership.c


def _reached(*more: Any) -> Select[Any]:
    """Who is cleared and has an address of a kind; with a row for each push channel."""
    source = person.outerjoin(push_address, _A.username == _P.username)
    if more:
        source = source.join(membership, _M.username == _P.username)
    query = select(_P.username, _P.email, _A.key.label("push"), *more).select_from(source)
    has_way = or_(_P.email.is_not(None), _A.key.is_not(None))
    return query.where(_P.active, _P.clearance >= bindparam("level"), has_way).order_by(_P.username, *more, _A.key)


# made once: this is asked for each task
_USERS = _reached().where(_P.username.in_(bindparam("users", expanding=True)))
_MEMBERS = _reached(_M.group_key).where(_M.group_key.in_(bindparam("groups", expanding=True)))


def to_persons(
    db: Connection, rows: Sequence[Mapping[str, Any]], level: int, event: str | None, now: datetime,
    but: Collection[str] = (),
) -> list[Way]:  # fmt: skip
    """To each person who is told of the event for the first time and is cleared for the level: by mail where they have
    an address, and by each of their push channels. Who stands in for an absent person gets what is sent to that person,
    too; nothing goes to those named in `but`. `event` is None where nobody was told of it before."""
    by_name = {("user", name): row for name, row in substitutes(db, rows, now).items()}
    by_name |= {(row["recipient_kind"], row["recipient"]): row for row in reversed(rows)}
    groups = [name for kind, name in by_name if kind == "group"]
    users = [name for kind, name in by_name if kind == "user"]
    found: list[Row[Any]] = []
    if users:
        found += db.execute(_USERS, {"users": users, "level": level})
    if groups:
        found += db.execute(_MEMBERS, {"groups": groups, "level": level})
    told: dict[tuple[str, str], Mapping[str, Any]] = {}
    for row in found:
        group = getattr(row, "group_key", None)
        notice = by_name["user", row.username] if group is None else by_name["group", group]
        for channel in _channels(row):
            told.setdefault((row.username, channel), notice)
    earlier = _told_before(db, event) if event is not None else set()
    return [(notice, *way) for way, notice in told.items() if way not in earlier and way[0] not in but]


def to_programs(db: Connection, rows: Sequence[dict[str, Any]]) -> list[Way]:
    """To each webhook that gets such notifications: each once, whoever is in a group."""
    hooks = db.execute(select(_W.key, _W.topics, _W.groups).where(_W.active).order_by(_W.key)).all()
    hooks = [hook for hook in hooks if not hook.topics or rows[0]["topic"] in hook.topics]
    groups = _groups_of(db, rows) if any(hook.groups for hook in hooks) else {}
    return [
        (row, "", f"{WEBHOOK}:{hook.key}")
        for row in rows
        for hook in hooks
        if not hook.groups or groups[row["key"]] & set(hook.groups)
    ]


def _channels(row: Row[Any]) -> list[str]:
    mail = [] if not row.email else [MAIL]
    return mail if row.push is None else [*mail, f"{PUSH}:{row.push}"]


def _groups_of(db: Connection, rows: Sequence[dict[str, Any]]) -> dict[int, set[str]]:
    """The group that each notification goes to, or those of the person."""
    users = [row["recipient"] for row in rows if row["recipient_kind"] == "user"]
    of: dict[str, set[str]] = {name: set() for name in users}
    for row in db.execute(select(_M.username, _M.group_key).where(_M.username.in_(users))) if users else ():
        of[row.username].add(row.group_key)
    return {
        row["key"]: of[row["recipient"]] if row["recipient_kind"] == "user" else {row["recipient"]} for row in rows
    }


def _told_before(db: Connection, event: str) -> set[tuple[str, str]]:
    d, n = delivery.c, notification.c
    query = select(d.username, d.channel).join_from(delivery, notification).where(n.event == event)
    return {(row.username, row.channel) for row in db.execute(query)}
