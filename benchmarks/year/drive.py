"""The year itself: whatever comes first is done, a due timer, a case that begins or somebody's task; then the clock
goes on to the next."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, select, update

from benchmarks.year.chance import at_work, dice, when, working_days
from benchmarks.year.dates import ZONE
from benchmarks.year.library import Library
from benchmarks.year.outside import Outside
from benchmarks.year.people import People
from benchmarks.year.starts import Begin, begin, planned
from engine.calendar.thai import fiscal_year_days
from engine.calendar.working import WorkingCalendar
from engine.jobs.dispatcher import next_due
from engine.scenarios.world import World
from engine.store.tables import job, subscription, user_task

YEAR = 2571  # the first fiscal year in which every start timer of the content comes due
MIDNIGHT = time(tzinfo=ZONE)
AGAIN = (timedelta(days=1), timedelta(days=3), timedelta(days=9))  # when a task that nobody could do is tried again


@dataclass(frozen=True, slots=True)
class Plan:
    """Which year (Buddhist, a fiscal year), how many days of it, how many cases besides those that begin by
    themselves, and by which seed. For so many days `afterwards` what still comes due is waited for, and done."""

    year: int = YEAR
    days: int = 366
    cases: int = 2000
    seed: int = 1
    afterwards: int = 366

    @property
    def start(self) -> datetime:
        """The first moment of the year."""
        return datetime.combine(fiscal_year_days(self.year)[0], MIDNIGHT)

    @property
    def last(self) -> datetime:
        """After this nobody begins to wait for a task that comes."""
        return self.end + timedelta(days=self.afterwards)

    @property
    def end(self) -> datetime:
        """After this no case begins by itself or from outside."""
        first, last = fiscal_year_days(self.year)
        return datetime.combine(min(last + timedelta(days=1), first + timedelta(days=self.days)), MIDNIGHT)


@dataclass(slots=True)
class State:
    """What the year knows besides its database; JSON."""

    now: str = ""
    month: str = ""  # the one that was saved last
    key: int = 1
    begun: int = 0  # of the planned starts
    seen: dict[str, int] = field(default_factory=lambda: {"task": 0, "subscription": 0, "job": 0})
    waiting: list[tuple[str, int, str]] = field(default_factory=list)  # moment, key, kind: a heap
    tracks: dict[str, tuple[str, int]] = field(default_factory=dict)  # root: scenario, step
    rounds: dict[str, int] = field(default_factory=dict)  # instance and element: how often it was done
    turns: dict[str, int] = field(default_factory=dict)  # task: how often nobody could do it
    given_up: dict[str, str] = field(default_factory=dict)  # task: why
    refused_starts: list[str] = field(default_factory=list)
    refusals: dict[str, int] = field(default_factory=dict)
    closed: bool = False  # the year is over
    done: dict[str, int] = field(default_factory=lambda: {"begun": 0, "tasks": 0})


class Year:
    """Drives one office through its year. `monthly` is called before the first action of each month."""

    def __init__(self, world: World, library: Library, plan: Plan, state: State) -> None:
        self.world, self.library, self.plan, self.state = world, library, plan, state
        self.people = People(world, library, plan.seed, Counter(state.refusals))
        self.outside = Outside(world, library, self.people)
        days = working_days(plan.start, plan.end, self._office())
        self._starts = planned(plan.seed, plan.cases, library, days, self._office())

    def run(self, monthly: Callable[[Year], None] = lambda year: None) -> None:
        """To the end: until all that people could finish is finished, and nothing is due for a while."""
        self._look()
        while (moment := self._next()) is not None:
            if moment >= self.plan.end and not self.state.closed:
                self._close()
                continue
            now = max(moment, self.world.clock.now())
            if (month := f"{now.astimezone(ZONE):%Y-%m}") != self.state.month:
                self.state.month = month
                monthly(self)
            self.world.clock.set(now)
            self._act(now)
            self.world.settle()
            self._look()

    def as_saved(self) -> dict[str, Any]:
        """The state, for `State(**...)`, with the present moment and the next key."""
        self.state.now = self.world.clock.now().isoformat()
        self.state.key = self.world.bus.services.keys.next() + 1
        self.state.refusals = dict(self.people.refusals)
        return asdict(self.state)

    # ---- what comes next ----------------------------------------------------------------------

    def _next(self) -> datetime | None:
        due = next_due(self.world.bus)
        moments = [due] if due is not None and due <= self.plan.last else []
        if self.state.waiting:
            moments.append(datetime.fromisoformat(self.state.waiting[0][0]))
        if (start := self._start()) is not None:
            moments.append(start.at)
        return min(moments, default=None)

    def _start(self) -> Begin | None:
        return self._starts[self.state.begun] if self.state.begun < len(self._starts) else None

    def _act(self, now: datetime) -> None:
        """At most one thing that people do; what is due goes first."""
        due = next_due(self.world.bus)
        if due is not None and due <= now:
            return
        start = self._start()
        if start is not None and start.at <= now:
            self._begin(start)
        elif self.state.waiting and datetime.fromisoformat(self.state.waiting[0][0]) <= now:
            _, key, kind = heapq.heappop(self.state.waiting)
            if kind == "task":
                self._task(key)
            else:
                self.outside.do(kind, key)

    def _close(self) -> None:
        """The year is over: nothing begins by its timer any more."""
        self.state.closed = True
        self.state.begun = len(self._starts)
        j = job.c
        with self.world.database.write() as db:
            db.execute(update(job).where(j.kind == "TIMER_START", j.state == "PENDING").values(state="CANCELED"))

    # ---- what is done -------------------------------------------------------------------------

    def _begin(self, start: Begin) -> None:
        self.state.begun += 1
        found = begin(self.people, start)
        if isinstance(found, str):
            self.state.refused_starts.append(f"{start.process}: {found}")
            return
        sample, key = found
        self.state.done["begun"] += 1
        if key is not None:
            self.state.tracks[str(key)] = (sample.scenario, 0)

    def _task(self, key: int) -> None:
        with self.world.database.read() as db:
            task = db.execute(select(user_task).where(user_task.c.key == key)).one()
        if task.state != "CREATED":
            return
        root, name = str(task.root_key), str(key)
        here = f"{task.process_instance_key} {task.element_id}"
        turn, rounds = self.state.turns.get(name, 0), self.state.rounds.get(here, 0)
        found = self.people.do(task, self.state.tracks.get(root), rounds, turn)
        if isinstance(found, str):
            self._put_off(name, turn, found)
            return
        self.state.done["tasks"] += 1
        self.state.rounds[here] = rounds + 1
        self.state.tracks[root] = (found.scenario, found.number)
        self.state.turns.pop(name, None)

    def _put_off(self, task: str, turn: int, why: str) -> None:
        self.state.turns[task] = turn + 1
        if turn >= len(AGAIN):
            self.state.given_up[task] = why
            return
        chance = dice(self.plan.seed, "again", task, turn)
        moment = at_work(self.world.clock.now() + AGAIN[turn], self._office(), chance)
        self._wait(moment, int(task), "task")

    # ---- what is new --------------------------------------------------------------------------

    def _look(self) -> None:
        """Plan for each task, message and job that waits and was not seen before."""
        if self.world.clock.now() > self.plan.last:
            return
        office = self._office()
        u = user_task.c
        for row in self._new("task", user_task, u.created_at, u.standard_due_at, u.due_at):
            chance = dice(self.plan.seed, "when", row.key)
            self._wait(when(chance, row.created_at, row.standard_due_at or row.due_at, office), row.key, "task")
        s = subscription.c
        for row in self._new("subscription", subscription, s.process_instance_key, s.kind, s.name, s.element_id):
            if row.process_instance_key is not None and self.outside.comes(row):
                chance = dice(self.plan.seed, "comes", row.key)
                self._wait(when(chance, self.world.clock.now(), None, office), row.key, "event")
        for row in self._new("job", job, job.c.kind, job.c.type):
            if self.outside.works(row):
                self._wait(self.world.clock.now() + timedelta(minutes=5), row.key, "job")

    def _new(self, kind: str, table: Any, *columns: Any) -> list[Row[Any]]:
        with self.world.database.read() as db:
            query = select(table.c.key, *columns).where(table.c.key > self.state.seen[kind]).order_by(table.c.key)
            rows = list(db.execute(query))
        if rows:
            self.state.seen[kind] = rows[-1].key
        return rows

    def _wait(self, moment: datetime, key: int, kind: str) -> None:
        heapq.heappush(self.state.waiting, (moment.astimezone(ZONE).isoformat(), key, kind))

    def _office(self) -> WorkingCalendar:
        with self.world.database.read() as db:
            return self.world.bus.services.office(db, self.world.clock.now())
