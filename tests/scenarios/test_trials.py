"""A draft stands on what the office has deployed, whatever database that is in, and leaves it as it was."""

from __future__ import annotations

from engine.commands.add_person import AddPerson
from engine.commands.import_organisation import ImportOrganisation
from engine.model.actor import SYSTEM
from engine.scenarios.deployed import read_deployed
from engine.scenarios.run import Outcome
from engine.scenarios.trial import open_trial
from tests.dsl import Office
from tests.execution.bench import diagram, flows, node, user
from tests.scenarios.folder import GROUP, ORGANISATION

ENDS = node("startEvent", "s") + node("endEvent", "e")
OLD = diagram(ENDS + user("old", GROUP) + flows("s old", "old e"), process_id="called")
NEW = diagram(ENDS + user("new", GROUP) + flows("s new", "new e"), process_id="called")
CALL = """<bpmn:callActivity id="call"><bpmn:extensionElements>
  <zeebe:calledElement processId="called" propagateAllChildVariables="false"/></bpmn:extensionElements></bpmn:callActivity>"""
CALLING = diagram(ENDS + CALL + flows("s call", "call e"), process_id="calling").decode()
SCENARIO = """title: {th: ก, en: A}
process: calling
at: '2026-04-10T09:00:00+07:00'
start: {as: owner}
steps:
- expect: {waiting: [new], instances: 2}
- {task: new, as: finance1}
- expect: {state: COMPLETED}
"""


def tried(office: Office, scenario: str) -> Outcome:
    with office.database.read() as db:
        deployed = read_deployed(db, office.bus.services.definitions)
    trial = open_trial([("calling.bpmn", CALLING), ("scenarios/one.yaml", scenario)], deployed)
    try:
        return trial.play("scenarios/one.yaml", scenario)
    finally:
        trial.close()


def opened(office: Office) -> Office:
    office.run(ImportOrganisation(ORGANISATION), SYSTEM)
    office.deploy(OLD)
    office.deploy(NEW)
    return office


def test_what_it_calls_is_the_newest_version_of_the_office(office: Office) -> None:
    outcome = tried(opened(office), SCENARIO)
    assert outcome.passed, outcome.why
    assert {name: sorted(taken) for name, taken in outcome.taken.items()} == {
        "called": ["called", "e", "f1", "f2", "new", "s"], "calling": ["call", "calling", "e", "f1", "f2", "s"]
    }  # fmt: skip


def test_the_same_draft_gives_the_same_answer_twice(office: Office) -> None:
    opened(office)
    assert tried(office, SCENARIO) == tried(office, SCENARIO)


def test_people_of_the_office_are_not_in_it(office: Office) -> None:
    opened(office).run(AddPerson("ann", "Ann", "correct horse", groups=("finance",)), SYSTEM)
    outcome = tried(office, SCENARIO.replace("finance1", "ann"))
    assert [(why.line, why.en) for why in outcome.why] == [(7, "Step 2: there is no account ann")]


def test_what_the_office_knows_of_its_definitions_stays_true(office: Office) -> None:
    """The keys of a trial are its own: nothing that was parsed there is taken for what is deployed later."""
    assert tried(opened(office), SCENARIO).passed
    office.deploy(diagram(ENDS + user("newest", GROUP) + flows("s newest", "newest e"), process_id="called"))
    office.start("called")
    assert office.task("newest")
