"""Samples of the rules about the XML schema of BPMN 2.0.2; as in lint_samples."""

from __future__ import annotations

from tests.execution.bench import HEAD, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")
CONDITION = '<bpmn:conditionalEventDefinition id="c">{}</bpmn:conditionalEventDefinition>'
DRAWING = (
    '<bpmndi:BPMNDiagram id="dg" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI">'
    '<bpmndi:BPMNPlane bpmnElement="p">{}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
)
BOUNDS = '<dc:Bounds x="1" y="1.5" width="36" height="36"/>'
SHAPE = '<bpmndi:BPMNShape id="{}" bpmnElement="s">{}</bpmndi:BPMNShape>'
EDGE = '<bpmndi:BPMNEdge id="ed" bpmnElement="f1">{}</bpmndi:BPMNEdge>'
POINT = '<di:waypoint x="{}" y="2"/>'


def plain(body: str, drawing: str = "") -> bytes:
    """A file as it is written, in no other order."""
    return f'{HEAD}<bpmn:process id="p" isExecutable="true">{body}</bpmn:process>{drawing}</bpmn:definitions>'.encode()


def task(attributes: str = "", body: str = "", more: str = "") -> bytes:
    """A process of start, a task and an end."""
    return plain(START + node("task", "x", "", body, attributes) + END + flows("s x", "x e") + more)


def drawn(*parts: str) -> bytes:
    """A process that is drawn."""
    return plain(START + END + flows("s e"), DRAWING.format("".join(parts)))


NOTE = '<bpmn:textAnnotation id="t"/>'
SAMPLES: dict[str, tuple[bytes, bytes]] = {
    "schema-attribute-unknown": (task('label="x"'), task('name="x"')),
    "schema-attribute-required": (plain(START + END + '<bpmn:sequenceFlow id="f" sourceRef="s"/>'), plain(START + END + flows("s e"))),
    "schema-value": (task('isForCompensation="no"'), task('isForCompensation="0"')),
    "schema-element-unknown-here": (task(body="<bpmn:laneSet/>"), plain('<bpmn:laneSet id="ls"/>' + START + END + flows("s e"))),
    "schema-order": (
        task(body="<bpmn:outgoing>f2</bpmn:outgoing><bpmn:incoming>f1</bpmn:incoming>"),
        task(body="<bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>"),
    ),
    "schema-count": (drawn(SHAPE.format("sh", "")), drawn(SHAPE.format("sh", BOUNDS))),
    "schema-text": (task(body="do it"), task(body="<bpmn:documentation>do it</bpmn:documentation>")),
    "schema-id-repeated": (
        drawn(SHAPE.format("s", BOUNDS)), drawn(SHAPE.format("s_di", BOUNDS)),
    ),
}  # fmt: skip
# as some modelers write it, against the schema
TOLERATED: dict[str, bytes] = {
    "extensions before documentation": task(body="<bpmn:extensionElements/><bpmn:documentation/>"),
    "an annotation among what flows": plain(START + NOTE + END + flows("s e")),
    "lanes behind what stands in them": plain(START + END + flows("s e") + '<bpmn:laneSet id="ls"/>'),
}
VALID: dict[str, bytes] = {
    "an edge with two points": drawn(EDGE.format(POINT.format(1) + POINT.format("-2.5e1"))),
    "attributes and elements of other namespaces": task('xmlns:o="urn:o" o:colour="red"', "<bpmn:extensionElements><o:any xmlns:o='urn:o'>text</o:any></bpmn:extensionElements>"),
    "an expression whose language is said": plain(
        START + node("exclusiveGateway", "g", attributes='default="f3"') + user("x") + user("y")
        + flows("s g", "g x: =n", "g y").replace("tFormalExpression\"", "tFormalExpression\" language=\"feel\"")
    ),
    "ids of Thai letters": plain(node("startEvent", "เริ่ม") + END + flows("เริ่ม e")),
    "blanks around a value": task('isForCompensation=" false "'),
    "a loop that is bounded by an expression": task(body='<bpmn:standardLoopCharacteristics loopMaximum="=n"/>'),
    "text that is free": task(body="<bpmn:documentation>a <b xmlns='http://www.w3.org/1999/xhtml'>bold</b> word</bpmn:documentation>"),
}  # fmt: skip
# each breaks the rule in another place of the tables
INVALID: dict[str, tuple[str, bytes]] = {
    "an attribute of another element": ("schema-attribute-unknown", task('isExecutable="true"')),
    "an attribute in the standard's own namespace": ("schema-attribute-unknown", task('bpmn:name="x"')),
    "a language without the type that has one": ("schema-attribute-unknown", plain(START + END + flows("s e: =n").replace('xsi:type="bpmn:tFormalExpression"', 'language="feel"'))),
    "an attribute of a reference": ("schema-attribute-unknown", task(body='<bpmn:incoming id="i">f1</bpmn:incoming>')),
    "a boundary event on nothing": ("schema-attribute-required", task(more=node("boundaryEvent", "b"))),
    "a shape without a number": ("schema-attribute-required", drawn(SHAPE.format("sh", BOUNDS.replace(' x="1"', "")))),
    "a choice that is none": ("schema-value", plain(START + node("exclusiveGateway", "g", attributes='gatewayDirection="Sideways"') + END + flows("s g", "g e"))),
    "a number that is none": ("schema-value", drawn(SHAPE.format("sh", BOUNDS.replace("1.5", "1,5")))),
    "a whole number that is none": ("schema-value", task('startQuantity="1.0"')),
    "an id that is no name": ("schema-value", task(body='<bpmn:documentation id="1"/>')),
    "a prefix that is not declared": ("schema-value", task(body="<bpmn:outgoing>q:f2</bpmn:outgoing>")),
    "an empty reference": ("schema-value", task(body="<bpmn:incoming/>")),
    "a type that is not derived": ("schema-value", plain(START + END + flows("s e: =n").replace("tFormalExpression", "tTask"))),
    "a type that does not exist": ("schema-value", plain(START + END + flows("s e: =n").replace("tFormalExpression", "tNothing"))),
    "an element of another namespace": ("schema-element-unknown-here", task(body="<zeebe:userTask/>")),
    "an element in no namespace": ("schema-element-unknown-here", task(body="<stray/>")),
    "an element inside a reference": ("schema-element-unknown-here", task(body="<bpmn:incoming>f1<bpmn:task/></bpmn:incoming>")),
    "the standard's own element as an extension": ("schema-element-unknown-here", task(body='<bpmn:extensionElements><bpmn:task id="y"/></bpmn:extensionElements>')),
    "an abstract element": ("schema-element-unknown-here", task(more='<bpmn:flowElement id="y"/>')),
    "a kind of event definition too few": ("schema-element-unknown-here", plain(START + node("endEvent", "e", body="<bpmn:timeDate/>") + flows("s e"))),
    "data of a process behind what uses them": ("schema-order", task(more='<bpmn:property id="pr"/>')),
    "references behind what an event waits for": (
        "schema-order", plain(START + node("endEvent", "e", body="<bpmn:terminateEventDefinition/><bpmn:incoming>f1</bpmn:incoming>") + flows("s e")),
    ),
    "a label before its points": ("schema-order", drawn(EDGE.format("<bpmndi:BPMNLabel/>" + POINT.format(1) * 2))),
    "two boxes of extensions": ("schema-count", task(body="<bpmn:extensionElements/><bpmn:extensionElements/>")),
    "an edge with one point": ("schema-count", drawn(EDGE.format(POINT.format(1)))),
    "a condition without condition": ("schema-count", plain(START + node("intermediateCatchEvent", "x", body=CONDITION.format("")) + END + flows("s x", "x e"))),
    "a loop in two ways": ("schema-count", task(body="<bpmn:standardLoopCharacteristics/><bpmn:multiInstanceLoopCharacteristics/>")),
    "inputs without a set of them": ("schema-count", task(body='<bpmn:ioSpecification><bpmn:dataInput id="di"/><bpmn:outputSet/></bpmn:ioSpecification>')),
    "text behind an element": ("schema-text", task(more="stray")),
    "text among extensions": ("schema-text", task(body="<bpmn:extensionElements>stray</bpmn:extensionElements>")),
}  # fmt: skip
