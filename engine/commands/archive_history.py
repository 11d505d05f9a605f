"""Move histories of cases that are over to a file, which is there already; and bring them back from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from engine.commands.holds import refuse_held
from engine.commands.orders import Order, check_order, keep_order
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import HistoryArchived, InvalidState
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
class ArchiveHistory(Order):
    """The body is that of the archive; its cases all ended before `ended_before`. `by` is who orders it."""

    ended_before: datetime
    by: str

    def told(self) -> dict[str, Any]:
        """What the service's events say."""
        counted = {name: self.said[name] for name in ("reason", "month", "cases", "events")}
        return {"archive": self.digest, "orderedBy": self.by, **counted}


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
    check_order(command.said["reason"], command.by)
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
    keep_order(tx, command, t.history_archive, t.archived_case, "archive_key")
    for at in range(0, len(keys), 200):
        tx.db.execute(delete(t.history_event).where(_E.process_instance_key.in_(keys[at : at + 200])))


@handles(RestoreHistory, permission="system:run", event=_RESTORED)
def restore_history(command: RestoreHistory, _target: Target, tx: Transaction) -> None:
    """Afterwards the events are where they were. Raises ReasonNeeded, InvalidArgument for a name that does not do,
    InvalidState for a case whose history is not in this archive alone, or that the archive tells otherwise."""
    check_order(command.reason, command.by)
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


def refuse_archived(tx: Transaction, cases: Sequence[int]) -> None:
    """Raise HistoryArchived when the history of one of these cases is in an archive."""
    found = sorted(archived_of(tx.db, cases))
    if found:
        raise HistoryArchived(processInstanceKeys=[str(key) for key in found])
