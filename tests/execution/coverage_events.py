"""Which event may stand where: each kind at each position, in a file that is else without fault."""

from __future__ import annotations

from tests.execution.bench import diagram, flows, node, user
from tests.execution.test_refused_elements import faults_of

START, END = node("startEvent", "s"), node("endEvent", "e")
_KEY = '<bpmn:extensionElements><zeebe:subscription correlationKey="=k"/></bpmn:extensionElements>'
_ROOTS = (
    f'<bpmn:message id="M" name="m">{_KEY}</bpmn:message><bpmn:signal id="S" name="s"/><bpmn:signal id="R" name="r"/>'
    '<bpmn:error id="E" errorCode="e"/><bpmn:escalation id="X" escalationCode="x"/>'
)
_SIGNAL = '<bpmn:signalEventDefinition signalRef="S"/>'
_TIMES = {"start": "Cycle>R/P1D</bpmn:timeCycle"}
_DEFINITIONS = {
    "none": "",
    "message": '<bpmn:messageEventDefinition messageRef="M"/>',
    "timer": "<bpmn:timerEventDefinition><bpmn:time{time}></bpmn:timerEventDefinition>",
    "error": '<bpmn:errorEventDefinition errorRef="E"/>',
    "escalation": '<bpmn:escalationEventDefinition escalationRef="X"/>',
    "cancel": "<bpmn:cancelEventDefinition/>",
    "compensation": "<bpmn:compensateEventDefinition/>",
    "conditional": "<bpmn:conditionalEventDefinition><bpmn:condition>=a</bpmn:condition></bpmn:conditionalEventDefinition>",
    "link": '<bpmn:linkEventDefinition name="L"/>',
    "signal": _SIGNAL,
    "terminate": "<bpmn:terminateEventDefinition/>",
    "multiple": _SIGNAL + _SIGNAL.replace('S"', 'R"'),
    "parallel multiple": _SIGNAL + _SIGNAL.replace('S"', 'R"'),
}
_POSITIONS = (
    "start", "event sub-process", "event sub-process, non-interrupting", "catch", "boundary",
    "boundary, non-interrupting", "throw", "end", "thrown by a loop",
)  # fmt: skip


def event_table() -> str:
    """The table, as Markdown."""
    head = "| | " + " | ".join(_POSITIONS) + " |\n|" + "-|" * (len(_POSITIONS) + 1)
    rows = [
        f"| {kind} | " + " | ".join(_cell(kind, position) for position in _POSITIONS) + " |" for kind in _DEFINITIONS
    ]
    return "\n".join([head, *rows])


def _cell(kind: str, position: str) -> str:
    found = faults_of(_probe(kind, position))
    return f"`{found[0].rule}`" if found else "accepted"


def _probe(kind: str, position: str) -> bytes:
    body = _DEFINITIONS[kind].format(time=_TIMES.get(position, "Duration>PT1H</bpmn:timeDuration"))
    both = 'parallelMultiple="true"' if kind == "parallel multiple" else ""
    job = '<zeebe:taskDefinition type="t"/>' if kind == "message" else ""
    if position == "start":
        return diagram(node("startEvent", "x", body=body, attributes=both) + END + flows("x e"), _ROOTS)
    if position.startswith("event sub-process"):
        plain = f'{both} isInterrupting="{str(position == "event sub-process").lower()}"'
        inner = node("startEvent", "x", body=body, attributes=plain)
        return diagram(
            START + END + f'<bpmn:subProcess id="sub" triggeredByEvent="true">{inner}</bpmn:subProcess>' + flows("s e"),
            _ROOTS,
        )
    if position.startswith("boundary"):
        return _boundary(kind, body, f'{both} attachedToRef="a" cancelActivity="{str(position == "boundary").lower()}"')
    if kind == "link" and position in ("catch", "throw"):
        ends = node("intermediateThrowEvent", "t", body=body) + node("intermediateCatchEvent", "x", body=body)
        return diagram(START + ends + END + flows("s t", "x e"), _ROOTS)
    if position == "thrown by a loop":
        return _loop(body)
    if position == "end":
        return _end(kind, node("endEvent", "x", job, body))
    event = node(
        f"intermediate{position.capitalize()}Event",
        "x",
        job if position == "throw" else "",
        body,
        both if position == "catch" else "",
    )
    return diagram(START + event + END + flows("s x", "x e"), _ROOTS)


def _loop(body: str) -> bytes:
    """An activity whose instances throw the event when they complete; one on its border catches the message."""
    thrown = f"<bpmn:complexBehaviorDefinition><bpmn:condition>=a</bpmn:condition><bpmn:event>{body}</bpmn:event></bpmn:complexBehaviorDefinition>"
    loop = f'<bpmn:multiInstanceLoopCharacteristics behavior="Complex"><bpmn:loopCardinality>2</bpmn:loopCardinality>{thrown}</bpmn:multiInstanceLoopCharacteristics>'
    event = node("boundaryEvent", "x", body=_DEFINITIONS["message"], attributes='attachedToRef="a" cancelActivity="false"')
    return diagram(START + user("a", body=loop) + event + END + flows("s a", "a e", "x e"), _ROOTS)


def _boundary(kind: str, body: str, attributes: str) -> bytes:
    host = "transaction" if kind == "cancel" else "subProcess"
    activity = f'<bpmn:{host} id="a">{node("startEvent", "is")}</bpmn:{host}>'
    event = node("boundaryEvent", "x", body=body, attributes=attributes)
    if kind == "compensation":
        handler = user("h").replace("<bpmn:userTask ", '<bpmn:userTask isForCompensation="true" ')
        event += handler + '<bpmn:association id="as" sourceRef="x" targetRef="h"/>'
        return diagram(START + activity + END + event + flows("s a", "a e"), _ROOTS)
    return diagram(START + activity + END + event + flows("s a", "a e", "x e"), _ROOTS)


def _end(kind: str, event: str) -> bytes:
    if kind != "cancel":
        return diagram(START + event + flows("s x"), _ROOTS)
    inner = node("startEvent", "is") + event + '<bpmn:sequenceFlow id="i" sourceRef="is" targetRef="x"/>'
    caught = node("boundaryEvent", "b", body="<bpmn:cancelEventDefinition/>", attributes='attachedToRef="a"')
    return diagram(
        START + f'<bpmn:transaction id="a">{inner}</bpmn:transaction>' + caught + END + flows("s a", "a e", "b e"),
        _ROOTS,
    )
