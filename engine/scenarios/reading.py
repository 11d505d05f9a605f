"""Read a scenario file: YAML into steps, with every fault named for a person who knows no Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from engine.model.faults import Fault
from engine.model.lined import Lined, Unreadable, read_lined
from engine.scenarios.shapes import faults_of_start, faults_of_step

KINDS = ("task", "waive", "wait", "until", "message", "signal", "job", "correct", "expect")
_BESIDE: Mapping[str, frozenset[str]] = {
    "task": frozenset({"as", "expect", "data", "refused", "item"}),
    "waive": frozenset({"refused"}),
    "correct": frozenset({"refused"}),
    "message": frozenset({"refused"}),
    "job": frozenset({"refused"}),
}
EXPECTATIONS = frozenset(
    {"waiting", "state", "controlPoints", "deadlines", "notified", "variables", "taken", "instances", "started"}
)
TASK_EXPECTATIONS = frozenset({"groups", "due", "assignee", "priority", "users"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `number` counts from 1; `what` is the value beside the step's kind; `place` is `file:line`."""

    number: int
    kind: str
    what: Any
    beside: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario file. `start` has `as` and `data`, or message, or timer."""

    file: str
    title: Mapping[str, str]
    process: str
    at: datetime
    start: Mapping[str, Any]
    steps: tuple[Step, ...]

    def place_of(self, number: int) -> str:
        """Where a step stands, 0 for the start: `file:line`, or the file alone."""
        if number:
            return next((step.place for step in self.steps if step.number == number), self.file)
        return self.start.place if isinstance(self.start, Lined) else self.file


class ScenarioFaulty(Exception):
    """A scenario file cannot be read; `faults` say why."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("; ".join(f.en for f in faults))


def read_scenario(path: Path) -> Scenario:
    """Read one file. Raises ScenarioFaulty with everything that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        said = "ไฟล์ไม่ใช่ข้อความ UTF-8", "the file is no text in UTF-8"
        raise ScenarioFaulty([Fault(path.name, None, "scenario", *said)]) from error
    return scenario_of_text(path.name, text)


def scenario_of_text(name: str, text: str, aliases: bool = True) -> Scenario:
    """Read the text of a file of this name. Raises ScenarioFaulty with everything that is wrong."""
    try:
        content = read_lined(name, text, dates=False, aliases=aliases)
    except Unreadable as error:
        raise ScenarioFaulty([Fault(error.place, None, "scenario", error.th, error.en)]) from error
    return scenario_of(name, content)


def scenario_of(name: str, content: Lined) -> Scenario:
    """The scenario that a mapping is. Raises ScenarioFaulty with everything that is wrong."""
    faults: list[Fault] = []

    def fault(where: str | None, th: str, en: str, place: str = name) -> None:
        faults.append(Fault(place, where, "scenario", th, en))

    for unknown in sorted(set(content) - {"title", "process", "at", "start", "steps"}):
        fault(None, f"ไม่รู้จัก {unknown}", f"{unknown} is not known here.", content.at(unknown))
    at = _moment(content.get("at"))
    if at is None:
        fault("at", "at ต้องเป็นวันและเวลาพร้อมเขตเวลา", "at must be a date and time with its offset.", content.at("at"))
    if not isinstance(content.get("process"), str):
        fault("process", "ไม่ได้ระบุ process", "process is missing.", content.at("process"))
    start = content.get("start")
    if not isinstance(start, dict):
        fault("start", "ไม่ได้ระบุ start", "start is missing.", content.at("start"))
    else:
        for th, en in faults_of_start(start):
            fault("start", th, en, content.at("start"))
    listed = content.get("steps") or []
    if not isinstance(listed, list):
        fault("steps", "steps ต้องเป็นรายการของขั้นตอน", "steps must be a list of steps.", content.at("steps"))
        listed = []
    steps = [_step(n, item, fault) for n, item in enumerate(listed, 1)]
    if faults or at is None or not isinstance(start, dict):
        raise ScenarioFaulty(faults)
    title = content.get("title") or {}
    words = title if isinstance(title, dict) else {"th": str(title), "en": str(title)}
    return Scenario(name, words, content["process"], at, start, tuple(s for s in steps if s is not None))


def _step(number: int, item: Any, told: Any) -> Step | None:
    where, place = f"steps[{number}]", item.place if isinstance(item, Lined) else ""

    def fault(where: str, th: str, en: str) -> None:
        told(where, th, en, *([place] if place else []))

    kinds = [k for k in KINDS if isinstance(item, dict) and k in item]
    kind = kinds[0] if kinds else None
    if kind is None or (len(kinds) > 1 and not (kind == "task" and kinds == ["task", "expect"])):
        fault(
            where,
            f"ขั้นที่ {number} ต้องเป็นอย่างหนึ่งใน {', '.join(KINDS)}",
            f"Step {number} must be one of {', '.join(KINDS)}.",
        )
        return None
    for unknown in sorted(set(item) - {kind} - _BESIDE.get(kind, frozenset())):
        fault(where, f"ขั้นที่ {number}: ไม่รู้จัก {unknown}", f"Step {number}: {unknown} is not known here.")
    beside = {k: v for k, v in item.items() if k != kind}
    for th, en in faults_of_step(kind, item[kind], beside):
        fault(where, f"ขั้นที่ {number}: {th}", f"Step {number}: {en}")
    if kind == "until" and _moment(item[kind]) is None:
        th, en = "until ต้องเป็นวันและเวลาพร้อมเขตเวลา", "until must be a date and time with its offset."
        fault(where, f"ขั้นที่ {number}: {th}", f"Step {number}: {en}")
    expected = item.get("expect") or {}
    allowed = EXPECTATIONS if kind == "expect" else TASK_EXPECTATIONS
    for unknown in sorted(set(expected) - allowed if isinstance(expected, dict) else ()):
        fault(where, f"ขั้นที่ {number}: ไม่รู้จักสิ่งที่คาดหมาย {unknown}", f"Step {number}: cannot expect {unknown}.")
    return Step(number, kind, item[kind], beside, place)


def _moment(value: Any) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    return None


def moment(value: Any) -> datetime:
    """A moment of a step. Raises ValueError."""
    found = _moment(value)
    if found is None or (isinstance(value, date) and not isinstance(value, datetime)):
        raise ValueError(f"{value!r} is no date and time with an offset")
    return found
