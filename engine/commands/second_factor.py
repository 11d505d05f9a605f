"""What the commands of the second factor share: the sealed secret, recovery codes, and taking a code once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select, update

from engine.commands.transaction import Transaction
from engine.commands.vaults import vault_of
from engine.errors import InvalidState, Unauthorized
from engine.policy.recovery_codes import as_kept, new_codes
from engine.policy.totp import plain, step_of
from engine.store.tables import person, recovery_code, second_factor

BY_CODE, BY_RECOVERY_CODE = "code", "recovery-code"


class Unreadable(InvalidState):
    """Your second factor cannot be read with the present key; ask an administrator to reset it."""

    code = "second-factor-unreadable"
    th = "อ่านข้อมูลการยืนยันตัวตนขั้นที่สองไม่ได้ โปรดติดต่อผู้ดูแลระบบเพื่อเริ่มตั้งใหม่"


class NoSecondFactor(InvalidState):
    """This account has no second factor."""

    code = "no-second-factor"
    th = "บัญชีนี้ไม่มีการยืนยันตัวตนขั้นที่สอง"


def lock_account(tx: Transaction, username: str, proof: str) -> Any:
    """The person's row, locked. Raises Unauthorized when inactive, or when the password fits another hash by now."""
    row = tx.db.execute(select(person).where(person.c.username == username).with_for_update()).one_or_none()
    if row is None or not row.active or row.password_hash != proof:
        raise Unauthorized()
    return row


def factor_of(tx: Transaction, username: str) -> Any | None:
    """The account's second factor, confirmed or not; its person is locked already."""
    mine = select(second_factor).where(second_factor.c.username == username)
    return tx.db.execute(mine).one_or_none()


def has_factor(tx: Transaction, username: str) -> bool:
    """Whether a code is asked for."""
    found = factor_of(tx, username)
    return found is not None and found.confirmed_at is not None


def secret_of(tx: Transaction, row: Any) -> str:
    """The secret of a second factor. Raises NoVault, Unreadable."""
    try:
        return vault_of(tx).open(row.sealed_secret, row.username)
    except ValueError:
        raise Unreadable() from None


def take_code(tx: Transaction, username: str, given: str) -> str | None:
    """Take a code of the app or a recovery code, which is of no use afterwards: BY_CODE or BY_RECOVERY_CODE.

    None when it is none of the account's, was taken before, or is not of this moment. The person is locked already.
    Raises NoSecondFactor, NoVault, Unreadable.
    """
    row = factor_of(tx, username)
    if row is None or row.confirmed_at is None:
        raise NoSecondFactor()
    code = plain(given)
    step = step_of(secret_of(tx, row), code, tx.now, row.last_step)
    if step is not None:
        mine = second_factor.c.username == username
        tx.db.execute(update(second_factor).where(mine).values(last_step=step))
        return BY_CODE
    kept = as_kept(code)
    if kept is None:
        return None
    this = (recovery_code.c.username == username) & (recovery_code.c.mark == vault_of(tx).mark(kept, username))
    used = update(recovery_code).where(this, recovery_code.c.used_at.is_(None)).values(used_at=tx.now)
    return BY_RECOVERY_CODE if tx.db.execute(used).rowcount == 1 else None


def make_recovery_codes(tx: Transaction, username: str) -> list[str]:
    """Ten new recovery codes, shown this once; the old ones are of no use any more."""
    vault, codes = vault_of(tx), new_codes()
    tx.db.execute(delete(recovery_code).where(recovery_code.c.username == username))
    rows = [{"username": username, "mark": vault.mark(code.replace("-", ""), username)} for code in codes]
    tx.db.execute(insert(recovery_code), rows)
    return codes


def drop_factor(tx: Transaction, username: str) -> bool:
    """Forget the secret and the recovery codes; whether there was one that was asked for."""
    was_on = has_factor(tx, username)
    tx.db.execute(delete(recovery_code).where(recovery_code.c.username == username))
    tx.db.execute(delete(second_factor).where(second_factor.c.username == username))
    return was_on
