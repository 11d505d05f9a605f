"""Event definitions: what an event waits for or does (BPMN 2.0.2, section 10.5)."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from engine.execution.reader.data_names import data_of, variables_of
from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import BPMN, ZEEBE, body, child, extension, flag, local, local_ref, namespace
from engine.model.diagram import Event

# event definitions by the kind of event that may carry them (BPMN 2.0.2, table 10.84 and following)
_CATCH = {"message", "timer", "signal", "conditional"}
_THROW = {"message", "signal", "escalation", "compensate"}
SUPPORTED: dict[str, set[str]] = {
    "startEvent": {"none"} | _CATCH,
    "endEvent": {"none", "error", "terminate", "cancel"} | _THROW,
    "intermediateCatchEvent": {"link"} | _CATCH,
    "intermediateThrowEvent": {"none", "link"} | _THROW,
    "boundaryEvent": {"error", "escalation", "compensate", "cancel"} | _CATCH,
    "receiveTask": {"message"},
    "event": {"message", "signal", "escalation", "error"},  # the implicit throw event of a loop (10.3.8)
}
_THROWING = ("endEvent", "intermediateThrowEvent", "event")
_TIMES = ("timeDate", "timeDuration", "timeCycle")
IN_EVENT_SUB_PROCESS = _CATCH | {"error", "escalation", "compensate"}


@dataclass(frozen=True, slots=True)
class Roots:
    """The root elements of a file that events refer to, by id."""

    messages: dict[str, etree._Element]
    signals: dict[str, etree._Element]
    errors: dict[str, etree._Element]
    escalations: dict[str, etree._Element]
    definitions: dict[str, etree._Element]  # event definitions that eventDefinitionRef names
    items: dict[str, etree._Element]  # item definitions
    stores: dict[str, etree._Element]  # data stores
    resources: dict[str, etree._Element]
    data: dict[str, etree._Element]  # data, wherever it stands
    variables: dict[str, str]  # the variable that each of them is


def roots(definitions: etree._Element) -> Roots:
    """Collect messages, signals, errors, escalations, shared event definitions, items, stores, resources and data
    of a file."""
    found: dict[str, dict[str, etree._Element]] = {
        "message": {}, "signal": {}, "error": {}, "escalation": {}, "definition": {}, "itemDefinition": {},
        "dataStore": {}, "resource": {},
    }  # fmt: skip
    for element in definitions:
        if namespace(element) != BPMN:
            continue
        kind = "definition" if local(element).endswith("EventDefinition") else local(element)
        if kind in found:
            found[kind][element.get("id", "")] = element
    data = data_of(definitions)
    return Roots(
        found["message"], found["signal"], found["error"], found["escalation"], found["definition"],
        found["itemDefinition"], found["dataStore"], found["resource"], data, variables_of(data),
    )  # fmt: skip


def read_event(
    element: etree._Element, node_id: str, known: Roots, faults: FaultList, in_event_sub_process: bool
) -> Event | None:
    """The event of a node; None after a fault was noted."""
    kind = local(element)
    if kind == "receiveTask":
        return message_event(element, node_id, known, faults)
    definitions = _definitions(element, node_id, known, faults)
    allowed = IN_EVENT_SUB_PROCESS if kind == "startEvent" and in_event_sub_process else SUPPORTED[kind]
    names = [local(d).removesuffix("EventDefinition") for d in definitions] or ["none"]
    wrong = [n for n in names if n not in allowed or (len(names) > 1 and n in ("link", "terminate", "cancel"))]
    if wrong:
        what = ", ".join(wrong)
        faults.add(
            node_id, "event-unsupported",
            f"ยังไม่รองรับเหตุการณ์ {what} ใน {kind}", f"{kind} with {what} is not supported.",
        )  # fmt: skip
        return None
    events = [_one(n, d, kind, node_id, known, faults) for n, d in zip(names, definitions or [element], strict=True)]
    if any(e is None for e in events):
        return None
    parts = tuple(e for e in events if e is not None)
    if len(parts) == 1:
        return parts[0]
    return Event("multiple", parts=parts, parallel=flag(element, "parallelMultiple"))


def read_thrown(definition: etree._Element, node_id: str, known: Roots, faults: FaultList) -> Event | None:
    """The event of one definition that is thrown implicitly; None after a fault was noted."""
    whole = etree.Element(f"{{{BPMN}}}event")
    whole.append(deepcopy(definition))
    return read_event(whole, node_id, known, faults, False)


def _definitions(element: etree._Element, node_id: str, known: Roots, faults: FaultList) -> list[etree._Element]:
    """The event definitions of a node, its own and those it refers to."""
    found = []
    for part in element:
        if namespace(part) != BPMN:
            continue
        if local(part).endswith("EventDefinition"):
            found.append(part)
        elif local(part) == "eventDefinitionRef":
            shared = known.definitions.get(local_ref((part.text or "").strip()) or "")
            if shared is None:
                faults.add(
                    node_id, "event-reference", "eventDefinitionRef ชี้ไปยังสิ่งที่ไม่มีอยู่",
                    "The eventDefinitionRef names no event definition.",
                )  # fmt: skip
            else:
                found.append(shared)
    return found


def _one(
    name: str, definition: etree._Element, kind: str, node_id: str, known: Roots, faults: FaultList
) -> Event | None:
    if name in ("none", "terminate", "cancel"):
        return Event(name)
    throwing = kind in _THROWING
    if name == "message":
        return message_event(definition, node_id, known, faults, throwing)
    if name == "error":
        return _error(definition, node_id, known, faults, catching=not throwing)
    if name == "escalation":
        return _escalation(definition, node_id, known, faults, catching=not throwing)
    return _READERS[name](definition, node_id, known, faults)


def message_event(
    definition: etree._Element, node_id: str, known: Roots, faults: FaultList, throwing: bool = False
) -> Event | None:
    """A message, by its messageRef. The correlation key is FEEL without `=`."""
    message = known.messages.get(local_ref(definition.get("messageRef")) or "")
    if message is None or not message.get("name"):
        if throwing:  # a message that is only sent, as a job, needs no declaration
            if message is None and definition.get("messageRef"):
                faults.add(
                    node_id, "message-reference", "messageRef ชี้ไปยังข้อความที่ไม่มีอยู่", "The messageRef names no message."
                )
            return Event("message")
        faults.add(
            node_id, "message-missing", "ไม่ได้ระบุข้อความที่รอรับ หรือข้อความไม่มีชื่อ",
            "The messageRef names no message, or the message has no name.",
        )  # fmt: skip
        return None
    subscription = extension(message, ZEEBE, "subscription")
    key = subscription.get("correlationKey") if subscription is not None else None
    return Event(
        "message",
        name=faults.text_or_feel(node_id, message.get("name"), "message name"),
        correlation_key=faults.feel(node_id, key, "correlationKey"),
    )


def _timer(definition: etree._Element, node_id: str, _known: Roots, faults: FaultList) -> Event | None:
    if sum(1 for part in definition if namespace(part) == BPMN and local(part) in _TIMES) > 1:
        faults.add(
            node_id, "timer-several", "ตัวจับเวลากำหนดเวลาได้แบบเดียว",
            "A timer has one of timeDate, timeDuration and timeCycle.",
        )  # fmt: skip
    for kind in ("date", "duration", "cycle"):
        found = body(child(definition, BPMN, f"time{kind.capitalize()}"))
        if found is not None:
            faults.text_or_feel(node_id, found, f"time{kind.capitalize()}")
            return Event("timer", timer=kind, expression=found)
    faults.add(node_id, "timer-empty", "ตัวจับเวลาไม่ได้กำหนดเวลา", "The timer says no time.")
    return None


def _signal(definition: etree._Element, node_id: str, known: Roots, faults: FaultList) -> Event | None:
    signal = known.signals.get(local_ref(definition.get("signalRef")) or "")
    if signal is None or not signal.get("name"):
        faults.add(
            node_id, "signal-missing", "ไม่ได้ระบุสัญญาณ หรือสัญญาณไม่มีชื่อ",
            "The signalRef names no signal, or the signal has no name.",
        )  # fmt: skip
        return None
    return Event("signal", name=faults.text_or_feel(node_id, signal.get("name"), "signal name"))


def _error(definition: etree._Element, node_id: str, known: Roots, faults: FaultList, catching: bool) -> Event | None:
    code = _code(definition, "errorRef", "errorCode", known.errors)
    if code is None and catching and definition.get("errorRef") is None:
        return Event("error")
    return _coded("error", code, catching, node_id, faults)


def _escalation(
    definition: etree._Element, node_id: str, known: Roots, faults: FaultList, catching: bool
) -> Event | None:
    code = _code(definition, "escalationRef", "escalationCode", known.escalations)
    if catching and local_ref(definition.get("escalationRef")) not in {None, *known.escalations}:
        faults.add(
            node_id, "escalation-reference", "escalationRef ชี้ไปยังการยกระดับที่ไม่มีอยู่",
            "The escalationRef names no escalation.",
        )  # fmt: skip
        return None
    if code is None and catching:
        return Event("escalation")
    return _coded("escalation", code, catching, node_id, faults)


def _code(definition: etree._Element, reference: str, attribute: str, known: dict[str, etree._Element]) -> str | None:
    found = known.get(local_ref(definition.get(reference)) or "")
    return (found.get(attribute) or None) if found is not None else None


def _coded(kind: str, code: str | None, catching: bool, node_id: str, faults: FaultList) -> Event | None:
    if code is None and kind == "error":
        faults.add(
            node_id, "error-missing", "ไม่ได้ระบุข้อผิดพลาด หรือข้อผิดพลาดไม่มีรหัส",
            "The errorRef names no error, or the error has no errorCode.",
        )  # fmt: skip
    elif code is None:
        faults.add(
            node_id, "escalation-missing", "ไม่ได้ระบุการยกระดับ หรือการยกระดับไม่มีรหัส",
            "The escalationRef names no escalation, or the escalation has no escalationCode.",
        )  # fmt: skip
    elif catching and code.startswith("="):
        if kind == "error":
            faults.add(node_id, "error-code-static", "รหัสที่รอรับต้องเป็นค่าคงที่", "A caught error code is static.")
        else:
            faults.add(node_id, "escalation-code-static", "รหัสที่รอรับต้องเป็นค่าคงที่", "A caught escalation code is static.")
    else:
        return Event(kind, code=faults.text_or_feel(node_id, code, f"{kind}Code"))
    return None


def _conditional(definition: etree._Element, node_id: str, _known: Roots, faults: FaultList) -> Event | None:
    condition = body(child(definition, BPMN, "condition"))
    if condition is None:
        faults.add(node_id, "condition-empty", "เหตุการณ์ตามเงื่อนไขไม่มีเงื่อนไข", "The conditional event has no condition.")
        return None
    limits = extension(definition, ZEEBE, "conditionalFilter")
    names, changes = ("", "") if limits is None else (limits.get(n, "") for n in ("variableNames", "variableEvents"))
    feel = faults.feel(node_id, condition, "condition")
    return Event("conditional", expression=feel, variables=_listed(names), variable_events=_listed(changes))


def _listed(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())


def _link(definition: etree._Element, node_id: str, _known: Roots, faults: FaultList) -> Event | None:
    name = definition.get("name")
    if not name:
        faults.add(node_id, "link-name", "เหตุการณ์เชื่อมโยงไม่มีชื่อ", "The link event has no name.")
        return None
    return Event("link", name=name)


def _compensation(definition: etree._Element, node_id: str, _known: Roots, faults: FaultList) -> Event | None:
    if definition.get("waitForCompletion") == "false":
        faults.add(
            node_id, "compensation-wait", "รองรับเฉพาะการรอให้ชดเชยเสร็จ (waitForCompletion)",
            "Only waitForCompletion=\"true\" is supported.",
        )  # fmt: skip
    return Event("compensation", activity=local_ref(definition.get("activityRef")))


_READERS = {
    "timer": _timer,
    "signal": _signal,
    "conditional": _conditional,
    "link": _link,
    "compensate": _compensation,
}
