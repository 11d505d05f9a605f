"""What the commands that change an account share: the account locked, with its revision."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from engine.commands.registry import Target
from engine.commands.transaction import Transaction
from engine.errors import NotFound
from engine.store.tables import person

# for the values of an update: what is overwritten counts, not what only comes or goes, as groups and roles do
NEXT_REV = {"rev": person.c.rev + 1}


def account_target(command: Any, tx: Transaction) -> Target:
    """The account that `command.username` names, locked, in `rows["person"]`; None where there is none."""
    row = tx.db.execute(select(person).where(person.c.username == command.username).with_for_update()).one_or_none()
    return Target(rev=None if row is None else row.rev, rows={"person": row})


def found(target: Target, username: str) -> Row[Any]:
    """Whether there is one, only who may manage people hears. Raises NotFound."""
    row: Row[Any] | None = target.rows["person"]
    if row is None:
        raise NotFound(username=username)
    return row
