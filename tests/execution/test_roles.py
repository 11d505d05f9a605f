"""Resource roles: performers and potential owners of user tasks (BPMN 2.0.2, sections 10.3.1 and 10.3.4.1)."""

from __future__ import annotations

import pytest

from engine.execution import effects as fx
from tests.execution.bench import Bench, diagram, flows, node, user
from tests.execution.test_refused_elements import faults_of

START = node("startEvent", "s")
RESOURCES = '<bpmn:resource id="R1" name="staff_group"/><bpmn:resource id="head" name=""/>'


def role(kind: str, text: str) -> str:
    """A role by an expression."""
    expression = f"<bpmn:formalExpression>{text}</bpmn:formalExpression>"
    return f"<bpmn:{kind}><bpmn:resourceAssignmentExpression>{expression}</bpmn:resourceAssignmentExpression></bpmn:{kind}>"


def referring(kind: str, ref: str) -> str:
    """A role by a resource of the file."""
    return f"<bpmn:{kind}><bpmn:resourceRef>{ref}</bpmn:resourceRef></bpmn:{kind}>"


def around(task: str) -> bytes:
    return diagram(START + task + node("endEvent", "e") + flows("s a", "a e"), RESOURCES)


def who(case: Bench) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    """The assignee, the candidate groups and the candidate users of the task."""
    created = next(e for e in case.effects if isinstance(e, fx.UserTaskCreated))
    return created.assignee, created.candidate_groups, created.candidate_users


@pytest.mark.parametrize("kind", ["performer", "humanPerformer"])
@pytest.mark.parametrize("text", ["somchai", "=clerk", "= if true then clerk else null"])
def test_a_performer_is_the_assignee(run, kind: str, text: str) -> None:
    assert who(run(around(user("a", body=role(kind, text)))).start(clerk="somchai")) == ("somchai", (), ())


@pytest.mark.parametrize(
    "owners",
    [
        role("potentialOwner", "law, it"), role("potentialOwner", "=teams"), role("potentialOwner", "=both"),
        role("potentialOwner", "law") + role("potentialOwner", "it"),
        role("potentialOwner", "law") + role("potentialOwner", "=second"),
        role("potentialOwner", '=["law"]') + role("potentialOwner", "=second"),
    ],
)  # fmt: skip
def test_potential_owners_are_the_candidate_groups(run, owners: str) -> None:
    case = run(around(user("a", body=owners))).start(teams=["law", "it"], both="law, it", second="it")
    assert who(case) == (None, ("law", "it"), ())


def test_a_resource_of_the_file_is_known_by_its_name_else_by_its_id(run) -> None:
    roles = referring("humanPerformer", "head") + referring("potentialOwner", "bpmn:R1")
    assert who(run(around(user("a", body=roles))).start()) == ("head", ("staff_group",), ())


def test_a_role_that_cannot_be_evaluated_is_an_incident_that_can_be_repaired(run) -> None:
    case = run(around(user("a", body=role("potentialOwner", "=team")))).start()
    assert [i.error_type for i in case.incidents.values()] == ["EXTRACT_VALUE_ERROR"]
    assert who(case.set(team="it").resolve()) == (None, ("it",), ())


def test_a_job_worker_s_user_task_has_them_in_its_headers(run) -> None:
    roles = role("performer", "somchai") + role("potentialOwner", "law") + role("potentialOwner", "it")
    case = run(around(node("userTask", "a", body=roles))).start()
    (job,) = case.jobs.values()
    assert job.headers == {"io.camunda.zeebe:assignee": "somchai", "io.camunda.zeebe:candidateGroups": '["law","it"]'}


def test_each_instance_of_a_loop_has_its_own(run) -> None:
    loop = (
        '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=people" '
        'inputElement="one"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>'
    )
    case = run(around(user("a", body=role("performer", "=one") + loop))).start(people=["x", "y"])
    assert [e.assignee for e in case.effects if isinstance(e, fx.UserTaskCreated)] == ["x", "y"]


@pytest.mark.parametrize("kind", ["task", "manualTask", "subProcess", "callActivity"])
@pytest.mark.parametrize("name", ["resourceRole", "performer", "humanPerformer", "potentialOwner"])
def test_on_other_activities_they_are_documentation(kind: str, name: str) -> None:
    called = '<zeebe:calledElement processId="q"/>' if kind == "callActivity" else ""
    inner = node("startEvent", "is") if kind == "subProcess" else ""
    assert faults_of(around(node(kind, "a", called, role(name, "law") + inner))) == []


@pytest.mark.parametrize("name", ["resourceRole", "performer", "humanPerformer", "potentialOwner"])
def test_on_a_process_they_are_documentation(name: str) -> None:
    assert faults_of(diagram(START + role(name, "law"))) == []


def test_another_role_of_a_user_task_assigns_nobody(run) -> None:
    assert who(run(around(user("a", body=role("resourceRole", "law")))).start()) == (None, (), ())


def test_a_call_activity_asks_with_the_roles_that_go_before_those_of_what_it_calls(run) -> None:
    roles = role("performer", "=clerk") + role("potentialOwner", "=teams")
    case = run(around(node("callActivity", "a", body=roles, attributes='calledElement="g"'))).start(clerk="x", teams=["law"])
    (call,) = case.calls.values()
    assert call.assigned == fx.Assigned("x", ("law",))


@pytest.mark.parametrize("native", [True, False])
def test_a_global_user_task_is_done_by_whom_its_call_names(run, native: bool) -> None:
    own = role("performer", "somebody") + role("potentialOwner", "others")
    task = user("g", body=own) if native else node("userTask", "g", body=own)
    xml = diagram("", task.replace("userTask ", "globalUserTask ").replace("</bpmn:userTask", "</bpmn:globalUserTask"))
    xml = xml.replace(b'<bpmn:process id="p" name="p" isExecutable="true">', b'<bpmn:process id="p">')
    case = run(xml)
    case.case.start({}, None, fx.Assigned("x", ("law", "it")))
    case._settle()
    if native:
        assert who(case) == ("x", ("law", "it"), ())
    else:
        (job,) = case.jobs.values()
        assert job.headers == {"io.camunda.zeebe:assignee": "x", "io.camunda.zeebe:candidateGroups": '["law","it"]'}
