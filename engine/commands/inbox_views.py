"""A person's own saved views of the inbox: kept, changed, deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import AlreadyExists, InvalidArgument, InvalidState, NotFound
from engine.policy.permissions import Facts
from engine.store.tables import inbox_view, person

MOST_VIEWS = 20  # of one person
LONGEST_NAME = 100  # characters
c = inbox_view.c


class TooManyViews(InvalidState):
    """There are as many saved views as one person can have. Delete one first."""

    code = "too-many-inbox-views"
    th = "คุณมีมุมมองที่บันทึกไว้ครบจำนวนแล้ว โปรดลบมุมมองอื่นก่อน"


class ViewNameTaken(AlreadyExists):
    """You have a saved view of this name already."""

    code = "inbox-view-name-taken"
    th = "คุณมีมุมมองชื่อนี้อยู่แล้ว โปรดใช้ชื่ออื่น"


@dataclass(frozen=True, slots=True)
class SaveInboxView:
    """Of `username`. `content` is {view, filter, columns, grouping, sort}, as api/schemas/inbox_views.py checks it."""

    username: str
    name: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChangeInboxView:
    """All of it anew."""

    key: int
    name: str
    content: Mapping[str, Any]
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class DeleteInboxView:
    """It is gone for good."""

    key: int
    rev: int | None = None


def _own(command: SaveInboxView, _tx: Transaction) -> Target:
    return Target(Facts(person=command.username))


def _owner(command: ChangeInboxView | DeleteInboxView, tx: Transaction) -> Target:
    """Whose it is, locked. Raises NotFound, also for another's: that there is one is nobody's business."""
    row = tx.db.execute(select(c.username, c.rev).where(c.key == command.key).with_for_update()).one_or_none()
    if row is None or row.username != tx.actor.id:
        raise NotFound(inboxViewKey=str(command.key))
    return Target(Facts(person=row.username), rev=row.rev)


@handles(SaveInboxView, permission="inbox-view:manage", event=NO_INSTANCE, target=_own)
def save_view(command: SaveInboxView, _target: Target, tx: Transaction) -> dict[str, str]:
    """Answer {inboxViewKey}. Raises InvalidArgument for its name, ViewNameTaken, TooManyViews; NotFound for who is no
    person of the office."""
    name, mine = _named(command.name), c.username == command.username
    # the row of the person is the lock: two at once could not count one another
    whose = select(person.c.username).where(person.c.username == command.username).with_for_update()
    if tx.db.execute(whose).first() is None:
        raise NotFound(username=command.username)
    _refuse_taken(tx, command.username, name, None)
    if tx.db.execute(select(func.count()).select_from(inbox_view).where(mine)).scalar_one() >= MOST_VIEWS:
        raise TooManyViews(most=MOST_VIEWS)
    key = tx.key()
    row = {"key": key, "username": command.username, "name": name, "content": dict(command.content), "rev": 1}
    tx.db.execute(insert(inbox_view), row)
    return {"inboxViewKey": str(key)}


@handles(ChangeInboxView, permission="inbox-view:manage", event=NO_INSTANCE, target=_owner)
def change_view(command: ChangeInboxView, target: Target, tx: Transaction) -> None:
    """Raises InvalidArgument for its name, ViewNameTaken."""
    name = _named(command.name)
    _refuse_taken(tx, tx.actor.id, name, command.key)
    new = {"name": name, "content": dict(command.content), "rev": (target.rev or 0) + 1}
    tx.db.execute(update(inbox_view).where(c.key == command.key).values(**new))


@handles(DeleteInboxView, permission="inbox-view:manage", event=NO_INSTANCE, target=_owner)
def delete_view(command: DeleteInboxView, _target: Target, tx: Transaction) -> None:
    """Nothing else goes with it."""
    tx.db.execute(delete(inbox_view).where(c.key == command.key))


def _named(name: str) -> str:
    text = name.strip()
    if not 1 <= len(text) <= LONGEST_NAME:
        raise InvalidArgument(f"a view has a name of 1 to {LONGEST_NAME} characters", field="name")
    return text


def _refuse_taken(tx: Transaction, username: str, name: str, but: int | None) -> None:
    same = select(c.key).where(c.username == username, c.name == name)
    if tx.db.execute(same).scalar() not in (None, but):
        raise ViewNameTaken(field="name")
