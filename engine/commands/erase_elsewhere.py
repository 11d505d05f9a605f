"""Erase what is known of a person outside of cases, and close the erasure: the audit log tells what was done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from engine.commands.erasing import order
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.model.sealed import ERASED
from engine.model.traces import Words
from engine.store.personal import scrub_elsewhere


@dataclass(frozen=True, slots=True)
class EraseElsewhere:
    """`words` are erased; `cases` are the keys of those in which they were, and `pseudonym` that of the account, if an
    account was erased. `by` as in the other commands."""

    reason: str
    words: tuple[str, ...] = field(default=(), repr=False)
    cases: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()
    pseudonym: str | None = None
    by: str | None = None


# its handler records it: the event's key is made here
@handles(EraseElsewhere, permission="personal-data:erase", event=NO_INSTANCE)
def erase_elsewhere(command: EraseElsewhere, _target: Target, tx: Transaction) -> dict[str, Any]:
    """Messages, arrivals and kept answers that name the person go; other texts are replaced. Answers the number of the
    erasure, and of rows by table.column. Raises ReasonNeeded, InvalidArgument."""
    said = order(tx, command.reason, command.by, command.words)
    changed = scrub_elsewhere(tx.db, Words(command.words), ERASED, everywhere=False)
    number = str(tx.key())
    tx.record_service(
        "personal-data-erased", number, cases=[str(key) for key in command.cases],
        kept=[str(key) for key in command.kept], account=command.pseudonym, **said,
    )  # fmt: skip
    return {"erasureKey": number, "rows": dict(changed)}
