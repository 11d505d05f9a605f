"""End a substitution before its time: the absent person is back, or somebody else stands in."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidState, NotFound
from engine.policy.permissions import Facts
from engine.store.heads import heads
from engine.store.tables import substitution


@dataclass(frozen=True, slots=True)
class EndSubstitution:
    """From now on it does not hold."""

    key: int


def _target(command: EndSubstitution, tx: Transaction) -> Target:
    """The entry, locked. Raises NotFound."""
    query = select(substitution).where(substitution.c.key == command.key).with_for_update()
    row = tx.db.execute(query).one_or_none()
    if row is None:
        raise NotFound(substitutionKey=str(command.key))
    facts = Facts(person=row.absent, heads=heads(tx.db, tx.actor.groups, row.absent))
    return Target(facts, rows={"substitution": row})


@handles(
    EndSubstitution, permission="substitution:enter", target=_target,
    event=OfService("substitution-ended", lambda command, _: str(command.key)),
)  # fmt: skip
def end_substitution(command: EndSubstitution, target: Target, tx: Transaction) -> None:
    """What was done in the other's name stays as it is. Raises InvalidState when it is over already."""
    row = target.rows["substitution"]
    if row.ends_at <= tx.now:
        raise InvalidState("this substitution is over", substitutionKey=str(command.key))
    ended = {"ends_at": tx.now, "ended_by": tx.actor.id}
    tx.db.execute(update(substitution).where(substitution.c.key == command.key).values(**ended))
