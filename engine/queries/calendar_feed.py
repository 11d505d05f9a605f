"""What a person's calendar feed holds: open tasks and statutory deadlines by their due dates.

A feed leaves the office: programs elsewhere keep it. So it tells no more than mails do (`Telling.quoted_class`): of a
case above that class that something is due, and the case's number; and it quotes no field that is marked as above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, select

from engine.model.access import NORMAL
from engine.model.actor import Actor
from engine.model.manual import Words
from engine.model.masking import without
from engine.policy.permissions import Facts, require
from engine.queries.deadlines import search_deadlines
from engine.queries.evidence import Diagrams
from engine.queries.inbox import search_inbox
from engine.queries.people import Account, account_of
from engine.queries.search import Search
from engine.store.masks import masked_names, quoted_of
from engine.store.tables import calendar_feed, moment_text, notification_preference, process_instance

MOST = 500  # entries of each kind, the earliest: a calendar holds no more that anybody could read
Kind = Literal["mine", "group", "statutory"]
_NOTHING = Words()


@dataclass(frozen=True, slots=True)
class Entry:
    """One due date. Without `what`, nothing but the case's number may be told.

    `key` is that of the task, or of the deadline; `rev` grows with each change of a task.
    """

    kind: Kind
    key: str
    case_key: str
    due: datetime
    rev: int = 0
    what: Words | None = None
    process: Words = _NOTHING
    business_id: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """Whose feed an address opens, what the person wants in it, and in which language."""

    account: Account
    language: Literal["th", "en"]
    group_tasks: bool
    statutory: bool


def feed_of(db: Connection, actor: Actor) -> dict[str, Any]:
    """{madeAt, groupTasks, statutory} of one's own feed; all null where there is none. Raises Forbidden."""
    require(actor, "calendar-feed:manage", Facts(person=actor.id))
    f = calendar_feed.c
    row = db.execute(select(f.made_at, f.group_tasks, f.statutory).where(f.username == actor.id)).one_or_none()
    if row is None:
        return {"madeAt": None, "groupTasks": None, "statutory": None}
    return {"madeAt": moment_text(row.made_at), "groupTasks": row.group_tasks, "statutory": row.statutory}


def feed_behind(db: Connection, token_hash: str) -> Feed | None:
    """The feed with this address; None where there is none, or its account is closed."""
    f = calendar_feed.c
    row = db.execute(select(f.username, f.group_tasks, f.statutory).where(f.token_hash == token_hash)).one_or_none()
    account = None if row is None else account_of(db, row.username)
    if row is None or account is None or not account.active:
        return None
    chosen = select(notification_preference.c.language).where(notification_preference.c.username == row.username)
    language = db.execute(chosen).scalar_one_or_none()
    return Feed(account, "en" if language == "en" else "th", row.group_tasks, row.statutory)


def entries_of(
    db: Connection, feed: Feed, diagrams: Diagrams, now: datetime, quoted_class: int = NORMAL
) -> list[Entry]:
    """What the feed holds at this moment, by due date; nothing that its person may not see, and of what is of a class
    above `quoted_class` only that it is there."""
    actor = feed.account.actor()
    found = list(_tasks(db, actor, "mine", now))
    if feed.group_tasks:
        found += _tasks(db, actor, "group", now)
    if feed.statutory:
        found += _deadlines(db, actor, diagrams)
    return sorted(_to_be_told(db, found, quoted_class), key=lambda entry: (entry.due, entry.kind, entry.key))


def _tasks(db: Connection, actor: Actor, kind: Literal["mine", "group"], now: datetime) -> Iterator[Entry]:
    view = "mine" if kind == "mine" else "groups"
    for item in search_inbox(db, actor, Search({"view": view}, (), {"limit": MOST}), now, put_off=False)["items"]:
        if item["dueDate"] is not None:
            yield Entry(
                kind,
                item["userTaskKey"],
                item["processInstanceKey"],
                datetime.fromisoformat(item["dueDate"]),
                item["rev"],
                Words(item["name"] or item["elementId"], item["nameEn"] or ""),
                Words(item["processName"] or "", item["processNameEn"] or ""),
                item["businessId"],
            )


def _deadlines(db: Connection, actor: Actor, diagrams: Diagrams) -> Iterator[Entry]:
    running = Search({"kind": "statutory", "state": "RUNNING"}, ({"field": "dueAt"},), {"limit": MOST})
    for item in search_deadlines(db, actor, diagrams, running)["items"]:
        process = diagrams(db, int(item["processDefinitionKey"]))
        yield Entry(
            "statutory",
            item["deadlineKey"],
            item["processInstanceKey"],
            datetime.fromisoformat(item["dueAt"]),
            0,
            Words(item["text"]["th"] or item["deadlineId"], item["text"]["en"] or ""),
            Words(process.name or "", process.name_en or ""),
            item["businessId"],
        )


def _to_be_told(db: Connection, entries: list[Entry], quoted_class: int) -> Iterator[Entry]:
    """Each once, without what must not leave the office."""
    cases = {int(entry.case_key) for entry in entries}
    p = process_instance.c
    above = select(p.key).where(p.key.in_(cases), p.access_class > quoted_class)
    guarded = frozenset(db.execute(above).scalars())
    quoted = quoted_of(db, masked_names(db, cases, quoted_class))
    seen: set[tuple[bool, str]] = set()
    for entry in entries:
        same = (entry.kind == "statutory", entry.key)
        if same not in seen:
            seen.add(same)
            yield _told(entry, guarded, quoted)


def _told(entry: Entry, guarded: frozenset[int], quoted: Mapping[int, frozenset[str]]) -> Entry:
    case = int(entry.case_key)
    if case in guarded:
        return Entry(entry.kind, entry.key, entry.case_key, entry.due, entry.rev)
    values = quoted.get(case, frozenset())
    if not values or entry.what is None:
        return entry

    def masked(said: Words) -> Words:
        return Words(without(said.th, values), without(said.en, values))

    number = None if entry.business_id is None else without(entry.business_id, values)
    what, process = masked(entry.what), masked(entry.process)
    return Entry(entry.kind, entry.key, entry.case_key, entry.due, entry.rev, what, process, number)
