"""Every extension element of the Camunda 8 dialect is carried out or refused by name: the table of all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.execution import effects as fx
from tests.execution.bench import Bench, diagram, flows, node, user
from tests.execution.lint_samples_listeners import embedded
from tests.execution.listening import END, JOB, START, line, listeners, mapping
from tests.execution.test_refused_elements import faults_of

Make = Callable[..., Bench]
LOOP = (
    '<bpmn:multiInstanceLoopCharacteristics isSequential="true"><bpmn:extensionElements><zeebe:loopCharacteristics '
    'inputCollection="=[1]" outputCollection="n" outputElement="=7"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>'
)
MESSAGE = (
    '<bpmn:message id="M" name="m"><bpmn:extensionElements><zeebe:subscription correlationKey="=1 + 6"/>'
    "</bpmn:extensionElements></bpmn:message>"
)
CONDITION = (
    "<bpmn:conditionalEventDefinition><bpmn:extensionElements><zeebe:conditionalFilter variableNames=\"n\"/>"
    "</bpmn:extensionElements><bpmn:condition>=n = 7</bpmn:condition></bpmn:conditionalEventDefinition>"
)
LINKED = '<zeebe:linkedResources><zeebe:linkedResource resourceId="=&quot;r&quot;" resourceType="RPA" linkName="s"/></zeebe:linkedResources>'
PRIORITY = '<zeebe:jobPriorityDefinition priority="{}"/>'


def made(case: Bench, kind: Any) -> Any:
    """The one effect of a kind."""
    (found,) = [e for e in case.effects if isinstance(e, kind)]
    return found


def created(case: Bench) -> Any:
    return made(case, fx.UserTaskCreated)


def job(case: Bench) -> Any:
    return made(case, fx.JobCreated)


def process(box: str) -> bytes:
    return line(user("x"), before=f"<bpmn:extensionElements>{box}</bpmn:extensionElements>")


# element: a diagram with it, and what it makes of a case that was started
CARRIED_OUT: dict[str, tuple[bytes, Callable[[Bench], Any], Any]] = {
    "userTask": (line(user("x")), lambda case: created(case).node.id, "x"),
    "assignmentDefinition": (
        line(user("x", '<zeebe:assignmentDefinition assignee="ann" candidateGroups="g, h" candidateUsers="=[&quot;u&quot;]"/>')),
        lambda case: (created(case).assignee, created(case).candidate_groups, created(case).candidate_users), ("ann", ("g", "h"), ("u",)),
    ),
    "taskSchedule": (
        line(user("x", '<zeebe:taskSchedule dueDate="2026-05-01T09:00:00+07:00" followUpDate="=now() + duration(&quot;P1D&quot;)"/>')),
        lambda case: (created(case).due_at.isoformat(), created(case).follow_up_at.isoformat()),
        ("2026-05-01T02:00:00+00:00", "2026-04-11T09:00:00+00:00"),
    ),
    "priorityDefinition": (line(user("x", '<zeebe:priorityDefinition priority="=7"/>')), lambda case: created(case).priority, 7),
    "formDefinition": (line(user("x", '<zeebe:formDefinition formId="f"/>')), lambda case: created(case).form_id, "f"),
    "taskListeners": (
        line(user("x", '<zeebe:taskListeners><zeebe:taskListener eventType="creating" type="a"/></zeebe:taskListeners>')),
        lambda case: case.asked, ["a"],
    ),
    "executionListeners": (line(user("x", listeners("start a"))), lambda case: case.asked, ["a"]),
    "taskDefinition": (
        line(node("serviceTask", "x", '<zeebe:taskDefinition type="=&quot;w&quot;" retries="7"/>')),
        lambda case: (job(case).type, job(case).retries), ("w", 7),
    ),
    "taskHeaders": (
        line(node("serviceTask", "x", JOB + '<zeebe:taskHeaders><zeebe:header key="k" value="v"/></zeebe:taskHeaders>')),
        lambda case: job(case).headers, {"k": "v"},
    ),
    "jobPriorityDefinition": (line(node("serviceTask", "x", JOB + PRIORITY.format("=7"))), lambda case: job(case).priority, 7),
    "linkedResources": (
        line(node("serviceTask", "x", JOB + LINKED)), lambda case: job(case).headers,
        {"linkedResources": '[{"resourceKey":"7","resourceType":"RPA","linkName":"s"}]'},
    ),
    "ioMapping": (line(node("serviceTask", "x", JOB + mapping("n:=7"))), lambda case: case.case.variables.local(job(case).task_key), {"n": 7}),
    "calledElement": (
        line(node("callActivity", "x", '<zeebe:calledElement processId="q"/>')), lambda case: made(case, fx.CallRequested).process_id, "q",
    ),
    "calledDecision": (
        line(node("businessRuleTask", "x", '<zeebe:calledDecision decisionId="d" resultVariable="n"/>')), lambda case: case.variables, {"n": 7},
    ),
    "script": (line(node("scriptTask", "x", '<zeebe:script expression="=3 + 4" resultVariable="n"/>')), lambda case: case.variables, {"n": 7}),
    "loopCharacteristics": (line(node("task", "x", "", LOOP)), lambda case: case.variables, {"n": [7]}),
    "subscription": (
        line(node("receiveTask", "x", attributes='messageRef="M"'), roots=MESSAGE), lambda case: made(case, fx.SubscriptionOpened).correlation_key, "7",
    ),
    "conditionalFilter": (line(node("intermediateCatchEvent", "x", "", CONDITION)), lambda case: case.set(m=1).set(n=7).ended is not None, True),
    "adHoc": (
        line(node("adHocSubProcess", "x", '<zeebe:adHoc activeElementsCollection="=[&quot;y&quot;]"/>', user("y") + user("z"))),
        lambda case: case.waiting, ["y"],
    ),
    "versionTag": (process('<zeebe:versionTag value="v7"/>'), lambda case: case.definition.process.version_tag, "v7"),
    "userTaskForm": (embedded("{}", "f"), lambda case: job(case).headers, {"io.camunda.zeebe:formKey": "camunda-forms:bpmn:f"}),
    # metadata, of no consequence
    "properties": (line(user("x", '<zeebe:properties><zeebe:property name="n" value="v"/></zeebe:properties>')), lambda case: case.waiting, ["x"]),
    "agentDefinition": (line(node("serviceTask", "x", JOB + '<zeebe:agentDefinition agentType="a"/>')), lambda case: case.waiting, ["x"]),
}  # fmt: skip
UNUSED = ("processIdExpression", "retryCounter", "publishMessage")


@pytest.mark.parametrize("name", CARRIED_OUT)
def test_an_element_of_the_dialect_is_carried_out(run: Make, name: str) -> None:
    xml, look, wanted = CARRIED_OUT[name]
    assert f"<zeebe:{name}".encode() in xml and faults_of(xml) == []
    assert look(run(xml, decisions={"d": 7}, resources={"r": 7}).start()) == wanted


@pytest.mark.parametrize("name", UNUSED)
def test_an_element_that_has_no_use_is_refused(name: str) -> None:
    assert [f.rule for f in faults_of(line(user("x", f"<zeebe:{name}/>")))] == ["extension-unsupported"]


@pytest.mark.parametrize(
    ("middle", "rule"),
    [
        (user("x", '<zeebe:formDefinition formKey="k"/>'), "form-definition"),
        (user("x", '<zeebe:formDefinition formId="f" externalReference="e"/>'), "form-definition"),
        (node("userTask", "x", '<zeebe:formDefinition externalReference="e"/>'), "form-definition"),
        (node("userTask", "x", '<zeebe:formDefinition formId="f" formKey="k"/>'), "form-definition"),
        (node("adHocSubProcess", "x", JOB, user("y")), "extension-unsupported"),
        (node("receiveTask", "x", LINKED, attributes='messageRef="M"'), "extension-unsupported"),
    ],
)
def test_what_of_an_element_is_not_carried_out_is_refused(middle: str, rule: str) -> None:
    assert rule in [f.rule for f in faults_of(line(middle, roots=MESSAGE))]


def test_the_process_says_the_priority_of_the_jobs_that_do_not_say_their_own(run: Make) -> None:
    tasks = node("serviceTask", "x", JOB) + node("serviceTask", "y", JOB + PRIORITY.format(9)) + node("userTask", "z")
    box = f"<bpmn:extensionElements>{PRIORITY.format('=n')}</bpmn:extensionElements>"
    case = run(diagram(box + START + tasks + END + flows("s x", "s y", "s z", "x e"))).start(n=-3)
    assert {j.node.id: j.priority for j in case.jobs.values()} == {"x": -3, "y": 9, "z": -3}


def test_a_worker_gets_everything_of_a_user_task_that_is_a_job(run: Make) -> None:
    box = (
        '<zeebe:assignmentDefinition assignee="=who" candidateGroups="g, h" candidateUsers="=[&quot;u&quot;]"/>'
        '<zeebe:taskSchedule dueDate="2026-05-01T09:00:00+07:00" followUpDate="=now()"/><zeebe:formDefinition formId="f"/>'
        '<zeebe:taskHeaders><zeebe:header key="k" value="v"/></zeebe:taskHeaders>'
    )
    case = run(line(node("userTask", "x", box)), resources={"f": 12}).start(who="ann")
    assert (job(case).type, job(case).retries, case.tasks) == ("io.camunda.zeebe:userTask", 1, {})
    assert {k.removeprefix("io.camunda.zeebe:"): v for k, v in job(case).headers.items()} == {
        "k": "v", "assignee": "ann", "candidateGroups": '["g","h"]', "candidateUsers": '["u"]', "formKey": "12",
        "dueDate": "2026-05-01T02:00:00+00:00", "followUpDate": "2026-04-10T09:00:00+00:00",
    }  # fmt: skip
    assert case.complete("x", n=1).variables == {"who": "ann", "n": 1}


def test_an_ad_hoc_sub_process_collects_what_its_elements_give(run: Make) -> None:
    box = (
        '<zeebe:adHoc activeElementsCollection="=[&quot;y&quot;,&quot;z&quot;]" outputCollection="found" outputElement="=answer"/>'
        + mapping("answer:=0")
    )
    inner = node("serviceTask", "y", JOB + mapping("", "answer:=got")) + node("serviceTask", "w", JOB + mapping("", "answer:=got")) + user("z")
    inner += '<bpmn:sequenceFlow id="i" sourceRef="y" targetRef="w"/>'
    condition = "<bpmn:completionCondition>=count(found) = 2</bpmn:completionCondition>"
    case = run(line(node("adHocSubProcess", "x", box, inner + condition))).start()
    case.complete("y", got=1)
    assert case.variables == {}  # the path goes on
    case.complete("w", got=2).complete("z")
    assert case.ended is not None and case.variables == {"found": [2, 2]}


def test_a_decision_is_called_by_a_tag_that_an_expression_gives(run: Make) -> None:
    call = '<zeebe:calledDecision decisionId="d" resultVariable="n" bindingType="versionTag" versionTag="=tag"/>'
    case = run(line(node("businessRuleTask", "x", call)), decisions={"d": 7}).start()
    assert [i.error_type for i in case.incidents.values()] == ["EXTRACT_VALUE_ERROR"]
    case.set(tag="v2").resolve()
    assert case.variables == {"tag": "v2", "n": 7} and case.called[-1].version_tag == "v2"


@pytest.mark.parametrize(
    ("middle", "error"),
    [
        (node("userTask", "x", '<zeebe:formDefinition formId="f"/>'), "FORM_NOT_FOUND"),
        (node("serviceTask", "x", JOB + LINKED), "RESOURCE_NOT_FOUND"),
    ],
)
def test_what_is_not_deployed_is_an_incident_until_it_is(run: Make, middle: str, error: str) -> None:
    case = run(line(middle)).start()
    assert [i.error_type for i in case.incidents.values()] == [error] and case.jobs == {}
    case.resources = {"f": 12, "r": 7}
    assert case.resolve().incidents == {} and len(case.jobs) == 1
