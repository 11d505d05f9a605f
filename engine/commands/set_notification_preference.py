"""Choose how one is notified: language, at once or in a digest, and when it is quiet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, NotFound
from engine.model.telling import CHANNELS, GROUPS, LANGUAGES, PENDING
from engine.notify.preferences import AT_ONCE, DIGEST, OFF, STATUTORY
from engine.policy.permissions import Facts
from engine.store.tables import delivery, notification_preference, person

CHOICES = (AT_ONCE, DIGEST, OFF)
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class SetNotificationPreference:
    """Of `username`. `choices` is {group of topics: {channel: at-once | digest | off}}: what it leaves out is as it is
    for who chose nothing. Times are HH:MM in the office's zone; the quiet ones are both there or neither."""

    username: str
    language: str
    choices: Mapping[str, Mapping[str, str]]
    digest_at: str
    quiet_from: str | None
    quiet_until: str | None
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return {"language": self.language, "choices": self.choices, "digestAt": self.digest_at}


def _target(command: SetNotificationPreference, tx: Transaction) -> Target:
    c = notification_preference.c
    rev = tx.db.execute(select(c.rev).where(c.username == command.username).with_for_update()).scalar()
    return Target(Facts(person=command.username), rev=rev or 0, rows={"rev": rev})


_EVENT = OfService("notification-preference-set", lambda command, _: command.username)


@handles(SetNotificationPreference, permission="notification-preference:manage", event=_EVENT, target=_target)
def set_preference(command: SetNotificationPreference, target: Target, tx: Transaction) -> None:
    """Holds for what waits, too. Raises InvalidArgument with `field`, NotFound when there is no such person."""
    check(command)
    c, row = notification_preference.c, {
        "language": command.language, "choices": command.choices, "digest_at": command.digest_at,
        "quiet_from": command.quiet_from, "quiet_until": command.quiet_until, "rev": (target.rows["rev"] or 0) + 1,
    }  # fmt: skip
    if target.rows["rev"] is not None:
        tx.db.execute(update(notification_preference).where(c.username == command.username).values(**row))
    elif tx.db.execute(select(person.c.username).where(person.c.username == command.username)).first() is None:
        raise NotFound(username=command.username)
    else:
        tx.db.execute(insert(notification_preference), {"username": command.username, **row})
    d = delivery.c
    waits = update(delivery).where(d.username == command.username, d.state == PENDING, d.due_at > tx.now)
    if tx.db.execute(waits.values(due_at=tx.now)).rowcount:  # when it is due by the new choice, packing finds out
        tx.wake_at(tx.now)


def check(command: SetNotificationPreference) -> None:
    """Raises InvalidArgument with `field`."""
    if command.language not in LANGUAGES:
        raise InvalidArgument(f"the languages are {', '.join(LANGUAGES)}", field="language")
    for group, by_channel in command.choices.items():
        if group not in GROUPS:
            raise InvalidArgument(f"the groups of topics are {', '.join(GROUPS)}", field="choices")
        for channel, choice in by_channel.items():
            if channel not in CHANNELS or choice not in CHOICES:
                what = f"channels are {', '.join(CHANNELS)}; choices are {', '.join(CHOICES)}"
                raise InvalidArgument(what, field=f"choices.{group}")
            if group == STATUTORY and choice == DIGEST:
                raise InvalidArgument("what a law sets a term comes at once or not", field=f"choices.{group}")
    times = {"digestAt": command.digest_at, "quietFrom": command.quiet_from, "quietUntil": command.quiet_until}
    for field, clock in times.items():
        if clock is not None and _CLOCK.fullmatch(clock) is None:
            raise InvalidArgument("a time is HH:MM, from 00:00 to 23:59", field=field)
    if (command.quiet_from is None) != (command.quiet_until is None) or (
        command.quiet_from is not None and command.quiet_from == command.quiet_until
    ):
        raise InvalidArgument("quiet hours have a beginning and another end, or there are none", field="quietUntil")
