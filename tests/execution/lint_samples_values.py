"""Samples of the rules about values and extension elements; as in lint_samples."""

from __future__ import annotations

from tests.execution.bench import diagram, flows, node, user
from tests.execution.lint_samples import (
    BORDER,
    CONDITION,
    END,
    HANDLER,
    JOB,
    POINT,
    SIGNAL,
    START,
    gateway,
    line,
    loop,
    on_process,
)

RETURN = '<krabuan:return to="{}"/>'
STANDARD = '<bpmn:standardLoopCharacteristics loopMaximum="{}"/>'
CARDINALITY = "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>{}</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"
ITEMS = '<zeebe:loopCharacteristics inputCollection="=[1]" inputElement="{}"/>'
AD_HOC = '<zeebe:adHoc outputCollection="found"{}/>'
HEADERS = f'{JOB}<zeebe:taskHeaders>{{}}</zeebe:taskHeaders>'
HEADER = '<zeebe:header key="{}" value="v"/>'
MAPPING = "<zeebe:ioMapping>{}</zeebe:ioMapping>"
STEP = '<krabuan:step key="{}"/>'
FORM = '<zeebe:formDefinition formId="f"/>'


def timed(times: str) -> bytes:
    """An event that waits for a time."""
    definition = f"<bpmn:timerEventDefinition>{times}</bpmn:timerEventDefinition>"
    return line(node("intermediateCatchEvent", "x", body=definition))


def mapped(mapping: str) -> bytes:
    """A task with a mapping."""
    return line(user("x", MAPPING.format(mapping)))


def scheduled(attributes: str) -> bytes:
    """A task with a schedule."""
    return line(user("x", f"<zeebe:taskSchedule {attributes}/>"))


def job(attributes: str, more: str = "") -> bytes:
    """A service task with these attributes of its job."""
    return line(node("serviceTask", "x", f'<zeebe:taskDefinition type="x" {attributes}/>{more}'))




def pair(x: str, y: str) -> bytes:
    """A process of start, x, y, end."""
    return diagram(START + x + y + END + flows("s x", "x y", "y e"))


TO_X = pair(user("x"), user("y", RETURN.format("x")))
SAMPLES: dict[str, tuple[bytes, bytes]] = {
    "timer-several": (
        timed("<bpmn:timeDuration>PT1H</bpmn:timeDuration><bpmn:timeDate>=at</bpmn:timeDate>"), timed("<bpmn:timeDate>=at</bpmn:timeDate>"),
    ),
    "default-condition": (
        gateway("exclusiveGateway", "g a: =x", "g b: =y", attributes='default="f3"'), gateway("exclusiveGateway", "g a: =x", "g b", attributes='default="f3"'),
    ),
    "job-retries": (job('retries="many"'), job('retries="5"')),
    "job-priority": (job("", '<zeebe:jobPriorityDefinition priority="high"/>'), job("", '<zeebe:jobPriorityDefinition priority="-5"/>')),
    "task-priority": (
        line(user("x", '<zeebe:priorityDefinition priority="101"/>')), line(user("x", '<zeebe:priorityDefinition priority="100"/>')),
    ),
    "task-schedule": (scheduled('dueDate="tomorrow"'), scheduled('dueDate="2026-12-01T09:00:00+07:00" followUpDate="=at"')),
    "header-empty": (line(node("serviceTask", "x", HEADERS.format(HEADER.format("")))), line(node("serviceTask", "x", HEADERS.format(HEADER.format("k"))))),
    "header-repeated": (
        line(node("serviceTask", "x", HEADERS.format(HEADER.format("k") * 2))), line(node("serviceTask", "x", HEADERS.format(HEADER.format("k") + HEADER.format("l")))),
    ),
    "mapping-source": (mapped('<zeebe:output target="y"/>'), mapped('<zeebe:output source="=1" target="y"/>')),
    "variable-name": (mapped('<zeebe:input source="=1" target="2nd part"/>'), mapped('<zeebe:input source="=1" target="คำขอ.ที่_2"/>')),
    "variable-reserved": (loop(ITEMS.format("null")), loop(ITEMS.format("item"))),
    "loop-maximum": (line(user("x", body=STANDARD.format("0"))), line(user("x", body=STANDARD.format("3")))),
    "loop-cardinality": (line(user("x", body=CARDINALITY.format("several"))), line(user("x", body=CARDINALITY.format("3")))),
    "loop-several": (line(user("x", body=STANDARD.format("3") + CARDINALITY.format("3"))), line(user("x", body=CARDINALITY.format("=3")))),
    "version-tag": (on_process("<zeebe:versionTag/>"), on_process('<zeebe:versionTag value="1.0"/>')),
    "form-place": (
        diagram(node("startEvent", "s", FORM, SIGNAL), '<bpmn:signal id="S" name="s"/>'), diagram(node("startEvent", "s", FORM)),
    ),
    "ad-hoc-output": (
        line(node("adHocSubProcess", "x", AD_HOC.format(""), user("y"))), line(node("adHocSubProcess", "x", AD_HOC.format(' outputElement="=1"'), user("y"))),
    ),
    "compensation-unused": (
        line(user("x"), more='<bpmn:userTask id="h" isForCompensation="true"/>'),
        line(user("x"), more=BORDER.format("<bpmn:compensateEventDefinition/>") + HANDLER),
    ),
    "triggered-place": (
        diagram(START + END + '<bpmn:transaction id="x" triggeredByEvent="true"><bpmn:startEvent id="is"/></bpmn:transaction>' + flows("s e")),
        line('<bpmn:transaction id="x"><bpmn:startEvent id="is"/></bpmn:transaction>'),
    ),
    "duty-itself": (
        line(user("x", '<krabuan:duty type="differentFrom" element="x"/>')), line(user("x", '<krabuan:duty type="differentFrom" element="starter"/>')),
    ),
    "co-sign": (line(user("x", "<krabuan:coSign/>")), line(user("x", '<krabuan:coSign users="ann" groups="=g"/>'))),
    "co-sign-place": (
        line(node("manualTask", "x", '<krabuan:coSign users="ann"/>')), line(user("x", '<krabuan:coSign users="ann"/>')),
    ),
    "return": (pair(user("x"), user("y", "<krabuan:return/>")), TO_X),
    "return-place": (pair(user("x"), node("manualTask", "y", RETURN.format("x"))), TO_X),
    "return-target": (pair(user("x"), user("y", RETURN.format("gone"))), TO_X),
    "return-way": (
        diagram(
            START + user("a", RETURN.format("z")) + user("z") + '<bpmn:parallelGateway id="x"/>' + END
            + flows("s x", "x a", "x z", "a e", "z e")
        ),
        TO_X,
    ),
    "recall-place": (pair(node("manualTask", "x", "<krabuan:recall/>"), user("y")), pair(user("x", "<krabuan:recall/>"), user("y"))),
    "recall-next": (
        pair(user("x", "<krabuan:recall/>"), node("manualTask", "y")), pair(user("x", "<krabuan:recall/>"), user("y")),
    ),
    "step-repeated": (
        line(user("x", STEP.format("k")) + user("y", STEP.format("k")), more='<bpmn:sequenceFlow id="g" sourceRef="x" targetRef="y"/>'),
        line(user("x", STEP.format("k") + POINT.format("c", CONDITION)) + user("y", STEP.format("l")), more='<bpmn:sequenceFlow id="g" sourceRef="x" targetRef="y"/>'),
    ),
}  # fmt: skip
