"""What the scenarios know of the office: what people fill in, how cases start, what comes from outside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.year.dates import ZONE
from engine.calendar.durations import add, parse_duration
from engine.calendar.timers import next_of_cycle, parse_cycle
from engine.model.diagram import Process
from engine.scenarios.reading import Scenario, Step, moment, read_scenario

Task = tuple[str, str]  # process id, element id


@dataclass(frozen=True, slots=True)
class Sample:
    """One thing that somebody does in a scenario. `at` is what the scenario's clock shows then; `led_on`: the same is
    not done again in it, and its case ends; `length` is how many steps it has."""

    scenario: str
    number: int
    account: str | None
    what: Mapping[str, Any]
    at: datetime
    led_on: bool = False
    length: int = 0


@dataclass(slots=True)
class Library:
    """`tasks` by process and element, `starts` by process, `events` by kind and name, `jobs` by type, `waivers` by
    control point. Every list is in the order of the files, never empty."""

    tasks: dict[Task, list[Sample]] = field(default_factory=lambda: defaultdict(list))
    starts: dict[str, list[Sample]] = field(default_factory=lambda: defaultdict(list))
    events: dict[tuple[str, str], list[Sample]] = field(default_factory=lambda: defaultdict(list))
    jobs: dict[str, list[Sample]] = field(default_factory=lambda: defaultdict(list))
    waivers: dict[str, list[Sample]] = field(default_factory=lambda: defaultdict(list))

    def alike(self, task: Task) -> list[Sample]:
        """The samples of a task, then those of the tasks of the same id in the other processes of its folder: often
        they show the same form."""
        own = self.tasks.get(task, [])
        folders = {sample.scenario.partition("/")[0] for sample in own}
        others = [one for key, samples in self.tasks.items() if key != task and key[1] == task[1] for one in samples]
        return [*own, *(one for one in others if one.scenario.partition("/")[0] in folders)]


def gather(folders: Collection[Path], diagrams: Mapping[str, Process]) -> Library:
    """All scenarios of these folders; `diagrams` are all processes by id. Raises ScenarioFaulty."""
    library = Library()
    for folder in folders:
        near = {process for process in diagrams if process.startswith(folder.name)}
        for file in sorted((folder / "scenarios").glob("*.yaml")):
            scenario = read_scenario(file)
            _take(library, scenario, f"{folder.name}/{file.name}", diagrams, near)
    return library


def _take(
    library: Library, scenario: Scenario, name: str, diagrams: Mapping[str, Process], near: Collection[str]
) -> None:
    length, ends, last = len(scenario.steps), _ends(scenario), _last(scenario)
    start = scenario.start
    begun = Sample(name, 0, start.get("as"), start, scenario.at, ends, length)
    if "timer" not in start and not any("timer" in event for event in start.get("events") or ()):
        library.starts[scenario.process].append(begun)
    for step, at in _timed(scenario, diagrams.get(scenario.process)):
        if step.beside.get("refused") is not None:
            continue
        led_on = ends and last.get(_done(step)) == step.number
        if step.kind == "task" and "as" in step.beside:
            who, data = str(step.beside["as"]), step.beside.get("data") or {}
            for process in _where(str(step.what), scenario.process, diagrams, near):
                library.tasks[process, step.what].append(Sample(name, step.number, who, data, at, led_on, length))
        elif step.kind in ("message", "signal"):
            sample = Sample(name, step.number, step.what.get("as"), step.what, at, led_on, length)
            library.events[step.kind, str(step.what["name"])].append(sample)
        elif step.kind == "job" and "fail" not in step.what:
            library.jobs[str(step.what["type"])].append(Sample(name, step.number, None, step.what, at, led_on, length))
        elif step.kind == "waive":
            sample = Sample(name, step.number, str(step.what["as"]), step.what, at)
            library.waivers[str(step.what["controlPoint"])].append(sample)


def _where(element: str, process: str, diagrams: Mapping[str, Process], near: Collection[str]) -> list[str]:
    """The processes whose task a scenario of `process` means: its own, else those that it calls, else those of its
    folder (where an expression says what is called)."""
    having = {name for name, diagram in diagrams.items() if element in diagram.nodes}
    if process in having:
        return [process]
    return sorted(having & _called(process, diagrams) or having & set(near))


def _called(process: str, diagrams: Mapping[str, Process]) -> set[str]:
    """What a process calls, and what those call."""
    found: set[str] = set()
    ahead = [process]
    while ahead:
        nodes = diagrams[ahead.pop()].nodes.values() if ahead[-1] in diagrams else ()
        new = {node.called.id for node in nodes if node.called is not None} & diagrams.keys() - found
        found |= new
        ahead += sorted(new)
    return found


def _timed(scenario: Scenario, diagram: Process | None) -> Iterator[tuple[Step, datetime]]:
    """Each step with what the clock shows when it is done."""
    now = _begun_at(scenario, diagram)
    for step in scenario.steps:
        if step.kind == "wait":
            now = add(now, parse_duration(str(step.what)), str(ZONE))
        elif step.kind == "until":
            now = moment(step.what)
        yield step, now


def _begun_at(scenario: Scenario, diagram: Process | None) -> datetime:
    """When the case begins: at once, or when the cycle of its start timer comes due."""
    node = diagram.nodes.get(str(scenario.start.get("timer"))) if diagram is not None else None
    event = node.event if node is not None else None
    if event is None or event.timer != "cycle" or not event.expression:
        return scenario.at
    return next_of_cycle(parse_cycle(event.expression), scenario.at, 0, scenario.at, str(ZONE)) or scenario.at


def _done(step: Step) -> tuple[str, str]:
    return str(step.what), repr(step.beside.get("item"))


def _last(scenario: Scenario) -> dict[tuple[str, str], int]:
    """The number of the last step that completes a task (and, of many, the same item of it)."""
    return {_done(s): s.number for s in scenario.steps if s.kind == "task" and s.beside.get("refused") is None}


def _ends(scenario: Scenario) -> bool:
    """Whether the scenario says in the end that its case is complete."""
    expected = [step.what for step in scenario.steps if step.kind == "expect"]
    return bool(expected) and expected[-1].get("state") == "COMPLETED"


def counted(library: Library) -> dict[str, int]:
    """How much there is of each kind."""
    kinds = ("tasks", "starts", "events", "jobs", "waivers")
    return dict(Counter({kind: sum(map(len, getattr(library, kind).values())) for kind in kinds}))
