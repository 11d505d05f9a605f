"""Run the scenarios of a folder and say what a process owner can understand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.execution import read_processes
from engine.model.diagram import Process
from engine.model.faults import Fault
from engine.scenarios.content import Content, read_content
from engine.scenarios.coverage import Coverage, Taken, taken_in
from engine.scenarios.looking import Look
from engine.scenarios.names import Names, faults_of_names, names_of
from engine.scenarios.play import Player, ScenarioFailed
from engine.scenarios.reading import Scenario, ScenarioFaulty, read_scenario
from engine.scenarios.reasons import Reason, line_of
from engine.scenarios.world import Template


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one scenario went. `why` is empty when it passed; `step` is 0 for the start."""

    folder: str
    file: str
    title: dict[str, str]
    step: int = 0
    why: tuple[Reason, ...] = ()
    line: int | None = None  # of the step
    taken: Taken = field(default_factory=dict)
    waiting: tuple[str, ...] = ()  # the elements that wait in the end, those that wait twice being there twice

    @property
    def passed(self) -> bool:
        """Whether everything went as the scenario says."""
        return not self.why


@dataclass(slots=True)
class Suite:
    """The content of a folder with its scenarios, ready to be played. Close it in the end."""

    content: Content
    template: Template
    processes: dict[str, list[Process]]  # by folder name
    scenarios: dict[str, list[Scenario]]  # by folder name
    faulty: list[Outcome] = field(default_factory=list)

    def close(self) -> None:
        """Throw the template away."""
        self.template.close()

    def play(self, coverage: Coverage) -> Iterator[Outcome]:
        """Play every scenario, in order; what they reach is added to `coverage`."""
        yield from self.faulty
        for folder, scenarios in self.scenarios.items():
            for scenario in scenarios:
                yield self.play_one(folder, scenario, coverage)

    def play_one(self, folder: str, scenario: Scenario, coverage: Coverage) -> Outcome:
        """Play one scenario."""
        outcome = play_one(self.template, folder, scenario)
        coverage.count(outcome.taken)
        return outcome


def play_one(template: Template, folder: str, scenario: Scenario) -> Outcome:
    """Play one scenario in a copy of the template."""
    world = template.world(scenario.at)
    player, failed = Player(world, scenario), None
    try:
        player.play()
    except ScenarioFailed as error:
        failed = error
    finally:
        with world.database.read() as db:
            taken = taken_in(db)
            waiting = tuple(Look(db, player.root).waiting()) if player.root else ()
        world.close()
    title = dict(scenario.title)
    if failed is None:
        return Outcome(folder, scenario.file, title, taken=taken, waiting=waiting)
    line = line_of(scenario.place_of(failed.step))
    return Outcome(folder, scenario.file, title, failed.step, tuple(failed.why), line, taken, waiting)


def open_suite(folder: Path) -> Suite:
    """Read and deploy the content of a folder (and the content beside it that it may call).

    Raises InvalidArgument when there is nothing to deploy, DeploymentRefused with every fault.
    """
    chosen = read_content(folder)
    whole = _whole(folder, chosen)
    organisation = whole.organisation.read_text(encoding="utf-8") if whole.organisation else None
    template = Template(whole.resources, organisation)
    suite = Suite(chosen, template, {}, {})
    everything = [(r.name, read_processes(r.content, r.name)[0]) for r in whole.resources if r.name.endswith(".bpmn")]
    names = names_of((p for _, found in everything for p in found), *template.people())
    for one in chosen.folders:
        of_it = [found for name, found in everything if Path(name).parent.name == one.name]
        suite.processes[one.name] = [p for found in of_it for p in found]
        suite.scenarios[one.name] = list(_scenarios(one, names, suite.faulty))
    return suite


def _whole(folder: Path, chosen: Content) -> Content:
    """A single process may call those beside it: deploy the whole folder `processes`."""
    resolved = folder.resolve()
    if resolved.parent.name == "processes":
        return read_content(resolved.parent)
    return chosen


def _scenarios(folder: Path, names: Names, faulty: list[Outcome]) -> Iterator[Scenario]:
    for file in sorted((folder / "scenarios").glob("*.yaml")):
        try:
            scenario = read_scenario(file)
            if faults := faults_of_names(scenario, names):
                raise ScenarioFaulty(faults)
        except ScenarioFaulty as error:
            faulty.append(Outcome(folder.name, file.name, {}, 0, tuple(_text(f) for f in error.faults)))
        else:
            yield scenario


def _text(fault: Fault) -> Reason:
    """With the place before it: there is no other place in a report."""
    return Reason(f"{fault.file}: {fault.th}", fault.en, line_of(fault.file))


def report(outcomes: Sequence[Outcome], coverage: Coverage, suite: Suite) -> str:
    """The whole result as text, Thai with English beside it."""
    lines = []
    for outcome in outcomes:
        mark = "ผ่าน  PASS" if outcome.passed else "ไม่ผ่าน FAIL"
        lines.append(
            f"{mark}  {outcome.folder}/{outcome.file}  {outcome.title.get('th', '')} / {outcome.title.get('en', '')}"
        )
        place = f"ขั้นที่ {outcome.step} / step {outcome.step}" if outcome.step else "เริ่มต้น / start"
        lines += [f"        {place}: {why}" for why in outcome.why]
    everything = [p for found in suite.processes.values() for p in found]
    reached, total = coverage.percent(everything)
    for process_id, left in coverage.missing(everything).items():
        lines.append(f"ไม่ได้ผ่าน / not reached in {process_id}: {', '.join(left)}")
    share = f"{100 * reached / total:.1f}" if total else "100.0"
    lines.append(f"องค์ประกอบและเส้นที่ผ่าน / flow nodes and sequence flows reached: {reached}/{total} ({share}%)")
    failed = sum(not o.passed for o in outcomes)
    lines.append(f"{len(outcomes) - failed} passed, {failed} failed")
    return "\n".join(lines)
