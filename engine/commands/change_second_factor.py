"""Switch one's second factor off, or make new recovery codes: both need the password and a code.

A wrong code is counted in the transaction that looked at it, so these answer that they were refused instead of raising.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from engine.commands.refuse_sign_in import count_failure
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.second_factor import drop_factor, lock_account, make_recovery_codes, take_code
from engine.commands.sign_in import forgive_failures
from engine.commands.transaction import Transaction
from engine.policy.permissions import Facts


@dataclass(frozen=True, slots=True)
class RemoveSecondFactor:
    """`proof` is the stored hash that the present password was found to fit."""

    username: str
    proof: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RenewRecoveryCodes:
    """As RemoveSecondFactor."""

    username: str
    proof: str = field(repr=False)
    code: str = field(repr=False)


def _own(command: RemoveSecondFactor | RenewRecoveryCodes, _tx: Transaction) -> Target:
    return Target(Facts(person=command.username))


@handles(RemoveSecondFactor, permission="second-factor:manage", event=NO_INSTANCE, target=_own)
def remove(command: RemoveSecondFactor, _found: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {refused}: true for a wrong code, which was counted. Raises Unauthorized, and what take_code raises."""
    if not _proven(command, tx):
        return {"refused": True}
    drop_factor(tx, command.username)
    tx.record_service("second-factor-removed", command.username)
    return {"refused": False}


@handles(RenewRecoveryCodes, permission="second-factor:manage", event=NO_INSTANCE, target=_own)
def renew(command: RenewRecoveryCodes, _found: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {refused, recoveryCodes}; raises as `remove`."""
    if not _proven(command, tx):
        return {"refused": True, "recoveryCodes": []}
    codes = make_recovery_codes(tx, command.username)
    tx.record_service("recovery-codes-made", command.username)
    return {"refused": False, "recoveryCodes": codes}


def _proven(command: RemoveSecondFactor | RenewRecoveryCodes, tx: Transaction) -> bool:
    row = lock_account(tx, command.username, command.proof)
    if row.locked_until is not None and row.locked_until > tx.now:
        return False
    if take_code(tx, command.username, command.code) is not None:
        forgive_failures(tx, command.username)
        return True
    count_failure(tx, command.username, row.failed_sign_ins, secondFactor=True)
    return False
