"""Global tasks as the office has them: called, bound to versions, enforced, found and proven like any process."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.cancel_instance import CancelInstance
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.resolve_incident import ResolveIncident
from engine.errors import ControlPointUnsatisfied, DeploymentRefused
from engine.store import tables as t
from tests.dsl import OWNER, Office, person
from tests.execution.bench import HEAD, diagram, flows, node
from tests.execution.test_roles import role

S, E = node("startEvent", "s"), node("endEvent", "e")
GROUP = '<zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="checkers"/>'


def check(extra: str = GROUP, body: str = "", name: str = "check", id: str = "check") -> str:
    """A global user task."""
    return node("globalUserTask", id, extra, body, f'name="{name}"')


def file(*tasks: str) -> bytes:
    """A file of global tasks alone."""
    return f"{HEAD}{''.join(tasks)}</bpmn:definitions>".encode()


def caller(roots: str = "", call: str = "", attributes: str = 'calledElement="check"', body: str = "") -> tuple[str, bytes]:
    """A process that calls, then ends."""
    return "p.bpmn", diagram(S + node("callActivity", "c", call, body, attributes) + E + flows("s c", "c e"), roots)


def child(office: Office, process_id: str = "check") -> Any:
    """The newest instance of a called task; it is looked at from here on."""
    found = [r for r in office.rows(t.process_instance, everything=True) if r.process_id == process_id][-1]
    office.key = found.key
    return found


def test_a_global_task_of_the_same_file_is_called_and_answers(office: Office) -> None:
    office.deploy(caller(check()))
    root = office.start(amount=5)
    called = child(office)
    task = office.task("check")
    assert (called.parent_key, called.version, task.process_id, task.name) == (root, 1, "check", "check")
    assert task.candidate_groups == ["checkers"]
    assert office.variables == {"amount": 5}
    office.complete("check", person("ann", "checkers"), ok=True)
    assert office.instance.state == "COMPLETED"
    assert [e for e in office.events("element-completed") if e[1] == "check"] != []
    office.key = root
    assert (office.instance.state, office.variables) == ("COMPLETED", {"amount": 5, "ok": True})
    assert office.verified()


def test_a_global_task_deployed_later_is_called_when_the_incident_is_resolved(office: Office) -> None:
    office.deploy(caller())
    root = office.start()
    (incident,) = office.rows(t.incident)
    assert (incident.error_type, incident.element_id) == ("CALLED_ELEMENT_ERROR", "c")
    office.deploy(("tasks.bpmn", file(check())))
    office.run(ResolveIncident(incident.key), OWNER)
    child(office)
    assert office.waiting == ["check"]
    office.complete("check")
    office.key = root
    assert office.instance.state == "COMPLETED"


def test_a_changed_file_makes_a_new_version_and_an_unchanged_one_does_not(office: Office) -> None:
    office.deploy(("tasks.bpmn", file(check(), check(id="other"))))
    office.deploy(("tasks.bpmn", file(check(), check(id="other"))))
    office.deploy(("tasks.bpmn", file(check(name="again"))))
    found = [(r.process_id, r.version, r.name, r.startable) for r in office.rows(t.process_definition, everything=True)]
    assert found == [("check", 1, "check", False), ("other", 1, "check", False), ("check", 2, "again", False)]


def version(tag: str) -> bytes:
    return file(check(f'{GROUP}<zeebe:versionTag value="{tag}"/>', name=tag))


@pytest.mark.parametrize(
    ("binding", "called"),
    [("", "3"), ('bindingType="latest"', "3"), ('bindingType="deployment"', "1"), ('bindingType="versionTag" versionTag="2"', "2")],
)
def test_a_binding_decides_which_version_is_called(office: Office, binding: str, called: str) -> None:
    office.deploy(("tasks.bpmn", version("1")), caller(call=f'<zeebe:calledElement processId="check" {binding}/>', attributes=""))
    office.deploy(("tasks.bpmn", version("2")))
    office.deploy(("tasks.bpmn", version("3")))
    office.start()
    child(office)
    assert office.task("check").name == called


def test_a_version_tag_that_nobody_has_is_an_incident(office: Office) -> None:
    called = '<zeebe:calledElement processId="check" bindingType="versionTag" versionTag="9"/>'
    office.deploy(("tasks.bpmn", version("1")), caller(call=called, attributes=""))
    office.start()
    assert [r.error_type for r in office.rows(t.incident)] == ["CALLED_ELEMENT_ERROR"]


def test_its_control_point_keeps_it_from_being_completed(office: Office) -> None:
    point = '<krabuan:controlPoint id="cp"><krabuan:text lang="th">ตรวจ</krabuan:text><krabuan:binding type="condition" expression="=ok"/></krabuan:controlPoint>'
    step = '<krabuan:step key="check" number="4" standardTime="P1D" calendar="calendar"/>'
    office.deploy(caller(check(GROUP + step + point)))
    root = office.start()
    child(office)
    task, ann = office.task("check"), person("ann", "checkers")
    assert (task.step_number, task.due_at is not None) == ("4", True)
    office.run(ClaimTask(task.key), ann)
    with pytest.raises(ControlPointUnsatisfied):
        office.run(CompleteTask(task.key, {"ok": False}), ann)
    office.run(CompleteTask(task.key, {"ok": True}), ann)
    assert office.event("control-point-passed")["controlPoint"] == "cp"
    office.key = root
    assert office.instance.state == "COMPLETED"


def test_what_it_names_must_exist(office: Office) -> None:
    for task, rule in (
        (check('<zeebe:userTask/><zeebe:formDefinition formId="gone"/>'), "form-missing"),
        (node("globalBusinessRuleTask", "check", '<zeebe:calledDecision decisionId="gone" resultVariable="r"/>'), "decision-missing"),
    ):
        with pytest.raises(DeploymentRefused) as refused:
            office.deploy(("tasks.bpmn", file(task)))
        faults: Any = refused.value.members["faults"]
        assert [(f["rule"], f["elementId"]) for f in faults if f["severity"] == "error"] == [(rule, "check")]


def test_two_files_cannot_bring_the_same_id(office: Office) -> None:
    with pytest.raises(DeploymentRefused) as refused:
        office.deploy(("a.bpmn", file(check())), ("b.bpmn", diagram(S + E + flows("s e"), process_id="check")))
    faults: Any = refused.value.members["faults"]
    assert [f["rule"] for f in faults if f["severity"] == "error"] == ["id-repeated"]


def test_the_call_says_who_does_it_instead_of_the_task(office: Office) -> None:
    roles = role("performer", "=clerk") + role("potentialOwner", "law, it")
    own = role("potentialOwner", "checkers")
    office.deploy(caller(check("<zeebe:userTask/>", own), body=roles), ("q.bpmn", diagram(S + node("callActivity", "c", attributes='calledElement="check"') + flows("s c"), process_id="q")))
    office.start(clerk="ann")
    child(office)
    task = office.task("check")
    assert (task.assignee, task.candidate_groups) == ("ann", ["law", "it"])
    office.start("q")
    child(office)
    assert (office.task("check").assignee, office.task("check").candidate_groups) == (None, ["checkers"])


def test_a_global_script_task_is_done_within_the_call(office: Office) -> None:
    script = node("globalScriptTask", "sum", '<zeebe:script expression="=a + b" resultVariable="total"/>')
    office.deploy(caller(script, attributes='calledElement="sum"'))
    office.start(a=1, b=2)
    assert (office.instance.state, office.variables) == ("COMPLETED", {"a": 1, "b": 2, "total": 3})
    assert office.verified()


def test_each_instance_of_a_loop_calls_its_own(office: Office) -> None:
    loop = (
        '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=people" '
        'inputElement="one" outputCollection="answers" outputElement="=answer"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>'
    )
    office.deploy(caller(check("<zeebe:userTask/>"), body=role("performer", "=one") + loop))
    root = office.start(people=["ann", "bob"])
    tasks = [r for r in office.rows(t.user_task, everything=True) if r.element_id == "check"]
    assert sorted(r.assignee for r in tasks) == ["ann", "bob"]
    for task in tasks:
        office.run(CompleteTask(task.key, {"answer": task.assignee.upper()}), person(task.assignee))
    office.key = root
    assert office.variables["answers"] == ["ANN", "BOB"]


def test_cancelling_the_caller_withdraws_the_task(office: Office) -> None:
    office.deploy(caller(check()))
    office.run(CancelInstance(office.start()), OWNER)
    child(office)
    assert ([r.state for r in office.rows(t.user_task)], office.instance.state) == (["CANCELED"], "TERMINATED")


def test_a_running_one_goes_over_to_another_version(office: Office) -> None:
    office.deploy(("tasks.bpmn", file(check())), caller())
    root = office.start()
    office.deploy(("tasks.bpmn", file(check(name="again"))))
    called = child(office)
    target = office.rows(t.process_definition, everything=True)[-1].key
    office.run(MigrateInstance(called.key, target, (("check", "check"),), "แก้ไขชื่อ"), OWNER)
    assert (office.task("check").name, office.instance.version) == ("again", 2)
    office.complete("check")
    office.key = root
    assert office.instance.state == "COMPLETED"
    assert office.verified()
