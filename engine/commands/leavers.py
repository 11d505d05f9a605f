"""What is done to accounts of people who leave, and that an administrator always stays."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select, update

from engine.commands.accounts import NEXT_REV
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.store.tables import api_client, api_token, calendar_feed, person, role_grant, session, sign_in_step


class LastAdministrator(InvalidState):
    """Nobody could manage people any more: make somebody else administrator first."""

    code = "last-administrator"
    th = "จะไม่มีผู้ดูแลระบบเหลืออยู่ โปรดตั้งผู้ดูแลระบบคนอื่นก่อน"


def refuse_last_administrator(tx: Transaction, leaving: str) -> None:
    """Raise LastAdministrator when no active account but `leaving` is administrator. Locks those that are."""
    r = role_grant.c
    grants = select(r.username).where(r.role == "administrator").scalar_subquery()
    held = select(person.c.username).where(person.c.username.in_(grants), person.c.active).order_by(person.c.username)
    names = set(tx.db.execute(held.with_for_update()).scalars())
    if names == {leaving}:
        raise LastAdministrator(username=leaving)


def close_accounts(tx: Transaction, names: Collection[str]) -> None:
    """From the commit on, nothing opens these accounts. What they did and where they belong stays known."""
    tx.db.execute(update(person).where(person.c.username.in_(names)).values(active=False, **NEXT_REV))
    for table in (session, sign_in_step, calendar_feed):
        tx.db.execute(delete(table).where(table.c.username.in_(names)))
    for keys in (api_token, api_client):
        valid = keys.c.username.in_(names) & keys.c.revoked_at.is_(None)
        tx.db.execute(update(keys).where(valid).values(revoked_at=tx.now))
