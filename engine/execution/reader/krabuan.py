"""The `krabuan:` extension elements: what the office's manuals say, as data in the diagram."""

from __future__ import annotations

from typing import Any

from lxml import etree

from engine.calendar.keeping import FOREVER, is_period
from engine.calendar.standard import KINDS
from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import BPMN, KRABUAN, child, children, extension, extensions, flag, local
from engine.model.access import CLASSES, NORMAL, rank_of
from engine.model.manual import ControlPoint, Deadline, Duty, Evidence, ProcessFacts, Reminder, Risk, Step, Words

EVIDENCE = ("formField", "condition", "decision", "deadline", "standardTime")
ON_NODES = {
    "text", "step", "controlPoint", "risk", "reminder", "duty", "coSign", "return", "recall", "deadline",
    "access", "document", "quality",
}  # fmt: skip
ON_PROCESS = ON_NODES | {"process", "retention", "intervention"}
INTERVENTIONS = ("cancel", "modify", "migrate", "changeTimer", "resolve", "extend")
TEXTS = ("legalBasis", "kpi", "output", "customer", "qualityStandard", "purpose", "stakeholder")


def check_names(element: etree._Element, owner: str, allowed: set[str], faults: FaultList) -> None:
    """Refuse `krabuan:` elements that do not exist there (a typing error would be lost silently)."""
    for item in extensions(element, KRABUAN):
        if local(item) not in allowed:
            faults.add(
                owner, "extension-unsupported",
                f"ไม่รู้จัก krabuan:{local(item)}", f"krabuan:{local(item)} is not known here.",
            )  # fmt: skip


def words(element: etree._Element) -> Words:
    """The krabuan:text children of an element by language; its own text counts as Thai."""
    found = {t.get("lang", "th"): _text(t) for t in children(element, KRABUAN, "text")}
    own = (element.text or "").strip()
    return Words(found.get("th", own), found.get("en", ""))


def english_name(element: etree._Element) -> str:
    """The English name of an element whose name is Thai."""
    for text in extensions(element, KRABUAN):
        if local(text) == "text" and text.get("lang") == "en":
            return _text(text)
    return ""


def read_step(element: etree._Element, owner: str, faults: FaultList) -> Step | None:
    """krabuan:step, or None."""
    found = extension(element, KRABUAN, "step")
    if found is None:
        return None
    calendar = found.get("calendar")
    if calendar is not None and calendar not in KINDS:
        faults.add(owner, "step-calendar", f"ไม่รู้จักปฏิทิน {calendar}", f"Unknown calendar {calendar}.")
    if not found.get("key"):
        faults.add(owner, "step-key", "ขั้นตอนไม่มีรหัส (key)", "krabuan:step has no key.")
    return Step(
        key=found.get("key", ""), number=found.get("number"), parent=found.get("parent"),
        stage=found.get("stage"), standard_time=found.get("standardTime"),
        minimum_time=found.get("minimumTime"), calendar=calendar, last_day=found.get("lastDay"),
    )  # fmt: skip


def read_control_points(element: etree._Element, owner: str, faults: FaultList) -> tuple[ControlPoint, ...]:
    """Every krabuan:controlPoint with its binding."""
    found = []
    for item in extensions(element, KRABUAN):
        if local(item) != "controlPoint":
            continue
        binding = child(item, KRABUAN, "binding")
        point_id = item.get("id", "")
        if not point_id or binding is None:
            faults.add(
                owner, "control-point-binding", "จุดควบคุมต้องมี id และ krabuan:binding",
                "A control point needs an id and a krabuan:binding.",
            )  # fmt: skip
            continue
        evidence = _evidence(binding, owner, faults)
        found.append(ControlPoint(point_id, words(item), flag(item, "mandatory", True), evidence))
    return tuple(found)


def _evidence(binding: etree._Element, owner: str, faults: FaultList) -> Evidence:
    kind = binding.get("type", "")
    needs = {"formField": "field", "condition": "expression", "decision": "decisionId", "deadline": "deadlineId"}
    if kind not in EVIDENCE or (kind in needs and not binding.get(needs[kind])):
        faults.add(
            owner, "control-point-binding",
            f"การผูกจุดควบคุมไม่ถูกต้อง: {kind}", f"A control point's binding is not complete: {kind}.",
        )  # fmt: skip
    return Evidence(
        kind, binding.get("field"), faults.feel(owner, binding.get("expression"), "control point"),
        binding.get("decisionId"), binding.get("deadlineId"), binding.get("lateReasonsField"),
    )  # fmt: skip


def read_documents(element: etree._Element) -> tuple[Words, ...]:
    """Every krabuan:document."""
    return tuple(words(d) for d in extensions(element, KRABUAN) if local(d) == "document")


def read_risks(element: etree._Element) -> tuple[Risk, ...]:
    """Every krabuan:risk."""
    return tuple(Risk(r.get("id", ""), words(r)) for r in extensions(element, KRABUAN) if local(r) == "risk")


def read_reminders(element: etree._Element) -> tuple[Reminder, ...]:
    """Every krabuan:reminder, as it is written: lint looks at the values."""
    return tuple(
        Reminder(
            deadline=r.get("deadline"), before=r.get("before"), after=r.get("after"), overdue=r.get("overdue"),
            calendar=r.get("calendar", "calendar"), to=_listed(r.get("to", "performer")),
            actions=_listed(r.get("action", "notify")), repeat=r.get("repeat"), limit=r.get("limit"),
            reassign_to=_listed(r.get("reassignTo", "")),
        )
        for r in extensions(element, KRABUAN) if local(r) == "reminder"
    )  # fmt: skip


def _listed(text: str) -> tuple[str, ...]:
    """The words of an attribute, with blanks or commas between them."""
    return tuple(dict.fromkeys(text.replace(",", " ").split()))


def read_duties(element: etree._Element, owner: str, faults: FaultList) -> tuple[Duty, ...]:
    """Every krabuan:duty (separation of duties)."""
    found = []
    for item in extensions(element, KRABUAN):
        if local(item) != "duty":
            continue
        kind = item.get("type", "")
        if kind not in ("differentFrom", "sameAs") or not item.get("element"):
            faults.add(owner, "duty", "krabuan:duty ไม่ถูกต้อง", "krabuan:duty needs a type and an element.")
            continue
        found.append(Duty(kind, item.get("element", "")))  # type: ignore[arg-type]
    return tuple(found)


def read_interventions(element: etree._Element, owner: str, faults: FaultList) -> dict[str, bool]:
    """Every krabuan:intervention of a process: which kinds need a reason, and which of them a second person."""
    found: dict[str, bool] = {}
    for item in extensions(element, KRABUAN):
        if local(item) != "intervention":
            continue
        kind, second = item.get("kind", ""), item.get("secondPerson", "false")
        if kind not in INTERVENTIONS or kind in found or second not in ("true", "false"):
            faults.add(
                owner, "intervention", f"krabuan:intervention ไม่ถูกต้องหรือซ้ำ: {kind}",
                f"krabuan:intervention names one of {', '.join(INTERVENTIONS)}, each once, with secondPerson true or "
                f"false: {kind or '-'}.",
            )  # fmt: skip
            continue
        found[kind] = second == "true"
    return found


def read_deadlines(element: etree._Element, owner: str, scope: str | None, faults: FaultList) -> list[Deadline]:
    """Every krabuan:deadline of a process or sub-process."""
    found = []
    for item in extensions(element, KRABUAN):
        if local(item) != "deadline":
            continue
        values: dict[str, Any] = {k: item.get(k) for k in ("duration", "at", "stoppedBy", "lateUntil")}
        if not item.get("id") or not item.get("from") or bool(values["duration"]) == bool(values["at"]):
            faults.add(
                owner, "deadline", "กำหนดเวลาต้องมี id, from และ duration หรือ at อย่างใดอย่างหนึ่ง",
                "A deadline needs id, from, and exactly one of duration and at.",
            )  # fmt: skip
            continue
        legal = child(item, KRABUAN, "legalBasis")
        found.append(
            Deadline(
                id=item.get("id", ""), kind=item.get("kind", "statutory"), text=words(item),
                legal_basis=words(legal) if legal is not None else Words(),
                from_=faults.feel(owner, item.get("from"), "deadline from") or "null",
                duration=values["duration"], at=values["at"], calendar=item.get("calendar", "hours"),
                stopped_by=values["stoppedBy"], late_until=values["lateUntil"],
                late_reasons_field=item.get("lateReasonsField"), scope=scope, last_day=item.get("lastDay"),
                evidence=_names(item, "evidence"), proof=_names(item, "proof"), overseers=_names(item, "overseers"),
            )
        )  # fmt: skip
    return found


def _names(element: etree._Element, attribute: str) -> tuple[str, ...]:
    """Names with blanks between them, each once."""
    return tuple(dict.fromkeys(element.get(attribute, "").split()))


def read_process_facts(element: etree._Element) -> ProcessFacts:
    """krabuan:process."""
    found = extension(element, KRABUAN, "process")
    if found is None:
        return ProcessFacts()
    texts = {name: tuple(words(t) for t in children(found, KRABUAN, name)) for name in TEXTS}
    return ProcessFacts(
        found.get("source"), found.get("number"), found.get("ownerUnit"), found.get("targetPercent"),
        called_only=flag(found, "calledOnly"),
        texts={name: value for name, value in texts.items() if value},
    )  # fmt: skip


def read_access(element: etree._Element, owner: str, faults: FaultList) -> int:
    """krabuan:access of a process: the rank of its class, normal without one."""
    found = extension(element, KRABUAN, "access")
    if found is None:
        return NORMAL
    rank = rank_of(found.get("class")) if found.get("class") in CLASSES else None
    if rank is None:
        said = ", ".join(CLASSES)
        faults.add(owner, "access-class", f"ชั้นความลับต้องเป็น {said}", f"krabuan:access has a class: {said}.")
    return rank or NORMAL


def read_retention(element: etree._Element, owner: str, faults: FaultList) -> str | None:
    """krabuan:retention of a process: how long cases are kept after they have ended (ISO 8601 years, months, days),
    or FOREVER; None where the process does not say."""
    found = extension(element, KRABUAN, "retention")
    if found is None:
        return None
    period = found.get("period", "")
    if not is_period(period):
        faults.add(
            owner, "retention", f"ระยะเวลาเก็บรักษาไม่ถูกต้อง: {period}",
            f"krabuan:retention has a period of years, months or days, such as P10Y, or {FOREVER}: {period or '-'}.",
        )  # fmt: skip
        return None
    return period


def documentation(element: etree._Element) -> str:
    """The text of bpmn:documentation."""
    found = child(element, BPMN, "documentation")
    return (found.text or "").strip() if found is not None else ""


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()
