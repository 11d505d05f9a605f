"""Global tasks: each is a process of one task under its id (BPMN 2.0.2, sections 10.3.6 and 10.3.7)."""

from __future__ import annotations

import pytest

from engine.execution import effects as fx
from engine.execution import lint, read_processes
from engine.model.diagram import Process
from tests.execution.bench import HEAD, diagram, flows, node, user
from tests.execution.test_refused_elements import faults_of

START, END = node("startEvent", "s"), node("endEvent", "e")
JOB = '<zeebe:taskDefinition type="t"/>'


def alone(kind: str, extra: str = "", body: str = "", attributes: str = "") -> bytes:
    """A file with one global task and nothing else."""
    return f"{HEAD}{node(kind, 'g', extra, body, attributes)}</bpmn:definitions>".encode()


def only(xml: bytes) -> Process:
    processes, faults = read_processes(xml, "test.bpmn")
    assert faults == [] and [f for p in processes for f in lint(p, "test.bpmn")] == []
    (process,) = processes
    return process


def test_a_global_user_task_waits_for_a_person(run) -> None:
    who = '<zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="=team"/><zeebe:formDefinition formId="f"/>'
    case = run(alone("globalUserTask", who)).start(team="staff")
    created = next(e for e in case.effects if isinstance(e, fx.UserTaskCreated))
    assert (created.candidate_groups, created.form_id, case.waiting) == (("staff",), "f", ["g"])
    ended = case.complete("g", answer=42).ended
    assert ended is not None and ended.variables == {"team": "staff", "answer": 42}


def test_a_global_script_task_computes(run) -> None:
    script = '<zeebe:script expression="=n * 2" resultVariable="twice"/>'
    assert run(alone("globalScriptTask", script)).start(n=21).variables["twice"] == 42


def test_a_global_script_task_may_be_done_by_a_worker(run) -> None:
    assert run(alone("globalScriptTask", JOB)).start().complete("g", n=1).variables == {"n": 1}


def test_a_global_business_rule_task_asks_for_its_decision(run) -> None:
    called = '<zeebe:calledDecision decisionId="risk" resultVariable="level"/>'
    case = run(alone("globalBusinessRuleTask", called), decisions={"risk": "high"}).start()
    assert case.variables == {"level": "high"}


@pytest.mark.parametrize("kind", ["globalTask", "globalManualTask"])
def test_one_without_work_passes_through(run, kind: str) -> None:
    mapping = '<zeebe:ioMapping><zeebe:output source="=n + 1" target="n"/></zeebe:ioMapping>'
    assert run(alone(kind, mapping)).start(n=1).variables == {"n": 2}


def test_what_stands_on_it_goes_to_the_task_or_to_the_process() -> None:
    extra = (
        '<zeebe:versionTag value="v2"/><krabuan:process source="m" number="3"/><krabuan:text lang="en">Look at it</krabuan:text>'
        '<krabuan:step key="look" number="4"/><krabuan:deadline id="d" from="=at" duration="PT1H" stoppedBy="g"/>'
        '<krabuan:controlPoint id="c"><krabuan:binding type="condition" expression="=ok"/></krabuan:controlPoint><zeebe:userTask/>'
    )
    process = only(alone("globalUserTask", extra, attributes='name="ตรวจ"'))
    task = process.nodes["g"]
    assert (process.id, process.name, process.name_en, process.version_tag) == ("g", "ตรวจ", "Look at it", "v2")
    assert (process.facts.number, process.facts.called_only, [d.id for d in process.deadlines]) == ("3", True, ["d"])
    assert (task.type, task.name, task.name_en, task.step and task.step.key) == ("userTask", "ตรวจ", "Look at it", "look")
    assert [p.id for p in task.control_points] == ["c"]


def test_they_stand_beside_processes_in_a_file() -> None:
    more = node("globalTask", "g1") + node("globalManualTask", "g2")
    processes, faults = read_processes(diagram(START + END + flows("s e"), more), "test.bpmn")
    assert (faults, [(p.id, p.global_task) for p in processes]) == ([], [("p", False), ("g1", True), ("g2", True)])


@pytest.mark.parametrize(
    ("xml", "rule", "element"),
    [
        (alone("globalScriptTask", body="<bpmn:script>boom()</bpmn:script>"), "script-language", "g"),
        (alone("globalScriptTask"), "script-or-job", "g"),
        (alone("globalBusinessRuleTask", JOB + '<zeebe:calledDecision decisionId="d" resultVariable="r"/>'), "decision-or-job", "g"),
        (alone("globalUserTask", JOB), "extension-unsupported", "g"),
        (alone("globalTask", body="<bpmn:ioBinding/>"), "element-unsupported", "g"),
        (alone("globalTask", body='<bpmn:standardLoopCharacteristics loopMaximum="2"/>'), "element-unsupported", "g"),
        (alone("globalTask").replace(b'id="g"', b""), "id-missing", None),
        (alone("globalTask").replace(b'id="g"', b'id="a b"'), "id-invalid", "a b"),
        (alone("globalTask").replace(b'id="g"', b'id="' + b"g" * 251 + b'"'), "id-invalid", "g" * 251),
        (diagram(START + END + flows("s e"), node("globalTask", "p")), "id-repeated", "p"),
        (diagram(START + user("g") + END + flows("s g", "g e"), node("globalTask", "g")), "id-repeated", "g"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_one_is_refused(xml: bytes, rule: str, element: str | None) -> None:
    assert (rule, element) in [(f.rule, f.element_id) for f in faults_of(xml)]
