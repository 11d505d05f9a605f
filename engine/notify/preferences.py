"""How a person wants to be told: language, at once or in a digest, when it is quiet; and when that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engine.model.telling import GROUP_OF

AT_ONCE, DIGEST, OFF = "at-once", "digest", "off"
STATUTORY = "statutory"
# a task that waits for a whole group is no news by itself
BUILT_IN: Mapping[str, str] = {
    "tasks": AT_ONCE, "open": DIGEST, "reminders": AT_ONCE, STATUTORY: AT_ONCE, "messages": AT_ONCE,
    "mentions": AT_ONCE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preference:
    """What a person chose, or what holds for who chose nothing. Times are HH:MM in the office's zone; `quiet_from` and
    `quiet_until` are both there or neither, and may span midnight."""

    language: str = "th"
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    digest_at: str = "08:00"
    quiet_from: str | None = "20:00"
    quiet_until: str | None = "06:00"

    def choice(self, topic: str, channel: str) -> str:
        """at-once, digest or off. `channel` is mail or push."""
        group = GROUP_OF[topic]
        chosen = self.choices.get(group, {}).get(channel, BUILT_IN[group])
        return AT_ONCE if chosen == DIGEST and group == STATUTORY else chosen

    def moment(self, topic: str, channel: str, created: datetime, zone: str) -> datetime:
        """When what was told at `created` is to be sent, if it is not off. Not in the quiet hours, but for what a law
        sets a term."""
        local = created.astimezone(ZoneInfo(zone))
        if self.choice(topic, channel) == DIGEST:
            local = _next(local, self.digest_at)
        if topic != STATUTORY and self._is_quiet(local):
            assert self.quiet_until is not None
            local = _next(local, self.quiet_until)
        return local.astimezone(created.tzinfo)

    def _is_quiet(self, local: datetime) -> bool:
        if self.quiet_from is None or self.quiet_until is None:
            return False
        now, begins, ends = local.time(), time.fromisoformat(self.quiet_from), time.fromisoformat(self.quiet_until)
        return begins <= now < ends if begins <= ends else now >= begins or now < ends


def preference_of(row: Mapping[str, Any] | None) -> Preference:
    """From a row of notification_preference; None is of who chose nothing."""
    if row is None:
        return Preference()
    return Preference(row["language"], row["choices"], row["digest_at"], row["quiet_from"], row["quiet_until"])


def _next(local: datetime, clock: str) -> datetime:
    """The next moment, not before `local`, at which a clock shows this."""
    at = time.fromisoformat(clock)
    found = local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    if found >= local:
        return found
    return (local + timedelta(days=1)).replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
