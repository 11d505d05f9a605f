"""Try out a draft: its scenarios are played on its files as they stand, in memory, beside what the office has deployed.

Nothing of the office is touched: its definitions and the names of its groups are read, and made-up accounts work there
(two of every group, a process owner, an auditor, an administrator), as in `krabuan test`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.commands.publish_model_draft import resources_of
from engine.errors import InvalidArgument
from engine.execution import read_processes
from engine.model.diagram import Process
from engine.model.draft_files import kind_of
from engine.model.faults import Fault
from engine.scenarios.coverage import Coverage
from engine.scenarios.deployed import Deployed
from engine.scenarios.effort import Effort, TrialTooLong
from engine.scenarios.names import Names, faults_of_names, names_of
from engine.scenarios.reading import Scenario, ScenarioFaulty, scenario_of_text
from engine.scenarios.reasons import of_error, of_fault
from engine.scenarios.run import Outcome, play_one
from engine.scenarios.world import Template

FOLDER = "scenarios"
MOST_SCENARIOS = 100
LARGEST_SCENARIO = 128 << 10  # bytes: larger ones take seconds to read alone
MOST_STEPS = 500  # of one scenario
MOST_COMMANDS = 2_000  # of all that are played at a time; one takes some milliseconds
MOST_SECONDS = 30.0  # of the processor, for what is counted too little by that
Files = Sequence[tuple[str, str]]  # path and content


class TooManyScenarios(InvalidArgument):
    """There are more scenarios than are tried out at a time: try them out one by one."""

    code = "too-many-scenarios"
    th = "มีสถานการณ์ทดสอบมากเกินกว่าที่ทดลองได้ในครั้งเดียว โปรดทดลองทีละสถานการณ์"


@dataclass(slots=True)
class Trial:
    """A draft ready to be tried out. Close it in the end."""

    template: Template
    processes: list[tuple[str, Process]]  # with the path of the diagram
    names: Names
    coverage: Coverage = field(default_factory=Coverage)

    def play(self, path: str, text: str) -> Outcome:
        """Play the scenario of a file; what it reaches is added to the coverage."""
        try:
            scenario = self._read(path, text)
            self.template.effort.check()
        except ScenarioFaulty as error:
            return Outcome("", path, {}, 0, tuple(map(of_fault, error.faults)))
        except TrialTooLong as error:
            return Outcome("", path, {}, 0, (of_error(error),))
        outcome = play_one(self.template, "", scenario)
        self.coverage.count(outcome.taken)
        return outcome

    def close(self) -> None:
        """Throw it away."""
        self.template.close()

    def _read(self, path: str, text: str) -> Scenario:
        if len(text.encode()) > LARGEST_SCENARIO:
            size = LARGEST_SCENARIO >> 10
            raise _faulty(path, f"สถานการณ์ทดสอบมีขนาดได้ไม่เกิน {size} KiB", f"A scenario has {size} KiB at most.")
        scenario = scenario_of_text(path, text, aliases=False)
        if len(scenario.steps) > MOST_STEPS:
            raise _faulty(path, f"สถานการณ์ทดสอบมีได้ไม่เกิน {MOST_STEPS} ขั้น", f"A scenario has {MOST_STEPS} steps at most.")
        if faults := faults_of_names(scenario, self.names):
            raise ScenarioFaulty(faults)
        return scenario


def open_trial(files: Files, deployed: Deployed) -> Trial:
    """Deploy a draft's files in memory, over what the office has deployed.

    Raises InvalidArgument when there is nothing to deploy, DeploymentRefused with every fault.
    """
    resources = resources_of(list(files))
    if not resources:
        raise InvalidArgument("the draft has no diagram, no decision table and no form")
    template = Template(resources, None, deployed, Effort(MOST_COMMANDS, MOST_SECONDS))
    processes = [
        (one.name, process)
        for one in resources
        if kind_of(one.name) == "BPMN"
        for process in read_processes(one.content, one.name)[0]
    ]
    own = [process for _, process in processes]
    names = names_of([*own, *template.called_by(own)], *template.people(), template.process_ids())
    return Trial(template, processes, names)


def scenarios_of(files: Files) -> list[tuple[str, str]]:
    """Path and content of the files that are scenarios: YAML in a folder `scenarios`."""
    return [(path, text) for path, text in files if is_scenario(path)]


def is_scenario(path: str) -> bool:
    """Whether a file of this path is one."""
    return kind_of(path) == "SCENARIO" and FOLDER in path.split("/")[:-1]


def _faulty(path: str, th: str, en: str) -> ScenarioFaulty:
    return ScenarioFaulty([Fault(path, None, "scenario", th, en)])
