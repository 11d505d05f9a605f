"""The tables in the summary of a case: what case_story.story tells, in words of one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from api.evidence_words import LANGUAGES, STATES, month_of
from engine.queries.case_evidence import SEALED

_LONGEST = 400  # characters of a value
Text = tuple[str, str]  # in Thai, in English
Items = Sequence[Mapping[str, Any]]
STEP: Text = ("ขั้นตอน", "Step")
BY: Text = ("โดย", "By")


@dataclass(frozen=True, slots=True)
class Part:
    """A table; `shares` are those of its columns in the width of the page."""

    title: Text
    columns: Sequence[Text]
    shares: Sequence[float]
    rows: Sequence[Sequence[str]]


class Words:
    """Texts in the language of the summary; times where the office is."""

    def __init__(self, language: str, zone: str) -> None:
        self.n, self._zone = LANGUAGES.index(language), ZoneInfo(zone)

    def __call__(self, th: str, en: str) -> str:
        return (th, en)[self.n]

    def both(self, th: str, en: str) -> str:
        """The language of the summary first, the other beside it."""
        return f"{(th, en)[self.n]} / {(en, th)[self.n]}"

    def state(self, code: str | None) -> str:
        """What a state is called; a code that has no name is shown as it is."""
        return STATES[code][self.n] if code is not None and code in STATES else code or ""

    def time(self, moment: str | None) -> str:
        """`moment` is ISO 8601 with its offset."""
        if moment is None:
            return ""
        at = datetime.fromisoformat(moment).astimezone(self._zone)
        day = f"{at.day} {month_of(at.month)} {at.year + 543}" if self.n == 0 else f"{at:%Y-%m-%d}"
        return f"{day} {at:%H:%M:%S}"

    def named(self, name: Mapping[str, str | None]) -> str:
        """One of {th, en}."""
        return str(name[LANGUAGES[self.n]] or name["th"] or "")

    def value(self, value: Any) -> str:
        """Any JSON value, not too long."""
        if value is None:
            return ""
        if isinstance(value, Mapping) and set(value) == {"th", "en"}:
            return self.named(value)
        text = value if isinstance(value, str) else orjson.dumps(value).decode()
        text = text.replace(SEALED, self("[ปิดผนึก]", "[sealed]"))
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

    def who(self, actor: str | None, behalf: str | None = None) -> str:
        """Who acted, and in whose name."""
        if actor is None:
            return ""
        shown = self("ระบบ", "the system") if actor == "system" else actor
        return f"{shown} {self('แทน', 'for')} {behalf}" if behalf else shown


def parts_of(w: Words, told: Mapping[str, Any]) -> list[Part]:
    """In the order in which they are read."""
    return [
        _parties(w, told["parties"]), _steps(w, told["steps"]), _points(w, told["controlPoints"]),
        _clocks(w, told["deadlines"]), _decided(w, told["decisions"]), _documents(w, told["documents"]),
        _data(w, told["variables"]),
    ]  # fmt: skip


def _parties(w: Words, items: Items) -> Part:
    columns = (("ผู้กระทำ", "Who"), ("จำนวนเหตุการณ์", "Events"), ("ครั้งแรก", "First"), ("ครั้งสุดท้าย", "Last"))
    rows = [
        [w.who(p["actor"], p["onBehalfOf"]), str(p["events"]), w.time(p["first"]), w.time(p["last"])] for p in items
    ]
    return Part(("ผู้เกี่ยวข้อง", "Who took part"), columns, (0.4, 0.14, 0.23, 0.23), rows)


def _steps(w: Words, items: Items) -> Part:
    columns = (STEP, ("เริ่ม", "Entered"), ("สิ้นสุด", "Ended"), ("ผล", "State"), BY)
    rows = [
        [f"{p['number'] or ''} {w.named(p['name'])}".strip(), w.time(p["entered"]), w.time(p["ended"]),
         w.state(p["state"]), w.who(p["endedBy"], p["onBehalfOf"])]
        for p in items
    ]  # fmt: skip
    return Part(("ขั้นตอนที่ทำ", "Steps"), columns, (0.36, 0.18, 0.18, 0.1, 0.18), rows)


def _points(w: Words, items: Items) -> Part:
    columns = (("จุดควบคุม", "Control point"), STEP, ("ผล", "Result"), ("เมื่อ", "When"), ("หลักฐาน", "Evidence"))
    rows = [
        [w.named(p["text"]) if p["text"] else str(p["controlPointId"]), w.named(p["step"]), w.state(p["state"]),
         w.time(p["at"]), w.value(p["detail"])]
        for p in items
    ]  # fmt: skip
    title = ("จุดควบคุมและหลักฐาน", "Control points and their evidence")
    return Part(title, columns, (0.3, 0.2, 0.1, 0.16, 0.24), rows)


def _clocks(w: Words, items: Items) -> Part:
    columns = (
        ("กำหนดเวลา", "Deadline"), ("ชนิด", "Kind"), ("เริ่มนับ", "From"), ("ครบกำหนด", "Due"), ("หยุด", "Stopped"),
        ("ผล", "State"),
    )  # fmt: skip
    rows = [
        [str(p["deadlineId"]), w.state(p["kind"]), w.time(p["startedAt"]), w.time(p["dueAt"]), w.time(p["stoppedAt"]),
         w.state(p["state"])]
        for p in items
    ]  # fmt: skip
    return Part(("กำหนดเวลา", "Deadlines"), columns, (0.24, 0.12, 0.17, 0.17, 0.17, 0.13), rows)


def _decided(w: Words, items: Items) -> Part:
    columns = (("ตาราง", "Table"), STEP, ("เมื่อ", "When"), ("แถวที่ตรง", "Matched rules"), ("ผล", "Result"))
    rows = [
        [f"{p['decisionName'] or p['decisionId']} ({p['version']})", w.named(p["step"]), w.time(p["at"]),
         _rules(p["evaluated"]), w.value(p["failure"] or p["output"])]
        for p in items
    ]  # fmt: skip
    return Part(("การตัดสินใจตามตาราง", "Decisions"), columns, (0.24, 0.2, 0.16, 0.14, 0.26), rows)


def _documents(w: Words, items: Items) -> Part:
    columns = (("ชื่อไฟล์", "File"), ("ขนาด (ไบต์)", "Bytes"), ("แนบเมื่อ", "Added"), BY, ("SHA-256", "SHA-256"))
    rows = [[w.value(p["fileName"]), str(p["size"]), w.time(p["at"]), w.who(p["by"]), str(p["sha256"])] for p in items]
    return Part(("เอกสารของเรื่อง", "Documents"), columns, (0.26, 0.1, 0.16, 0.14, 0.34), rows)


def _data(w: Words, items: Items) -> Part:
    rows = [[str(p["name"]), w.value(p["value"])] for p in items]
    return Part(("ข้อมูลของเรื่อง", "Data of the case"), (("ชื่อ", "Name"), ("ค่า", "Value")), (0.3, 0.7), rows)


def _rules(evaluated: Any) -> str:
    """The numbers of the rules that matched, decision by decision."""
    of = [one for one in evaluated or () if isinstance(one, Mapping) and one.get("rules")]
    return "; ".join(", ".join(str(rule.get("index")) for rule in one["rules"]) for one in of)
