"""Place a legal hold: until it is ended, nobody deletes or erases the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select

from engine.commands.holds import kept_target, ordered_by
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.second_person import check_reason
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.store.tables import legal_hold

MOST_OPEN = 100  # of one case


@dataclass(frozen=True, slots=True)
class PlaceHold:
    """`by` is who orders it, where the command line on this machine does it in that person's place."""

    key: int
    reason: str
    by: str | None = None


def _target(command: PlaceHold, tx: Transaction) -> Target:
    return kept_target(command.key, tx, {"processInstanceKey": str(command.key)})


# its handler records it, because history tells the key of the hold, too
@handles(PlaceHold, permission="legal-hold:place", event=NO_INSTANCE, target=_target)
def place_hold(command: PlaceHold, target: Target, tx: Transaction) -> dict[str, Any]:
    """Holds the case with all that it called and was called by, also one that is deleted but for its history. There
    may be several holds, for several reasons: each is ended by itself.

    Raises ReasonNeeded, InvalidArgument for a name that does not do, InvalidState for too many holds.
    """
    instance = target.instance
    assert instance is not None
    reason, by, h = check_reason(command.reason), ordered_by(tx, command.by), legal_hold.c
    open_ones = select(func.count()).where(h.process_instance_key == instance.key, h.ended_at.is_(None))
    if tx.db.execute(open_ones).scalar_one() >= MOST_OPEN:
        raise InvalidState(f"a case has {MOST_OPEN} legal holds at most", processInstanceKey=str(instance.key))
    key = tx.key()
    row = {
        "key": key, "process_instance_key": instance.key, "root_key": instance.root_key,
        "process_id": instance.process_id, "reason": reason, "placed_by": by, "placed_at": tx.now,
    }  # fmt: skip
    tx.db.execute(insert(legal_hold), row)
    tx.record(instance, "hold-placed", None, instance.key, hold=str(key), reason=reason, by=by)
    tx.announce("process-instance", {"processInstanceKey": str(instance.key)})
    return {"legalHoldKey": str(key)}
