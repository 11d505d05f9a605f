"""One process before and after: what it says as a whole, its nodes, its flows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.comparison.change import Change, Difference, altered, edited, paired, quoted, texts
from engine.comparison.controls import control_points, placed_points
from engine.comparison.lengths import shorter, spelled
from engine.comparison.nodes import node_changes
from engine.comparison.people import NameOf
from engine.comparison.timing import deadlines, reminders
from engine.comparison.titles import flow_subject, node_subject, process_subject
from engine.model.diagram import Flow, Node, Process
from engine.model.manual import Words

CLASSES = (Words("ปกติ", "normal"), Words("ลับ", "confidential"), Words("ลับมาก", "secret"), Words("ลับที่สุด", "top secret"))
FOREVER = "forever"


def process_differences(before: Process | None, after: Process | None, name_of: NameOf) -> Iterator[Difference]:
    """All of one process; None where it is not there. Of one that is new or gone that is all there is to say."""
    whole = after or before
    assert whole is not None
    subject = process_subject(whole)
    if before is None or after is None:
        gone = after is None
        said = Words("ไม่มีกระบวนงานนี้ในฉบับหลัง", "The process is not in the later version") if gone else Words(
            "กระบวนงานใหม่", "A new process"
        )  # fmt: skip
        kind = "REMOVED" if gone else "ADDED"
        yield Difference(subject, Change(f"process-{kind.lower()}", kind, said, gone))  # type: ignore[arg-type]
        return
    points = placed_points(before), placed_points(after)
    renamed = _renamed(before, after)
    for change in _whole(before, after, name_of, renamed):
        yield Difference(subject, change)
    for was, is_ in _nodes(before, after, renamed):
        if was is not None and is_ is not None:
            if was.id != is_.id:
                yield Difference(node_subject(after, is_), _identity(was, is_))
            own = node_subject(after, is_)
            found = node_changes(_in_new_ids(was, is_, before, after, renamed), is_, before, after, points, name_of)
            yield from (Difference(own, change) for change in found)
        else:
            yield from _come_or_gone(was, is_, before, after)
    for _, flow, flows in paired(before.flows, after.flows):
        yield from _flow(flow, flows, before, after, renamed)


def _renamed(before: Process, after: Process) -> dict[str, str]:
    """New ids by old ones of what is the same step of the manual under another id."""
    come = {node.step.key: id_ for id_, node in after.nodes.items() if node.step and id_ not in before.nodes}
    found: dict[str, str] = {}
    for id_, node in before.nodes.items():
        now = come.pop(node.step.key, None) if node.step and id_ not in after.nodes else None
        if now is not None and after.nodes[now].element_type == node.element_type:
            found[id_] = now
    return found


def _in_new_ids(was: Node, is_: Node, before: Process, after: Process, renamed: Mapping[str, str]) -> Node:
    """What was, with what it refers to under the ids that this has now: another id alone makes no reference another."""

    def now(id_: str) -> str:
        return renamed.get(id_, id_)

    flow, other = before.flows.get(was.default or ""), after.flows.get(is_.default or "")
    same = flow is not None and other is not None and now(flow.target) == other.target
    return replace(
        was,
        scope=was.scope and now(was.scope),
        attached_to=was.attached_to and now(was.attached_to),
        handler=was.handler and now(was.handler),
        return_to=tuple(now(id_) for id_ in was.return_to),
        duties=tuple(replace(duty, element=now(duty.element)) for duty in was.duties),
        default=is_.default if same else was.default,
    )


def _nodes(before: Process, after: Process, renamed: Mapping[str, str]) -> Iterator[tuple[Node | None, Node | None]]:
    """What was and what is, of each node, those of the later version first, in their order."""
    old_ids = {new: old for old, new in renamed.items()}
    for id_, node in after.nodes.items():
        yield before.nodes.get(old_ids.get(id_, id_)), node
    for id_, node in before.nodes.items():
        if id_ not in after.nodes and id_ not in renamed:
            yield node, None


def _identity(was: Node, is_: Node) -> Change:
    return altered("element-id", Words("รหัสองค์ประกอบ", "Id of the element"), quoted(was.id), quoted(is_.id))


def _come_or_gone(was: Node | None, is_: Node | None, before: Process, after: Process) -> Iterator[Difference]:
    points = placed_points(before), placed_points(after)
    if is_ is not None:
        subject = node_subject(after, is_)
        yield Difference(subject, Change("element-added", "ADDED", Words("เพิ่มเข้ามาใหม่", "Added")))
    else:
        assert was is not None
        subject = node_subject(before, was)
        yield Difference(subject, Change("element-removed", "REMOVED", Words("ตัดออกจากผัง", "Removed")))
    for change in control_points(was, is_, *points):
        yield Difference(subject, change)


def _flow(
    was: Flow | None, is_: Flow | None, before: Process, after: Process, renamed: Mapping[str, str]
) -> Iterator[Difference]:
    if is_ is None or was is None:
        process, flow = (after, is_) if is_ is not None else (before, was)
        assert flow is not None
        kind = Change("flow-added", "ADDED", Words("เพิ่มเส้นทาง", "Added")) if is_ else Change(
            "flow-removed", "REMOVED", Words("ตัดเส้นทางออก", "Removed")
        )  # fmt: skip
        yield Difference(flow_subject(process, flow), kind)
        return
    subject = flow_subject(after, is_)
    if tuple(renamed.get(end, end) for end in (was.source, was.target)) != (is_.source, is_.target):
        yield Difference(subject, Change("flow-moved", "CHANGED", Words("เปลี่ยนต้นทางหรือปลายทาง", "Leads elsewhere")))
    for change in (
        *texts("name", Words("ชื่อ", "Name"), was.name, is_.name),
        *texts("condition", Words("เงื่อนไข", "Condition"), was.condition, is_.condition),
    ):
        yield Difference(subject, change)


def _whole(before: Process, after: Process, name_of: NameOf, renamed: Mapping[str, str]) -> Iterator[Change]:
    """What is said of the process itself."""
    clocks = tuple(
        replace(d, stopped_by=d.stopped_by and renamed.get(d.stopped_by, d.stopped_by),
                scope=d.scope and renamed.get(d.scope, d.scope))
        for d in before.deadlines
    )  # fmt: skip
    yield from texts("name", Words("ชื่อ", "Name"), before.name, after.name)
    yield from texts("name-en", Words("ชื่อภาษาอังกฤษ", "English name"), before.name_en, after.name_en)
    yield from deadlines(clocks, after.deadlines)
    yield from reminders(before.reminders, after.reminders, name_of)
    if before.access_class != after.access_class:
        what = Words("ชั้นความลับ", "Confidentiality class")
        ranks = before.access_class, after.access_class
        yield altered("access-class", what, CLASSES[ranks[0]], CLASSES[ranks[1]], ranks[1] < ranks[0])
    yield from _retention(before.retention, after.retention)
    yield from _interventions(before, after)
    was, is_ = before.facts, after.facts
    unit, target = Words("หน่วยงานเจ้าของ", "Owner unit"), Words("เป้าหมายร้อยละ", "Target percentage")
    yield from texts("owner-unit", unit, was.owner_unit, is_.owner_unit)
    yield from texts(
        "target", target, was.target_percent, is_.target_percent, _less(was.target_percent, is_.target_percent)
    )
    if was.texts != is_.texts or (was.source, was.number, was.called_only) != (is_.source, is_.number, is_.called_only):
        yield edited("facts", Words("ข้อความจากคู่มือ", "What the manual says"))
    if before.documentation != after.documentation:
        yield edited("documentation", Words("คำอธิบาย", "Description"))
    yield from texts("version-tag", Words("ป้ายฉบับ", "Version tag"), before.version_tag, after.version_tag)
    if (before.data, before.listeners, before.job_priority, before.forms) != (
        after.data, after.listeners, after.job_priority, after.forms,
    ):  # fmt: skip
        yield edited("settings", Words("การตั้งค่าอื่นของกระบวนงาน", "Other settings"))


def _less(before: str | None, after: str | None) -> bool:
    try:
        return before is not None and (after is None or float(after) < float(before))
    except ValueError:
        return False


def _retention(before: str | None, after: str | None) -> Iterator[Change]:
    if before == after:
        return
    kept = [None if text is None else Words("ตลอดไป", "for ever") if text == FOREVER else spelled(text)
            for text in (before, after)]  # fmt: skip
    less = before is not None and after != FOREVER and (
        after is None or before == FOREVER or shorter((before, None), (after, None))
    )  # fmt: skip
    yield altered("retention", Words("ระยะเวลาเก็บรักษา", "Retention"), kept[0], kept[1], less)


def _interventions(before: Process, after: Process) -> Iterator[Change]:
    """Which acts on a running case need a second person."""
    for kind, was, is_ in paired(before.interventions, after.interventions):
        if bool(was) != bool(is_):
            name = quoted(kind)
            said = Words(f"การแทรกแซง {name.th} ต้องมีผู้อนุมัติคนที่สอง", f"Intervention {name.en} needs a second person")
            if not is_:
                said = Words(f"การแทรกแซง {name.th} ไม่ต้องมีผู้อนุมัติคนที่สองแล้ว",
                             f"Intervention {name.en} no longer needs a second person")  # fmt: skip
            yield Change("second-person", "CHANGED", said, not is_)
