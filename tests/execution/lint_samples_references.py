"""Samples of the rules about what a file refers to and what may stand once only; as in lint_samples."""

from __future__ import annotations

from tests.execution.bench import HEAD, diagram, flows, node, user
from tests.execution.lint_samples import BORDER, END, ESP, HANDLER, KEY, ON_BORDER, START, TIMER, line

LANES = '<bpmn:laneSet id="ls"><bpmn:lane id="l1"><bpmn:flowNodeRef>{}</bpmn:flowNodeRef></bpmn:lane><bpmn:lane id="l2"><bpmn:flowNodeRef>{}</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>'
POOLS = '<bpmn:collaboration id="c"><bpmn:participant id="p1" processRef="p"/><bpmn:participant id="p2"{}/>{}</bpmn:collaboration>'
MESSAGE_FLOW = '<bpmn:messageFlow id="mf" sourceRef="{}" targetRef="{}"/>'
M = f'<bpmn:message id="M" name="m">{KEY}</bpmn:message><bpmn:message id="N" name="n">{KEY}</bpmn:message>'
MESSAGE = '<bpmn:messageEventDefinition messageRef="{}"/>'
SIGNALS = '<bpmn:signal id="S" name="s"/><bpmn:signal id="R" name="r"/>'
SIGNAL = '<bpmn:signalEventDefinition signalRef="{}"/>'
ERRORS = '<bpmn:error id="S" errorCode="s"/><bpmn:error id="R" errorCode="r"/>'
ERROR = '<bpmn:errorEventDefinition errorRef="{}"/>'
ESCALATIONS = '<bpmn:escalation id="S" escalationCode="s"/><bpmn:escalation id="R" escalationCode="r"/>'
ESCALATION = '<bpmn:escalationEventDefinition escalationRef="{}"/>'
SUB = f'<bpmn:subProcess id="x">{node("startEvent", "is")}</bpmn:subProcess>'
DATA = '<bpmn:property id="pr"/><bpmn:dataInputAssociation id="da"><bpmn:sourceRef>{}</bpmn:sourceRef><bpmn:targetRef>pr</bpmn:targetRef></bpmn:dataInputAssociation>'
LINK = '<bpmn:linkEventDefinition name="L"/>'
LINKED = START + node("intermediateThrowEvent", "t", body=LINK) + node("intermediateCatchEvent", "c", body=LINK) + END


def drawn(*elements: str) -> bytes:
    """A process with a drawing of these elements."""
    bounds = '<dc:Bounds x="0" y="0" width="36" height="36"/>'
    shapes = "".join(f'<di:BPMNShape bpmnElement="{e}">{bounds}</di:BPMNShape>' for e in elements)
    drawing = f'<di:BPMNDiagram><di:BPMNPlane bpmnElement="p">{shapes}</di:BPMNPlane></di:BPMNDiagram>'
    head = HEAD.replace(">", ' xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC">')
    return f'{head}<bpmn:process id="p" isExecutable="true">{START}</bpmn:process>{drawing}</bpmn:definitions>'.encode()


def starts(roots: str, definition: str, *refs: str) -> bytes:
    """A process that starts by each of these."""
    return diagram("".join(node("startEvent", f"s{n}", body=definition.format(ref)) for n, ref in enumerate(refs)), roots)


def borders(host: str, roots: str, *definitions: str) -> bytes:
    """An activity with several events on its border."""
    events = "".join(node("boundaryEvent", f"b{n}", body=d, attributes='attachedToRef="x"') for n, d in enumerate(definitions))
    return diagram(START + host + END + events + flows("s x", "x e", *(f"b{n} e" for n in range(len(definitions)))), roots)


def triggered(roots: str, *definitions: str) -> bytes:
    """A process with several event sub-processes."""
    subs = "".join(ESP.format(d).replace('"esp"', f'"esp{n}"').replace('"es"', f'"es{n}"') for n, d in enumerate(definitions))
    return diagram(START + END + subs + flows("s e"), roots)


def behind(*refs: str) -> bytes:
    """An event-based gateway that waits for these messages."""
    events = "".join(node("intermediateCatchEvent", f"c{n}", body=MESSAGE.format(ref)) for n, ref in enumerate(refs))
    gateway = node("eventBasedGateway", "g")
    return diagram(START + gateway + events + flows("s g", *(f"g c{n}" for n in range(len(refs)))), M)


def gateway(kind: str, *pairs: str, attributes: str = "") -> bytes:
    """A choice between two tasks, and what joins them."""
    choice = node("exclusiveGateway", "g", attributes='default="f2"')
    return diagram(START + choice + user("a") + user("b") + node(kind, "j", attributes=attributes) + END + flows("s g", "g a", "g b: =n", *pairs))


JOINED = ("a j", "b j", "j e")
SAMPLES: dict[str, tuple[bytes, bytes]] = {
    "lane-node-unknown": (diagram(LANES.format("s", "gone") + START + END + flows("s e")), diagram(LANES.format("s", "e") + START + END + flows("s e"))),
    "lane-node-repeated": (diagram(LANES.format("s", "s") + START + END + flows("s e")), diagram(LANES.format("s", "e") + START + END + flows("s e"))),
    "data-object-reference": (
        line(user("x"), more='<bpmn:dataObjectReference id="r" dataObjectRef="x"/>'),
        line(user("x"), more='<bpmn:dataObjectReference id="r" dataObjectRef="o"/><bpmn:dataObject id="o"/>'),
    ),
    "data-store-reference": (
        line(user("x"), more='<bpmn:dataStoreReference id="r" dataStoreRef="gone"/>'),
        line(user("x"), more='<bpmn:dataStoreReference id="r" dataStoreRef="o"/>', roots='<bpmn:dataStore id="o"/>'),
    ),
    "association-end": (
        line(user("x"), more='<bpmn:association id="as" sourceRef="x" targetRef="gone"/>'),
        line(user("x"), more='<bpmn:association id="as" sourceRef="x" targetRef="t"/><bpmn:textAnnotation id="t"/>'),
    ),
    "data-association": (line(user("x", body=DATA.format("gone"))), line(user("x", body=DATA.format("o")), more='<bpmn:dataObject id="o"/>')),
    "group-category": (
        line(user("x"), more='<bpmn:group id="g" categoryValueRef="gone"/>'),
        line(user("x"), more='<bpmn:group id="g" categoryValueRef="v"/>', roots='<bpmn:category id="k"><bpmn:categoryValue id="v"/></bpmn:category>'),
    ),
    "message-flow-end": (
        line(user("x"), roots=POOLS.format("", MESSAGE_FLOW.format("x", "gone"))), line(user("x"), roots=POOLS.format("", MESSAGE_FLOW.format("x", "p2"))),
    ),
    "message-flow-pool": (
        line(user("x"), roots=POOLS.format("", MESSAGE_FLOW.format("x", "p1"))), line(user("x"), roots=POOLS.format("", MESSAGE_FLOW.format("x", "p2"))),
    ),
    "participant-process": (line(user("x"), roots=POOLS.format(' processRef="gone"', "")), line(user("x"), roots=POOLS.format("", ""))),
    "participant-repeated": (line(user("x"), roots=POOLS.format(' processRef="p"', "")), line(user("x"), roots=POOLS.format("", ""))),
    "id-shared": (line(user("x"), more='<bpmn:textAnnotation id="x"/>'), line(user("x"), more='<bpmn:textAnnotation id="y"/>')),
    "incoming-reference": (line(user("x", body="<bpmn:incoming>f2</bpmn:incoming>")), line(user("x", body="<bpmn:incoming>f1</bpmn:incoming>"))),
    "outgoing-reference": (line(user("x", body="<bpmn:outgoing>f1</bpmn:outgoing>")), line(user("x", body="<bpmn:outgoing>bpmn:f2</bpmn:outgoing>"))),
    "gateway-direction": (
        gateway("exclusiveGateway", *JOINED, attributes='gatewayDirection="Diverging"'), gateway("exclusiveGateway", *JOINED, attributes='gatewayDirection="Converging"'),
    ),
    "diagram-element": (drawn("gone"), drawn("s")),
    "diagram-repeated": (drawn("s", "s"), drawn("s")),
    "message-reference": (
        line(node("sendTask", "x", '<zeebe:taskDefinition type="x"/>'), more=node("intermediateThrowEvent", "t", '<zeebe:taskDefinition type="x"/>', MESSAGE.format("gone")) + '<bpmn:sequenceFlow id="g" sourceRef="x" targetRef="t"/>'),
        line(node("intermediateThrowEvent", "x", '<zeebe:taskDefinition type="x"/>', MESSAGE.format("M")), roots=M),
    ),
    "escalation-reference": (
        line(SUB, more=ON_BORDER.format(ESCALATION.format("gone")), roots=ESCALATIONS), line(SUB, more=ON_BORDER.format(ESCALATION.format("S")), roots=ESCALATIONS),
    ),
    "message-start-repeated": (starts(M, MESSAGE, "M", "M"), starts(M, MESSAGE, "M", "N")),
    "signal-start-repeated": (starts(SIGNALS, SIGNAL, "S", "S"), starts(SIGNALS, SIGNAL, "S", "R")),
    "boundary-error-repeated": (
        borders(user("x"), ERRORS, ERROR.format("S"), ERROR.format("S")), borders(user("x"), ERRORS, ERROR.format("S"), "<bpmn:errorEventDefinition/>"),
    ),
    "boundary-escalation-repeated": (
        borders(SUB, ESCALATIONS, ESCALATION.format("S"), ESCALATION.format("S")), borders(SUB, ESCALATIONS, ESCALATION.format("S"), ESCALATION.format("R")),
    ),
    "boundary-message-repeated": (borders(user("x"), M, MESSAGE.format("M"), MESSAGE.format("M")), borders(user("x"), M, MESSAGE.format("M"), MESSAGE.format("N"))),
    "compensation-repeated": (
        line(user("x"), more="".join(BORDER.format("<bpmn:compensateEventDefinition/>").replace('"b"', f'"{b}"') + HANDLER.replace('"b"', f'"{b}"').replace('"h"', f'"h{b}"').replace('"as"', f'"as{b}"') for b in "bc")),
        line(user("x"), more=BORDER.format("<bpmn:compensateEventDefinition/>") + HANDLER),
    ),
    "event-sub-process-repeated": (triggered(ERRORS, ERROR.format("S"), ERROR.format("S")), triggered(ERRORS, ERROR.format("S"), ERROR.format("R"))),
    "event-gateway-message": (behind("M", "M"), behind("M", "N")),
    "link-repeated": (
        diagram(LINKED + node("intermediateCatchEvent", "d", body=LINK) + flows("s t", "c e", "d e")), diagram(LINKED + flows("s t", "c e")),
    ),
    "boundary-outgoing": (line(user("x"), more=BORDER.format(TIMER.format("Duration", "PT1H"))), line(user("x"), more=ON_BORDER.format(TIMER.format("Duration", "PT1H")))),
    "join-never": (gateway("parallelGateway", *JOINED), gateway("exclusiveGateway", *JOINED)),
    "unreachable-cycle": (
        diagram(START + END + user("a") + user("b") + flows("s e", "a b", "b a")), diagram(START + user("a") + user("b") + END + flows("s a", "a b", "b e")),
    ),
}  # fmt: skip
