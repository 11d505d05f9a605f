"""What makes nodes that share a PostgreSQL one service: the queue of due work, and what they tell each other.

Wiring, as service.py is. On SQLite there is one process, and nothing of this.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from api.limits import Limits
from api.live import ANNOUNCED, CHANGED
from api.runtime import Alarm, Runtime
from api.version import VERSION
from engine.adapters.clock import SharedClock
from engine.adapters.queue import ProcrastinateQueue
from engine.adapters.relay import Relay
from engine.bus import Bus
from engine.jobs.dispatcher import run_rows
from engine.jobs.handing import hand_over, next_to_hand, take_back

DUE, TAKEN = "due", "taken"  # besides what live.py tells
ODD = 1.0  # seconds by which a machine's clock may be wrong before it is said
log = logging.getLogger("krabuan.cluster")


class Cluster:
    """This node among the others: implements what the relay calls, and wakes who does due work."""

    def __init__(self, runtime: Runtime, alarm: Alarm, limits: Limits | None, *, works: bool) -> None:
        """`works` says whether this node does due work; then `queue` is its share of it."""
        self._live, self._bus = runtime.live, runtime.bus
        self._clock, self._alarm, self._limits, self._works = runtime.clock, alarm, limits, works
        self._ahead, self._odd = 0.0, False
        about = {"host": socket.gethostname(), "version": VERSION, "works": works}
        self._relay = Relay(runtime.database.conninfo(), self, about)
        self.queue = ProcrastinateQueue(runtime.database.conninfo(), lambda keys: run_rows(self._bus, keys))
        self._live.others, runtime.peers = self._relay.tell, self._relay.peers
        if limits is not None:
            limits.share()

    def start(self) -> None:
        """Begin to hear, to be heard, and to do a share of the work."""
        self._relay.start()
        if self._works:
            self.queue.start()

    def stop(self) -> None:
        """Do what is at hand, say goodbye, and end."""
        if self._works:
            self.queue.stop()
        self._relay.stop()

    def wake_at(self, moment: datetime) -> None:
        """As Wakeup.wake_at, of a node that does no due work: others are to."""
        self._relay.tell(DUE, moment.isoformat())

    def hand_over(self, bus: Bus) -> int:
        """Give some of what is due to the queue; how much there was."""
        return hand_over(bus, self.queue)

    def next_due(self) -> datetime | None:
        """When there is something to give to the queue next; None while nothing waits."""
        return next_to_hand(self._bus)

    def find_the_lost(self) -> None:
        """What was given to the queue and is nowhere is given again."""
        found = take_back(self._bus, self.queue)
        if found:
            log.warning("%s due rows had been given to the queue and were not there: they are given again", found)

    def heard(self, kind: str, data: Any) -> None:
        """As Hearer.heard; what a newer release says and this one does not know is nothing to it."""
        if kind == CHANGED:
            self._live.changed_somewhere()
        elif kind == ANNOUNCED:
            self._live.announced(*data)
        elif kind == DUE and self._works:
            self._alarm.wake_at(datetime.fromisoformat(data))
        elif kind == TAKEN and self._limits is not None:
            self._limits.taken_elsewhere(data)

    def missed(self) -> None:
        """As Hearer.missed."""
        self._live.missed()
        if self._works:
            self._alarm.wake_at(self._clock.now())

    def to_tell(self) -> Sequence[tuple[str, Any]]:
        """As Hearer.to_tell."""
        taken = {} if self._limits is None else self._limits.taken()
        return [(TAKEN, {name: {key: count}}) for name, found in taken.items() for key, count in found.items()]

    def clock_differs(self, least: float, most: float) -> None:
        """As Hearer.clock_differs: from now on we go by the database's clock. What we took it for is changed as little
        as it has to be, which never makes it worse: a slow answer proves little, and so changes little. Were the middle
        believed, a lease would end early on a node with a slow network."""
        self._ahead = min(max(self._ahead, least), most)
        if isinstance(self._clock, SharedClock):
            self._clock.ahead = timedelta(seconds=self._ahead)
        odd = abs(self._ahead) > ODD
        if odd and not self._odd:
            said = "the database's clock is %.1f seconds ahead of this machine's; the database's counts"
            log.warning(said, self._ahead)
        self._odd = odd
