"""Listeners in a case with a database: retries, incidents, suspension, history, duties and control points."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.add_person import AddPerson
from engine.commands.assign_task import AssignTask
from engine.commands.cancel_instance import CancelInstance
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_job import CompleteJob
from engine.commands.complete_task import CompleteTask
from engine.commands.fail_job import FailJob
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.resolve_incidents import ResolveIncidents
from engine.commands.set_variables import SetVariables
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance
from engine.commands.update_job import UpdateJob
from engine.commands.update_task import UpdateTask
from engine.errors import ControlPointUnsatisfied, DutiesConflict, InvalidArgument, InvalidState
from engine.store import tables as t
from tests.dsl import ADMIN, OWNER, SYSTEM, WORKER, Office, person
from tests.execution.bench import diagram, flows, node, user

ANN = person("ann", "staff_group")
START, END = node("startEvent", "s"), node("endEvent", "e")
GROUP = '<zeebe:assignmentDefinition candidateGroups="staff_group"/>'
TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"


def heard(*written: str) -> str:
    made = [f'<zeebe:executionListener eventType="{w.split()[0]}" type="{w.split()[1]}"/>' for w in written]
    return f"<zeebe:executionListeners>{''.join(made)}</zeebe:executionListeners>"


def asked(*written: str) -> str:
    made = [f'<zeebe:taskListener eventType="{w.split()[0]}" type="{w.split()[1]}"/>' for w in written]
    return f"<zeebe:taskListeners>{''.join(made)}</zeebe:taskListeners>"


def line(middle: str, before: str = "", more: str = "", *further: str) -> bytes:
    return diagram(before + START + middle + END + more + flows("s x", "x e", *further))


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    opened = Office(database_url)
    for name in ("ann", "ben"):
        opened.run(AddPerson(name, name, "a long password"), SYSTEM)
    yield opened
    assert opened.verified()
    opened.close()


def take(office: Office, type_: str) -> dict[str, Any]:
    (job,) = office.run(ActivateJobs(type_, "w", 60_000, 5), WORKER)
    return dict(job)


def answer(office: Office, type_: str, **said: Any) -> None:
    """The listener of a job type answers."""
    office.run(CompleteJob(int(take(office, type_)["jobKey"]), **said), WORKER)


def task(office: Office) -> Any:
    return office.rows(t.user_task)[-1]


def test_history_says_what_listened_and_what_it_brought(office: Office) -> None:
    office.deploy(line(user("x", heard("start first"))))
    office.start()
    assert office.event("job-created")["listener"] == "START" and office.rows(t.user_task) == []
    answer(office, "first", variables={"n": 1})
    assert office.event("job-completed")["variables"] == {"n": 1} and office.waiting == ["x"]
    (done,) = office.rows(t.job)
    assert (done.kind, done.listener_event, done.state) == ("EXECUTION_LISTENER", "START", "COMPLETED")


@pytest.mark.parametrize(
    ("box", "error"), [(heard("start first"), "EXECUTION_LISTENER_NO_RETRIES"), (asked("creating first"), "TASK_LISTENER_NO_RETRIES")]
)
def test_a_listener_without_retries_is_an_incident_and_only_it_is_done_again(office: Office, box: str, error: str) -> None:
    office.deploy(line(user("x", box)))
    office.start()
    job = int(take(office, "first")["jobKey"])
    office.run(FailJob(job, 0, "broken"), WORKER)
    (incident,) = office.rows(t.incident)
    assert (incident.error_type, incident.message, incident.job_key) == (error, "broken", job)
    with pytest.raises(InvalidState, match="no retries"):
        office.run(ResolveIncident(incident.key), ADMIN)
    office.run(UpdateJob(job, retries=1), WORKER)
    office.run(ResolveIncident(incident.key), ADMIN)
    answer(office, "first")
    assert office.waiting == ["x"] and office.instance.incidents == 0


def test_all_incidents_of_listeners_are_resolved_at_once(office: Office) -> None:
    office.deploy(line(user("x", heard("start first"))))
    office.start()
    office.run(FailJob(int(take(office, "first")["jobKey"])), WORKER)
    office.run(ResolveIncidents(office.key), ADMIN)
    answer(office, "first")
    assert office.waiting == ["x"]


def test_the_incident_of_a_listener_that_is_withdrawn_is_over(office: Office) -> None:
    office.deploy(line(user("x", asked("completing first", "canceling last"))))
    office.start()
    office.run(ClaimTask(task(office).key), OWNER)
    office.run(CompleteTask(task(office).key), OWNER)
    office.run(FailJob(int(take(office, "first")["jobKey"])), WORKER)
    assert office.instance.incidents == 1
    office.run(CancelInstance(office.key), OWNER)
    assert (office.instance.incidents, office.instance.state, task(office).state) == (0, "ACTIVE", "CANCELING")
    assert [j.state for j in office.rows(t.job)] == ["CANCELED", "PENDING"]
    answer(office, "last")
    assert (office.instance.state, task(office).state) == ("TERMINATED", "CANCELED")


def test_a_suspended_case_holds_its_listeners_back(office: Office) -> None:
    office.deploy(line(user("x", heard("start first"))))
    office.start()
    job = int(take(office, "first")["jobKey"])
    office.run(SuspendInstance(office.key), OWNER)
    with pytest.raises(InvalidState):
        office.run(CompleteJob(job), WORKER)
    assert office.run(ActivateJobs("first", "w", 1000, 5), WORKER) == []
    office.run(ResumeInstance(office.key), OWNER)
    answer(office, "first")
    assert office.waiting == ["x"]


def test_a_case_goes_over_to_another_version_while_a_listener_runs(office: Office) -> None:
    office.deploy(line(user("x", heard("start first", "end last"))))
    office.start()
    border = node("boundaryEvent", "b", "", TIMER, 'attachedToRef="y" cancelActivity="false"')
    second = diagram(START + user("y", heard("start first", "start more", "end last")) + border + END + flows("s y", "y e", "b e"))
    office.deploy(second)
    version = max(r.key for r in office.rows(t.process_definition, everything=True))
    office.run(MigrateInstance(office.key, version, (("x", "y"),)), OWNER)
    assert [(j.element_id, j.kind) for j in office.rows(t.job)] == [("y", "EXECUTION_LISTENER")]
    answer(office, "first")
    answer(office, "more")
    assert office.waiting == ["y"] and [j.element_id for j in office.rows(t.job) if j.kind == "TIMER"] == ["b"]
    office.complete("y")
    answer(office, "last")
    assert office.instance.state == "COMPLETED"


def test_a_new_task_is_in_nobody_s_inbox_until_its_listeners_are_done(office: Office) -> None:
    box = asked("creating first", "assigning second") + '<zeebe:assignmentDefinition assignee="ann" candidateGroups="staff_group"/>'
    office.deploy(line(user("x", box)))
    office.start()
    made = task(office)
    assert (made.state, made.assignee, office.rows(t.task_candidate)) == ("CREATING", None, [])
    with pytest.raises(InvalidState):
        office.run(UpdateTask(made.key, {"priority": 1}), OWNER)
    job = take(office, "first")
    assert (job["userTask"]["assignee"], job["listenerEventType"]) == ("ann", "CREATING")
    with pytest.raises(InvalidArgument, match="names an assignee"):
        office.run(CompleteJob(int(job["jobKey"]), corrections={"assignee": "ben"}), WORKER)
    office.run(CompleteJob(int(job["jobKey"]), corrections={"priority": 90}), WORKER)
    made = task(office)
    assert (made.state, made.assignee, made.priority) == ("ASSIGNING", None, 90)
    assert {r.status for r in office.rows(t.task_candidate)} == {"free"}
    answer(office, "second", corrections={"assignee": "ben"})
    made = task(office)
    assert (made.state, made.assignee, made.transition) == ("CREATED", "ben", None)
    assert {(r.kind, r.name, r.status) for r in office.rows(t.task_candidate)} == {("group", "staff_group", "assigned"), ("user", "ben", "assigned")}


def test_a_task_that_is_completed_is_checked_at_once_and_recorded_in_the_end(office: Office) -> None:
    point = '<krabuan:controlPoint id="cp"><krabuan:binding type="condition" expression="=ok"/></krabuan:controlPoint>'
    office.deploy(line(user("x", asked("completing first") + GROUP + point)))
    office.start()
    office.run(ClaimTask(task(office).key), ANN)
    with pytest.raises(ControlPointUnsatisfied):
        office.run(CompleteTask(task(office).key, {"ok": False}), ANN)
    office.run(CompleteTask(task(office).key, {"ok": True}), ANN)
    assert (task(office).state, office.variables, office.rows(t.control_point_result)) == ("COMPLETING", {}, [])
    answer(office, "first", denied=True, denied_reason="no")
    assert (task(office).state, office.variables, office.rows(t.control_point_result)) == ("CREATED", {}, [])
    office.run(CompleteTask(task(office).key, {"ok": True}), ANN)
    answer(office, "first", corrections={"priority": 99})
    (result,) = office.rows(t.control_point_result)
    assert (result.state, result.recorded_by) == ("PASSED", "ann")
    done = task(office)
    assert (done.state, done.completed_by, done.priority, office.variables) == ("COMPLETED", "ann", 99, {"ok": True})
    asked_for = "user-task-completion-requested"
    assert [e for e, _ in office.events(asked_for, "user-task-denied", "user-task-completed")] == [asked_for, "user-task-denied", asked_for, "user-task-completed"]
    assert office.event("user-task-completed") == {"variables": {"ok": True}, "action": "complete", "by": "ann"}
    assert office.event("user-task-denied") == {"event": "completing", "action": "complete", "by": "ann", "reason": "no"}


def test_who_completed_a_task_is_who_asked_for_it_where_duties_are_separated(office: Office) -> None:
    second = user("y", GROUP + '<krabuan:duty type="differentFrom" element="x"/>' + asked("assigning give"))
    office.deploy(diagram(START + user("x", asked("completing first") + GROUP) + second + END + flows("s x", "x y", "y e")))
    office.start()
    office.run(ClaimTask(office.task("x").key), ANN)
    office.run(CompleteTask(office.task("x").key), ANN)
    answer(office, "first")
    other = office.task("y").key
    with pytest.raises(DutiesConflict):
        office.run(ClaimTask(other), ANN)
    office.run(AssignTask(other, "ben"), OWNER)
    job = int(take(office, "give")["jobKey"])
    with pytest.raises(InvalidArgument, match="separation of duties"):
        office.run(CompleteJob(job, corrections={"assignee": "ann"}), WORKER)
    office.run(CompleteJob(job), WORKER)
    assert office.task("y").assignee == "ben"


def test_a_task_that_a_timer_interrupts_waits_in_canceling_and_can_be_corrected(office: Office) -> None:
    border = node("boundaryEvent", "b", "", TIMER, 'attachedToRef="x"')
    office.deploy(line(user("x", asked("canceling first") + GROUP), "", border + user("late"), "b late"))
    office.start()
    office.advance("PT2H")
    assert (task(office).state, office.waiting) == ("CANCELING", []) and {r.status for r in office.rows(t.task_candidate)} == {"closed"}
    answer(office, "first", corrections={"priority": 3})
    assert office.waiting == ["late"] and [(r.state, r.priority) for r in office.rows(t.user_task) if r.element_id == "x"] == [("CANCELED", 3)]


def test_built_in_jobs_can_listen(office: Office) -> None:
    logged = '<zeebe:ioMapping><zeebe:input source="begun" target="message"/></zeebe:ioMapping>'
    office.deploy(line(user("x", logged + heard("start krabuan:log") + asked("completing krabuan:log") + GROUP)))
    office.start()
    assert office.event("logged")["message"] == "begun" and office.waiting == ["x"]
    office.complete("x", OWNER)
    assert office.instance.state == "COMPLETED" and task(office).completed_by == "owner"


def test_a_called_case_ends_when_its_cancel_listeners_are_done_and_its_caller_does_not_wait(office: Office) -> None:
    box = f"<bpmn:extensionElements>{heard('cancel over')}</bpmn:extensionElements>"
    call = node("callActivity", "x", '<zeebe:calledElement processId="c" propagateAllChildVariables="true"/>')
    child = diagram(box + START + user("y") + END + flows("s y", "y e"), process_id="c")
    office.deploy(("p.bpmn", line(call)), ("c.bpmn", child))
    office.start()
    office.run(CancelInstance(office.key), OWNER)
    states = {r.process_id: r.state for r in office.rows(t.process_instance, everything=True)}
    assert states == {"p": "TERMINATED", "c": "ACTIVE"}
    answer(office, "over")
    assert {r.state for r in office.rows(t.process_instance, everything=True)} == {"TERMINATED"}


def test_an_instance_that_is_being_cancelled_is_not_cancelled_again(office: Office) -> None:
    box = f"<bpmn:extensionElements>{heard('cancel over')}</bpmn:extensionElements>"
    office.deploy(line(user("x"), box))
    office.start()
    office.run(CancelInstance(office.key), OWNER)
    with pytest.raises(InvalidState, match="already"):
        office.run(CancelInstance(office.key), OWNER)
    answer(office, "over", variables={"why": "x"})
    assert office.instance.state == "TERMINATED"


def test_jobs_are_handed_out_by_their_priority(office: Office) -> None:
    tasks = "".join(
        node("serviceTask", i, f'<zeebe:taskDefinition type="w"/><zeebe:jobPriorityDefinition priority="{p}"/>')
        for i, p in (("x", 1), ("y", 30), ("z", -5))
    )  # fmt: skip
    office.deploy(diagram(START + tasks + flows("s x", "s y", "s z")))
    office.start()
    found = office.run(ActivateJobs("w", "w", 1000, 5), WORKER)
    assert [(j["elementId"], j["priority"]) for j in found] == [("y", 30), ("x", 1), ("z", -5)]


def test_a_worker_is_told_which_version_of_a_linked_file_to_use(office: Office) -> None:
    link = '<zeebe:linkedResources><zeebe:linkedResource resourceId="other" resourceType="BPMN" linkName="l"/></zeebe:linkedResources>'
    office.deploy(("p.bpmn", line(node("serviceTask", "x", '<zeebe:taskDefinition type="w"/>' + link))), ("o.bpmn", diagram(START + END + flows("s e"), process_id="other")))
    office.start()
    key = next(r.key for r in office.rows(t.process_definition, everything=True) if r.process_id == "other")
    assert take(office, "w")["customHeaders"] == {"linkedResources": f'[{{"resourceKey":"{key}","resourceType":"BPMN","linkName":"l"}}]'}


def test_clocks_and_reminders_of_a_task_go_on_while_its_listeners_run(office: Office) -> None:
    clock = '<bpmn:extensionElements><krabuan:deadline id="d" kind="statutory" from="=at" duration="PT72H" calendar="hours" stoppedBy="x"/></bpmn:extensionElements>'
    box = asked("updating first") + GROUP + '<krabuan:reminder after="PT1H" to="performer" action="notify"/>'
    office.deploy(line(user("x", box), clock))
    office.start(at="2026-04-10T16:00:00+07:00")
    office.run(UpdateTask(task(office).key, {"priority": 70}), OWNER)
    before = task(office).statutory_due_at
    office.run(SetVariables(office.key, {"at": "2026-04-11T16:00:00+07:00"}), OWNER)
    assert task(office).state == "UPDATING" and task(office).statutory_due_at - before == timedelta(days=1)
    office.advance("PT2H")
    assert office.events("reminder-sent") == [("reminder-sent", "x")]
