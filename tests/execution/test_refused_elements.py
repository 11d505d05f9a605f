"""What BPMN 2.0 has and the engine does not execute is refused by name, in Thai and English; never ignored.

The names are those of the standard's schemas (BPMN20.xsd, Semantic.xsd), every concrete element that a file may hold.
"""

from __future__ import annotations

import pytest

from engine.execution import lint, read_processes
from engine.model.faults import Fault
from tests.execution.bench import diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")

ROOTS_REFUSED = "choreography globalChoreographyTask globalConversation nonsense".split()
ROOTS_HARMLESS = (
    "category collaboration correlationProperty dataStore endPoint error escalation interface itemDefinition "
    "message partnerEntity partnerRole resource signal relationship timerEventDefinition cancelEventDefinition "
    "globalTask globalUserTask globalManualTask"
).split()
FLOW_ELEMENTS_REFUSED = (
    "callChoreography choreographyTask subChoreography implicitThrowEvent "
    "event callConversation conversation subConversation participant messageFlow categoryValueRef rendering ioBinding "
    "correlationSubscription eventSubProcess nonsense"
).split()
DRAWN_ONLY = (
    "laneSet ioSpecification property dataObject dataObjectReference dataStoreReference association group textAnnotation "
    "auditing monitoring supports resourceRole performer humanPerformer potentialOwner"
).split()
PARTS_REFUSED = "participantRef ioBinding supports correlationSubscription nonsense".split()
PARTS_CARRIED = "auditing monitoring categoryValueRef resourceRole".split()
@pytest.mark.parametrize("name", PARTS_CARRIED)
@pytest.mark.parametrize("kind", ["userTask", "task", "callActivity", "subProcess", "transaction", "adHocSubProcess"])
def test_parts_of_activities_that_are_documentation(kind: str, name: str) -> None:
    called = '<zeebe:calledElement processId="q"/>' if kind == "callActivity" else ""
    inner = {"userTask": "", "callActivity": "", "task": "", "adHocSubProcess": user("i")}.get(kind, node("startEvent", "i"))
    assert faults_of(_with(node(kind, "x", called, f"<bpmn:{name}/>" + inner), "x")) == []


@pytest.mark.parametrize("name", ["auditing", "monitoring", "categoryValueRef"])
def test_parts_of_events_and_gateways_that_are_documentation(name: str) -> None:
    for kind in ("intermediateThrowEvent", "exclusiveGateway"):
        assert faults_of(_with(node(kind, "x", body=f"<bpmn:{name}/>"), "x")) == []
        refused(_with(node(kind, "x", body="<bpmn:resourceRole/>")), "x", "resourceRole")


def test_a_rendering_is_documentation_of_a_user_task_only() -> None:
    assert faults_of(_with(user("x", body="<bpmn:rendering/>"), "x")) == []
    refused(_with(node("manualTask", "x", body="<bpmn:rendering/>")), "x", "rendering")


@pytest.mark.parametrize("name", ["correlationSubscription", "ioBinding", "implicitThrowEvent"])
def test_why_something_is_refused_is_said_where_there_is_more_to_say(name: str) -> None:
    assert ": " in refused(_with(f'<bpmn:{name} id="x"/>'), "x", name).en


@pytest.mark.parametrize("kind", ["http://www.omg.org/spec/BPMN/20100524/MODEL", "http://www.w3.org/2001/XMLSchema", "http://www.w3.org/TR/wsdl20/"])
def test_imports_that_leave_nothing_to_be_read(kind: str) -> None:
    root = f'<bpmn:import importType="{kind}" namespace="urn:x" location="other.bpmn"/>'
    assert faults_of(diagram(START + END + flows("s e"), root)) == []
    assert [f.rule for f in faults_of(diagram(START + END + flows("s e"), root.replace(kind, "urn:else")))] == ["import-type"]


EVENTS = "startEvent endEvent intermediateCatchEvent intermediateThrowEvent boundaryEvent".split()
DEFINITIONS_REFUSED = {
    "startEvent": "cancel compensate error escalation link terminate",
    "endEvent": "conditional link timer",
    "intermediateCatchEvent": "cancel compensate error escalation terminate",
    "intermediateThrowEvent": "cancel conditional error terminate timer",
    "boundaryEvent": "link terminate",
}
ZEEBE_REFUSED = (
    "executionListeners taskListeners conditionalFilter linkedResources userTaskForm retryCounter "
    "publishMessage nonsense"
).split()
ON_WRONG_NODES = {
    "task": "taskDefinition calledElement calledDecision script assignmentDefinition",
    "userTask": "taskDefinition calledElement script calledDecision jobPriorityDefinition",
    "serviceTask": "userTask formDefinition calledElement script calledDecision",
    "receiveTask": "taskDefinition subscription",
    "callActivity": "taskDefinition calledDecision",
    "subProcess": "taskDefinition calledElement userTask",
    "exclusiveGateway": "ioMapping taskDefinition script",
    "parallelGateway": "ioMapping taskDefinition",
}


def faults_of(xml: bytes) -> list[Fault]:
    """Every fault of a file: what reading it and what checking it as a whole finds."""
    processes, faults = read_processes(xml, "test.bpmn")
    return faults + [fault for process in processes for fault in lint(process, "test.bpmn")]


def refused(xml: bytes, element_id: str | None, name: str) -> Fault:
    """The fault that names the element; it says the same in both languages."""
    found = [f for f in faults_of(xml) if name in f.en and (element_id is None or f.element_id == element_id)]
    assert found, (name, faults_of(xml))
    fault = found[0]
    assert name in fault.th and fault.th != fault.en and any("\u0e00" <= c <= "\u0e7f" for c in fault.th)
    assert fault.file == "test.bpmn"
    return fault


def _with(element: str, through: str = "") -> bytes:
    """A process with an element that no flow leads to, unless it is to lead through it."""
    return diagram(START + element + END + flows(*((f"s {through}", f"{through} e") if through else ("s e",))))


def test_the_diagram_around_them_has_no_fault() -> None:
    assert faults_of(_with("")) == []


@pytest.mark.parametrize("name", ROOTS_REFUSED)
def test_root_elements_that_would_be_executed(name: str) -> None:
    assert refused(diagram(START + END + flows("s e"), f'<bpmn:{name} id="r"/>'), "r", name).rule == "element-unsupported"


@pytest.mark.parametrize("name", ROOTS_HARMLESS)
def test_declarations_are_no_fault(name: str) -> None:
    assert faults_of(diagram(START + END + flows("s e"), f'<bpmn:{name} id="r"/>')) == []


def test_an_extension_that_must_be_understood() -> None:
    root = '<bpmn:extension mustUnderstand="true" definition="x:magic"/>'
    refused(diagram(START + END + flows("s e"), root), None, "x:magic")
    assert faults_of(diagram(START + END + flows("s e"), root.replace("true", "false"))) == []


@pytest.mark.parametrize("name", FLOW_ELEMENTS_REFUSED)
def test_elements_of_a_process(name: str) -> None:
    assert refused(_with(f'<bpmn:{name} id="x"/>'), "x", name).rule == "element-unsupported"


@pytest.mark.parametrize("name", FLOW_ELEMENTS_REFUSED)
def test_the_same_inside_a_sub_process(name: str) -> None:
    if name != "categoryValueRef":  # every flow element may have one; a process is none
        refused(_inside(name), "x", name)


def _inside(name: str) -> bytes:
    inner = f'<bpmn:subProcess id="sub">{node("startEvent", "is")}<bpmn:{name} id="x"/></bpmn:subProcess>'
    return diagram(START + inner + flows("s sub"))


def test_a_sub_process_supports_no_other_process() -> None:
    refused(_inside("supports"), "x", "supports")


@pytest.mark.parametrize("name", DRAWN_ONLY)
def test_what_is_only_drawn_is_no_fault(name: str) -> None:
    assert faults_of(_with(f'<bpmn:{name} id="x"/>')) == []


@pytest.mark.parametrize("name", PARTS_REFUSED)
@pytest.mark.parametrize("kind", ["userTask", "serviceTask", "callActivity"])
def test_parts_of_activities(kind: str, name: str) -> None:
    refused(_with(node(kind, "x", body=f"<bpmn:{name}/>")), "x", name)


@pytest.mark.parametrize(("kind", "name"), [(k, n) for k, names in DEFINITIONS_REFUSED.items() for n in names.split()])
def test_events(kind: str, name: str) -> None:
    event = node(kind, "x", body=f"<bpmn:{name}EventDefinition/>", attributes='attachedToRef="s"')
    assert refused(_with(event), "x", name).rule == "event-unsupported"


@pytest.mark.parametrize("kind", EVENTS)
def test_multiple_events_with_a_part_that_may_not_stand_there(kind: str) -> None:
    both = "<bpmn:signalEventDefinition/><bpmn:terminateEventDefinition/>"
    assert refused(_with(node(kind, "x", body=both)), "x", "terminate").rule == "event-unsupported"


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_by_reference_to_nothing(kind: str) -> None:
    found = faults_of(_with(node(kind, "x", body="<bpmn:eventDefinitionRef>t</bpmn:eventDefinitionRef>")))
    assert "event-reference" in {f.rule for f in found}


@pytest.mark.parametrize(
    ("kind", "attribute", "name"),
    [
        ("eventBasedGateway", 'eventGatewayType="Sometimes"', "eventGatewayType"),
    ],
)
def test_attributes(kind: str, attribute: str, name: str) -> None:
    refused(_with(node(kind, "x", attributes=attribute)), "x", name)


@pytest.mark.parametrize("value", ["true", "1", " true "])
def test_an_event_sub_process_without_an_event(value: str) -> None:
    xml = _with(f'<bpmn:subProcess id="x" triggeredByEvent="{value}">{node("startEvent", "is")}</bpmn:subProcess>')
    assert "event-sub-process-start" in {f.rule for f in faults_of(xml)}


@pytest.mark.parametrize("part", ["loopCondition", "activationCondition", "nonsense"])
def test_parts_of_multi_instance(part: str) -> None:
    loop = '<bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1]"/></bpmn:extensionElements>'
    body = f"<bpmn:multiInstanceLoopCharacteristics>{loop}<bpmn:{part}/></bpmn:multiInstanceLoopCharacteristics>"
    refused(_with(user("x", body=body)), "x", part)


@pytest.mark.parametrize("name", ZEEBE_REFUSED)
@pytest.mark.parametrize("kind", ["userTask", "serviceTask", "exclusiveGateway", "startEvent", "subProcess"])
def test_extension_elements_of_the_dialect(kind: str, name: str) -> None:
    assert refused(_with(node(kind, "x", f"<zeebe:{name}/>")), "x", f"zeebe:{name}").rule == "extension-unsupported"


@pytest.mark.parametrize(("kind", "name"), [(k, n) for k, names in ON_WRONG_NODES.items() for n in names.split()])
def test_extension_elements_where_they_do_not_belong(kind: str, name: str) -> None:
    refused(_with(node(kind, "x", f"<zeebe:{name}/>")), "x", f"zeebe:{name}")


@pytest.mark.parametrize("name", ["executionListeners", "userTaskForm", "jobPriorityDefinition", "nonsense"])
def test_extension_elements_of_the_process(name: str) -> None:
    box = f"<bpmn:extensionElements><zeebe:{name}/></bpmn:extensionElements>"
    refused(diagram(box + START + END + flows("s e")), "p", f"zeebe:{name}")


def test_an_extension_element_that_stands_twice() -> None:
    assert "extension-repeated" in [f.rule for f in faults_of(_with(user("x", "<zeebe:userTask/>")))]


def test_extension_elements_of_ours_that_do_not_exist() -> None:
    refused(_with(user("x", "<krabuan:controllPoint/>")), "x", "krabuan:controllPoint")


@pytest.mark.parametrize("language", ["javascript", "python", "groovy"])
def test_scripts_and_conditions_in_another_language(language: str) -> None:
    script = node(
        "scriptTask", "x", '<zeebe:script expression="=1" resultVariable="r"/>', "<bpmn:script>boom()</bpmn:script>",
        f'scriptFormat="{language}"',
    )  # fmt: skip
    assert "script-language" in [f.rule for f in faults_of(_with(script)) if f.element_id == "x"]
    bare = node("scriptTask", "x", body="<bpmn:script>boom()</bpmn:script>", attributes=f'scriptFormat="{language}"')
    assert "script-language" in [f.rule for f in faults_of(_with(bare)) if f.element_id == "x"]
    gateway = node("exclusiveGateway", "g", attributes='default="f3"') + user("a")
    xml = diagram(START + gateway + user("b") + flows("s g", "g a: =true", "g b"))
    xml = xml.replace(b"<bpmn:conditionExpression ", f'<bpmn:conditionExpression language="{language}" '.encode())
    refused(xml, "f2", language)


def test_camunda_7_files_are_refused_as_a_whole() -> None:
    xml = diagram(START + END + flows("s e")).replace(b"<bpmn:process ", b'<bpmn:process xmlns:c="http://camunda.org/schema/1.0/bpmn" ')
    assert [f.rule for f in faults_of(xml)] == ["camunda-7"]
