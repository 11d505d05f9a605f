"""Samples of the rules about data; as in lint_samples."""

from __future__ import annotations

from tests.execution.bench import diagram, flows, node, user
from tests.execution.data_bench import END, data_object, fill, give, interface, prop
from tests.execution.lint_samples import line

ORDER, NOTE = data_object("order"), data_object("note")
MANY = data_object("files", ' isCollection="true"')
ITEMS = '<bpmn:itemDefinition id="item" isCollection="true"/>'
SIGNAL = '<bpmn:signalEventDefinition signalRef="S"/>'
SIGNALS = '<bpmn:signal id="S" name="s"/>'
M = '<bpmn:message id="M" name="m"/>'
ONE_SET = "<bpmn:inputSet>{}</bpmn:inputSet><bpmn:outputSet/>"
X, Y = "<bpmn:dataInputRefs>i_x</bpmn:dataInputRefs>", "<bpmn:dataInputRefs>i_y</bpmn:dataInputRefs>"
FILLED = fill("r_order -> i_x") + fill("r_order -> i_y")


def task(body: str, more: str = ORDER + NOTE + MANY, roots: str = "") -> bytes:
    """A task with data, in a process that has some."""
    return line(user("x", body=body), more=more, roots=roots)


def event(kind: str, body: str) -> bytes:
    """An event with data in the middle."""
    return line(node(kind, "x", body=body), more=ORDER, roots=SIGNALS)


def inner(reference: str) -> bytes:
    """A data object in a sub-process, and a reference to a data object in the process."""
    sub = f'<bpmn:subProcess id="x">{node("startEvent", "is")}<bpmn:dataObject id="inside" name="a"/></bpmn:subProcess>'
    return line(sub, more=f'<bpmn:dataObject id="outside" name="b"/><bpmn:dataObjectReference id="r" dataObjectRef="{reference}"/>')


def received(process: str) -> bytes:
    """A process that begins with a receive task."""
    first = node("receiveTask", "x", attributes='messageRef="M" instantiate="true"')
    return diagram(process + first + END + flows("x e"), M)


SAMPLES: dict[str, tuple[bytes, bytes]] = {
    "item-reference": (
        line(user("x"), more='<bpmn:dataObject id="o" itemSubjectRef="gone"/>'),
        line(user("x"), more='<bpmn:dataObject id="o" itemSubjectRef="item"/>', roots=ITEMS),
    ),
    "data-collection": (
        line(user("x"), more=data_object("d", ' itemSubjectRef="item" isCollection="false"'), roots=ITEMS),
        line(user("x"), more=data_object("d", ' itemSubjectRef="item" isCollection="true"'), roots=ITEMS),
    ),
    "data-object-scope": (inner("inside"), inner("outside")),
    "data-name-repeated": (task("", more=ORDER + data_object("order", id="again")), task("", more=ORDER + NOTE)),
    "data-place": (
        line(f'<bpmn:subProcess id="x">{interface("x")}{node("startEvent", "is")}</bpmn:subProcess>'),
        line(f'<bpmn:subProcess id="x">{prop("x")}{node("startEvent", "is")}</bpmn:subProcess>'),
    ),
    "data-event": (
        event("intermediateThrowEvent", '<bpmn:dataInput id="i" name="no"/>' + fill("r_order -> i")),
        event("intermediateThrowEvent", '<bpmn:dataInput id="i" name="no"/>' + fill("r_order -> i") + SIGNAL),
    ),
    "data-event-fill": (
        line(user("x"), more=ORDER + node("endEvent", "t", body=prop("p") + fill("r_order -> p_p") + "<bpmn:terminateEventDefinition/>") + '<bpmn:sequenceFlow id="g" sourceRef="x" targetRef="t"/>'),
        event("intermediateThrowEvent", prop("p") + fill("r_order -> p_p") + SIGNAL),
    ),
    "data-set-missing": (
        task(interface("x y", sets=ONE_SET.format(X)) + FILLED), task(interface("x y", sets=ONE_SET.format(X + Y)) + FILLED),
    ),
    "data-set-reference": (
        task(interface("x", sets=ONE_SET.format(X + Y)) + fill("r_order -> i_x")), task(interface("x", sets=ONE_SET.format(X)) + fill("r_order -> i_x")),
    ),
    "data-input-unfilled": (task(interface("x y") + fill("r_order -> i_x")), task(interface("x y?") + fill("r_order -> i_x"))),
    "data-process-inputs": (received(interface("x")), received(interface("x?"))),
    "data-association-end": (task(interface("x") + fill("s -> i_x")), task(interface("x") + fill("r_order -> i_x"))),
    "data-association-target": (task(give("->", "=1")), task(give("-> r_order", "=1"))),
    "data-association-sources": (
        task(interface("x") + fill("r_order r_note -> i_x")), task(interface("x") + fill("r_order r_note -> i_x", "=[order, note]")),
    ),
    "data-association-collection": (
        task(interface("x") + fill("r_files -> i_x")), task(interface("x") + fill("r_files -> i_x", "=files[1]")),
    ),
    "data-association-direction": (
        task(interface("x") + fill("r_order -> r_note") + fill("r_order -> i_x")), task(interface("x") + fill("r_order -> i_x")),
    ),
    "assignment-target": (
        task(interface("x") + fill("r_order -> i_x", order="=1")), task(interface("x") + fill("r_order -> i_x", x__no="=1")),
    ),
}  # fmt: skip
