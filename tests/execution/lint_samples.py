"""Diagrams that each break one rule of deployment, with the same diagram repaired."""

from __future__ import annotations

from tests.execution.bench import diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")
JOB = '<zeebe:taskDefinition type="x"/>'
SENDS = '<zeebe:taskDefinition type="krabuan:message"/>'
MESSAGE = '<bpmn:message id="M" name="m">{}</bpmn:message>'
KEY = '<bpmn:extensionElements><zeebe:subscription correlationKey="=k"/></bpmn:extensionElements>'
TIMER = "<bpmn:timerEventDefinition><bpmn:time{0}>{1}</bpmn:time{0}></bpmn:timerEventDefinition>"
LOOP = "<bpmn:multiInstanceLoopCharacteristics>{}</bpmn:multiInstanceLoopCharacteristics>"
POINT = '<krabuan:controlPoint id="{}"><krabuan:binding {}/></krabuan:controlPoint>'
CONDITION = 'type="condition" expression="=true"'


def line(middle: str, id: str = "x", roots: str = "", more: str = "") -> bytes:
    """A process of start, one node in the middle, end."""
    return diagram(START + middle + END + more + flows(f"s {id}", f"{id} e"), roots)


def boundary(definition: str, attributes: str = "", host: str = "x") -> bytes:
    """A user task with an event on its border."""
    event = node("boundaryEvent", "b", body=definition, attributes=f'attachedToRef="{host}" {attributes}')
    return diagram(START + user("x") + END + event + flows("s x", "x e", "b e"))


def gateway(kind: str, *pairs: str, attributes: str = "") -> bytes:
    """A gateway with two tasks behind it."""
    return diagram(START + node(kind, "g", attributes=attributes) + user("a") + user("b") + flows("s g", *pairs))


def on_process(extra: str) -> bytes:
    """A process with extension elements of its own."""
    return diagram(f"<bpmn:extensionElements>{extra}</bpmn:extensionElements>" + START + user("x") + END + flows("s x", "x e"))


def deadline(attributes: str) -> bytes:
    """A process with a deadline."""
    return on_process(f'<krabuan:deadline id="d" from="=at" {attributes}/>')


def loop(inner: str) -> bytes:
    """A looping user task."""
    return line(user("x", body=LOOP.format(f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>")))


GOOD_LOOP = '<zeebe:loopCharacteristics inputCollection="=[1]" outputCollection="o" outputElement="=1"/>'
SUB = f'<bpmn:subProcess id="x">{node("startEvent", "is")}{{}}</bpmn:subProcess>'
SIGNAL = '<bpmn:signalEventDefinition signalRef="S"/>'
ERROR_END = node("endEvent", "ee", body='<bpmn:errorEventDefinition errorRef="E"/>')
BORDER = '<bpmn:boundaryEvent id="b" attachedToRef="x">{}</bpmn:boundaryEvent>'  # without a flow, as for compensation
ON_BORDER = BORDER + '<bpmn:sequenceFlow id="fb" sourceRef="b" targetRef="e"/>'
HANDLER = '<bpmn:userTask id="h" isForCompensation="true"/><bpmn:association id="as" sourceRef="b" targetRef="h"/>'
TRANSACTION = (
    f'<bpmn:transaction id="x">{node("startEvent", "is")}{node("endEvent", "ce", body="<bpmn:cancelEventDefinition/>")}'
    '<bpmn:sequenceFlow id="ic" sourceRef="is" targetRef="ce"/></bpmn:transaction>'
)
LINKS = (
    '<bpmn:intermediateThrowEvent id="t"><bpmn:linkEventDefinition {0}/></bpmn:intermediateThrowEvent>'
    '<bpmn:intermediateCatchEvent id="c"><bpmn:linkEventDefinition {0}/></bpmn:intermediateCatchEvent>'
)
ESP = '<bpmn:subProcess id="esp" triggeredByEvent="true"><bpmn:startEvent id="es">{}</bpmn:startEvent></bpmn:subProcess>'
BEHIND = node("eventBasedGateway", "g") + "".join(
    node("intermediateCatchEvent", i, body=TIMER.format("Duration", "PT1H")) for i in "ab"
)
WHEN = "<bpmn:conditionalEventDefinition><bpmn:extensionElements><zeebe:conditionalFilter {}/></bpmn:extensionElements><bpmn:condition>=a</bpmn:condition></bpmn:conditionalEventDefinition>"
DURATION, AT = TIMER.format("Duration", "PT1H"), TIMER.format("Date", "2026-05-01T09:00:00+07:00")
GOOD_DEADLINE = 'duration="PT72H"'

# rule: (a sample that breaks it, the same repaired)
SAMPLES: dict[str, tuple[bytes, bytes]] = {
    "start-missing": (diagram(""), diagram(START)),
    "start-several": (diagram(START + node("startEvent", "s2")), diagram(START + node("startEvent", "s2", body=TIMER.format("Cycle", "R/P1D")))),
    "flow-end-missing": (diagram(START + END + flows("s e", "s gone")), diagram(START + END + flows("s e"))),
    "flow-crosses-scope": (diagram(START + SUB.format(user("y")) + flows("s x", "x y")), diagram(START + SUB.format("") + user("y") + flows("s x", "x y"))),
    "condition-misplaced": (diagram(START + END + flows("s e: =true")), diagram(START + END + flows("s e"))),
    "flow-into-event": (diagram(START + END + flows("s e", "e s")), diagram(START + END + flows("s e"))),
    "flow-out-of-end": (diagram(START + END + user("a") + flows("s e", "e a")), diagram(START + END + user("a") + flows("s a", "a e"))),
    "unreachable": (diagram(START + user("a") + END + flows("s e")), diagram(START + user("a") + END + flows("s a", "a e"))),
    "default-flow": (
        gateway("exclusiveGateway", "g a: =x", "g b", attributes='default="f1"'),
        gateway("exclusiveGateway", "g a: =x", "g b", attributes='default="f3"'),
    ),
    "condition-missing": (gateway("inclusiveGateway", "g a: =x", "g b"), gateway("inclusiveGateway", "g a: =x", "g b: =y")),
    "event-gateway": (
        gateway("eventBasedGateway", "g a", "g b"),
        diagram(
            START + node("eventBasedGateway", "g") + node("intermediateCatchEvent", "t", body=TIMER.format("Duration", "PT1H"))
            + node("intermediateCatchEvent", "u", body=TIMER.format("Duration", "PT2H")) + flows("s g", "g t", "g u")
        ),
    ),
    "boundary-host": (boundary(TIMER.format("Duration", "PT1H"), host="s"), boundary(TIMER.format("Duration", "PT1H"))),
    "boundary-error": (
        boundary("<bpmn:errorEventDefinition/>", 'cancelActivity="false"'), boundary("<bpmn:errorEventDefinition/>"),
    ),
    "timer-cycle": (
        boundary(TIMER.format("Cycle", "R/PT1H")), boundary(TIMER.format("Cycle", "R/PT1H"), 'cancelActivity="false"'),
    ),
    "sub-process-start": (line(SUB.format(node("startEvent", "is2"))), line(SUB.format(""))),
    "sub-process-empty": (line('<bpmn:subProcess id="x"/>'), line(SUB.format(""))),
    "job-missing": (line(node("serviceTask", "x")), line(node("serviceTask", "x", JOB))),
    "job-type": (line(node("sendTask", "x", '<zeebe:taskDefinition type=""/>')), line(node("sendTask", "x", JOB))),
    "message-sent": (
        line(node("intermediateThrowEvent", "x", SENDS, "<bpmn:messageEventDefinition/>")),
        line(node("intermediateThrowEvent", "x", SENDS, '<bpmn:messageEventDefinition messageRef="M"/>'), roots=MESSAGE.format("")),
    ),
    "script-or-job": (line(node("scriptTask", "x")), line(node("scriptTask", "x", JOB))),
    "script-result": (
        line(node("scriptTask", "x", '<zeebe:script expression="=1"/>')),
        line(node("scriptTask", "x", '<zeebe:script expression="=1" resultVariable="r"/>')),
    ),
    "script-language": (
        line(node("scriptTask", "x", JOB, "<bpmn:script>1</bpmn:script>")), line(node("scriptTask", "x", JOB)),
    ),
    "decision-or-job": (line(node("businessRuleTask", "x")), line(node("businessRuleTask", "x", JOB))),
    "decision-call": (
        line(node("businessRuleTask", "x", '<zeebe:calledDecision decisionId="d"/>')),
        line(node("businessRuleTask", "x", '<zeebe:calledDecision decisionId="d" resultVariable="r"/>')),
    ),
    "call-without-process": (
        line(node("callActivity", "x")), line(node("callActivity", "x", '<zeebe:calledElement processId="q"/>')),
    ),
    "binding-type": (
        line(node("callActivity", "x", '<zeebe:calledElement processId="q" bindingType="newest"/>')),
        line(node("callActivity", "x", '<zeebe:calledElement processId="q" bindingType="deployment"/>')),
    ),
    "binding-tag": (
        line(node("callActivity", "x", '<zeebe:calledElement processId="q" bindingType="versionTag"/>')),
        line(node("callActivity", "x", '<zeebe:calledElement processId="q" bindingType="versionTag" versionTag="1"/>')),
    ),
    "form-definition": (
        line(user("x", '<zeebe:formDefinition formKey="camunda-forms:bpmn:f"/>')),
        line(user("x", '<zeebe:formDefinition formId="f"/>')),
    ),
    "start-duration": (
        diagram(node("startEvent", "s", body=TIMER.format("Duration", "PT1H"))),
        diagram(node("startEvent", "s", body=TIMER.format("Date", "2026-05-01T09:00:00+07:00"))),
    ),
    "timer-empty": (
        line(node("intermediateCatchEvent", "x", body="<bpmn:timerEventDefinition/>")),
        line(node("intermediateCatchEvent", "x", body=TIMER.format("Duration", "=d"))),
    ),
    "time-invalid": (boundary(TIMER.format("Duration", "1 hour")), boundary(TIMER.format("Duration", "PT1H"))),
    "correlation-key": (
        line(node("receiveTask", "x", attributes='messageRef="M"'), roots=MESSAGE.format("")),
        line(node("receiveTask", "x", attributes='messageRef="M"'), roots=MESSAGE.format(KEY)),
    ),
    "message-missing": (
        line(node("receiveTask", "x"), roots=MESSAGE.format(KEY)),
        line(node("receiveTask", "x", attributes='messageRef="bpmn:M"'), roots=MESSAGE.format(KEY)),
    ),
    "signal-missing": (
        line(node("intermediateThrowEvent", "x", body=SIGNAL)),
        line(node("intermediateThrowEvent", "x", body=SIGNAL), roots='<bpmn:signal id="S" name="n"/>'),
    ),
    "error-missing": (
        diagram(START + ERROR_END + flows("s ee"), '<bpmn:error id="E"/>'),
        diagram(START + ERROR_END + flows("s ee"), '<bpmn:error id="E" errorCode="C"/>'),
    ),
    "error-code-static": (
        diagram(
            START + user("x") + node("boundaryEvent", "b", body='<bpmn:errorEventDefinition errorRef="E"/>', attributes='attachedToRef="x"')
            + END + flows("s x", "b e"), '<bpmn:error id="E" errorCode="=c"/>'
        ),
        diagram(
            START + user("x") + node("boundaryEvent", "b", body='<bpmn:errorEventDefinition errorRef="E"/>', attributes='attachedToRef="x"')
            + END + flows("s x", "b e"), '<bpmn:error id="E" errorCode="c"/>'
        ),
    ),
    "event-unsupported": (
        line(node("intermediateThrowEvent", "x", body="<bpmn:errorEventDefinition/>")), line(node("intermediateThrowEvent", "x")),
    ),
    "element-unsupported": (line('<bpmn:choreographyTask id="x"/>'), line(node("exclusiveGateway", "x"))),
    "event-reference": (
        line(node("intermediateThrowEvent", "x", body="<bpmn:eventDefinitionRef>gone</bpmn:eventDefinitionRef>")),
        line(node("intermediateThrowEvent", "x", body="<bpmn:eventDefinitionRef>d</bpmn:eventDefinitionRef>"), roots='<bpmn:signal id="S" name="s"/><bpmn:signalEventDefinition id="d" signalRef="S"/>'),
    ),
    "escalation-missing": (
        line(node("intermediateThrowEvent", "x", body="<bpmn:escalationEventDefinition/>")),
        line(node("intermediateThrowEvent", "x", body='<bpmn:escalationEventDefinition escalationRef="X"/>'), roots='<bpmn:escalation id="X" escalationCode="c"/>'),
    ),
    "escalation-code-static": (
        line(SUB.format(""), roots='<bpmn:escalation id="X" escalationCode="=c"/>', more=ON_BORDER.format('<bpmn:escalationEventDefinition escalationRef="X"/>')),
        line(SUB.format(""), roots='<bpmn:escalation id="X" escalationCode="c"/>', more=ON_BORDER.format('<bpmn:escalationEventDefinition escalationRef="X"/>')),
    ),
    "boundary-escalation": (
        line(user("x"), more=ON_BORDER.format("<bpmn:escalationEventDefinition/>")),
        line(SUB.format(""), more=ON_BORDER.format("<bpmn:escalationEventDefinition/>")),
    ),
    "boundary-cancel": (
        line(SUB.format(""), more=ON_BORDER.format("<bpmn:cancelEventDefinition/>")),
        line(SUB.format("").replace("subProcess", "transaction"), more=ON_BORDER.format("<bpmn:cancelEventDefinition/>")),
    ),
    "cancel-uncaught": (line(TRANSACTION), line(TRANSACTION, more=ON_BORDER.format("<bpmn:cancelEventDefinition/>"))),
    "cancel-place": (
        diagram(START + node("endEvent", "e", body="<bpmn:cancelEventDefinition/>") + flows("s e")), diagram(START + END + flows("s e")),
    ),
    "condition-empty": (
        line(node("intermediateCatchEvent", "x", body="<bpmn:conditionalEventDefinition/>")),
        line(node("intermediateCatchEvent", "x", body="<bpmn:conditionalEventDefinition><bpmn:condition>=a</bpmn:condition></bpmn:conditionalEventDefinition>")),
    ),
    "link-name": (diagram(START + LINKS.format("") + flows("s t", "c e") + END), diagram(START + LINKS.format('name="L"') + flows("s t", "c e") + END)),
    "link-pair": (
        diagram(START + node("intermediateThrowEvent", "t", body='<bpmn:linkEventDefinition name="L"/>') + flows("s t")),
        diagram(START + LINKS.format('name="L"') + flows("s t", "c e") + END),
    ),
    "compensation-wait": (
        line(node("intermediateThrowEvent", "x", body='<bpmn:compensateEventDefinition waitForCompletion="false"/>')),
        line(node("intermediateThrowEvent", "x", body="<bpmn:compensateEventDefinition/>")),
    ),
    "compensation-activity": (
        line(node("intermediateThrowEvent", "x", body='<bpmn:compensateEventDefinition activityRef="gone"/>')),
        line(node("intermediateThrowEvent", "x", body='<bpmn:compensateEventDefinition activityRef="y"/>') + user("y"), more='<bpmn:sequenceFlow id="fy" sourceRef="x" targetRef="y"/>'),
    ),
    "compensation-handler": (
        line(user("x"), more=BORDER.format("<bpmn:compensateEventDefinition/>")),
        line(user("x"), more=BORDER.format("<bpmn:compensateEventDefinition/>") + HANDLER),
    ),
    "compensation-flow": (
        line(user("x"), more=BORDER.format("<bpmn:compensateEventDefinition/>") + HANDLER + '<bpmn:sequenceFlow id="fb" sourceRef="b" targetRef="e"/>'),
        line(user("x"), more=BORDER.format("<bpmn:compensateEventDefinition/>") + HANDLER),
    ),
    "multiple-throw": (
        line(node("intermediateThrowEvent", "x", body=f"{SIGNAL}<bpmn:compensateEventDefinition/>"), roots='<bpmn:signal id="S" name="s"/>'),
        line(node("intermediateThrowEvent", "x", body=SIGNAL * 2), roots='<bpmn:signal id="S" name="s"/>'),
    ),
    "event-sub-process-start": (diagram(START + END + ESP.format("") + flows("s e")), diagram(START + END + ESP.format(SIGNAL) + flows("s e"), '<bpmn:signal id="S" name="s"/>')),
    "event-sub-process-interrupting": (
        diagram(START + END + ESP.format("<bpmn:errorEventDefinition/>").replace('id="es"', 'id="es" isInterrupting="false"') + flows("s e")),
        diagram(START + END + ESP.format("<bpmn:errorEventDefinition/>") + flows("s e")),
    ),
    "event-sub-process-loop": (
        diagram(START + END + ESP.format(SIGNAL).replace("</bpmn:subProcess>", '<bpmn:standardLoopCharacteristics loopMaximum="2"/></bpmn:subProcess>') + flows("s e"), '<bpmn:signal id="S" name="s"/>'),
        diagram(START + END + ESP.format(SIGNAL) + flows("s e"), '<bpmn:signal id="S" name="s"/>'),
    ),
    "ad-hoc-empty": (line('<bpmn:adHocSubProcess id="x"/>'), line(f'<bpmn:adHocSubProcess id="x">{user("y")}</bpmn:adHocSubProcess>')),
    "ad-hoc-events": (
        line(f'<bpmn:adHocSubProcess id="x">{node("startEvent", "is")}{user("y")}<bpmn:sequenceFlow id="i" sourceRef="is" targetRef="y"/></bpmn:adHocSubProcess>'),
        line(f'<bpmn:adHocSubProcess id="x">{user("y")}</bpmn:adHocSubProcess>'),
    ),
    "event-gateway-target": (
        diagram(START + BEHIND + flows("s g", "g a", "g b", "s a")),
        diagram(START + BEHIND + flows("s g", "g a", "g b")),
    ),
    "quantity": (line(user("x").replace("<bpmn:userTask ", '<bpmn:userTask startQuantity="0" ')), line(user("x"))),
    "start-variable-events": (
        diagram(node("startEvent", "s", body=WHEN.format('variableEvents="create"')) + END + flows("s e")),
        diagram(node("startEvent", "s", body=WHEN.format('variableNames="a"')) + END + flows("s e")),
    ),
    "event-gateway-parallel": (
        diagram(START + BEHIND.replace('id="g"', 'id="g" eventGatewayType="Parallel"') + flows("s g", "g a", "g b")),
        diagram(BEHIND.replace('id="g"', 'id="g" eventGatewayType="Parallel" instantiate="true"').replace(DURATION, AT) + flows("g a", "g b")),
    ),
    "instantiate-place": (
        line(node("receiveTask", "x", attributes='messageRef="M" instantiate="true"'), roots=MESSAGE.format(KEY)),
        line(node("receiveTask", "x", attributes='messageRef="M"'), roots=MESSAGE.format(KEY)),
    ),
    "loop-without-end": (
        line(user("x", body="<bpmn:standardLoopCharacteristics/>")), line(user("x", body='<bpmn:standardLoopCharacteristics loopMaximum="2"/>')),
    ),
    "extension-unsupported": (line(user("x", "<zeebe:calledElement/>")), line(user("x"))),
    "extension-repeated": (line(user("x", "<zeebe:userTask/>")), line(user("x"))),
    "mapping-target": (
        line(user("x", '<zeebe:ioMapping><zeebe:input source="=1"/></zeebe:ioMapping>')),
        line(user("x", '<zeebe:ioMapping><zeebe:input source="=1" target="y"/></zeebe:ioMapping>')),
    ),
    "mapping-place": (
        line(node("intermediateCatchEvent", "x", '<zeebe:ioMapping><zeebe:input source="=1" target="y"/></zeebe:ioMapping>', TIMER.format("Duration", "PT1H"))),
        line(node("intermediateCatchEvent", "x", '<zeebe:ioMapping><zeebe:output source="=1" target="y"/></zeebe:ioMapping>', TIMER.format("Duration", "PT1H"))),
    ),
    "loop-place": (
        line(node("exclusiveGateway", "x", body=LOOP.format(f"<bpmn:extensionElements>{GOOD_LOOP}</bpmn:extensionElements>"))),
        loop(GOOD_LOOP),
    ),
    "loop-collection": (loop("<zeebe:loopCharacteristics/>"), loop(GOOD_LOOP)),
    "loop-output": (loop('<zeebe:loopCharacteristics inputCollection="=[1]" outputCollection="o"/>'), loop(GOOD_LOOP)),
    "feel-expected": (gateway("exclusiveGateway", "g a: x", "g b: =y"), gateway("exclusiveGateway", "g a: =x", "g b: =y")),
    "feel-syntax": (gateway("exclusiveGateway", "g a: =x +", "g b: =y"), gateway("exclusiveGateway", "g a: =x", "g b: =y")),
    "id-missing": (diagram(START, process_id=""), diagram(START)),
    "id-invalid": (line(user("x y"), "x"), line(user("x"))),
    "id-repeated": (line(user("x", POINT.format("c", CONDITION) * 2)), line(user("x", POINT.format("c", CONDITION)))),
    "access-class": (on_process('<krabuan:access class="cosmic"/>'), on_process('<krabuan:access class="topSecret"/>')),
    "step-key": (line(user("x", "<krabuan:step/>")), line(user("x", '<krabuan:step key="k"/>'))),
    "step-calendar": (
        line(user("x", '<krabuan:step key="k" calendar="moon"/>')), line(user("x", '<krabuan:step key="k" calendar="working"/>')),
    ),
    "step-number": (line(user("x", f'<krabuan:step key="k" number="{"1" * 33}"/>')), line(user("x", '<krabuan:step key="k" number="1.2"/>'))),
    "control-point-binding": (line(user("x", POINT.format("c", 'type="formField"'))), line(user("x", POINT.format("c", 'type="formField" field="f"')))),
    "control-point-place": (
        line(node("manualTask", "x", POINT.format("c", CONDITION))), line(user("x", POINT.format("c", CONDITION))),
    ),
    "duty": (
        line(user("x", '<krabuan:duty type="differentFrom" element="gone"/>')),
        line(user("x", '<krabuan:duty type="differentFrom" element="starter"/>')),
    ),
    "intervention": (
        on_process('<krabuan:intervention kind="dance" secondPerson="true"/>'),
        on_process('<krabuan:intervention kind="cancel" secondPerson="true"/><krabuan:intervention kind="modify"/>'),
    ),
    "retention": (
        on_process('<krabuan:retention period="PT8H"/>'),
        on_process('<krabuan:retention period="P10Y"/>'),
    ),
    "last-day": (
        deadline(GOOD_DEADLINE + ' calendar="hours" lastDay="nextWorkingDay"'),
        deadline('duration="P30D" calendar="calendar" lastDay="nextWorkingDay"'),
    ),
    "deadline": (deadline(""), deadline(GOOD_DEADLINE)),
    "deadline-kind": (deadline(GOOD_DEADLINE + ' kind="soft"'), deadline(GOOD_DEADLINE + ' kind="internal"')),
    "deadline-stop": (deadline(GOOD_DEADLINE + ' stoppedBy="gone"'), deadline(GOOD_DEADLINE + ' stoppedBy="x"')),
    "deadline-unknown": (
        line(user("x", POINT.format("c", 'type="deadline" deadlineId="d"'))), deadline(GOOD_DEADLINE),
    ),
}
