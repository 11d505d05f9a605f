"""Everything that proves a case, for who takes it out as evidence: from its history alone, and what belongs to it.

`named` says whether people stand in it by their names. Without names there is neither what the case is called, nor a
document, nor the names and keys that open what history seals: as in `krabuan export --without-personal-data`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Select, bindparam, func, select

from engine.errors import InvalidArgument, NotFound
from engine.history.inclusion import inclusion
from engine.history.rows import Rows
from engine.history.verify import Verification, verify_instance
from engine.model.actor import SYSTEM, Actor
from engine.model.masking import Cover
from engine.model.sealed import ERASED, FORMAT, opened
from engine.policy.permissions import Facts, require
from engine.queries.documents import get_document
from engine.queries.evidence import require_contents
from engine.queries.instances import get_recorded
from engine.queries.masking import covers
from engine.store.archives import require_here
from engine.store.documents import content_of
from engine.store.sealing import pseudonym_of, read_bodies
from engine.store.tables import decision_definition, decision_requirements, document, form_definition, user_task
from engine.store.tables import process_definition as pd

READ, NAMES = "process-instance:contents", "evidence:names"
MOST_EVENTS = 20_000
LARGEST_DOCUMENTS = 256 << 20  # bytes, of all together
_WANTED: Any = bindparam("wanted", expanding=True)
SEALED = "$sealed"  # what is read in the place of a value whose key is not given


class EvidenceTooLarge(InvalidArgument):
    """This case has more events or documents than one bundle may hold. Ask the administrator for an export."""

    code = "evidence-too-large"
    th = "เรื่องนี้มีเหตุการณ์หรือเอกสารมากเกินกว่าที่ชุดหลักฐานหนึ่งจะเก็บได้ โปรดขอให้ผู้ดูแลระบบส่งออกให้"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that may be read. `row` is as `krabuan export` writes it, without `file`."""

    id: str
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """`case` is as get_recorded shows it; `events` as they are read: {sequence, at, type, actor, onBehalfOf, elementId,
    elementInstanceKey, data, hash}. `stored` are the same rows as they are hashed; None where who asks may not have
    them, because a value in them is above the class that they are cleared for, or because old events hold names.
    `files` are the definitions of the case by their place in the bundle."""

    case: dict[str, Any]
    named: bool
    events: list[dict[str, Any]]
    stored: list[dict[str, Any]] | None
    verification: Verification
    inclusion: dict[str, Any] | None
    files: dict[str, str]
    people: list[dict[str, Any]] = field(default_factory=list)
    keys: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    withheld: int = 0  # documents of the case that are not in it


def get_evidence(db: Connection, actor: Actor, key: int, named: bool, now: datetime) -> Evidence:
    """Raises NotFound, Forbidden for who may not see what the case holds or may not have names, EvidenceTooLarge,
    HistoryArchived."""
    case = get_recorded(db, actor, key)
    require_contents(db, actor, key)
    if named:
        require(actor, NAMES, Facts(frozenset({case["processDefinitionId"]})))
    require_here(db, key)
    rows = _rows(db, key)
    cover = covers(db, actor, [key], past=True).get(key)
    said = [orjson.loads(row["body"]) for row in rows]
    old = any(one.get("format") != FORMAT for one in said)
    told = read_bodies(db, (row["body"] for row in rows)) if named else [_closed(one) for one in said]
    events = [_event(row, one, cover or Cover()) for row, one in zip(rows, told, strict=True)]
    found = verify_instance(db, key)
    if found is None:
        raise NotFound(processInstanceKey=str(key))
    whole = cover is None and (named or not old)
    attachments, withheld = _attachments(db, actor, key, named, now)
    return Evidence(
        case if named else case | {"businessId": None, "startedBy": events[0]["actor"] if events else None},
        named, events, rows if whole else None, found, inclusion(db, key), _files(db, int(case["processDefinitionKey"]),
        key, events), *(_opening(db, key, rows) if named and whole else ([], [])), attachments, withheld,
    )  # fmt: skip


def _rows(db: Connection, key: int) -> list[dict[str, Any]]:
    rows = list(Rows(db).events_of(key, MOST_EVENTS + 1))
    if len(rows) > MOST_EVENTS:
        raise EvidenceTooLarge
    return rows


class _Nothing:
    """Knows no names and no keys."""

    def name(self, pseudonym: str) -> str | None:
        return None

    def key(self, id_: str) -> bytes | None:
        return None


def _closed(said: dict[str, Any]) -> dict[str, Any]:
    """An event with accounts by pseudonym and nothing unsealed; one written before there were pseudonyms tells no more
    than what happened when."""
    if said.get("format") != FORMAT:
        kept = {name: said.get(name) for name in ("sequence", "at", "type", "elementId", "elementInstanceKey")}
        return kept | {"actor": SYSTEM.id if said.get("actor") == SYSTEM.id else SEALED, "onBehalfOf": None, "data": {}}
    text = orjson.dumps(opened(said, _Nothing()))
    read: dict[str, Any] = orjson.loads(text.replace(ERASED.encode(), SEALED.encode()))
    return read


def _event(row: Mapping[str, Any], said: Mapping[str, Any], masked: Cover) -> dict[str, Any]:
    names = ("sequence", "at", "type", "elementId", "elementInstanceKey", "hash")
    return {name: row[name] for name in names} | {
        "actor": said["actor"], "onBehalfOf": said["onBehalfOf"], "data": masked(said["data"]),
    }  # fmt: skip


def _opening(
    db: Connection, key: int, rows: Iterable[Mapping[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The names and keys that these events need, and no others."""
    bodies = [str(row["body"]) for row in rows]
    return list(Rows(db).people_in(bodies)), list(Rows(db).keys_in(bodies, key))


def _attachments(db: Connection, actor: Actor, key: int, named: bool, now: datetime) -> tuple[list[Attachment], int]:
    d = document.c
    ids = list(db.execute(select(d.id).where(d.process_instance_key == key).order_by(d.uploaded_at, d.id)).scalars())
    if not named:
        return [], len(ids)
    size = db.execute(select(func.sum(d.size)).where(d.process_instance_key == key)).scalar() or 0
    if size > LARGEST_DOCUMENTS:
        raise EvidenceTooLarge
    readable = [id_ for id_ in ids if _may_read(db, actor, id_, now)]
    rows = {row["id"]: row for row in Rows(db).documents_of(key)}
    return [Attachment(id_, rows[id_]) for id_ in readable], len(ids) - len(readable)


def attached(db: Connection, document_id: str) -> bytes:
    """What an attachment of an Evidence, made in the same transaction, holds."""
    return content_of(db, document_id)


def called_in_history(db: Connection, actor: Actor) -> str:
    """The pseudonym of who asks; SEALED for one of whom no history tells."""
    return pseudonym_of(db, actor.id) or SEALED


def _may_read(db: Connection, actor: Actor, id_: str, now: datetime) -> bool:
    try:
        get_document(db, actor, id_, now, None)
    except NotFound:
        return False
    return True


def _files(db: Connection, definition: int, key: int, events: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Diagrams of the versions that the case followed, forms of its tasks, tables of its decisions."""
    t, f, r, d = user_task.c, form_definition.c, decision_requirements.c, decision_definition.c
    tasks = db.execute(select(t.definition_key, t.form_key).where(t.process_instance_key == key).distinct()).all()
    asked = (one for e in events if e["type"] == "decision-evaluated" for one in e["data"].get("evaluated") or ())
    tables = {int(one["key"]) for one in asked if isinstance(one, dict) and str(one.get("key")).isdecimal()}
    kinds: tuple[tuple[str, str, Select[Any], set[int]], ...] = (
        ("diagrams", "bpmn", select(pd.c.key, pd.c.xml).where(pd.c.key.in_(_WANTED)), {row[0] for row in tasks}),
        ("forms", "form", select(f.key, f.schema).where(f.key.in_(_WANTED)), {row[1] for row in tasks} - {None}),
        ("decisions", "dmn", select(r.key, r.xml).where(d.key.in_(_WANTED), d.requirements_key == r.key), tables),
    )
    found: dict[str, str] = {}
    for folder, ending, query, keys in kinds:
        wanted = keys | {definition} if folder == "diagrams" else keys
        rows = db.execute(query.distinct(), {"wanted": sorted(wanted)})
        found |= {f"{folder}/{row[0]}.{ending}": row[1] for row in rows}
    return dict(sorted(found.items()))
