"""Data of events (BPMN 2.0.2, section 10.5.1): what comes goes into data outputs, what is thrown comes from data inputs."""

from __future__ import annotations

from decimal import Decimal

from engine.execution import effects as fx
from tests.execution.bench import diagram, flows, node, user
from tests.execution.data_bench import START, data_object, fill, give, prop

KEY = '<bpmn:extensionElements><zeebe:subscription correlationKey="=1"/></bpmn:extensionElements>'
ITEMS = '<bpmn:itemDefinition id="letter"/><bpmn:itemDefinition id="other"/>'
ROOTS = (
    f'{ITEMS}<bpmn:message id="M" name="m" itemRef="letter">{KEY}</bpmn:message><bpmn:signal id="S" name="sig" structureRef="letter"/>'
    '<bpmn:error id="E" errorCode="e" structureRef="letter"/><bpmn:escalation id="X" escalationCode="x" structureRef="letter"/>'
)
ORDER = data_object("order")
MESSAGE = '<bpmn:messageEventDefinition messageRef="M"/>'
SIGNAL = '<bpmn:signalEventDefinition signalRef="S"/>'
BY_NAME = '<bpmn:dataOutput id="o" name="no"/>' + give("o -> r_order")
WHOLE = '<bpmn:dataOutput id="o" name="mail" itemSubjectRef="letter"/>' + give("o -> r_order")


def after(event: str, id: str = "c") -> bytes:
    """A catch event between the start and a user task."""
    return diagram(ORDER + START + event + user("u") + flows(f"s {id}", f"{id} u"), ROOTS)


def test_a_data_output_takes_its_variable_of_the_payload(run) -> None:
    case = run(after(node("intermediateCatchEvent", "c", body=BY_NAME + MESSAGE))).start()
    assert case.trigger("c", no=5, more=6).variables == {"order": Decimal(5), "more": Decimal(6)}


def test_a_data_output_with_the_item_of_the_message_takes_all_of_it(run) -> None:
    case = run(after(node("intermediateCatchEvent", "c", body=WHOLE + MESSAGE))).start()
    assert case.trigger("c", no=5, more=6).variables == {"order": {"no": Decimal(5), "more": Decimal(6)}}


def test_a_payload_that_brings_nothing_leaves_the_data_as_they_are(run) -> None:
    case = run(after(node("intermediateCatchEvent", "c", body=WHOLE + MESSAGE))).start(order=1)
    assert case.trigger("c").variables == {"order": Decimal(1)}


def test_a_shared_event_definition_carries_the_same_item(run) -> None:
    shared = '<bpmn:messageEventDefinition id="shared" messageRef="M"/>'
    body = WHOLE + "<bpmn:eventDefinitionRef>shared</bpmn:eventDefinitionRef>"
    xml = diagram(ORDER + START + node("intermediateCatchEvent", "c", body=body) + user("u") + flows("s c", "c u"), ROOTS + shared)
    assert run(xml).start().trigger("c", no=5).variables == {"order": {"no": Decimal(5)}}


def test_an_event_behind_an_event_based_gateway(run) -> None:
    events = node("intermediateCatchEvent", "c", body=BY_NAME + MESSAGE) + node("intermediateCatchEvent", "d", body=SIGNAL)
    xml = diagram(ORDER + START + node("eventBasedGateway", "g") + events + user("u") + flows("s g", "g c", "g d", "c u", "d u"), ROOTS)
    assert run(xml).start().trigger("c", no=5).variables == {"order": Decimal(5)}


def test_a_message_start_event(run) -> None:
    xml = diagram(ORDER + node("startEvent", "ms", body=WHOLE + MESSAGE) + user("u") + flows("ms u"), ROOTS)
    case = run(xml)
    assert case.start("ms", no=5).variables == {"order": {"no": Decimal(5)}}


def test_a_receive_task(run) -> None:
    body = (
        '<bpmn:ioSpecification><bpmn:dataOutput id="o" name="mail" itemSubjectRef="letter"/><bpmn:inputSet/>'
        "<bpmn:outputSet><bpmn:dataOutputRefs>o</bpmn:dataOutputRefs></bpmn:outputSet></bpmn:ioSpecification>" + give("o -> r_order")
    )
    case = run(after(node("receiveTask", "c", body=body, attributes='messageRef="M"'))).start()
    assert case.trigger("c", no=5).variables == {"order": {"no": Decimal(5)}}


def test_a_boundary_event(run) -> None:
    border = node("boundaryEvent", "b", body=BY_NAME + MESSAGE, attributes='attachedToRef="t" cancelActivity="false"')
    case = run(diagram(ORDER + START + user("t") + border + user("u") + flows("s t", "b u"), ROOTS)).start()
    assert case.trigger("b", no=5).variables == {"order": Decimal(5)}
    assert case.trigger("b", no=6).variables == {"order": Decimal(6)}


def test_an_error_that_a_worker_reports(run) -> None:
    job = node("serviceTask", "j", '<zeebe:taskDefinition type="t"/>')
    for output, expected in ((BY_NAME, Decimal(5)), (WHOLE, {"no": Decimal(5), "more": Decimal(6)})):
        border = node("boundaryEvent", "b", body=output + '<bpmn:errorEventDefinition errorRef="E"/>', attributes='attachedToRef="j"')
        case = run(diagram(ORDER + START + job + border + user("u") + flows("s j", "b u"), ROOTS)).start()
        assert case.error("j", "e", no=5, more=6).variables == {"order": expected}


def thrown(case) -> dict[str, object]:
    """What the only signal took along."""
    (signal,) = [e for e in case.effects if isinstance(e, fx.SignalThrown)]
    return signal.variables


def throw(body: str, kind: str = "intermediateThrowEvent") -> bytes:
    """A throw event behind the start."""
    tail = user("u") if kind != "endEvent" else ""
    return diagram(ORDER + START + node(kind, "t", body=body) + tail + flows("s t", *(["t u"] if tail else [])), ROOTS)


def test_a_signal_takes_its_data_inputs_along_and_no_property(run) -> None:
    body = prop("own") + '<bpmn:dataInput id="i" name="no"/>' + fill("r_order -> i") + fill("r_order -> p_own") + SIGNAL
    for kind in ("intermediateThrowEvent", "endEvent"):
        assert thrown(run(throw(body, kind)).start(order=5)) == {"no": Decimal(5)}


def test_a_data_input_with_the_item_of_the_signal_is_all_of_it(run) -> None:
    body = '<bpmn:dataInput id="i" name="mail" itemSubjectRef="letter"/>' + fill("r_order -> i") + SIGNAL
    assert thrown(run(throw(body)).start(order={"no": 5, "more": 6})) == {"no": Decimal(5), "more": Decimal(6)}
    case = run(throw(body)).start(order=5)
    (incident,) = case.incidents.values()
    assert incident.message == "data input mail: 'mail' must give a context, but gave 5"
    assert thrown(case.set(order={"no": 1}).resolve()) == {"no": Decimal(1)}


def test_a_throw_event_does_not_wait_for_data(run) -> None:
    body = '<bpmn:dataInput id="i" name="no"/>' + fill("r_order -> i") + "<bpmn:inputSet><bpmn:dataInputRefs>i</bpmn:dataInputRefs></bpmn:inputSet>" + SIGNAL
    assert thrown(run(throw(body)).start()) == {"no": None}


def test_errors_and_escalations_take_data_from_the_throw_to_the_catch(run) -> None:
    given = '<bpmn:dataInput id="i" name="no"/>' + fill("r_note -> i")
    for definition in ('<bpmn:errorEventDefinition errorRef="E"/>', '<bpmn:escalationEventDefinition escalationRef="X"/>'):
        border = node("boundaryEvent", "b", body=BY_NAME + definition, attributes='attachedToRef="sub"')
        inner = node("startEvent", "is") + node("endEvent", "t", body=given + definition)
        sub = f'<bpmn:subProcess id="sub">{inner}<bpmn:sequenceFlow id="f" sourceRef="is" targetRef="t"/></bpmn:subProcess>'
        xml = diagram(ORDER + data_object("note") + START + sub + border + user("u") + flows("s sub", "b u"), ROOTS)
        assert run(xml).start(note=5).variables == {"note": Decimal(5), "order": Decimal(5)}


def test_the_start_event_of_an_event_sub_process(run) -> None:
    start = node("startEvent", "es", body=BY_NAME + '<bpmn:errorEventDefinition errorRef="E"/>')
    esp = f'<bpmn:subProcess id="esp" triggeredByEvent="true">{start}{user("u")}<bpmn:sequenceFlow id="i" sourceRef="es" targetRef="u"/></bpmn:subProcess>'
    job = node("serviceTask", "j", '<zeebe:taskDefinition type="t"/>')
    case = run(diagram(ORDER + START + job + esp + flows("s j"), ROOTS)).start()
    assert case.error("j", "e", no=5, more=6).variables == {"order": Decimal(5)}
    assert case.case.variables.visible(next(iter(case.tasks)))["more"] == Decimal(6)
