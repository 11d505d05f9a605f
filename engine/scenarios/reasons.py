"""Why a scenario did not go as it says: in Thai and in English, with the line where one is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.errors import EngineError
from engine.model.faults import Fault

_MOST_SAID = 20  # of the findings that one error carries
_TH = {
    "waiting": "ที่รออยู่", "state": "สถานะ", "started": "กระบวนงานที่เริ่ม", "instances": "จำนวนเรื่อง",
    "candidate groups": "กลุ่มผู้ทำ", "candidate users": "ผู้ทำ", "assignee": "ผู้รับงาน", "priority": "ความสำคัญ",
    "due": "กำหนดเวลา", "control point": "จุดควบคุม", "deadline": "กำหนดเวลา", "variable": "ข้อมูล",
    "control points not satisfied": "จุดควบคุมที่ไม่ผ่าน", "fields refused": "ช่องที่ไม่รับ",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. `line` counts from 1 in the scenario's file."""

    th: str
    en: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.th} / {self.en}"


def of_error(error: EngineError) -> Reason:
    """What a command was refused with: the code, the reason, and what exactly is wrong."""
    said_th, said_en = "; ".join(_details(error, "th")), "; ".join(_details(error, "en"))
    th, en = f"{error.th} ({error.code})", f"{error.code}: {error.detail or error.en}"
    return Reason(f"{th}: {said_th}" if said_th else th, f"{en}: {said_en}" if said_en else en)


def of_fault(fault: Fault) -> Reason:
    """A fault of the file itself; its place is `file` or `file:line`."""
    return Reason(fault.th, fault.en, line_of(fault.file))


def line_of(place: str) -> int | None:
    """The line of a place `file:line`; None for a whole file."""
    digits = place.rpartition(":")[2]
    return int(digits) if ":" in place and digits.isdecimal() else None


def unequal(what: str, wanted: Any, found: Any, name: str = "") -> Reason:
    """Something (of this name) is not what it ought to be. `what` is one of `_TH`."""
    of_name = f" {name}" if name else ""
    th = f"{_TH[what]}{of_name}: คาดว่า {shown(wanted)} แต่พบ {shown(found)}"
    return Reason(th, f"{what}{of_name}: expected {wanted}, found {found}")


def shown(value: Any) -> str:
    """A value as a reader of Thai understands it: nothing is ไม่มี."""
    if value is None or value == [] or value == {}:
        return "ไม่มี"
    if isinstance(value, list):
        return ", ".join(shown(one) for one in value)
    return str(value)


def _details(error: EngineError, language: str) -> Iterator[str]:
    members = error.members
    for one in _mappings(members.get("errors")):
        yield f"{one.get('field')}: {one.get(language)}"
    for one in _mappings(members.get("controlPoints")):
        yield str(one.get("id"))
    for one in _mappings(members.get("faults")):
        yield f"{one.get('file')}: {one.get(language)}"
    yield from (str(members[name]) for name in ("permission", "state") if name in members)


def _mappings(found: Any) -> Iterable[Mapping[str, Any]]:
    listed = found[:_MOST_SAID] if isinstance(found, list) else []
    return [one for one in listed if isinstance(one, Mapping)]
