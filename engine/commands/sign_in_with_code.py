"""The second step of a sign-in: the password was right a moment ago, and now a code of the second factor is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select

from engine.commands.refuse_sign_in import count_failure
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.second_factor import take_code
from engine.commands.sign_in import forgive_failures, open_session, token_hash
from engine.commands.transaction import Transaction
from engine.errors import Unauthorized
from engine.model.audit import ServiceEvent
from engine.store.tables import person, sign_in_step


class SignInAgain(Unauthorized):
    """Too much time has passed, or this sign-in has ended; begin again with name and password."""

    code = "sign-in-again"
    th = "หมดเวลา หรือการเข้าสู่ระบบครั้งนี้สิ้นสุดแล้ว โปรดเริ่มใหม่ด้วยชื่อผู้ใช้และรหัสผ่าน"


@dataclass(frozen=True, slots=True)
class SignInWithCode:
    """`step_hash` is the SHA-256 of the step that SignIn answered; `code` is of the app, or a recovery code."""

    step_hash: str = field(repr=False)
    code: str = field(repr=False)
    agent: str = ""


@handles(SignInWithCode, permission="session:open", event=NO_INSTANCE)
def _act(command: SignInWithCode, _target: Target, tx: Transaction) -> dict[str, Any] | None:
    """Answer {username, token, csrfToken, expiresAt}, the step used up; None for a wrong code, which was counted in
    this transaction under the person's lock, so that many at once are no more guesses than one after the other.

    Raises SignInAgain when the step is over, or when the password was changed since, and what `take_code` raises.
    """
    this = sign_in_step.c.token_hash == command.step_hash
    username = tx.db.execute(select(sign_in_step.c.username).where(this)).scalar_one_or_none()
    row = tx.db.execute(select(person).where(person.c.username == username).with_for_update()).one_or_none()
    # read again under the lock: what happened meanwhile may have ended it
    step = tx.db.execute(select(sign_in_step).where(this, sign_in_step.c.expires_at > tx.now)).one_or_none()
    if row is None or step is None or not row.active or step.proof_hash != token_hash(row.password_hash or ""):
        raise SignInAgain()
    if row.locked_until is not None and row.locked_until > tx.now:
        raise SignInAgain()
    how = take_code(tx, row.username, command.code)
    if how is None:
        count_failure(tx, row.username, row.failed_sign_ins, secondFactor=True)
        return None
    tx.db.execute(delete(sign_in_step).where(this))
    forgive_failures(tx, row.username)
    opened = open_session(tx, row.username, command.agent)
    del opened["tokenHash"]
    tx.service_events.append(ServiceEvent("signed-in", row.username, {"secondFactor": how}, by=row.username))
    return opened | {"username": row.username}
