"""What a person may know of the own second factor: that it is there, never its secret."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from engine.model.actor import Actor
from engine.policy.permissions import Facts, require
from engine.store.tables import moment_text, recovery_code, second_factor


def second_factor_of(db: Connection, actor: Actor) -> dict[str, Any]:
    """{state, since, recoveryCodesLeft}; `state` is off, begun or on. Raises Forbidden."""
    require(actor, "second-factor:manage", Facts(person=actor.id))
    mine = select(second_factor.c.confirmed_at).where(second_factor.c.username == actor.id)
    row = db.execute(mine).one_or_none()
    if row is None or row.confirmed_at is None:
        return {"state": "off" if row is None else "begun", "since": None, "recoveryCodesLeft": 0}
    unused = (recovery_code.c.username == actor.id) & recovery_code.c.used_at.is_(None)
    left = db.execute(select(func.count()).select_from(recovery_code).where(unused)).scalar_one()
    return {"state": "on", "since": moment_text(row.confirmed_at), "recoveryCodesLeft": left}
