"""A suspended case rests: nothing of it moves, the law's clocks go on, and on resumption it catches up."""

from __future__ import annotations

import pytest

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.cancel_instance import CancelInstance
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_job import CompleteJob
from engine.commands.complete_task import CompleteTask
from engine.commands.correlate_message import CorrelateMessage
from engine.commands.create_instance import CreateInstance
from engine.commands.fail_job import FailJob
from engine.commands.publish_message import PublishMessage
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.set_variables import SetVariables
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance
from engine.commands.update_job import UpdateJob
from engine.errors import AlreadyExists, InvalidState, NotFound, StaleRevision
from engine.store import tables as t
from tests.dsl import ADMIN, OWNER, WORKER, Office
from tests.execution.bench import diagram, flows, node, user

START = node("startEvent", "s")
HOUR = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
TIMED = START + user("a") + user("late") + flows("s a", "t late")
TIMED += f'<bpmn:boundaryEvent id="t" attachedToRef="a" cancelActivity="false">{HOUR}</bpmn:boundaryEvent>'
PAPER = '<bpmn:message id="M" name="paper"><bpmn:extensionElements><zeebe:subscription correlationKey="=no"/></bpmn:extensionElements></bpmn:message>'
WAITS = diagram(START + node("receiveTask", "r", attributes='messageRef="M"') + user("u") + flows("s r", "r u"), PAPER)
JOB = diagram(START + node("serviceTask", "j", '<zeebe:taskDefinition type="pack"/>') + user("u") + flows("s j", "j u"))


def _suspend(office: Office) -> None:
    office.run(SuspendInstance(office.key, "ศาลสั่งระงับ"), OWNER)


def _resume(office: Office) -> None:
    office.run(ResumeInstance(office.key, "คำสั่งสิ้นสุด"), OWNER)
    office.settle()


def test_timers_are_kept_and_fire_on_resumption(office: Office) -> None:
    office.deploy(diagram(TIMED))
    office.start()
    _suspend(office)
    office.advance("PT3H")
    assert (office.instance.state, office.waiting) == ("SUSPENDED", ["a"])
    _resume(office)
    assert (office.instance.state, office.waiting) == ("ACTIVE", ["a", "late"])
    assert office.events("timer-fired") == [("timer-fired", "t")]
    assert office.verified()


def test_a_timer_that_is_not_due_yet_fires_at_its_time(office: Office) -> None:
    office.deploy(diagram(TIMED))
    office.start()
    _suspend(office)
    office.advance("PT30M")
    _resume(office)
    assert office.waiting == ["a"]
    office.advance("PT30M")
    assert office.waiting == ["a", "late"]


def test_history_keeps_who_why_and_the_state_before(office: Office) -> None:
    office.deploy(diagram(TIMED))
    office.start()
    _suspend(office)
    assert office.event("instance-suspended") == {"reason": "ศาลสั่งระงับ", "before": "ACTIVE", "state": "SUSPENDED"}
    _resume(office)
    assert office.event("instance-resumed") == {"reason": "คำสั่งสิ้นสุด", "before": "SUSPENDED", "state": "ACTIVE"}


def test_tasks_cannot_be_completed_and_variables_not_be_changed(office: Office) -> None:
    office.deploy(diagram(TIMED))
    office.start()
    office.run(ClaimTask(office.task("a").key), OWNER)
    _suspend(office)
    before = office.snapshot()
    for command in (CompleteTask(office.task("a").key), SetVariables(office.key, {"x": 1})):
        with pytest.raises(InvalidState):
            office.run(command, OWNER)
    assert office.snapshot() == before
    _resume(office)
    office.complete("a")


def test_jobs_are_not_handed_out_and_none_in_work_is_taken_back(office: Office) -> None:
    office.deploy(JOB)
    office.start()
    (taken,) = office.run(ActivateJobs("pack", "w", 60_000, 5), WORKER)
    _suspend(office)
    office.advance("PT1H")
    assert office.run(ActivateJobs("pack", "w", 60_000, 5), WORKER) == []
    with pytest.raises(InvalidState):
        office.run(CompleteJob(int(taken["jobKey"])), WORKER)
    _resume(office)
    (again,) = office.run(ActivateJobs("pack", "w", 60_000, 5), WORKER)
    office.run(CompleteJob(int(again["jobKey"])), WORKER)
    assert office.waiting == ["u"]


def test_messages_wait_if_they_are_kept(office: Office) -> None:
    office.deploy(WAITS)
    office.start(no="A")
    _suspend(office)
    with pytest.raises(NotFound):
        office.run(CorrelateMessage("paper", "A"), WORKER)
    office.run(PublishMessage("paper", "A", 3_600_000, None, {"got": 1}), WORKER)
    assert office.waiting == []
    _resume(office)
    assert (office.waiting, office.variables["got"]) == (["u"], 1)


def test_a_message_that_expired_meanwhile_is_gone(office: Office) -> None:
    office.deploy(WAITS)
    office.start(no="A")
    _suspend(office)
    office.run(PublishMessage("paper", "A", 60_000), WORKER)
    office.advance("PT1H")
    _resume(office)
    assert office.waiting == []


def test_called_cases_rest_with_their_caller(office: Office) -> None:
    call = START + node("callActivity", "c", '<zeebe:calledElement processId="child"/>') + flows("s c")
    office.deploy(("p.bpmn", diagram(call)), ("c.bpmn", diagram(TIMED, process_id="child")))
    caller = office.start()
    child = next(r.key for r in office.rows(t.process_instance, everything=True) if r.process_id == "child")
    with pytest.raises(InvalidState):
        office.run(SuspendInstance(child), OWNER)
    _suspend(office)
    office.key = child
    office.advance("PT2H")
    assert (office.instance.state, office.waiting) == ("SUSPENDED", ["a"])
    office.key = caller
    _resume(office)
    office.key = child
    assert (office.instance.state, office.waiting) == ("ACTIVE", ["a", "late"])


def test_a_suspended_case_can_be_cancelled_with_everything_in_it(office: Office) -> None:
    office.deploy(diagram(TIMED))
    office.start()
    _suspend(office)
    office.run(CancelInstance(office.key), OWNER)
    assert (office.instance.state, office.waiting) == ("TERMINATED", [])
    assert {r.state for r in office.rows(t.job)} == {"CANCELED"}


def test_its_business_id_stays_its_own(office: Office) -> None:
    office.deploy(diagram(TIMED))
    office.start(business_id="69/1")
    _suspend(office)
    with pytest.raises(AlreadyExists):
        office.run(CreateInstance("p", business_id="69/1"), OWNER)


def test_only_what_is_active_is_suspended_and_only_what_is_suspended_resumed(office: Office) -> None:
    office.deploy(diagram(TIMED))
    office.start()
    with pytest.raises(InvalidState):
        office.run(ResumeInstance(office.key), OWNER)
    with pytest.raises(StaleRevision):
        office.run(SuspendInstance(office.key, rev=99), OWNER)
    office.run(SuspendInstance(office.key), ADMIN, idempotency="once")
    office.run(SuspendInstance(office.key), ADMIN, idempotency="once")  # the same request does nothing more
    assert len(office.events("instance-suspended")) == 1
    with pytest.raises(InvalidState):
        office.run(SuspendInstance(office.key), ADMIN)


def test_the_law_does_not_wait(office: Office) -> None:
    clock = '<krabuan:deadline id="dl" kind="statutory" from="=aware_at" duration="PT2H" stoppedBy="a"/>'
    office.deploy(diagram(f"<bpmn:extensionElements>{clock}</bpmn:extensionElements>{START}{user('a')}{flows('s a')}"))
    office.start(aware_at=office.clock.now().isoformat())
    _suspend(office)
    office.advance("PT3H")
    assert [r.state for r in office.rows(t.deadline)] == ["MISSED"]
    assert office.events("deadline-missed") == [("deadline-missed", None)]
    _resume(office)
    office.complete("a")
    assert office.verified()


def test_a_signal_is_missed(office: Office) -> None:
    wave = '<bpmn:signal id="S" name="wave"/>'
    catch = node("intermediateCatchEvent", "c", body='<bpmn:signalEventDefinition signalRef="S"/>')
    office.deploy(diagram(START + catch + user("u") + flows("s c", "c u"), wave))
    office.start()
    _suspend(office)
    office.run(BroadcastSignal("wave"), WORKER)
    _resume(office)
    assert office.waiting == []
    office.run(BroadcastSignal("wave"), WORKER)
    assert office.waiting == ["u"]


def test_an_incident_waits_for_the_resumption_and_a_task_can_be_claimed(office: Office) -> None:
    office.deploy(JOB)
    office.start()
    (taken,) = office.run(ActivateJobs("pack", "w", 60_000, 5), WORKER)
    office.run(FailJob(int(taken["jobKey"]), 0, "no box"), WORKER)
    office.run(UpdateJob(int(taken["jobKey"]), retries=1), WORKER)
    _suspend(office)
    (incident,) = office.rows(t.incident)
    with pytest.raises(InvalidState):
        office.run(ResolveIncident(incident.key), OWNER)
    _resume(office)
    office.run(ResolveIncident(incident.key), OWNER)
    (again,) = office.run(ActivateJobs("pack", "w", 60_000, 5), WORKER)
    office.run(CompleteJob(int(again["jobKey"])), WORKER)
    _suspend(office)
    office.run(ClaimTask(office.task("u").key), OWNER)
    assert office.task("u").assignee == "owner"
