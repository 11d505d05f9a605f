"""What each step of a scenario must look like, so that a slip of the pen is told in words, not by a crash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.calendar.durations import parse_duration
from engine.calendar.errors import CalendarError

Words = tuple[str, str]  # Thai, English
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "waive": ("task", "controlPoint", "as", "approvedBy", "reason"),
    "message": ("name",),
    "signal": ("name",),
    "job": ("type",),
    "correct": ("as", "data"),
}
_ALLOWED: Mapping[str, frozenset[str]] = {
    "waive": frozenset({"task", "controlPoint", "as", "approvedBy", "reason"}),
    "message": frozenset({"name", "key", "as", "data", "timeToLive"}),
    "signal": frozenset({"name", "as", "data"}),
    "job": frozenset({"type", "complete", "fail", "error", "data"}),
    "correct": frozenset({"as", "data"}),
}
_EVENTS = frozenset({"message", "timer", "signal", "evaluate"})
_IN_START = _EVENTS | {"as", "data", "key", "businessId", "timeToLive"}
_LISTS = frozenset({"waiting", "taken", "notified", "groups", "users", "started"})
_MAPPINGS = frozenset({"controlPoints", "deadlines", "variables"})
_STATES = ("ACTIVE", "COMPLETED", "TERMINATED")


def faults_of_step(kind: str, what: Any, beside: Mapping[str, Any]) -> Iterator[Words]:
    """What is wrong with one step; nothing for a good one."""
    if kind == "task":
        yield from _task(what, beside)
    elif kind == "expect":
        yield from faults_of_expectations(what)
    elif kind == "wait":
        yield from _duration(what)
    elif kind in _REQUIRED:
        if not isinstance(what, Mapping):
            yield f"{kind} ต้องเป็นรายการชื่อกับค่า", f"{kind} must have names and values."
            return
        for name in _REQUIRED[kind]:
            if what.get(name) in (None, ""):
                yield f"{kind}: ไม่ได้ระบุ {name}", f"{kind}: {name} is missing."
        for name in sorted(set(map(str, what)) - _ALLOWED[kind]):
            yield f"{kind}: ไม่รู้จัก {name}", f"{kind}: {name} is not known here."
        yield from _data(what.get("data"))
    yield from _refused(beside.get("refused"))


def faults_of_start(start: Mapping[str, Any]) -> Iterator[Words]:
    """What is wrong with the start."""
    if "events" not in start:
        yield from _start(start, by_itself=False)
        return
    events = start["events"]
    if len(start) > 1 or not isinstance(events, list) or not all(isinstance(e, Mapping) for e in events) or not events:
        yield "start: events เป็นรายการของเหตุการณ์ และอยู่ลำพัง", "start: events is a list of events and stands alone."
        return
    for event in events:
        yield from _start(event, by_itself=True)


def _start(start: Mapping[str, Any], by_itself: bool) -> Iterator[Words]:
    for name in sorted(set(map(str, start)) - _IN_START):
        yield f"start: ไม่รู้จัก {name}", f"start: {name} is not known here."
    kinds = _EVENTS.intersection(start)
    if len(kinds) > 1 or (by_itself and not kinds):
        said = ", ".join(sorted(_EVENTS))
        yield f"start: เหตุการณ์ต้องเป็นอย่างหนึ่งใน {said}", f"start: an event is one of {said}."
    if not kinds and not start.get("as"):
        yield "start: ไม่ได้ระบุผู้เริ่ม (as)", "start: as is missing: who starts the process."
    if "evaluate" in start and not isinstance(start["evaluate"], Mapping):
        yield "evaluate ต้องเป็นรายการชื่อกับค่า", "evaluate must have names and values."
    yield from _data(start.get("data"))


def faults_of_expectations(expected: Any) -> Iterator[Words]:
    """What is wrong with a list of expectations (of a step, or of a task)."""
    if not isinstance(expected, Mapping):
        yield "สิ่งที่คาดหมายต้องเป็นรายการชื่อกับค่า", "Expectations must have names and values."
        return
    for name, value in expected.items():
        if name in _LISTS and not isinstance(value, list) and value is not None:
            yield f"{name} ต้องเป็นรายการ [..]", f"{name} must be a list [..]."
        if name in _MAPPINGS and not isinstance(value, Mapping):
            yield f"{name} ต้องเป็นรายการชื่อกับค่า", f"{name} must have names and values."
        if name == "state" and value not in _STATES:
            yield f"state ต้องเป็นอย่างหนึ่งใน {', '.join(_STATES)}", f"state must be one of {', '.join(_STATES)}."
        if name == "notified" and isinstance(value, list) and not all(isinstance(n, Mapping) for n in value):
            yield "notified ต้องเป็นรายการของ {to, about}", "notified must be a list of {to, about}."


def _task(what: Any, beside: Mapping[str, Any]) -> Iterator[Words]:
    if not isinstance(what, str) or not what:
        yield "task ต้องเป็นรหัสของงาน", "task must be the id of a task."
    if "as" not in beside and ("data" in beside or "refused" in beside):
        yield "task: ไม่ได้ระบุผู้ทำ (as)", "task: as is missing: who completes it."
    yield from _data(beside.get("data"))
    if beside.get("expect") is not None:
        yield from faults_of_expectations(beside["expect"])


def _data(data: Any) -> Iterator[Words]:
    if data is not None and not isinstance(data, Mapping):
        yield "data ต้องเป็นรายการชื่อกับค่า", "data must have names and values."


def _refused(refused: Any) -> Iterator[Words]:
    if refused is None or isinstance(refused, str):
        return
    if not isinstance(refused, Mapping) or not set(refused) <= {"code", "controlPoints", "fields"}:
        yield "refused มีได้เฉพาะ code, controlPoints, fields", "refused has code, controlPoints and fields only."
        return
    for name in ("controlPoints", "fields"):
        if name in refused and not isinstance(refused[name], list):
            yield f"refused: {name} ต้องเป็นรายการ [..]", f"refused: {name} must be a list [..]."


def _duration(what: Any) -> Iterator[Words]:
    try:
        parse_duration(str(what))
    except CalendarError as error:
        yield f"wait: {what} ไม่ใช่ระยะเวลา เช่น PT24H", f"wait: {error}"
