"""What one evaluation runs in: its environment, its budget, its warnings and its scopes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC as PYTHON_UTC
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from engine.feel.errors import BudgetExceeded
from engine.feel.messages import warning_th
from engine.feel.values.temporal import DateTime
from engine.feel.values.zones import UTC, Zone, named_zone, parse_zone

if TYPE_CHECKING:
    from engine.feel.values.functions import Function
    from engine.feel.values.types import FeelType

CLOCK_EVERY = 1024
CHEAP = 64
CALL = 5


@dataclass(frozen=True, slots=True)
class Budget:
    """What one evaluation may use.

    `steps`: iterations, calls and elements visited. `size`: elements of one list or context, or
    characters of one string. `depth`: functions inside functions. `seconds`: wall time, checked
    every thousand steps. `pattern`: characters of a regular expression. `warnings`: kept, the
    rest is dropped.
    """

    steps: int = 1_000_000
    size: int = 1_000_000
    depth: int = 60
    seconds: float = 5.0
    pattern: int = 1_000
    warnings: int = 50


class WorkingTime(Protocol):
    """The office's calendar, which the working-time built-ins ask. Dates are local days, moments
    are aware; languages are th and en. What it cannot compute it answers with a ValueError."""

    def is_working_day(self, day: date) -> bool: ...

    def next_working_day(self, day: date) -> date: ...

    def holiday_name(self, day: date, language: str) -> str | None: ...

    def add_working_days(self, day: date, days: int) -> date: ...

    def working_days_between(self, start: date, end: date) -> int: ...

    def opening(self, day: date) -> datetime: ...

    def closing(self, day: date) -> datetime: ...

    def add_working_seconds(self, moment: datetime, seconds: Decimal) -> datetime: ...

    def working_seconds_between(self, start: datetime, end: datetime) -> Decimal: ...

    def end_of_period(self, day: date, duration: str) -> date: ...

    def next_recurring_date(self, day: date, dates: str) -> date: ...


@dataclass(frozen=True, slots=True)
class Warning:
    """Something an evaluation could not do and answered with null.

    `code` is stable: no-variable, no-entry, no-function, bad-argument, bad-type, bad-condition,
    arithmetic. `position` is the 0-based offset in the expression's text. `name` is
    the missing variable, entry or function.
    """

    code: str
    message: str
    position: int
    name: str | None = None

    @property
    def th(self) -> str:
        """The message in Thai."""
        return warning_th(self.code, self.message, self.name)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The value of an expression and what went wrong on the way to it."""

    value: object
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True)
class Environment:
    """What an expression may see beside its scope.

    `now` is aware. `zone` is the zone of today() and now() (an IANA name or an offset).
    `functions` are called by name where the scope has no function of that name; `types` are
    those of `instance of` and of parameters beyond FEEL's own.
    """

    now: datetime
    zone: str = "Asia/Bangkok"
    budget: Budget = Budget()
    calendar: WorkingTime | None = None
    functions: Mapping[str, Function] = field(default_factory=dict)
    types: Mapping[str, FeelType] = field(default_factory=dict)

    def local_zone(self) -> Zone:
        """UTC when `zone` is unknown."""
        return named_zone(self.zone) or parse_zone(self.zone) or UTC

    def local_now(self) -> DateTime:
        """`now` on the clocks of the zone; a naive `now` counts as UTC."""
        now = self.now if self.now.tzinfo is not None else self.now.replace(tzinfo=PYTHON_UTC)
        return DateTime.from_python(now, self.local_zone())


class Run:
    """The account of one evaluation: what it has used and what it has warned of.

    A host that evaluates several expressions for one purpose (a decision graph) gives them one
    run, so that they share one budget.
    """

    __slots__ = ("_clock_at", "_deadline", "budget", "depth", "env", "steps_left", "warnings")

    def __init__(self, env: Environment) -> None:
        self.env = env
        self.budget = env.budget
        self.steps_left = env.budget.steps
        self.depth = 0
        self.warnings: list[Warning] = []
        self._clock_at = self.steps_left - CLOCK_EVERY
        self._deadline: float | None = None

    def step(self, count: int = 1) -> None:
        """Pay for `count` steps. Raises BudgetExceeded."""
        self.steps_left -= count
        if self.steps_left < self._clock_at:
            self._check()

    def _check(self) -> None:
        if self.steps_left < 0:
            raise BudgetExceeded("steps", self.budget.steps)
        now = time.monotonic()
        if self._deadline is None:
            # The clock starts at the first thousand steps: a short evaluation pays nothing.
            self._deadline = now + self.budget.seconds
        elif now > self._deadline:
            raise BudgetExceeded("seconds", self.budget.seconds)
        self._clock_at = self.steps_left - CLOCK_EVERY

    def size(self, count: int) -> None:
        """Refuse a value of so many elements or characters, and pay for making one that is allowed
        (so that many large ones use up the steps). Raises BudgetExceeded."""
        if count > self.budget.size:
            raise BudgetExceeded("size", self.budget.size)
        if count > CHEAP:
            self.step(count // CHEAP)

    def enter(self) -> None:
        """One function deeper; `leave` must follow. Raises BudgetExceeded."""
        self.step(CALL)
        if self.depth >= self.budget.depth:
            raise BudgetExceeded("depth", self.budget.depth)
        self.depth += 1

    def leave(self) -> None:
        self.depth -= 1

    def warn(self, code: str, message: str, position: int, name: str | None = None) -> None:
        """Note why null is the answer. Beyond the budget's number warnings are dropped."""
        if len(self.warnings) < self.budget.warnings:
            self.warnings.append(Warning(code, message, position, name))


class Missing:
    """The type of MISSING."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing()


class Frame:
    """One scope inside another. `names` is what it adds (the host's own mapping in the outermost
    one: it's never copied); `item` is the element a filter looks at."""

    __slots__ = ("item", "names", "parent", "run")

    def __init__(
        self,
        run: Run,
        names: Mapping[str, object],
        parent: Frame | None = None,
        item: object = MISSING,
    ) -> None:
        self.run = run
        self.names = names
        self.parent = parent
        self.item = item
