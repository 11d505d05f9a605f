"""Note that something was looked at or taken out: reads of history by auditors, exports, confidential cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument

ACCESSES = frozenset({"case-read", "history-read", "history-exported"})


@dataclass(frozen=True, slots=True)
class NoteAccess:
    """`access` is one of ACCESSES, `key` that of the case (or what else was read), `about` what exactly."""

    access: str
    key: str
    about: str = ""

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return {"about": self.about}


@handles(NoteAccess, permission="audit-log:note", event=NO_INSTANCE)
def note_access(command: NoteAccess, _target: Target, tx: Transaction) -> None:
    """Whoever answers a read runs this before the answer goes out. Raises InvalidArgument for another access."""
    if command.access not in ACCESSES:
        raise InvalidArgument(f"there is no access {command.access}")
    tx.record_service(command.access, command.key, **command.told())
