"""The clocks: the system's, the one that a cluster shares, and one that tests and scenarios move by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)


class SharedClock:
    """This machine's clock, corrected to the one that the nodes of a cluster share: that of their database. What is due
    is due for all of them at the same moment."""

    def __init__(self) -> None:
        self.ahead = timedelta()  # how far the shared clock is ahead of this machine's

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC) + self.ahead


class TestClock:
    """A clock that stands still until it is moved; it never goes back."""

    __test__ = False  # pytest: not a test class

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The moment it was last set to."""
        return self._now

    def set(self, moment: datetime) -> None:
        """Move to `moment` (aware); raises ValueError when that lies in the past."""
        if moment < self._now:
            raise ValueError(f"the clock stands at {self._now} and does not go back to {moment}")
        self._now = moment.astimezone(UTC)

    def advance(self, delta: timedelta) -> None:
        """Move on by `delta`."""
        self.set(self._now + delta)
