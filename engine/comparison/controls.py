"""Control points, risks and duties: what a step is guarded by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from engine.comparison.change import Change, added, altered, paired, quoted, removed
from engine.comparison.titles import named
from engine.model.diagram import Node, Process
from engine.model.manual import ControlPoint, CoSign, Duty, Evidence, Risk, Words

POINT = Words("จุดควบคุม", "Control point")
RISK = Words("ความเสี่ยง", "Risk")
DUTY = Words("เงื่อนไขผู้ปฏิบัติ", "Rule about who performs it")
SIGNED = Words("การลงนามร่วม", "Co-signature")
_EVIDENCE = {
    "formField": Words("ช่องในแบบฟอร์ม", "form field"),
    "condition": Words("เงื่อนไข", "condition"),
    "decision": Words("ตารางตัดสินใจ", "decision table"),
    "deadline": Words("กำหนดเวลา", "deadline"),
    "standardTime": Words("เวลามาตรฐาน", "standard time"),
}
Placed = Mapping[str, Node]  # control points' ids: the node that has it


def placed_points(process: Process) -> Placed:
    """Where each control point of a process stands."""
    return {point.id: node for node in process.nodes.values() for point in node.control_points}


def control_points(before: Node | None, after: Node | None, then: Placed, now: Placed) -> Iterator[Change]:
    """Of one node, or of one that is gone or new (None). What stands at another node now has moved there, and is not
    removed."""
    old = {point.id: point for point in before.control_points} if before else {}
    new = {point.id: point for point in after.control_points} if after else {}
    for id_, was, is_ in paired(old, new):
        if was is None and is_ is not None:
            if id_ not in then:
                yield added("control-point-added", POINT, quoted(is_.text))
        elif is_ is None and was is not None:
            yield (
                _moved(was, now[id_])
                if id_ in now
                else removed("control-point-removed", POINT, quoted(was.text), was.mandatory or after is not None)
            )
        elif was is not None and is_ is not None:
            yield from _point(was, is_)


def _moved(point: ControlPoint, to: Node) -> Change:
    name, there = quoted(point.text), named(to)
    said = Words(f"ย้ายจุดควบคุม {name.th} ไปที่ {there.th}", f"Control point {name.en} moved to {there.en}")
    return Change("control-point-moved", "CHANGED", said)


def _point(before: ControlPoint, after: ControlPoint) -> Iterator[Change]:
    name = quoted(after.text)
    if before.mandatory and not after.mandatory:
        said = Words(f"จุดควบคุม {name.th} ไม่บังคับอีกต่อไป", f"Control point {name.en} is no longer mandatory")
        yield Change("control-point-optional", "CHANGED", said, True)
    if after.mandatory and not before.mandatory:
        said = Words(f"จุดควบคุม {name.th} เป็นจุดบังคับ", f"Control point {name.en} is mandatory now")
        yield Change("control-point-mandatory", "CHANGED", said)
    if before.text != after.text:
        yield altered("control-point-text", POINT, quoted(before.text), name)
    if before.evidence != after.evidence:
        what = Words(f"หลักฐานของจุดควบคุม {name.th}", f"Evidence of control point {name.en}")
        yield altered("control-point-evidence", what, _evidence(before.evidence), _evidence(after.evidence), True)


def _evidence(evidence: Evidence) -> Words:
    kind = _EVIDENCE.get(evidence.type, Words(evidence.type, evidence.type))
    told = (
        evidence.field,
        evidence.expression,
        evidence.decision_id,
        evidence.deadline_id,
        evidence.late_reasons_field,
    )
    which = " ".join(text for text in told if text)
    return Words(f"{kind.th} {quoted(which).th}", f"{kind.en} {quoted(which).en}") if which else kind


def risks(before: tuple[Risk, ...], after: tuple[Risk, ...]) -> Iterator[Change]:
    """Of one node."""
    for _, was, is_ in paired({risk.id: risk for risk in before}, {risk.id: risk for risk in after}):
        if was is None and is_ is not None:
            yield added("risk-added", RISK, quoted(is_.text))
        elif is_ is None and was is not None:
            yield removed("risk-removed", RISK, quoted(was.text))
        elif was is not None and is_ is not None and was.text != is_.text:
            yield altered("risk-text", RISK, quoted(was.text), quoted(is_.text))


def duties(before: Node, after: Node, name: Callable[[str], Words]) -> Iterator[Change]:
    """Who must not perform a step, or must: `name` says what the elements are called that they are about."""

    def said(duty: Duty) -> Words:
        other = Words("ผู้เริ่มเรื่อง", "who started the case") if duty.element == "starter" else name(duty.element)
        if duty.type == "differentFrom":
            return Words(f"ต้องไม่ใช่ผู้ทำ {other.th}", f"not who did {other.en}")
        return Words(f"ต้องเป็นผู้ทำ {other.th}", f"the same as did {other.en}")

    for duty in after.duties:
        if duty not in before.duties:
            yield added("duty-added", DUTY, said(duty))
    for duty in before.duties:
        if duty not in after.duties:
            yield removed("duty-removed", DUTY, said(duty), True)


def co_signing(before: CoSign | None, after: CoSign | None) -> Iterator[Change]:
    """Who signs with the performer. To have fewer sign is a warning, as far as names say it."""
    if before == after:
        return
    was, is_ = (_signers(one) for one in (before, after))
    warning = before is not None and (after is None or bool(_names(before) - _names(after)))
    yield altered("co-signing", SIGNED, was, is_, warning)


def _signers(rule: CoSign | None) -> Words | None:
    return None if rule is None else quoted(", ".join(text for text in (rule.users, rule.groups) if text))


def _names(rule: CoSign) -> set[str]:
    return {name.strip() for text in (rule.users, rule.groups) for name in (text or "").split(",") if name.strip()}
