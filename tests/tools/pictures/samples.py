"""Which scenario fills in which form best, and the pause before it does so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from engine.commands.claim_task import ClaimTask
from engine.commands.drafts import SaveDraft
from engine.commands.unassign_task import UnassignTask
from engine.scenarios.looking import Look
from engine.scenarios.play import Player, ScenarioFailed
from engine.scenarios.reading import Scenario, Step
from engine.scenarios.run import Suite
from engine.scenarios.world import World
from tests.tools.pictures.contents import Contents

START = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """A task claimed, with its draft, or (`task` is None) a process about to be started by a form; `data` is what the
    scenario then fills in."""

    form: str
    step: int
    account: str
    data: Mapping[str, Any]
    world: World
    process: str
    task: int | None = None


See = Callable[[Moment], None]


class PausingPlayer(Player):
    """Plays a scenario, and lets `look` see each form filled in, just before it is sent."""

    def __init__(self, world: World, scenario: Scenario, contents: Contents, look: See) -> None:
        super().__init__(world, scenario)
        self._look = look
        self._forms = {(p.id, node.id): form.id for form in contents.forms for p, node in form.uses}
        self._starts = {p.id: form.id for form in contents.forms for p, node in form.uses if node.type == "startEvent"}

    def _start_by(self, start: Mapping[str, Any]) -> None:
        form = self._starts.get(self.scenario.process)
        if form is not None and _by_hand(start):
            data = start.get("data") or {}
            self._look(Moment(form, START, str(start["as"]), data, self.world, self.scenario.process))
        super()._start_by(start)

    def _filled_task(self, step: Step) -> None:
        if "as" in step.beside and not step.beside.get("refused"):
            self._pause(step)
        super()._task(step)

    def _pause(self, step: Step) -> None:
        task, account = self._find_task(step), str(step.beside["as"])
        form = self._forms.get((task.process_id, task.element_id))
        if form is None:
            return
        data, who, run = step.beside.get("data") or {}, self.world.actor(account), self.world.bus.run
        if task.assignee is not None and task.assignee != who.id:
            run(UnassignTask(task.key), self.world.actor(task.assignee))
        if task.assignee != who.id:
            run(ClaimTask(task.key), who)
        with self.world.database.read() as db:
            seen = Look(db, self.root).seen_from(task.key)
        run(SaveDraft(task.key, {name: laid_over(seen.get(name), value) for name, value in data.items()}), who)
        self._look(Moment(form, step.number, account, data, self.world, task.process_id, task.key))

    _STEPS = {**Player._STEPS, "task": _filled_task}


def laid_over(seen: Any, given: Any) -> Any:
    """What a scenario gives over what the task sees already: of a row it names only what is filled in."""
    if isinstance(seen, Mapping) and isinstance(given, Mapping):
        return {**seen, **{name: laid_over(seen.get(name), value) for name, value in given.items()}}
    if isinstance(seen, list) and isinstance(given, list):
        return [laid_over(old, new) for old, new in zip_longest(seen[: len(given)], given)]
    return given


class Enough(Exception):
    """Raised by who looks when the rest of a scenario is of no use."""


def play(suite: Suite, scenario: Scenario, contents: Contents, look: See) -> None:
    """Play one scenario in a world of its own, until it ends or `look` raises Enough."""
    world = suite.template.world(scenario.at)
    try:
        PausingPlayer(world, scenario, contents, look).play()
    except Enough:
        pass
    except ScenarioFailed as failed:
        print(f"{contents.id}/{scenario.file}: step {failed.step}: {failed}")
    finally:
        world.close()


def chosen(scenarios: Sequence[Scenario], contents: Contents) -> dict[str, dict[str, int]]:
    """By scenario file, the steps (0: the start) at which the forms are filled in well: in few scenarios, each form
    where at least four fifths of the fields are filled in that any scenario fills in."""
    filled = {scenario.file: _filled(scenario, contents) for scenario in scenarios}
    most: dict[str, int] = {}
    for forms in filled.values():
        for form, (count, _) in forms.items():
            most[form] = max(most.get(form, 0), count)
    left, found = set(most), dict[str, dict[str, int]]()
    while left:
        good = {
            file: {form: step for form, (count, step) in forms.items() if form in left and count >= 0.8 * most[form]}
            for file, forms in filled.items()
        }
        file = max(good, key=lambda name: len(good[name]))
        found[file] = good[file]
        left -= good[file].keys()
    return found


def _filled(scenario: Scenario, contents: Contents) -> dict[str, tuple[int, int]]:
    """By form, how many of its fields a scenario fills in, and the first step that fills in so many."""
    of_task = {node.id: form.id for form in contents.forms for _, node in form.uses if node.type != "startEvent"}
    found: dict[str, tuple[int, int]] = {}
    start = {p.id: form.id for form in contents.forms for p, node in form.uses if node.type == "startEvent"}
    if scenario.process in start and _by_hand(scenario.start):
        found[start[scenario.process]] = (_count(scenario.start.get("data")), START)
    for step in scenario.steps:
        form = of_task.get(str(step.what)) if step.kind == "task" else None
        if form is None or "as" not in step.beside or step.beside.get("refused"):
            continue
        count = _count(step.beside.get("data"))
        if form not in found or found[form][0] < count:
            found[form] = (count, step.number)
    return found


def _by_hand(start: Mapping[str, Any]) -> bool:
    return "as" in start and not {"message", "signal", "timer", "evaluate", "events"} & start.keys()


def _count(data: Mapping[str, Any] | None) -> int:
    return sum(value not in (None, "", [], {}) for value in (data or {}).values())
