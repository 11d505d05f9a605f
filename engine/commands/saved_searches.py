"""A person's own searches of cases: kept under a name, renamed, and given up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import AlreadyExists, InvalidArgument, InvalidState, NotFound
from engine.policy.permissions import Facts
from engine.store.tables import person, saved_search

MOST = 50  # of one person
LONGEST_NAME = 100  # characters
_S = saved_search.c


class TooManySearches(InvalidState):
    """There are as many saved searches as one person can have. Delete one first."""

    code = "too-many-saved-searches"
    th = "คุณมีการค้นหาที่บันทึกไว้ครบจำนวนแล้ว โปรดลบรายการอื่นก่อน"


class SearchNameTaken(AlreadyExists):
    """You have a saved search of this name already."""

    code = "saved-search-name-taken"
    th = "คุณมีการค้นหาที่บันทึกไว้ชื่อนี้แล้ว โปรดใช้ชื่ออื่น"


@dataclass(frozen=True, slots=True)
class SaveSearch:
    """Of `username`. `conditions` are {part: text}, as api/schemas/saved_searches.py checks them."""

    username: str
    name: str
    conditions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RenameSearch:
    """Its conditions stay."""

    key: int
    name: str


@dataclass(frozen=True, slots=True)
class DeleteSearch:
    """It is gone for good."""

    key: int


def _own(command: SaveSearch, _tx: Transaction) -> Target:
    return Target(Facts(person=command.username))


def _owner(command: RenameSearch | DeleteSearch, tx: Transaction) -> Target:
    """Whose it is. Raises NotFound, also for another's: that there is one is nobody's business."""
    username = tx.db.execute(select(_S.username).where(_S.key == command.key)).scalar()
    if username is None or username != tx.actor.id:
        raise NotFound(savedSearchKey=str(command.key))
    return Target(Facts(person=username))


@handles(SaveSearch, permission="saved-search:manage", event=NO_INSTANCE, target=_own)
def save_search(command: SaveSearch, _target: Target, tx: Transaction) -> dict[str, str]:
    """Answer {savedSearchKey}. Raises InvalidArgument for its name, SearchNameTaken, TooManySearches; NotFound for who
    is no person of the office."""
    mine = _S.username == command.username
    name = _free_name(command.name, command.username, tx)
    if tx.db.execute(select(func.count()).select_from(saved_search).where(mine)).scalar_one() >= MOST:
        raise TooManySearches(most=MOST)
    key = tx.key()
    row = {"key": key, "username": command.username, "name": name, "conditions": dict(command.conditions)}
    tx.db.execute(insert(saved_search), row | {"saved_at": tx.now})
    return {"savedSearchKey": str(key)}


def _free_name(given: str, username: str, tx: Transaction, but: int | None = None) -> str:
    """The name without blanks around it, which no other search of the person has than perhaps the one with key `but`.
    Raises as SaveSearch."""
    name = given.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise InvalidArgument(f"a saved search has a name of 1 to {LONGEST_NAME} characters", field="name")
    # the row of the person is the lock: two at once could not see one another
    whose = select(person.c.username).where(person.c.username == username).with_for_update()
    if tx.db.execute(whose).first() is None:
        raise NotFound(username=username)
    if tx.db.execute(select(_S.key).where(_S.username == username, _S.name == name, _S.key != (but or 0))).first():
        raise SearchNameTaken(field="name")
    return name


@handles(RenameSearch, permission="saved-search:manage", event=NO_INSTANCE, target=_owner)
def rename_search(command: RenameSearch, target: Target, tx: Transaction) -> None:
    """Raises NotFound, InvalidArgument for its name, SearchNameTaken."""
    assert target.facts.person is not None
    name = _free_name(command.name, target.facts.person, tx, command.key)
    tx.db.execute(update(saved_search).where(_S.key == command.key).values(name=name))


@handles(DeleteSearch, permission="saved-search:manage", event=NO_INSTANCE, target=_owner)
def delete_search(command: DeleteSearch, _target: Target, tx: Transaction) -> None:
    """Nothing else goes with it."""
    tx.db.execute(delete(saved_search).where(_S.key == command.key))
