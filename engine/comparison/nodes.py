"""One flow node before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from engine.comparison.change import Change, altered, edited, paired, quoted, texts
from engine.comparison.controls import Placed, co_signing, control_points, duties, risks
from engine.comparison.people import NameOf, performers
from engine.comparison.timing import reminders, steps, timers
from engine.comparison.titles import kind_of, named
from engine.model.diagram import Event, Node, Process
from engine.model.manual import Words
from engine.model.work import HumanTask, IoMapping

_NO_HUMAN = HumanTask(False)
# what is compared as a whole, and only said to be different
_WHOLE: tuple[tuple[str, Words, Callable[[Node], object]], ...] = (
    ("documentation", Words("คำอธิบาย", "Description"), lambda n: n.documentation),
    ("documents", Words("เอกสารที่คู่มือระบุ", "Documents of the manual"), lambda n: n.documents),
    ("loop", Words("การทำซ้ำ", "Repetition"), lambda n: (n.loop, n.ad_hoc)),
    ("data", Words("ข้อมูลของงาน", "Data"), lambda n: n.data),
    ("return-to", Words("ขั้นตอนที่ส่งกลับได้", "Where it may be returned to"), lambda n: (n.return_to, n.recall)),
    ("listeners", Words("ตัวรับฟังเหตุการณ์", "Listeners"), lambda n: (n.listeners, _human(n).listeners)),
    ("job", Words("การตั้งค่างานของระบบ", "Job settings"), lambda n: (n.job and (n.job.headers, n.job.resources),
                                                                  n.job_priority, _human(n).headers)),
    ("compensation", Words("การชดเชย", "Compensation"), lambda n: (n.handler, n.for_compensation, n.transaction)),
    ("tokens", Words("จำนวนโทเคน", "Number of tokens"), lambda n: (n.start_quantity, n.completion_quantity)),
    ("starting", Words("วิธีเริ่ม", "How it starts"), lambda n: (n.triggered, n.instantiate, n.parallel)),
    ("binding", Words("ฉบับที่เรียกใช้", "Version that is used"), lambda n: _bindings(n)),
)  # fmt: skip
# what is said with its value
_TEXTS: tuple[tuple[str, Words, Callable[[Node], str | None]], ...] = (
    ("due-date", Words("กำหนดเสร็จ", "Due date"), lambda n: _human(n).due_date),
    ("follow-up-date", Words("วันติดตาม", "Follow-up date"), lambda n: _human(n).follow_up_date),
    ("priority", Words("ความสำคัญ", "Priority"), lambda n: _human(n).priority),
    ("form", Words("แบบฟอร์ม", "Form"), lambda n: f.id if (f := _human(n).form) else _human(n).external_form),
    ("called", Words("สิ่งที่เรียกใช้", "What is called"), lambda n: n.called.id if n.called else None),
    ("result", Words("ตัวแปรของผลลัพธ์", "Result variable"), lambda n: _result(n)),
    ("script", Words("นิพจน์ที่คำนวณ", "Script"), lambda n: n.script.expression if n.script else None),
    ("worker", Words("ชนิดงานของระบบ", "Job type"), lambda n: n.job.type if n.job else None),
    ("retries", Words("จำนวนครั้งที่ลองซ้ำ", "Retries"), lambda n: n.job.retries if n.job else None),
    ("activation", Words("เงื่อนไขของทางเลือก", "Activation condition"), lambda n: n.activation),
)


def node_changes(before: Node, after: Node, then: Process, now: Process, points: tuple[Placed, Placed],
                 name_of: NameOf) -> Iterator[Change]:  # fmt: skip
    """Everything that is different about a node, the names first, then time, control, people, the rest."""
    yield from texts("name", Words("ชื่อ", "Name"), before.name, after.name)
    yield from texts("name-en", Words("ชื่อภาษาอังกฤษ", "English name"), before.name_en, after.name_en)
    if before.type != after.type:
        yield (
            altered("type", Words("ชนิด", "Kind"), kind_of(before), kind_of(after))
            if kind_of(before) != kind_of(after)
            else altered("type", Words("ชนิด", "Kind"), quoted(before.type), quoted(after.type))
        )
    yield from steps(before.step, after.step)
    yield from control_points(before, after, *points)
    yield from risks(before.risks, after.risks)
    yield from reminders(before.reminders, after.reminders, name_of)
    yield from duties(before, after, lambda id_: _called(id_, now, then))
    yield from co_signing(before.co_sign, after.co_sign)
    yield from performers(before, after, name_of)
    yield from timers(before, after)
    yield from _events(before, after)
    yield from _places(before, after, then, now)
    for code, what, text in _TEXTS:
        yield from texts(code, what, text(before), text(after))
    yield from _mappings("input", Words("ค่านำเข้า", "Input"), before.inputs, after.inputs)
    yield from _mappings("output", Words("ค่านำออก", "Output"), before.outputs, after.outputs)
    for code, what, of in _WHOLE:
        if of(before) != of(after):
            yield edited(code, what)


def _human(node: Node) -> HumanTask:
    return node.human or _NO_HUMAN


def _result(node: Node) -> str | None:
    if node.script is not None:
        return node.script.result_variable
    return node.called.result_variable if node.called else None


def _bindings(node: Node) -> object:
    """Of everything that it calls, less the id and the result, which are said with their values."""
    called = [replace(c, id="", result_variable=None) for c in (node.called, _human(node).form) if c is not None]
    return called


def _called(id_: str, now: Process, then: Process) -> Words:
    node = now.nodes.get(id_) or then.nodes.get(id_)
    return named(node) if node else quoted(id_)


def _events(before: Node, after: Node) -> Iterator[Change]:
    """What an event waits for or does, less the time that it waits for."""
    if before.interrupting != after.interrupting:
        yes = Words("ยกเลิกงานเดิม", "interrupts"), Words("ไม่ยกเลิกงานเดิม", "does not interrupt")
        what = Words("ผลต่องานที่ทำอยู่", "Effect on what runs")
        yield altered("interrupting", what, yes[not before.interrupting], yes[not after.interrupting])
    was, is_ = before.event, after.event
    if was is None or is_ is None or _timeless(was) == _timeless(is_):
        return
    if was.kind == is_.kind == "conditional":
        yield from texts("condition", Words("เงื่อนไข", "Condition"), was.expression, is_.expression)
    else:
        yield edited("event", Words("เหตุการณ์ที่รอหรือส่ง", "Event"))


def _timeless(event: Event) -> Event:
    parts = tuple(_timeless(part) for part in event.parts)
    return replace(event, timer=None, expression=None if event.timer else event.expression, parts=parts)


def _places(before: Node, after: Node, then: Process, now: Process) -> Iterator[Change]:
    """Where it stands in the diagram, and which flow it takes when no condition holds."""

    def name(process: Process, id_: str | None) -> Words | None:
        node = process.nodes.get(id_) or now.nodes.get(id_) if id_ else None
        return named(node) if node else None

    for code, what, old, new in (
        ("scope", Words("กระบวนงานย่อยที่อยู่", "Sub-process around it"), before.scope, after.scope),
        ("attached-to", Words("งานที่ผูกอยู่", "Attached to"), before.attached_to, after.attached_to),
    ):
        if old != new:
            was, is_ = name(then, old), name(now, new)
            yield altered(code, what, was, is_) if was or is_ else edited(code, what)
    if before.default != after.default:
        targets = [p.flows[id_].target if id_ in p.flows else None
                   for p, id_ in ((then, before.default or ""), (now, after.default or ""))]  # fmt: skip
        was, is_ = name(then, targets[0]), name(now, targets[1])
        what = Words("เส้นทางเมื่อไม่เข้าเงื่อนไขใด", "Default flow")
        yield altered("default", what, was, is_) if (was or is_) and was != is_ else edited("default", what)


def _mappings(code: str, what: Words, before: tuple[IoMapping, ...], after: tuple[IoMapping, ...]) -> Iterator[Change]:
    old, new = ({mapping.target: mapping.source for mapping in these} for these in (before, after))
    for target, was, is_ in paired(old, new):
        if was != is_:
            which = Words(f"{what.th} {target}", f"{what.en} {target}")
            yield altered(code, which, quoted(was) if was else None, quoted(is_) if is_ else None)
