"""What reports are made of: shares of what was kept, and how long things took."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Share:
    """How many there were, and how many of them were done within their standard time."""

    counted: int = 0
    kept: int = 0

    def add(self, kept: int, counted: int = 1) -> None:
        """Count one more, or many at once."""
        self.counted += counted
        self.kept += kept

    @property
    def percent(self) -> float | None:
        """Hundred times kept through counted, to one decimal and never more than it is; of nothing there is no share.
        """
        return 1000 * self.kept // self.counted / 10 if self.counted else None

    def reaches(self, target: float) -> bool | None:
        """Whether the share, unrounded, is the target percentage at least; None of nothing."""
        return 100 * self.kept >= target * self.counted if self.counted else None

    def shown(self) -> dict[str, Any]:
        """As the API shows it."""
        return {"counted": self.counted, "kept": self.kept, "sharePercent": self.percent}


@dataclass(slots=True)
class Spread:
    """Lengths of time in whole seconds."""

    seconds: array[int] = field(default_factory=lambda: array("q"))

    def add(self, seconds: int) -> None:
        """One more."""
        self.seconds.append(seconds)

    def shown(self) -> dict[str, Any]:
        """As the API shows it: how many, median and the ninth decile, in seconds, and all together. Of nothing there is
        neither."""
        ordered = sorted(self.seconds)
        return {
            "counted": len(ordered), "medianSeconds": nearest_rank(ordered, 50),
            "p90Seconds": nearest_rank(ordered, 90), "totalSeconds": sum(ordered),
        }  # fmt: skip


def merged(spreads: Iterable[Spread]) -> Spread:
    """All of these together."""
    whole = Spread()
    for spread in spreads:
        whole.seconds.extend(spread.seconds)
    return whole


def nearest_rank(ordered: list[int], percent: int) -> int | None:
    """The smallest of the values (in order) that at least `percent` of a hundred of them do not exceed."""
    if not ordered:
        return None
    return ordered[-(-percent * len(ordered) // 100) - 1]


@dataclass(slots=True)
class TaskTimes:
    """What is measured of the tasks of one element: the share kept, and the time until somebody had them and from then
    until they were done; `office` is the same in the office's working time."""

    share: Share = field(default_factory=Share)
    waiting: Spread = field(default_factory=Spread)
    working: Spread = field(default_factory=Spread)
    office_waiting: Spread = field(default_factory=Spread)
    office_working: Spread = field(default_factory=Spread)

    def add(self, moments: tuple[int, int, int], office: tuple[int, int, int]) -> None:
        """When one was created, first was somebody's and was done; in seconds, and in seconds of working time."""
        self.waiting.add(moments[1] - moments[0])
        self.working.add(moments[2] - moments[1])
        self.office_waiting.add(office[1] - office[0])
        self.office_working.add(office[2] - office[1])

    def shown(self) -> dict[str, Any]:
        """As the API shows it."""
        return {
            **self.share.shown(), "waiting": self.waiting.shown(), "working": self.working.shown(),
            "officeWaiting": self.office_waiting.shown(), "officeWorking": self.office_working.shown(),
        }  # fmt: skip
