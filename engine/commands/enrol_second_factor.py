"""Enrol a second factor: a secret for an authenticator app, of force once a code of it was given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update

from engine.commands.registry import NO_INSTANCE, OfService, Target, handles
from engine.commands.second_factor import (
    NoSecondFactor,
    drop_factor,
    factor_of,
    lock_account,
    make_recovery_codes,
    secret_of,
)
from engine.commands.transaction import Transaction
from engine.commands.vaults import vault_of
from engine.errors import InvalidArgument, InvalidState
from engine.policy.permissions import Facts
from engine.policy.totp import address_of, new_secret, plain, step_of
from engine.store.tables import person, second_factor


class AlreadyEnrolled(InvalidState):
    """There is a second factor already; switch it off first."""

    code = "second-factor-on"
    th = "บัญชีนี้เปิดใช้การยืนยันตัวตนขั้นที่สองอยู่แล้ว โปรดปิดก่อน"


class WrongCode(InvalidArgument):
    """The code is wrong, used already or no longer valid, or the account is locked for a while after wrong ones."""

    code = "wrong-code"
    th = "รหัสไม่ถูกต้อง ถูกใช้ไปแล้ว หรือหมดอายุ หรือบัญชีถูกพักชั่วคราวเพราะใส่รหัสผิดหลายครั้ง"


@dataclass(frozen=True, slots=True)
class BeginSecondFactor:
    """Make a secret. `proof` is the stored hash that the present password was found to fit."""

    username: str
    proof: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ConfirmSecondFactor:
    """`code` is of the app that took the secret: from now on one is asked for at every sign-in."""

    username: str
    code: str = field(repr=False)


def _own(command: BeginSecondFactor | ConfirmSecondFactor, _tx: Transaction) -> Target:
    return Target(Facts(person=command.username))


@handles(BeginSecondFactor, permission="second-factor:manage", event=NO_INSTANCE, target=_own)
def begin(command: BeginSecondFactor, _found: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {secret, address}, this once: an earlier one that was never confirmed is of no use any more.

    Nothing is asked for yet. Raises Unauthorized, AlreadyEnrolled, NoVault.
    """
    lock_account(tx, command.username, command.proof)
    before = factor_of(tx, command.username)
    if before is not None and before.confirmed_at is not None:
        raise AlreadyEnrolled()
    drop_factor(tx, command.username)
    secret = new_secret()
    sealed = vault_of(tx).seal(secret, command.username)
    tx.db.execute(insert(second_factor), {"username": command.username, "sealed_secret": sealed, "made_at": tx.now})
    return {"secret": secret, "address": address_of(secret, command.username)}


_ON = OfService("second-factor-enrolled", lambda command, _: command.username)


@handles(ConfirmSecondFactor, permission="second-factor:manage", event=_ON, target=_own)
def confirm(command: ConfirmSecondFactor, _found: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {recoveryCodes}, this once. Raises WrongCode, NoSecondFactor, AlreadyEnrolled, NoVault, Unreadable."""
    # who begins anew, or confirms, at the same moment waits here
    tx.db.execute(select(person.c.username).where(person.c.username == command.username).with_for_update())
    row = factor_of(tx, command.username)
    if row is None:
        raise NoSecondFactor()
    if row.confirmed_at is not None:
        raise AlreadyEnrolled()
    step = step_of(secret_of(tx, row), plain(command.code), tx.now, None)
    if step is None:
        raise WrongCode()
    mine = second_factor.c.username == command.username
    tx.db.execute(update(second_factor).where(mine).values(confirmed_at=tx.now, last_step=step))
    return {"recoveryCodes": make_recovery_codes(tx, command.username)}
