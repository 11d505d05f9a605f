"""What changes reaches those who wait: live listeners (server-sent events) and long polls, in this process, and by the
cluster in the others."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection

from engine.model.actor import Actor
from engine.queries.audience import (
    Audience,
    Everybody,
    Told,
    change_of_calendar,
    change_of_instance,
    change_of_task,
    presence_at_task,
    told_to,
)

Change = tuple[dict[str, Any], Audience | Told | Everybody]
Reading = Callable[[], AbstractContextManager[Connection]]  # opens a transaction that only reads
QUEUED = 256  # announcements a slow listener may lag behind before it is told to load everything again
NOTIFIED = "notification"  # says itself to whom
ANNOUNCED, CHANGED = "announced", "changed"  # what nodes tell each other
_LOOKS: dict[str, tuple[str, Callable[[Connection, int], Change | None]]] = {
    "user-task": ("userTaskKey", change_of_task),
    "task-presence": ("userTaskKey", presence_at_task),
    "process-instance": ("processInstanceKey", change_of_instance),
    "calendar-change": ("calendarChangeKey", change_of_calendar),
}


class Announcement:
    """One announcement on its way to every listener. The first that looks asks the database, for all."""

    def __init__(self, topic: str, data: dict[str, object]) -> None:
        self.topic, self.data = topic, data
        self._lock = threading.Lock()
        self._found: list[Change | None] = []

    def shown_to(self, who: Actor, read: Reading) -> dict[str, Any] | None:
        """What this actor is told; None when that is nothing."""
        if self.topic not in _LOOKS and self.topic != NOTIFIED:
            return None
        with self._lock:
            if not self._found:
                with read() as db:
                    self._found.append(self._look(db))
        change = self._found[0]
        return change[0] if change is not None and change[1].includes(who) else None

    def _look(self, db: Connection) -> Change | None:
        data: dict[str, Any] = self.data
        if self.topic == NOTIFIED:
            return told_to(db, data["to"], data["processInstanceKey"])
        name, look = _LOOKS[self.topic]
        return look(db, int(str(data[name])))


RESYNC = Announcement("resync", {})
ENDED = Announcement("ended", {})  # the service ends: whoever listens connects again, to it or to another node


def _nobody(_kind: str, _data: Any) -> None:
    """There are no other nodes."""


class Live:
    """Implements the Announcer port; losing an announcement is harmless, because lists can be loaded again. `others` is
    told what happened here, for other nodes."""

    def __init__(self) -> None:
        self.others: Callable[[str, Any], None] = _nobody
        self._listeners: set[queue.Queue[Announcement]] = set()
        self._changed = threading.Condition()
        self._changes = 0
        self.ended = False

    def announce(self, topic: str, data: dict[str, object]) -> None:
        """Hand to every listener of every node, without ever waiting for one."""
        self.announced(topic, data)
        self.others(ANNOUNCED, [topic, data])

    def announced(self, topic: str, data: dict[str, object]) -> None:
        """Hand to every listener of this node."""
        with self._changed:
            listeners = list(self._listeners)
        announcement = Announcement(topic, data)
        for listener in listeners:
            _offer(listener, announcement)

    def missed(self) -> None:
        """Something may have been announced that did not come here: listeners load everything again."""
        with self._changed:
            listeners = list(self._listeners)
        for listener in listeners:
            _offer(listener, RESYNC)
        self.changed_somewhere()

    def changed(self) -> None:
        """A command was committed here: those in `wait` look again, on every node."""
        self.changed_somewhere()
        self.others(CHANGED, None)

    def changed_somewhere(self) -> None:
        """A command was committed: those in `wait` on this node look again."""
        with self._changed:
            self._changes += 1
            self._changed.notify_all()

    def end(self) -> None:
        """The service ends: nobody waits any longer, and nobody begins to."""
        with self._changed:
            self.ended = True
            self._changed.notify_all()
            listeners = list(self._listeners)
        for listener in listeners:
            _offer(listener, ENDED, instead=ENDED)

    @property
    def changes(self) -> int:
        """How many commands were committed so far."""
        with self._changed:
            return self._changes

    def wait(self, since: int, seconds: float) -> int:
        """Wait until something was committed after `since`, the service ends or the time is over; return the count."""
        until = time.monotonic() + seconds
        with self._changed:
            while self._changes == since and not self.ended and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)
            return self._changes

    @contextmanager
    def listening(self) -> Iterator[queue.Queue[Announcement]]:
        """A queue that receives what is announced while the block runs."""
        listener: queue.Queue[Announcement] = queue.Queue(QUEUED)
        with self._changed:
            self._listeners.add(listener)
            if self.ended:
                listener.put_nowait(ENDED)
        try:
            yield listener
        finally:
            with self._changed:
                self._listeners.discard(listener)


def _offer(
    listener: queue.Queue[Announcement], announcement: Announcement, instead: Announcement = RESYNC
) -> None:
    try:
        listener.put_nowait(announcement)
    except queue.Full:
        while True:
            try:
                listener.get_nowait()
            except queue.Empty:
                break
        listener.put_nowait(instead)


class Slots:
    """A bound on how many requests may wait at a time, so that threads are left for the others."""

    def __init__(self, count: int) -> None:
        self.count, self.in_use = count, 0
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Take a slot if one is free."""
        with self._lock:
            free = self.in_use < self.count
            self.in_use += free
            return free

    def give_back(self) -> None:
        """Free the slot that was taken."""
        with self._lock:
            self.in_use -= 1
