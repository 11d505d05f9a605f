"""Cases from beginning to end through the bus, on both databases."""

from __future__ import annotations

import pytest

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.assign_task import AssignTask
from engine.commands.cancel_instance import CancelInstance
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_job import CompleteJob
from engine.commands.complete_task import CompleteTask
from engine.commands.create_instance import CreateInstance
from engine.commands.fail_job import FailJob
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.set_variables import SetVariables
from engine.commands.throw_job_error import ThrowJobError
from engine.commands.unassign_task import UnassignTask
from engine.commands.update_job import UpdateJob
from engine.errors import (
    AlreadyExists,
    DutiesConflict,
    Forbidden,
    InvalidState,
    NotFound,
    RepeatedRequest,
    StaleRevision,
)
from engine.store import tables as t
from tests.dsl import OWNER, WORKER, Office, person
from tests.execution.bench import diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")
CANDIDATES = '<zeebe:assignmentDefinition candidateGroups="finance"/>'
TWO_STEPS = diagram(START + user("a", CANDIDATES) + user("b") + END + flows("s a", "a b", "b e"))


def test_a_case_runs_to_its_end_and_its_chain_verifies(office: Office) -> None:
    office.deploy(TWO_STEPS)
    office.start(amount=10.5)
    assert office.waiting == ["a"]
    office.complete("a", amount=20, note="ตรวจแล้ว").complete("b")
    assert (office.instance.state, office.waiting) == ("COMPLETED", [])
    assert office.variables == {"amount": 20, "note": "ตรวจแล้ว"}
    assert office.instance.execution is None
    assert office.verified()
    kinds = [k for k, _ in office.events()]
    assert kinds[0] == "instance-created" and kinds[-1] == "instance-completed"
    assert office.events("user-task-completed") == [("user-task-completed", "a"), ("user-task-completed", "b")]


def test_history_keeps_the_value_before_and_after(office: Office) -> None:
    office.deploy(TWO_STEPS)
    office.start(amount=1)
    office.complete("a", amount=2)
    assert office.event("variable-set") == {"scope": str(office.key), "name": "amount", "value": 2, "before": 1}


def test_only_a_candidate_claims_and_only_the_assignee_completes(office: Office) -> None:
    office.deploy(TWO_STEPS)
    office.start()
    key = office.task("a").key
    ann, bob, eve = person("ann", "finance"), person("bob", "finance"), person("eve", "sales")
    with pytest.raises(NotFound):  # for her there is no such task
        office.run(ClaimTask(key), eve)
    office.run(ClaimTask(key), ann)
    with pytest.raises(InvalidState):
        office.run(ClaimTask(key), bob)
    with pytest.raises(Forbidden):
        office.run(CompleteTask(key), bob)
    with pytest.raises(Forbidden):
        office.run(UnassignTask(key), bob)
    office.run(UnassignTask(key), ann)
    office.run(CompleteTask(key), bob)  # while nobody has it, a candidate may complete it
    assert office.waiting == ["b"]
    assert office.rows(t.user_task)[0].completed_by == "bob"


def test_a_task_is_completed_once(office: Office) -> None:
    office.deploy(TWO_STEPS)
    office.start()
    key = office.task("a").key
    office.run(ClaimTask(key), OWNER)
    office.run(CompleteTask(key), OWNER)
    with pytest.raises(InvalidState):
        office.run(CompleteTask(key), OWNER)
    assert office.waiting == ["b"]


def test_a_stale_revision_is_refused_and_changes_nothing(office: Office) -> None:
    office.deploy(TWO_STEPS)
    office.start()
    task = office.task("a")
    office.run(ClaimTask(task.key, rev=task.rev), OWNER)
    before = office.snapshot()
    with pytest.raises(StaleRevision):
        office.run(CompleteTask(task.key, rev=task.rev), OWNER)
    assert office.snapshot() == before


def test_a_repeated_request_gets_its_first_answer(office: Office) -> None:
    office.deploy(TWO_STEPS)
    first = office.run(CreateInstance("p"), OWNER, idempotency="k1")
    assert office.run(CreateInstance("p"), OWNER, idempotency="k1") == first
    assert len(office.rows(t.process_instance, everything=True)) == 1
    with pytest.raises(RepeatedRequest):
        office.run(CreateInstance("p", variables={"x": 1}), OWNER, idempotency="k1")


def test_a_business_id_is_in_use_by_one_active_case_at_a_time(office: Office) -> None:
    office.deploy(diagram(START + user("a") + END + flows("s a", "a e")))
    office.start(business_id="B-1")
    with pytest.raises(AlreadyExists):
        office.run(CreateInstance("p", business_id="B-1"), OWNER)
    office.complete("a")
    office.start(business_id="B-1")
    assert office.instance.business_id == "B-1"


def test_an_unchanged_file_keeps_its_version_and_cases_keep_theirs(office: Office) -> None:
    assert office.deploy(TWO_STEPS)["deployments"][0]["processDefinition"]["processDefinitionVersion"] == 1
    assert office.deploy(TWO_STEPS)["deployments"][0]["processDefinition"]["processDefinitionVersion"] == 1
    office.start()
    newer = diagram(START + user("z") + END + flows("s z", "z e"))
    assert office.deploy(newer)["deployments"][0]["processDefinition"]["processDefinitionVersion"] == 2
    assert office.complete("a").waiting == ["b"]
    office.start()
    assert office.waiting == ["z"]


def test_cancelling_ends_everything_that_waits(office: Office) -> None:
    timer = '<bpmn:boundaryEvent id="t" attachedToRef="a"><bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>'
    office.deploy(diagram(START + user("a") + timer + END + flows("s a", "t e")))
    office.start()
    office.run(CancelInstance(office.key), OWNER)
    assert office.instance.state == "TERMINATED"
    assert [r.state for r in office.rows(t.user_task)] == ["CANCELED"]
    assert {r.state for r in office.rows(t.job)} == {"CANCELED"}
    assert office.verified()
    with pytest.raises(InvalidState):
        office.run(CancelInstance(office.key), OWNER)


class TestWorkers:
    """Jobs of service tasks."""

    @pytest.fixture
    def waiting(self, office: Office) -> Office:
        error = '<bpmn:boundaryEvent id="be" attachedToRef="j"><bpmn:errorEventDefinition errorRef="E"/></bpmn:boundaryEvent>'
        office.deploy(
            diagram(
                START + node("serviceTask", "j", '<zeebe:taskDefinition type="pay"/>') + error + user("ok") + user("bad")
                + flows("s j", "j ok", "be bad"), '<bpmn:error id="E" errorCode="NO_MONEY"/>',
            )
        )  # fmt: skip
        office.start(amount=5)
        return office

    def _activate(self, office: Office, timeout: int = 60_000) -> list[dict[str, object]]:
        jobs: list[dict[str, object]] = office.run(ActivateJobs("pay", "w1", timeout, 10), WORKER)
        return jobs

    def test_a_job_is_handed_out_once_and_completed_once(self, waiting: Office) -> None:
        (job,) = self._activate(waiting)
        assert job["variables"] == {"amount": 5} and job["elementId"] == "j"
        assert self._activate(waiting) == []
        command = CompleteJob(int(str(job["jobKey"])), {"paid": True})
        waiting.run(command, WORKER)
        with pytest.raises(InvalidState):
            waiting.run(command, WORKER)
        assert (waiting.waiting, waiting.variables) == (["ok"], {"amount": 5, "paid": True})

    def test_a_job_whose_worker_is_gone_is_handed_out_again(self, waiting: Office) -> None:
        assert len(self._activate(waiting)) == 1
        waiting.advance("PT2M")
        assert len(self._activate(waiting)) == 1

    def test_a_failed_job_is_tried_again_and_then_becomes_an_incident(self, waiting: Office) -> None:
        key = int(str(self._activate(waiting)[0]["jobKey"]))
        waiting.run(FailJob(key, 1, "bank is closed", 60_000), WORKER)
        assert self._activate(waiting) == []
        waiting.advance("PT1M")
        assert len(self._activate(waiting)) == 1
        waiting.run(FailJob(key, 0, "bank is gone"), WORKER)
        (incident,) = waiting.rows(t.incident)
        assert (incident.error_type, incident.message, waiting.instance.incidents) == ("JOB_NO_RETRIES", "bank is gone", 1)
        with pytest.raises(InvalidState):  # the job first
            waiting.run(ResolveIncident(incident.key), OWNER)
        waiting.run(UpdateJob(key, retries=2), OWNER)
        waiting.run(ResolveIncident(incident.key), OWNER)
        assert waiting.instance.incidents == 0
        assert len(self._activate(waiting)) == 1

    def test_an_error_goes_to_the_boundary_event(self, waiting: Office) -> None:
        key = int(str(self._activate(waiting)[0]["jobKey"]))
        waiting.run(ThrowJobError(key, "NO_MONEY", "none", {"missing": 5}), WORKER)
        assert waiting.waiting == ["bad"]

    def test_only_a_client_works(self, waiting: Office) -> None:
        with pytest.raises(Forbidden):
            waiting.run(ActivateJobs("pay", "w", 1000, 1), person("ann", "finance"))


def test_an_incident_names_the_variable_and_goes_on_after_repair(office: Office) -> None:
    xml = diagram(
        START + node("exclusiveGateway", "g", attributes='default="f3"') + user("a") + user("b")
        + flows("s g", "g a: =budget > 5", "g b")
    )  # fmt: skip
    office.deploy(xml)
    office.start()
    (incident,) = office.rows(t.incident)
    assert "budget" in incident.message and incident.element_id == "g"
    office.run(SetVariables(office.key, {"budget": 9}), OWNER)
    office.run(ResolveIncident(incident.key), OWNER)
    assert (office.waiting, office.rows(t.incident)[0].state, office.instance.incidents) == (["a"], "RESOLVED", 0)


def test_assigning_to_nobody_known_is_refused(office: Office) -> None:
    from engine.errors import InvalidArgument

    office.deploy(TWO_STEPS)
    office.start()
    with pytest.raises(InvalidArgument):
        office.run(AssignTask(office.task("a").key, "nobody"), OWNER)


def test_unknown_keys_are_not_found(office: Office) -> None:
    for command in (ClaimTask(1), CancelInstance(1), CompleteJob(1), ResolveIncident(1), SetVariables(1)):
        with pytest.raises(NotFound):
            office.run(command, OWNER if not isinstance(command, CompleteJob) else WORKER)


def test_separation_of_duties_binds_claim_and_completion(office: Office) -> None:
    duty = '<krabuan:duty type="differentFrom" element="a"/>'
    office.deploy(diagram(START + user("a", CANDIDATES) + user("b", CANDIDATES + duty) + flows("s a", "a b")))
    office.start()
    ann, bob = person("ann", "finance"), person("bob", "finance")
    office.complete("a", ann)
    key = office.task("b").key
    for command, actor in ((ClaimTask(key), ann), (CompleteTask(key), ann)):
        with pytest.raises(DutiesConflict):
            office.run(command, actor)
    office.complete("b", bob)
    assert office.waiting == []


def test_a_process_that_is_only_called_is_not_offered_to_be_started(office: Office) -> None:
    facts = '<bpmn:extensionElements><krabuan:process calledOnly="true"/></bpmn:extensionElements>'
    office.deploy(("p.bpmn", TWO_STEPS), ("q.bpmn", diagram(facts + START + user("z") + END + flows("s z", "z e"), process_id="q")))
    assert {r.process_id: r.startable for r in office.rows(t.process_definition)} == {"p": True, "q": False}
