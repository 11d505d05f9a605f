"""A copy of what the office holds about a person, for the person: the right of access.

Of a case with many people in a list only the rows that are about this person; of other texts the whole text, which may
name others: whoever hands the copy out reads it before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Table, or_, select

from engine.model.personal import Tree
from engine.model.traces import Words, files_in, named_in, under
from engine.queries.personal_data import Found, Person, find, trees
from engine.store import tables as t
from engine.store.documents import content_of
from engine.store.personal import hits, holds
from engine.store.sealing import read_bodies

_D, _V, _H, _P = t.document.c, t.variable.c, t.history_event.c, t.process_instance.c
_ABOUT = [_D.id, _D.file_name, _D.content_type, _D.size, _D.sha256, _D.uploaded_at, _D.process_instance_key]
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")
# of an account: what opens it stays with the office
_SECRET = frozenset({"password_hash", "token_hash", "secret_hash", "csrf", "failed_sign_ins", "locked_until"})
_ACCOUNT: Mapping[str, tuple[Table, tuple[str, ...]]] = {
    "account": (t.person, ("username",)), "groups": (t.membership, ("username",)),
    "roles": (t.role_grant, ("username",)),
    "identities": (t.external_identity, ("username",)), "sessions": (t.session, ("username",)),
    "tokens": (t.api_token, ("username",)), "clients": (t.api_client, ("username",)),
    "notificationPreference": (t.notification_preference, ("username",)),
    "settings": (t.own_settings, ("username",)), "tours": (t.seen_tours, ("username",)),
    "favouriteProcesses": (t.favourite_process, ("username",)),
    "calendarFeed": (t.calendar_feed, ("username",)), "substitutions": (t.substitution, ("absent", "substitute")),
}  # fmt: skip


@dataclass(slots=True)
class Copy:
    """`content` is JSON-able; `documents` are (name of the file in the copy, row of the document)."""

    content: dict[str, Any]
    documents: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of all documents."""
        return sum(row.size for _, row in self.documents)

    def files(self, db: Connection) -> Iterator[tuple[str, bytes]]:
        """What the documents hold, one after the other."""
        return ((name, content_of(db, row.id)) for name, row in self.documents)


def copy_of(db: Connection, person: Person) -> Copy:
    """Everything that `find` finds, with what it says."""
    found, of_process = find(db, person), trees(db)
    copy = Copy({"account": _account(db, person), "cases": [], "elsewhere": []})
    files: set[str] = set()
    texts = _texts(db, found)
    for key, case in sorted(found.cases.items()):
        row = db.execute(select(_P.process_id, _P.state, _P.started_at, _P.ended_at).where(_P.key == key)).one()
        told = {
            "processInstanceKey": str(key), "processDefinitionId": row.process_id, "state": row.state,
            "startedAt": _moment(row.started_at), "endedAt": _moment(row.ended_at),
            "data": [], "texts": texts.get(key, []), "history": [],
        }  # fmt: skip
        if case.fields:
            tree = of_process.get(case.process_id, {})
            told["data"] = list(_data(db, key, tree, person.words, case.fields, files))
            told["history"] = list(_history(db, key, tree, person.words))
        copy.content["cases"].append(told)
    copy.content["elsewhere"] = texts.get(None, [])
    _documents(db, copy, person, files)
    return copy


def _account(db: Connection, person: Person) -> dict[str, Any] | None:
    if person.username is None:
        return None
    told: dict[str, Any] = {}
    for name, (table, of) in _ACCOUNT.items():
        theirs = or_(*(table.c[column] == person.username for column in of))
        told[name] = [_shown(row) for row in db.execute(select(table).where(theirs))]
    return told


def _shown(row: Any) -> dict[str, Any]:
    told = {str(n): v for n, v in zip(row._fields, row, strict=True) if n not in _SECRET}
    return {n: _moment(v) if hasattr(v, "isoformat") else v for n, v in told.items()}


def _moment(value: Any) -> str | None:
    return None if value is None else value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _texts(db: Connection, found: Found) -> dict[int | None, list[dict[str, Any]]]:
    """What stands outside of variables, by case."""
    own = {table.name for table, _ in _ACCOUNT.values()}
    texts: dict[int | None, list[dict[str, Any]]] = {}
    for hit in hits(db, found.person.words):
        if hit.column is not _V.value and hit.column.table.name not in own:
            texts.setdefault(hit.case, []).append({"place": hit.place, "text": hit.value})
    return texts


def _data(
    db: Connection, key: int, tree: Tree, words: Words, fields: set[str], files: set[str]
) -> Iterator[dict[str, Any]]:
    """The marked variables; of others' rows in a list nothing, and of a case that knows the person from a list only,
    nothing but those rows."""
    whole = any("[]" not in name for name in fields)
    for row in db.execute(select(_V.name, _V.value).where(_V.process_instance_key == key).order_by(_V.key)):
        if row.name not in tree:
            continue
        value = orjson.loads(row.value)
        if isinstance(value, list) and any(isinstance(one, dict) and "documentId" not in one for one in value):
            value = [one for one in value if holds(words, one)]
        elif not whole and not holds(words, value):
            continue
        files.update(file for _, end in under({row.name: value}, tree) for file in files_in(end))
        yield {"name": row.name, "value": value}


def _history(db: Connection, key: int, tree: Tree, words: Words) -> Iterator[dict[str, Any]]:
    bodies = db.execute(select(_H.body).where(_H.process_instance_key == key).order_by(_H.sequence)).scalars()
    for said in read_bodies(db, bodies):
        data = {name: value for name, value in named_in(said.get("data"), tree) if holds(words, value)}
        if data:
            yield {"at": said["at"], "type": said["type"], "data": data}


def _documents(db: Connection, copy: Copy, person: Person, ids: Iterable[str]) -> None:
    theirs: ColumnElement[bool] = _D.id.in_(sorted(ids))
    if person.username is not None:
        theirs = or_(theirs, _D.uploaded_by == person.username)
    rows = db.execute(select(*_ABOUT).where(theirs).order_by(_D.uploaded_at, _D.id)).all()
    copy.documents = [(f"documents/{number}{_suffix(row.file_name)}", row) for number, row in enumerate(rows, 1)]
    copy.content["documents"] = [{"file": name, **_shown(row)} for name, row in copy.documents]


def _suffix(file_name: str) -> str:
    """Of a file, so that it opens; a name that somebody chose says nothing else of where it goes."""
    found = _SUFFIX.search(file_name)
    return "" if found is None else found.group().lower()
