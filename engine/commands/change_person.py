"""Change what a person is called, and the mail address."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import update

from engine.commands.accounts import NEXT_REV, account_target, found
from engine.commands.people_entries import LONGEST_EMAIL, LONGEST_NAME
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument
from engine.store.tables import person


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """None leaves what there is; an empty mail address is none."""

    username: str
    name: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    rev: int | None = None


@handles(ChangePerson, permission="people:manage", event=NO_INSTANCE, target=account_target)
def change_person(command: ChangePerson, target: Target, tx: Transaction) -> None:
    """The audit log tells which facts changed, not their values; where nothing is different, nothing is told. Raises
    NotFound, StaleRevision, InvalidArgument."""
    row = found(target, command.username)
    name = row.display_name if command.name is None else command.name.strip()
    email = row.email if command.email is None else command.email.strip() or None
    if not 1 <= len(name) <= LONGEST_NAME:
        raise InvalidArgument(f"a name has 1 to {LONGEST_NAME} characters")
    if email is not None and (len(email) > LONGEST_EMAIL or "@" not in email):
        raise InvalidArgument(f"a mail address has an @ and at most {LONGEST_EMAIL} characters")
    facts = [fact for fact, old, new in (("email", row.email, email), ("name", row.display_name, name)) if old != new]
    if not facts:
        return
    mine = update(person).where(person.c.username == command.username)
    tx.db.execute(mine.values(display_name=name, email=email, **NEXT_REV))
    tx.record_service("person-changed", command.username, facts=facts, groups=None)
