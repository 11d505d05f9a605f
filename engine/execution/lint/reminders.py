"""Check what a diagram says of reminders (krabuan:reminder): where they stand, whom they reach, that they come."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from engine.calendar.durations import add, parse_duration
from engine.calendar.errors import CalendarError
from engine.calendar.office import office_calendar
from engine.calendar.standard import standard_time
from engine.execution.lint.manual import SAMPLE, ZONE, checked_time, positive
from engine.execution.reader.faults import FaultList
from engine.model.diagram import Process
from engine.model.manual import Deadline, Reminder, Step

ACTIONS = ("notify", "raisePriority", "reassign")
CALENDARS = ("calendar", "working")
BEARERS = ("userTask", "subProcess", "transaction", "adHocSubProcess")  # of reminders for their tasks
MOST_REPETITIONS = 1000
SHORTEST = timedelta(hours=1)  # between repetitions without end


def check_reminders(process: Process, faults: FaultList) -> None:
    """Note every fault, in document order."""
    known = {d.id: d for d in process.deadlines}
    for node in process.nodes.values():
        for reminder in node.reminders:
            if reminder.deadline is None and node.type not in BEARERS:
                faults.add(
                    node.id, "reminder-place", "การเตือนนี้ต้องอยู่ที่งานของเจ้าหน้าที่ หรือระบุกำหนดเวลา (deadline)",
                    "A reminder stands on a user task, on a sub-process or the process, or names a deadline.",
                )  # fmt: skip
            _check(node.id, reminder, known, node.step, faults)
    for reminder in process.reminders:
        _check(process.id, reminder, known, None, faults)


def _check(
    owner: str, reminder: Reminder, known: dict[str, Deadline], step: Step | None, faults: FaultList
) -> None:
    if reminder.deadline is not None and reminder.deadline not in known:
        faults.add(
            owner, "deadline-unknown", f"ไม่รู้จักกำหนดเวลา {reminder.deadline}",
            f"Unknown deadline {reminder.deadline}.",
        )  # fmt: skip
    _check_form(owner, reminder, faults)
    if reminder.calendar not in CALENDARS:
        faults.add(
            owner, "reminder-calendar", f"ไม่รู้จักปฏิทินของการเตือน: {reminder.calendar}",
            f"A reminder counts on one of {', '.join(CALENDARS)}, not on {reminder.calendar}.",
        )  # fmt: skip
        return
    _check_repetition(owner, reminder, faults)
    times = (reminder.before, reminder.after, reminder.overdue)
    whole = whole_time(known.get(reminder.deadline) if reminder.deadline is not None else step)
    valid = [_valid(owner, text, faults) for text in times if text is not None]
    if all(valid) and whole is not None:
        _check_before(owner, reminder, whole, faults)


def _check_form(owner: str, reminder: Reminder, faults: FaultList) -> None:
    allowed = ACTIONS if reminder.deadline is None else ACTIONS[:1]
    unknown = [a for a in reminder.actions if a not in allowed]
    times = [t for t in (reminder.before, reminder.after, reminder.overdue) if t is not None]
    nobody = not reminder.to or any(word == "role:" for word in (*reminder.to, *reminder.reassign_to))
    idle = bool(reminder.reassign_to) and "reassign" not in reminder.actions
    if unknown or not reminder.actions or nobody or idle or len(times) > 1:
        said = " ".join((*reminder.actions, *reminder.to))
        faults.add(
            owner, "reminder", f"การเตือนไม่ถูกต้อง: {said}",
            f"A reminder has recipients, actions out of {', '.join(allowed)}, at most one of before, after and "
            "overdue, and reassignTo only to reassign.",
        )  # fmt: skip


def _check_repetition(owner: str, reminder: Reminder, faults: FaultList) -> None:
    if reminder.limit is not None:
        number = int(reminder.limit) if reminder.limit.isascii() and reminder.limit.isdecimal() else 0
        if reminder.repeat is None or not 1 <= number <= MOST_REPETITIONS:
            faults.add(
                owner, "reminder-limit", f"limit ต้องเป็นจำนวน ๑ ถึง {MOST_REPETITIONS} และใช้คู่กับ repeat",
                f"limit is a whole number from 1 to {MOST_REPETITIONS} and goes with repeat.",
            )  # fmt: skip
    if reminder.repeat is None or not _valid(owner, reminder.repeat, faults):
        return
    often = add(SAMPLE, parse_duration(reminder.repeat), ZONE) - SAMPLE < SHORTEST
    if often and reminder.limit is None:
        faults.add(
            owner, "reminder-flood", f"การเตือนซ้ำถี่กว่าชั่วโมงละครั้งโดยไม่จำกัดจำนวน: {reminder.repeat}",
            f"A reminder that is repeated more often than once an hour has a limit: {reminder.repeat}.",
        )  # fmt: skip


def whole_time(of: Deadline | Step | None) -> datetime | None:
    """When the time is over that a deadline or a step has, begun at SAMPLE; None where it has none, or a wrong one."""
    text = of.duration if isinstance(of, Deadline) else of.standard_time if of is not None else None
    if of is None or text is None:
        return None
    try:
        return standard_time(SAMPLE, text, of.calendar or "calendar", office_calendar(SAMPLE.year, ZONE))
    except CalendarError:
        return None


def _check_before(owner: str, reminder: Reminder, whole: datetime, faults: FaultList) -> None:
    office = office_calendar(SAMPLE.year, ZONE)
    if reminder.before is not None and standard_time(SAMPLE, reminder.before, reminder.calendar, office) >= whole:
        faults.add(
            owner, "reminder-never", f"เวลาทั้งหมดสั้นกว่า {reminder.before} จึงไม่มีวันเตือน",
            f"All the time there is is not longer than {reminder.before}: the reminder never comes.",
        )  # fmt: skip


def _valid(owner: str, text: str, faults: FaultList) -> bool:
    checked_time(owner, "reminder", text, faults, partial(positive, text))
    try:
        positive(text)
    except CalendarError:
        return False
    return True
