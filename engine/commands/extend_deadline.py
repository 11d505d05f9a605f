"""Extend a deadline that still runs, as far as its law allows, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from engine.commands.clock_documents import checked_document, recorded_document
from engine.commands.clocks import Hands, clocks_of, iso, note, show_on_tasks
from engine.commands.deadlines import set_term
from engine.commands.registry import Target, handles
from engine.commands.running import running
from engine.commands.second_person import APPROVED, check_reason, check_second_person
from engine.commands.targets import deadline_target
from engine.commands.transaction import Transaction
from engine.deadlines.compute import Term
from engine.errors import BeyondTheLaw, InvalidArgument, NotToBeExtended
from engine.store.instances import ALIVE


@dataclass(frozen=True, slots=True)
class ExtendDeadline:
    """To `due_at`; `document_id` is a document that it rests on, of the case or (it then becomes that) of none."""

    deadline_key: int
    due_at: datetime
    reason: str | None = None
    document_id: str | None = None

    def told(self) -> dict[str, Any]:
        """To when, why, and on what; from when stands in the event of the deadline."""
        to = iso(self.due_at.astimezone(UTC))
        return {"deadlineKey": str(self.deadline_key), "dueAt": to, "reason": self.reason, "document": self.document_id}


@handles(ExtendDeadline, permission="deadline:extend", event="deadline-extended", target=deadline_target)
def extend_deadline(command: ExtendDeadline, target: Target, tx: Transaction) -> None:
    """From then on it is due at that moment, and so is what is said of it and what falls due of it; timers that are
    drawn in the diagram stay as they are. The register keeps who extended it, why, and on what document.

    Raises ReasonNeeded, SecondPersonNeeded where the process demands one, NotToBeExtended unless it runs and is not
    over yet, or when its law knows no lateness (a statutory one without lateUntil); InvalidArgument for a moment that
    is not after the one before, BeyondTheLaw for one after lateUntil, NotFound for a document of another
    case.
    """
    instance, row = target.instance, target.rows["deadline"]
    assert instance is not None
    check_second_person(tx, instance, "extend", command.reason)
    reason, due = check_reason(command.reason), command.due_at.astimezone(UTC)
    check_extension(command, target, tx)
    r = running(tx)
    row = clocks_of(r, instance)[row["scope_key"], row["deadline_id"]]
    document = recorded_document(tx, instance, command.document_id)
    before = {"startedAt": iso(row["started_at"]), "dueAt": iso(row["due_at"]), "state": row["state"]}
    note(r, instance, row, "EXTENDED", _hands(tx), due_before=row["due_at"], due_after=due, text=reason, **document)
    row["extended_until"] = due
    set_term(r, instance, row, Term(row["started_at"], due, row["late_until"]), before)
    show_on_tasks(r, instance)
    tx.announce("process-instance", {"processInstanceKey": str(instance.key)})


def check_extension(command: ExtendDeadline, target: Target, tx: Transaction) -> None:
    """Whether it can be extended so far. Raises what `extend_deadline` says."""
    instance, row, due = target.instance, target.rows["deadline"], command.due_at.astimezone(UTC)
    assert instance is not None
    of = {"deadlineKey": str(row["key"]), "state": row["state"]}
    if instance.state not in ALIVE or row["stopped_at"] is not None or row["due_at"] < tx.now:
        raise NotToBeExtended("only a deadline that runs and is not over yet is extended", **of)
    if row["kind"] == "statutory" and row["late_until"] is None:
        raise NotToBeExtended("the law of this deadline knows no extension", **of)
    if due <= row["due_at"]:
        raise InvalidArgument("dueDate lies after the moment when the deadline is due now")
    if row["late_until"] is not None and due > row["late_until"]:
        raise BeyondTheLaw(lateUntil=iso(row["late_until"]))
    checked_document(tx, instance, command.document_id)


def _hands(tx: Transaction) -> Hands | None:
    """Who asked for it, where another approved it."""
    asked = tx.cache.get(APPROVED)
    if asked is None:
        return None
    through = None if asked.on_behalf_of is None else asked.requested_by
    return Hands(asked.on_behalf_of or asked.requested_by, through, tx.actor.id)
