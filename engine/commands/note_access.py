"""Note that something was looked at or taken out: reads of history by auditors, exports, confidential cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument
from engine.store.locks import lock_name
from engine.store.tables import idempotency_key

HOUR = "%Y-%m-%dT%H"
ACCESSES = frozenset(
    {"case-read", "history-read", "history-exported", "personal-data-found", "personal-data-exported",
     "report-exported", "cases-exported", "evidence-exported", "audit-log-exported", "backup-made"}
)


@dataclass(frozen=True, slots=True)
class NoteAccess:
    """`access` is one of ACCESSES, `keys` those of the cases (or what else was read), `about` what exactly. That a case
    was read is told once for each reader, case and hour."""

    access: str
    keys: tuple[str, ...]
    about: str = ""

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return {"about": self.about}


@handles(NoteAccess, permission="audit-log:note", event=NO_INSTANCE)
def note_access(command: NoteAccess, _target: Target, tx: Transaction) -> None:
    """Whoever answers a read runs this before the answer goes out. Raises InvalidArgument for another access."""
    if command.access not in ACCESSES:
        raise InvalidArgument(f"there is no access {command.access}")
    for key in _untold(command, tx) if command.access == "case-read" else command.keys:
        tx.record_service(command.access, key, **command.told())


def _untold(command: NoteAccess, tx: Transaction) -> list[str]:
    """The keys of the cases that this reader has not read in this hour; they stand with the answers of repeated
    requests, which are kept for a day, under names that no request can give."""
    c, hour = idempotency_key.c, tx.now.strftime(HOUR)
    lock_name(tx.db, "case-read", tx.actor.id)
    names = {f"case-read\n{key}\n{hour}": key for key in command.keys}
    known = tx.db.execute(select(c.key).where(c.actor == tx.actor.id, c.key.in_(list(names)))).scalars()
    for name in known:
        del names[name]
    row = {"actor": tx.actor.id, "request_hash": "", "answer": "null", "made_at": tx.now}
    if names:
        tx.db.execute(insert(idempotency_key), [{**row, "key": name} for name in names])
    return list(names.values())
