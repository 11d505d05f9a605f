"""Move histories of cases that are over to a file, which is there already; and bring them back from it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import delete, insert, select

from engine.commands.holds import LONGEST_NAME, refuse_held
from engine.commands.registry import OfService, Target, handles
from engine.commands.second_person import check_reason
from engine.commands.transaction import Transaction
from engine.errors import HistoryArchived, InvalidArgument, InvalidState
from engine.model.chain import genesis
from engine.store import tables as t
from engine.store.archives import archived_of, cases_of, ends_at
from engine.store.batch import Batch
from engine.store.many import ManyInserts, among

_P, _E = t.process_instance.c, t.history_event.c
_BACK = ManyInserts(t.history_event)
_COLUMNS = {
    "process_instance_key": "case", "sequence": "sequence", "type": "type", "actor": "actor",
    "on_behalf_of": "onBehalfOf", "element_id": "elementId", "element_instance_key": "elementInstanceKey",
    "body": "body", "hash": "hash",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ArchiveHistory:
    """The signed `body` of the archive with its signature; `cases` are what it names: (case, events, head), and `roots`
    those of them that were called by none, which all ended before `ended_before`. `by` is who orders it."""

    body: str
    signature: str
    roots: tuple[int, ...]
    cases: tuple[tuple[int, int, str], ...]
    ended_before: datetime
    by: str

    @property
    def said(self) -> Mapping[str, Any]:
        """What the body says."""
        said: Mapping[str, Any] = orjson.loads(self.body)
        return said

    def told(self) -> dict[str, Any]:
        """What the service's events say."""
        counted = {name: self.said[name] for name in ("reason", "month", "cases", "events")}
        return {"archive": hashlib.sha256(self.body.encode()).hexdigest(), "orderedBy": self.by, **counted}


@dataclass(frozen=True, slots=True)
class RestoreHistory:
    """The events of these cases, as the file of an archive has them."""

    archive: int
    histories: tuple[tuple[int, tuple[Mapping[str, Any], ...]], ...] = field(repr=False)
    by: str
    reason: str

    def told(self) -> dict[str, Any]:
        """What the service's events say."""
        return {"orderedBy": self.by, "reason": self.reason, "cases": [str(case) for case, _ in self.histories]}


_ARCHIVED = OfService("history-archived", lambda command, _: command.said["number"])
_RESTORED = OfService("history-restored", lambda command, _: command.archive)


@handles(ArchiveHistory, permission="system:run", event=_ARCHIVED)
def archive_history(command: ArchiveHistory, _target: Target, tx: Transaction) -> None:
    """Afterwards the events are in the file alone; all else of the cases stays.

    Raises ReasonNeeded, InvalidArgument for a name that does not do, CaseHeld, AlreadyExists when another archive has
    this number, InvalidState when a case is not over, not as the archive says, or has an archive already.
    """
    said = command.said
    _check(said["reason"], command.by)
    for root in command.roots:
        tx.lock_instance(root)
    keys = [case[0] for case in command.cases]
    query = select(_P.key, _P.history_sequence, _P.history_head, _P.ended_at)
    there = tx.db.execute(query.where(among(tx.db, _P.root_key, command.roots))).all()
    over = all(row.ended_at is not None and row.ended_at <= command.ended_before for row in there)
    if sorted(tuple(row)[:3] for row in there) != sorted(command.cases) or not over:
        raise InvalidState("a case was changed meanwhile, or is not over: nothing was archived")
    if archived_of(tx.db, keys):
        raise InvalidState("a case was archived meanwhile: nothing was archived")
    refuse_held(tx, keys)
    row = {
        "key": said["number"], "made_at": datetime.fromisoformat(said["madeAt"]), "ordered_by": said["orderedBy"],
        "cases": said["cases"], "events": said["events"], "previous": said["previous"], "body": command.body,
        "signature": command.signature,
    }  # fmt: skip
    tx.db.execute(insert(t.history_archive), row)
    names = ("process_instance_key", "sequence", "head")
    named = [dict(zip(names, case, strict=True)) | {"archive_key": said["number"]} for case in command.cases]
    tx.db.execute(insert(t.archived_case), named)
    for at in range(0, len(keys), 200):
        tx.db.execute(delete(t.history_event).where(_E.process_instance_key.in_(keys[at : at + 200])))


@handles(RestoreHistory, permission="system:run", event=_RESTORED)
def restore_history(command: RestoreHistory, _target: Target, tx: Transaction) -> None:
    """Afterwards the events are where they were. Raises ReasonNeeded, InvalidArgument for a name that does not do,
    InvalidState for a case whose history is not in this archive alone, or that the archive tells otherwise."""
    _check(command.reason, command.by)
    known, batch = cases_of(tx.db, command.archive), Batch()
    for case, rows in command.histories:
        tx.lock_instance(case)
        if known.get(case) != ends_at(case, rows) or known[case][1] == genesis(case):
            raise InvalidState("the file does not have the history that was archived", processInstanceKey=str(case))
        _BACK.add(batch, tx.db, [_stored(row) for row in rows])
    batch.run(tx.db)
    back = [{"process_instance_key": case, "archive_key": command.archive} for case, _ in command.histories]
    tx.db.execute(insert(t.restored_case), [row | {"restored_at": tx.now} for row in back])


def _stored(row: Mapping[str, Any]) -> dict[str, Any]:
    return {column: row[name] for column, name in _COLUMNS.items()} | {"at": datetime.fromisoformat(row["at"])}


def _check(reason: str, by: str) -> None:
    check_reason(reason)
    if not 1 <= len(by.strip()) <= LONGEST_NAME:
        raise InvalidArgument(f"the name of who orders it has 1 to {LONGEST_NAME} characters")


def refuse_archived(tx: Transaction, cases: Sequence[int]) -> None:
    """Raise HistoryArchived when the history of one of these cases is in an archive."""
    found = sorted(archived_of(tx.db, cases))
    if found:
        raise HistoryArchived(processInstanceKeys=[str(key) for key in found])
