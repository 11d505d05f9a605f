"""Check what the manuals say in a diagram: control points, duties, times, deadlines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from engine.calendar.durations import add, parse_duration
from engine.calendar.errors import CalendarError
from engine.calendar.office import office_calendar
from engine.calendar.recurring import next_recurring_date
from engine.calendar.standard import standard_time
from engine.execution.reader.faults import FaultList
from engine.model.diagram import Node, Process
from engine.model.manual import NEXT_WORKING_DAY, Deadline

SAMPLE = datetime(2026, 1, 5, 2, tzinfo=UTC)  # any moment: an expression of time is valid at each
ZONE = "Asia/Bangkok"
DEADLINE_KINDS = ("statutory", "internal")
MAX_STEP_NUMBER = 32  # characters, as its column has


def lint_manual(process: Process, faults: FaultList) -> None:
    """Note every fault, in document order."""
    for node in process.nodes.values():
        _check_step(node, faults)
        _check_control_points(node, process, faults)
    seen: set[str] = set()
    for deadline in process.deadlines:
        owner = deadline.scope or process.id
        if deadline.id in seen:
            faults.add(
                owner, "id-repeated", f"มีกำหนดเวลา {deadline.id} ซ้ำ", f"The deadline {deadline.id} stands twice."
            )
        seen.add(deadline.id)
        _check_deadline(owner, deadline, process, faults)


def checked_time(owner: str, what: str, text: str, faults: FaultList, read: Callable[[], object]) -> None:
    """Note a fault when a text that says a time cannot be read as one."""
    try:
        read()
    except CalendarError as error:
        faults.add(
            owner, "time-invalid", f"{what}: เวลา {text} ไม่ถูกต้อง: {error}", f"{what}: not a valid time: {text}: {error}"
        )


def positive(text: str) -> None:
    """Raise CalendarError unless the text is a duration of more than no time, within the years there are."""
    duration = parse_duration(text)
    if duration.is_zero or duration.sign < 0:
        raise CalendarError(text, "is no time at all")
    add(SAMPLE, duration, ZONE)


def _check_step(node: Node, faults: FaultList) -> None:
    step = node.step
    if step is None:
        return
    for what, text in (("standardTime", step.standard_time), ("minimumTime", step.minimum_time)):
        if text is not None:
            kind, office = step.calendar or "calendar", office_calendar(SAMPLE.year, ZONE)
            checked_time(node.id, what, text, faults, partial(standard_time, SAMPLE, text, kind, office))
    _check_last_day(node.id, step.last_day, step.calendar, faults)
    if step.number is not None and len(step.number) > MAX_STEP_NUMBER:
        said = f"A step's number has at most {MAX_STEP_NUMBER} characters."
        faults.add(node.id, "step-number", "เลขขั้นตอนยาวเกินไป", said)


def _check_control_points(node: Node, process: Process, faults: FaultList) -> None:
    if node.control_points and node.type != "userTask":
        faults.add(
            node.id, "control-point-place", "จุดควบคุมต้องอยู่ที่งานของเจ้าหน้าที่",
            "Control points stand on user tasks, which they keep from being completed.",
        )  # fmt: skip
    known, seen = {d.id for d in process.deadlines}, set()
    for point in node.control_points:
        if point.id in seen:
            faults.add(node.id, "id-repeated", f"มีจุดควบคุม {point.id} ซ้ำ", f"Control point {point.id} stands twice.")
        seen.add(point.id)
        if point.evidence.deadline_id is not None and point.evidence.deadline_id not in known:
            faults.add(
                node.id, "deadline-unknown", f"ไม่รู้จักกำหนดเวลา {point.evidence.deadline_id}",
                f"Control point {point.id} names the unknown deadline {point.evidence.deadline_id}.",
            )  # fmt: skip
    for duty in node.duties:
        if duty.element != "starter" and duty.element not in process.nodes:
            faults.add(node.id, "duty", f"ไม่รู้จัก {duty.element}", f"krabuan:duty names the unknown {duty.element}.")


def _check_deadline(owner: str, deadline: Deadline, process: Process, faults: FaultList) -> None:
    stop = process.nodes.get(deadline.stopped_by or "")
    if deadline.stopped_by is not None and (stop is None or not _is_inside(stop, deadline.scope, process)):
        faults.add(
            owner, "deadline-stop", f"ไม่รู้จัก {deadline.stopped_by}",
            f"Deadline {deadline.id} is stopped by {deadline.stopped_by}, which is no element of {owner}.",
        )  # fmt: skip
    if deadline.kind not in DEADLINE_KINDS:
        faults.add(
            owner, "deadline-kind", f"ไม่รู้จักชนิดกำหนดเวลา {deadline.kind}",
            f"Deadline {deadline.id}: the kind is one of {', '.join(DEADLINE_KINDS)}, not {deadline.kind}.",
        )  # fmt: skip
    what, office = f"deadline {deadline.id}", office_calendar(SAMPLE.year, ZONE)
    if deadline.duration is not None:
        read = partial(standard_time, SAMPLE, deadline.duration, deadline.calendar, office)
        checked_time(owner, what, deadline.duration, faults, read)
    if deadline.at is not None:
        checked_time(owner, what, deadline.at, faults, partial(next_recurring_date, deadline.at, SAMPLE, ZONE))
    _check_last_day(owner, deadline.last_day, deadline.calendar if deadline.duration is not None else None, faults)
    if deadline.late_until is not None:
        checked_time(owner, what, deadline.late_until, faults, partial(positive, deadline.late_until))


def _check_last_day(owner: str, last_day: str | None, calendar: str | None, faults: FaultList) -> None:
    if last_day not in (None, NEXT_WORKING_DAY) or (last_day is not None and calendar == "hours"):
        faults.add(
            owner, "last-day", f"lastDay ต้องเป็น {NEXT_WORKING_DAY} และใช้กับเวลาที่นับเป็นชั่วโมงไม่ได้: {last_day}",
            f"lastDay is {NEXT_WORKING_DAY}, and does not stand beside hours, which no holiday moves: {last_day}.",
        )  # fmt: skip


def _is_inside(node: Node, scope: str | None, process: Process) -> bool:
    at: Node | None = node
    while at is not None:
        if at.scope == scope:
            return True
        at = process.nodes.get(at.scope) if at.scope is not None else None
    return False
