"""What a person keeps for himself or herself: how the application looks, which tours were seen, favourite processes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, InvalidState, NotFound
from engine.policy.permissions import Facts
from engine.store.tables import favourite_process, own_settings, person, process_definition, seen_tours

LANGUAGES = ("th", "en")
THEMES = ("system", "light", "dark", "contrast")
TEXT_SIZES = (100, 125, 150, 175, 200)  # percent
MOST_FAVOURITES, MOST_TOURS = 100, 50
_TOUR = re.compile(r"[a-z][a-z0-9-]{0,63}")


class TooManyFavourites(InvalidState):
    """There are as many favourite processes as anybody may have."""

    code = "too-many-favourites"
    th = "มีกระบวนงานโปรดครบจำนวนแล้ว โปรดนำบางรายการออกก่อน"


@dataclass(frozen=True, slots=True)
class SetOwnSettings:
    """How the application looks to the person who acts, on every machine."""

    language: str
    theme: str
    text_size: int
    still: bool
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class SeeTour:
    """A tour was gone through or skipped: it does not begin by itself any more."""

    tour: str


@dataclass(frozen=True, slots=True)
class AddFavouriteProcess:
    """Among those that the catalogue shows first."""

    process_id: str


@dataclass(frozen=True, slots=True)
class RemoveFavouriteProcess:
    """Nothing happens when it is none."""

    process_id: str


def _own(_command: Any, tx: Transaction) -> Target:
    """The account of who acts, locked. Raises NotFound for who has none."""
    query = select(person.c.username).where(person.c.username == tx.actor.id).with_for_update()
    if tx.db.execute(query).first() is None:
        raise NotFound(username=tx.actor.id)
    return Target(Facts(person=tx.actor.id))


def _settings(command: SetOwnSettings, tx: Transaction) -> Target:
    target = _own(command, tx)
    rev = tx.db.execute(select(own_settings.c.rev).where(own_settings.c.username == tx.actor.id)).scalar()
    target.rev = rev or 0
    return target


@handles(SetOwnSettings, permission="own-settings:manage", event=NO_INSTANCE, target=_settings)
def set_own_settings(command: SetOwnSettings, target: Target, tx: Transaction) -> None:
    """Raises InvalidArgument with `field`, StaleRevision."""
    known = (("language", command.language, LANGUAGES), ("theme", command.theme, THEMES))
    for field, value, among in (*known, ("textSize", command.text_size, TEXT_SIZES)):
        if value not in among:
            raise InvalidArgument(f"{field} is one of {', '.join(map(str, among))}", field=field)
    row = {
        "language": command.language, "theme": command.theme, "text_size": command.text_size, "still": command.still,
        "rev": (target.rev or 0) + 1,
    }  # fmt: skip
    if target.rev:
        tx.db.execute(update(own_settings).where(own_settings.c.username == tx.actor.id).values(**row))
    else:
        tx.db.execute(insert(own_settings), {"username": tx.actor.id, **row})


@handles(SeeTour, permission="own-settings:manage", event=NO_INSTANCE, target=_own)
def see_tour(command: SeeTour, _target: Target, tx: Transaction) -> None:
    """Once more changes nothing. Raises InvalidArgument."""
    if _TOUR.fullmatch(command.tour) is None:
        raise InvalidArgument("a tour is named by up to 64 small letters, digits and hyphens", field="tour")
    mine = seen_tours.c.username == tx.actor.id
    before = tx.db.execute(select(seen_tours.c.tours).where(mine)).scalar()
    seen = [tour for tour in before or [] if tour != command.tour] + [command.tour]
    if before is None:
        tx.db.execute(insert(seen_tours), {"username": tx.actor.id, "tours": seen})
    else:
        tx.db.execute(update(seen_tours).where(mine).values(tours=seen[-MOST_TOURS:]))


@handles(AddFavouriteProcess, permission="own-settings:manage", event=NO_INSTANCE, target=_own)
def add_favourite(command: AddFavouriteProcess, _target: Target, tx: Transaction) -> None:
    """Once more changes nothing. Raises NotFound for a process that is not deployed, TooManyFavourites."""
    pd, f = process_definition.c, favourite_process.c
    if tx.db.execute(select(pd.key).where(pd.process_id == command.process_id).limit(1)).first() is None:
        raise NotFound(processDefinitionId=command.process_id)
    mine = f.username == tx.actor.id
    if tx.db.execute(select(f.process_id).where(mine, f.process_id == command.process_id)).first() is not None:
        return
    if tx.db.execute(select(func.count()).select_from(favourite_process).where(mine)).scalar_one() >= MOST_FAVOURITES:
        raise TooManyFavourites(most=MOST_FAVOURITES)
    row = {"username": tx.actor.id, "process_id": command.process_id, "added_at": tx.now}
    tx.db.execute(insert(favourite_process), row)


@handles(RemoveFavouriteProcess, permission="own-settings:manage", event=NO_INSTANCE, target=_own)
def remove_favourite(command: RemoveFavouriteProcess, _target: Target, tx: Transaction) -> None:
    """Once more changes nothing."""
    f = favourite_process.c
    tx.db.execute(delete(favourite_process).where(f.username == tx.actor.id, f.process_id == command.process_id))
