"""Walk a draft by hand: a scenario that is written one step after another, each chosen of what waits.

It is the engine itself that runs, as in a scenario. Nothing is kept between two steps: what was chosen so far is played
again, on a clock of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.errors import NotFound
from engine.model.diagram import Process
from engine.model.lined import Lined
from engine.scenarios.coverage import Taken, taken_in
from engine.scenarios.looking import Look
from engine.scenarios.names import faults_of_names
from engine.scenarios.play import Player, ScenarioFailed
from engine.scenarios.reading import Scenario, ScenarioFaulty, scenario_of
from engine.scenarios.reasons import Reason, of_fault
from engine.scenarios.trial import Trial
from engine.scenarios.waiting import Beginning, Waiting, beginnings, waiting_in
from engine.store.tables import moment_text

MOST_CHOICES = 200  # steps of one walk
_NAME = "-"  # of a scenario that is no file


@dataclass(frozen=True, slots=True)
class Walk:
    """How far a walk has come. `state` is empty before it begins; with `why`, `step` (0: the start) was refused."""

    now: datetime
    state: str = ""  # ACTIVE, COMPLETED or TERMINATED
    taken: Taken = field(default_factory=dict)
    standing: tuple[str, ...] = ()  # the elements where it stands, those that wait twice being there twice
    waiting: tuple[Waiting, ...] = ()
    beginnings: tuple[Beginning, ...] = ()
    variables: Mapping[str, Any] = field(default_factory=dict)
    step: int = 0
    why: tuple[Reason, ...] = ()

    def described(self) -> dict[str, Any]:
        """As answers carry it, but for what was taken and why a step was refused."""
        return {
            "now": moment_text(self.now), "state": self.state or None, "variables": dict(self.variables),
            "standing": list(self.standing),
            "waiting": [one.described() for one in self.waiting],
            "beginnings": [one.described() for one in self.beginnings],
        }  # fmt: skip


def process_of(trial: Trial, process_id: str | None) -> tuple[str, Process]:
    """The process of the draft with this id, or its first, and the path of its diagram. Raises NotFound."""
    for path, process in trial.processes:
        if process_id in (None, process.id) and not process.global_task:
            return path, process
    raise NotFound(processDefinitionId=process_id)


def before(trial: Trial, process: Process, at: datetime) -> Walk:
    """What the process can begin with at a moment."""
    world = trial.template.world(at)
    try:
        with world.database.read() as db:
            return Walk(at, beginnings=tuple(beginnings(db, process)))
    finally:
        world.close()


def walk(trial: Trial, process: Process, at: datetime, start: Mapping[str, Any], steps: list[Any]) -> Walk:
    """Play what was chosen so far, in the words of a scenario file, and tell where the case stands then."""
    content = {"process": process.id, "at": at.isoformat(), "start": dict(start), "steps": steps}
    try:
        scenario = scenario_of(_NAME, Lined(content, _NAME))
        if faults := faults_of_names(scenario, trial.names):
            raise ScenarioFaulty(faults)
    except ScenarioFaulty as error:
        return Walk(at, step=len(steps), why=tuple(map(of_fault, error.faults)))
    return _played(trial, scenario)


def _played(trial: Trial, scenario: Scenario) -> Walk:
    world = trial.template.world(scenario.at)
    player, step = Player(world, scenario), 0
    why: tuple[Reason, ...] = ()
    try:
        player.play()
    except ScenarioFailed as error:
        step, why = error.step, tuple(error.why)
    try:
        with world.database.read() as db:
            if not player.root:
                return Walk(world.clock.now(), step=step, why=why)
            look = Look(db, player.root)
            found = tuple(waiting_in(look))
            at = tuple(look.waiting())
            return Walk(world.clock.now(), look.state(), taken_in(db), at, found, (), look.variables(), step, why)
    finally:
        world.close()
