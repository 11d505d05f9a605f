"""Somebody does a task as a scenario did it; who is refused leaves it to the next sample, or to another person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Row, select

from benchmarks.year.chance import dice, ordered
from benchmarks.year.choices import choices
from benchmarks.year.dates import between, moved
from benchmarks.year.fitting import Case, filled_up, fitted
from benchmarks.year.library import Library, Sample
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.decide_intervention import ApproveIntervention
from engine.commands.request_intervention import RequestIntervention
from engine.commands.unassign_task import UnassignTask
from engine.commands.waive_control_point import WaiveControlPoint
from engine.errors import ControlPointUnsatisfied, EngineError, FormInvalid
from engine.model.actor import Actor
from engine.scenarios.world import World
from engine.store.scopes import visible_variables
from engine.store.tables import membership

AT_MOST = 24  # samples tried at the first visit
FITTED, TURNS = 4, 8  # how many of them are fitted to the case, and how often each
HALF = 0.5
_ANOTHER = frozenset({"separation-of-duties", "forbidden", "above-clearance", "not-cleared", "second-person-needed"})


@dataclass(slots=True)
class People:
    """The accounts of the office. `refusals` counts by process, element and code what was refused."""

    world: World
    library: Library
    seed: int
    refusals: Counter[str] = field(default_factory=Counter)
    _known: dict[str, Actor] = field(default_factory=dict)
    _members: dict[str, list[str]] = field(default_factory=dict)

    def actor(self, account: str) -> Actor:
        """The person; accounts never change during the year."""
        if account not in self._known:
            self._known[account] = self.world.actor(account)
        return self._known[account]

    def do(self, task: Row[Any], track: tuple[str, int] | None, rounds: int, turn: int) -> Sample | str:
        """Complete a task. The sample by which it was done, or why the last one was refused. At a second visit what
        leads back is tried as well, and every sample."""
        samples = self.library.tasks.get((task.process_id, task.element_id), [])
        chance = dice(self.seed, "sample", task.key, turn)
        order = ordered(chance, samples, track, 0 if turn else rounds)
        attempt = Attempt(self, task, order)
        why = "no scenario completes it"
        for number, sample in enumerate(order if turn else order[:AT_MOST]):
            if (refused := attempt.by(sample, number < FITTED)) is None:
                return sample
            why = refused
        return why

    def _of(self, group: str) -> Sequence[str]:
        if group not in self._members:
            m = membership.c
            with self.world.database.read() as db:
                query = select(m.username).where(m.group_key == group).order_by(m.username)
                self._members[group] = list(db.execute(query).scalars())
        return self._members[group]

    def waived(self, task: Row[Any], error: EngineError) -> bool:
        """Whether the control points that stand in the way are waived, as they are in scenarios; half of the time."""
        points: Any = error.members.get("controlPoints") or []
        known = [self.library.waivers.get(point["id"], []) for point in points]
        if not points or not all(known) or dice(self.seed, "waive", task.key).random() < HALF:
            return False
        for point, samples in zip(points, known, strict=True):
            what = samples[0].what
            waiver = WaiveControlPoint(task.key, point["id"], str(what["reason"]))
            asked = self.world.bus.run(RequestIntervention("waive", waiver), self.actor(str(what["as"])))
            approval = ApproveIntervention(int(asked["interventionKey"]))
            self.world.bus.run(approval, self.actor(str(what["approvedBy"])))
        return True

    def who(self, task: Row[Any], sample: Sample) -> Iterator[str]:
        """The scenario's own account if the task may be its, then the holder, then members of the candidate groups."""
        groups, users = set(task.candidate_groups), list(task.candidate_users)
        own = str(sample.account)
        if not (groups or users) or own in users or groups & self.actor(own).groups:
            yield own
        members = [name for group in sorted(groups) for name in self._of(group)]
        holder = [task.assignee] if task.assignee else []
        yield from (name for name in dict.fromkeys([*holder, *users, *members]) if name != own)


@dataclass(slots=True)
class Attempt:
    """One visit to a task."""

    people: People
    task: Row[Any]
    samples: Sequence[Sample]
    holder: str | None = None

    def __post_init__(self) -> None:
        self.holder = self.task.assignee

    def by(self, sample: Sample, fit: bool) -> str | None:
        """Do it by this sample, fitted to the case if the form refuses it as it is. Why not, or None."""
        why, data = "nobody may do it", self._as_of_now(sample)
        for account in self.people.who(self.task, sample):
            error = self._try(account, data)
            for turn in range(TURNS if fit else 0):
                better = self._fitted(data, error, turn)
                if better is None:
                    break
                data = better
                error = self._try(account, data)
            if error is None:
                return None
            why = described(error)
            if error.code not in _ANOTHER:
                break
        return why

    def _try(self, account: str, data: dict[str, Any]) -> EngineError | None:
        world, key = self.people.world, self.task.key
        try:
            if self.holder not in (None, account):
                world.bus.run(UnassignTask(key), self.people.actor(str(self.holder)))
                self.holder = None
            if self.holder is None:
                world.bus.run(ClaimTask(key), self.people.actor(account))
                self.holder = account
            world.bus.run(CompleteTask(key, data), self.people.actor(account))
        except EngineError as error:
            self.people.refusals[f"{self.task.process_id} {self.task.element_id} {error.code}"] += 1
            if not self.people.waived(self.task, error):
                return error
            return self._try(account, data)
        return None

    def _fitted(self, data: dict[str, Any], error: EngineError | None, turn: int) -> dict[str, Any] | None:
        alike = self.people.library.alike((self.task.process_id, self.task.element_id))
        donors = [self._as_of_now(one) for one in alike]
        if isinstance(error, ControlPointUnsatisfied) and turn == 0:
            return filled_up(data, donors)
        errors: Any = error.members.get("errors") if isinstance(error, FormInvalid) else None
        if not errors:
            return None
        world, task = self.people.world, self.task
        with world.database.read() as db:
            seen = visible_variables(db, task.key)
            offered = partial(choices, db, task.form_key, seen={**seen, **data}, now=world.clock.now())
            return fitted(data, errors, Case(seen, donors, offered), turn)

    def _as_of_now(self, sample: Sample) -> dict[str, Any]:
        return shifted(sample.what, sample.at, self.people.world.clock.now())


def shifted(what: Mapping[str, Any], then: datetime, now: datetime) -> dict[str, Any]:
    """What is filled in, as of now."""
    found: dict[str, Any] = moved(dict(what), between(then, now))
    return found


def described(error: EngineError) -> str:
    """An error with what it names."""
    more = {k: v for k, v in error.members.items() if k in ("errors", "controlPoints", "permission")}
    return f"{error.code}: {error.detail or error.en}" + (f" {more}" if more else "")
