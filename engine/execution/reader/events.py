"""Event definitions: what an event waits for or does (BPMN 2.0.2, section 10.5)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import BPMN, ZEEBE, body, child, extension, local, local_ref, namespace
from engine.model.diagram import Event

# event definitions by the kind of event that may carry them
SUPPORTED: dict[str, set[str]] = {
    "startEvent": {"none", "message", "timer", "signal"},
    "endEvent": {"none", "message", "error", "terminate", "signal"},
    "intermediateCatchEvent": {"message", "timer", "signal"},
    "intermediateThrowEvent": {"none", "message", "signal"},
    "boundaryEvent": {"message", "timer", "signal", "error"},
    "receiveTask": {"message"},
}


@dataclass(frozen=True, slots=True)
class Roots:
    """The root elements of a file that events refer to, by id."""

    messages: dict[str, etree._Element]
    signals: dict[str, etree._Element]
    errors: dict[str, etree._Element]


def roots(definitions: etree._Element) -> Roots:
    """Collect messages, signals and errors of a file."""
    found: dict[str, dict[str, etree._Element]] = {"message": {}, "signal": {}, "error": {}}
    for element in definitions:
        if namespace(element) == BPMN and local(element) in found:
            found[local(element)][element.get("id", "")] = element
    return Roots(found["message"], found["signal"], found["error"])


def read_event(element: etree._Element, node_id: str, known: Roots, faults: FaultList) -> Event | None:
    """The event of a node; None after a fault was noted."""
    kind = local(element)
    if kind == "receiveTask":
        return message_event(element, node_id, known, faults)
    definitions = [
        e for e in element
        if namespace(e) == BPMN and (local(e).endswith("EventDefinition") or local(e) == "eventDefinitionRef")
    ]  # fmt: skip
    if not definitions:
        names = ["none"]
    else:
        names = [local(d).removesuffix("EventDefinition") for d in definitions]
    if len(names) > 1 or names[0] not in SUPPORTED[kind]:
        what = ", ".join(names)
        faults.add(
            node_id, "event-unsupported",
            f"ยังไม่รองรับเหตุการณ์ {what} ใน {kind}", f"{kind} with {what} is not supported.",
        )  # fmt: skip
        return None
    if names[0] in ("none", "terminate"):
        return Event(names[0])
    reader = {"message": message_event, "timer": _timer, "signal": _signal, "error": _error}[names[0]]
    return reader(definitions[0], node_id, known, faults)


def message_event(definition: etree._Element, node_id: str, known: Roots, faults: FaultList) -> Event | None:
    """A message, by its messageRef. The correlation key is FEEL without `=`."""
    message = known.messages.get(local_ref(definition.get("messageRef")) or "")
    if message is None or not message.get("name"):
        # a message that is only sent, as a job, needs no declaration
        if local(definition.getparent()) in ("endEvent", "intermediateThrowEvent"):  # type: ignore[arg-type]
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


def _error(definition: etree._Element, node_id: str, known: Roots, faults: FaultList) -> Event | None:
    reference = local_ref(definition.get("errorRef"))
    catching = local(definition.getparent()) == "boundaryEvent"  # type: ignore[arg-type]
    if reference is None and catching:
        return Event("error")
    error = known.errors.get(reference or "")
    code = error.get("errorCode") if error is not None else None
    if not code:
        faults.add(
            node_id, "error-missing", "ไม่ได้ระบุข้อผิดพลาด หรือข้อผิดพลาดไม่มีรหัส",
            "The errorRef names no error, or the error has no errorCode.",
        )  # fmt: skip
        return None
    if catching and code.startswith("="):
        faults.add(node_id, "error-code-static", "รหัสที่รอรับต้องเป็นค่าคงที่", "A caught error code is static.")
    return Event("error", code=faults.text_or_feel(node_id, code, "errorCode"))
