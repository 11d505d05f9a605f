"""Standard times, clocks of the law, reminders and timers. What gives more time, or reminds less, is a warning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.comparison.change import Change, added, altered, edited, gone_and_come, paired, quoted, removed, texts
from engine.comparison.lengths import changed_length, spelled
from engine.comparison.people import NameOf, named_key
from engine.model.diagram import Event, Node
from engine.model.manual import Deadline, Reminder, Step, Words

DEADLINE = Words("กำหนดเวลาตามกฎหมาย", "Statutory deadline")
REMINDER = Words("การเตือน", "Reminder")
STANDARD = Words("เวลามาตรฐาน", "Standard time")
_CALENDARS = {
    "calendar": Words("วันตามปฏิทิน", "calendar days"),
    "working": Words("วันทำการ", "working days"),
    "hours": Words("ชั่วโมงต่อเนื่อง", "hours"),
    "recurring": Words("ตามรอบเวลา", "recurring"),
    "event": Words("ตามเหตุการณ์", "by an event"),
}
_WHOM = {
    "performer": Words("ผู้ปฏิบัติ", "the performer"),
    "group": Words("กลุ่มผู้มีสิทธิ", "the candidate group"),
    "head": Words("หัวหน้า", "the head"),
}


def steps(before: Step | None, after: Step | None) -> Iterator[Change]:
    """What a node says of the manual's step that it does."""
    was, is_ = before or _NO_STEP, after or _NO_STEP
    length = changed_length(
        "standard-time", STANDARD, (was.standard_time, was.calendar), (is_.standard_time, is_.calendar), True
    )
    if length is not None:
        yield length
    elif was.calendar != is_.calendar:
        what = Words("วิธีนับเวลา", "Calendar of its time")
        yield altered("calendar", what, _calendar(was.calendar), _calendar(is_.calendar))
    least = Words("เวลาขั้นต่ำ", "Minimum time")
    shortest = changed_length(
        "minimum-time", least, (was.minimum_time, was.calendar), (is_.minimum_time, is_.calendar), False
    )
    if shortest is not None:
        yield shortest
    for code, what, old, new in (
        ("step-number", Words("ลำดับขั้นตอน", "Step number"), was.number, is_.number),
        ("step-key", Words("รหัสขั้นตอนในคู่มือ", "Step of the manual"), was.key, is_.key),
        ("step-parent", Words("ขั้นตอนหลัก", "Parent step"), was.parent, is_.parent),
        ("step-stage", Words("ช่วงของห่วงโซ่คุณค่า", "Stage of the value chain"), was.stage, is_.stage),
        ("last-day", Words("การเลื่อนวันสุดท้าย", "Moving of the last day"), was.last_day, is_.last_day),
    ):
        yield from texts(code, what, old, new)


_NO_STEP = Step("", None, None, None, None, None, None, None)


def _calendar(key: str | None) -> Words | None:
    return _CALENDARS.get(key, quoted(key)) if key else None


def deadlines(before: Sequence[Deadline], after: Sequence[Deadline]) -> Iterator[Change]:
    """Of one process, those of its sub-processes included."""
    for _, was, is_ in paired({d.id: d for d in before}, {d.id: d for d in after}):
        if was is None and is_ is not None:
            yield added("deadline-added", DEADLINE, _deadline(is_))
        elif is_ is None and was is not None:
            yield removed("deadline-removed", DEADLINE, _deadline(was), True)
        elif was is not None and is_ is not None:
            yield from _changes_of(was, is_)


def _deadline(deadline: Deadline) -> Words:
    name = quoted(deadline.text if deadline.text != Words() else deadline.id)
    if not deadline.duration:
        return name
    length = spelled(deadline.duration, deadline.calendar)
    return Words(f"{name.th} ({length.th})", f"{name.en} ({length.en})")


def _changes_of(before: Deadline, after: Deadline) -> Iterator[Change]:
    name = quoted(after.text if after.text != Words() else after.id)

    def of(th: str, en: str) -> Words:
        return Words(f"{th}ของ {name.th}", f"{en} of {name.en}")

    for code, what, old, new in (
        ("deadline-length", of("กำหนดเวลา", "Time"), before.duration, after.duration),
        ("deadline-late-until", of("เวลาที่ยังรับได้เมื่อล่าช้า", "Latest time"), before.late_until, after.late_until),
    ):
        length = changed_length(code, what, (old, before.calendar), (new, after.calendar), True)
        if length is not None:
            yield length
    for code, what, text, other in (
        ("deadline-date", of("วันครบกำหนด", "Date"), before.at, after.at),
        ("deadline-from", of("จุดเริ่มนับเวลา", "Start"), before.from_, after.from_),
        ("deadline-stopped-by", of("สิ่งที่หยุดเวลา", "What stops the clock"), before.stopped_by, after.stopped_by),
    ):
        yield from texts(code, what, text, other, True)
    if before.text != after.text:
        yield altered("deadline-text", DEADLINE, quoted(before.text), name)
    if set(before.overseers) - set(after.overseers):
        gone = quoted(", ".join(sorted(set(before.overseers) - set(after.overseers))))
        yield removed("deadline-overseer-removed", of("ผู้กำกับ", "Overseer"), gone, True)
    rest = ("kind", "legal_basis", "late_reasons_field", "scope", "last_day", "evidence", "proof")
    more = set(after.overseers) - set(before.overseers)
    if more or any(getattr(before, field) != getattr(after, field) for field in rest):
        yield edited("deadline-terms", of("รายละเอียดกำหนดเวลา", "Terms"))


def reminders(before: Sequence[Reminder], after: Sequence[Reminder], name_of: NameOf) -> Iterator[Change]:
    """They have no ids: one that is otherwise is the old one removed and another added."""
    gone, come = gone_and_come(before, after)
    for number in come:
        yield added("reminder-added", REMINDER, _reminder(after[number], name_of))
    for number in gone:
        replaced = len(come) >= len(gone)
        yield removed("reminder-removed", REMINDER, _reminder(before[number], name_of), not replaced)


def _reminder(reminder: Reminder, name_of: NameOf) -> Words:
    when = Words("เมื่อครบกำหนด", "when due")
    for text, th, en in (
        (reminder.before, "ก่อนครบกำหนด", "before it is due"),
        (reminder.after, "หลังเริ่ม", "after the beginning"),
        (reminder.overdue, "หลังครบกำหนด", "after it was due"),
    ):
        if text:
            length = spelled(text, reminder.calendar)
            when = Words(f"{th} {length.th}", f"{length.en} {en}")
    whom = [_WHOM.get(word) or named_key(word.removeprefix("role:"), name_of) for word in reminder.to]
    th, en = ", ".join(one.th for one in whom), ", ".join(one.en for one in whom)
    said = Words(f"{when.th} ถึง {th}", f"{when.en}, to {en}")
    if not reminder.repeat:
        return said
    again = spelled(reminder.repeat, reminder.calendar)
    return Words(f"{said.th} ซ้ำทุก {again.th}", f"{said.en}, every {again.en}")


def timers(before: Node, after: Node) -> Iterator[Change]:
    """Of events that wait for a time, each part of a multiple event included."""
    olds, news = (_times(node.event) for node in (before, after))
    if olds == news:
        return
    what = Words("เวลาของตัวจับเวลา", "Timer")
    for old, new in zip(olds, news, strict=False):
        if old != new:
            duration = old[0] == new[0] == "duration"
            change = changed_length("timer", what, (old[1], None), (new[1], None), duration)
            if change is not None:
                yield change
    if len(olds) != len(news):
        yield edited("timer", what, len(news) < len(olds))


def _times(event: Event | None) -> list[tuple[str, str]]:
    if event is None:
        return []
    own = [(event.timer, event.expression or "")] if event.timer else []
    return own + [time for part in event.parts for time in _times(part)]
