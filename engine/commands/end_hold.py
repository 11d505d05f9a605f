"""End a legal hold: what it was placed for is over."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from engine.commands.holds import kept_target, ordered_by
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.second_person import check_reason
from engine.commands.transaction import Transaction
from engine.errors import InvalidState, NotFound
from engine.store.tables import legal_hold


@dataclass(frozen=True, slots=True)
class EndHold:
    """`hold_key` is that of the hold; `by` as in PlaceHold."""

    hold_key: int
    reason: str
    by: str | None = None


def _target(command: EndHold, tx: Transaction) -> Target:
    """The case of the hold, locked. Raises NotFound."""
    named, h = {"legalHoldKey": str(command.hold_key)}, legal_hold.c
    case = tx.db.execute(select(h.process_instance_key).where(h.key == command.hold_key)).scalar()
    if case is None:
        raise NotFound(**named)
    return kept_target(case, tx, named)


@handles(EndHold, permission="legal-hold:end", event=NO_INSTANCE, target=_target)
def end_hold(command: EndHold, target: Target, tx: Transaction) -> None:
    """Another hold on the same case still holds it. Raises ReasonNeeded, InvalidArgument for a name that does not do,
    InvalidState when it has ended already."""
    instance, mine = target.instance, legal_hold.c.key == command.hold_key
    assert instance is not None
    reason, by = check_reason(command.reason), ordered_by(tx, command.by)
    ended = {"ended_by": by, "ended_at": tx.now, "end_reason": reason}
    still = mine & legal_hold.c.ended_at.is_(None)
    if tx.db.execute(update(legal_hold).where(still).values(**ended)).rowcount != 1:
        raise InvalidState("this legal hold has ended already", legalHoldKey=str(command.hold_key))
    tx.record(instance, "hold-ended", None, instance.key, hold=str(command.hold_key), reason=reason, by=by)
    tx.announce("process-instance", {"processInstanceKey": str(instance.key)})
