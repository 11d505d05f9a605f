"""Add to a deadline what became known afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select

from engine.commands.clock_documents import recorded_document
from engine.commands.clocks import iso, note
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.running import running
from engine.commands.targets import deadline_target
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, InvalidState
from engine.store.tables import deadline_record

LONGEST, MOST = 4_000, 200  # characters; supplements of one deadline


@dataclass(frozen=True, slots=True)
class SupplementDeadline:
    """`text` says what emerged, `happened_at` when (None: now), `document_id` names a document
    about it, of the case or (it then becomes that) of none."""

    deadline_key: int
    text: str
    happened_at: datetime | None = None
    document_id: str | None = None


@handles(SupplementDeadline, permission="deadline:supplement", event=NO_INSTANCE, target=deadline_target)
def supplement_deadline(command: SupplementDeadline, target: Target, tx: Transaction) -> dict[str, str]:
    """It stands in the register and in history beside what was recorded before, which stays as it is; the clock, be it
    running or stopped, is not touched. Answers {deadlineRecordKey}.

    Raises InvalidArgument for an empty or overlong text or a moment yet to come, InvalidState when there are too many,
    NotFound for a document of another case.
    """
    instance, row = target.instance, target.rows["deadline"]
    assert instance is not None
    if not command.text.strip() or len(command.text) > LONGEST:
        raise InvalidArgument(f"a supplement has 1 to {LONGEST} characters")
    happened = tx.now if command.happened_at is None else command.happened_at.astimezone(UTC)
    if happened > tx.now:
        raise InvalidArgument("what emerged emerged before now")
    c = deadline_record.c
    mine = (c.deadline_key == row["key"]) & (c.kind == "SUPPLEMENTED")
    if tx.db.execute(select(func.count()).where(mine)).scalar_one() >= MOST:
        raise InvalidState(f"a deadline has {MOST} supplements at most", deadlineKey=str(row["key"]))
    document = recorded_document(tx, instance, command.document_id)
    key = note(running(tx), instance, row, "SUPPLEMENTED", happened_at=happened, text=command.text, **document)
    tx.record(
        instance, "deadline-supplemented", None, row["scope_key"], deadline=row["deadline_id"], text=command.text,
        happenedAt=iso(happened), document=command.document_id,
    )  # fmt: skip
    tx.announce("process-instance", {"processInstanceKey": str(instance.key)})
    return {"deadlineRecordKey": str(key)}
