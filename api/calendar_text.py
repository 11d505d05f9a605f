"""A calendar feed as text: iCalendar (RFC 5545), one event for each due date, at the moment it is due, in UTC."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import orjson

from api.version import VERSION
from engine.model.manual import Words
from engine.queries.calendar_feed import Entry

if TYPE_CHECKING:
    from icalendar import Event

Language = Literal["th", "en"]
ASKED_EVERY = timedelta(hours=1)  # how often a program should ask again (RFC 7986, section 5.7)
LONGEST = 300  # characters of a title

_NAME = {"th": "กระบวน: กำหนดเวลาของฉัน", "en": "Krabuan: my due dates"}
_TITLES: Mapping[str, Mapping[str, str]] = {
    "mine": {"th": "ครบกำหนด: {what}", "en": "Due: {what}"},
    "group": {"th": "ครบกำหนด (งานของกลุ่ม ยังไม่มีผู้รับ): {what}", "en": "Due (group task, nobody has taken it): {what}"},
    "statutory": {"th": "กำหนดตามกฎหมาย: {what}", "en": "Statutory deadline: {what}"},
}
_CLASSIFIED: Mapping[str, Mapping[str, str]] = {
    "mine": {"th": "มีงานครบกำหนด", "en": "A task is due"},
    "group": {"th": "มีงานของกลุ่มครบกำหนด", "en": "A group task is due"},
    "statutory": {"th": "มีกำหนดตามกฎหมาย", "en": "A statutory deadline ends"},
}
_OF_CLASSIFIED = {"th": "{said} (เรื่องที่มีชั้นความลับ เลขที่ {case})", "en": "{said} (classified case {case})"}
_CASE = {"th": "เรื่อง {case}", "en": "Case {case}"}


def tag_of(entries: Sequence[Entry], language: Language, address: str) -> str:
    """The same for the same feed, whenever it is asked for."""
    return hashlib.sha256(orjson.dumps([VERSION, language, address, entries])).hexdigest()[:32]


def text_of(entries: Sequence[Entry], language: Language, address: str, now: datetime) -> bytes:
    """The feed, its lines folded at 75 octets. `address` is that of the service, with a slash at its end: from it,
    each entry leads to its task or case. Each entry keeps its UID, whatever becomes of it."""
    # 3 MiB, which a service does without until a feed is asked for
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", f"-//Krabuan//Krabuan {VERSION}//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", _NAME[language])
    calendar.add("x-wr-calname", _NAME[language])
    calendar.add("x-wr-timezone", "Asia/Bangkok")
    calendar.add("refresh-interval", ASKED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        event = Event()
        _fill(event, entry, language, address, now)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _fill(event: Event, entry: Entry, language: Language, address: str, now: datetime) -> None:
    place = "cases" if entry.kind == "statutory" else "tasks"
    key = entry.case_key if entry.kind == "statutory" else entry.key
    link = f"{address}{place}/{key}"
    event.add("uid", f"{'deadline' if entry.kind == 'statutory' else 'task'}-{entry.key}@krabuan")
    event.add("dtstamp", now)
    event.add("dtstart", entry.due)  # without an end: a moment (RFC 5545, section 3.6.1)
    event.add("sequence", entry.rev)
    event.add("summary", _title(entry, language))
    event.add("description", "\n".join([*_told(entry, language), link]))
    event.add("url", link)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # a due date keeps nobody busy
    if entry.kind == "statutory":
        event.add("priority", 1)


def _title(entry: Entry, language: Language) -> str:
    if entry.what is None:
        said = _CLASSIFIED[entry.kind][language]
        return _OF_CLASSIFIED[language].format(said=said, case=entry.case_key)
    return _TITLES[entry.kind][language].format(what=_line(entry.what, language))[:LONGEST]


def _told(entry: Entry, language: Language) -> list[str]:
    if entry.what is None:
        return []
    case = _plain(entry.business_id or "") or entry.case_key
    return [line for line in (_line(entry.process, language), _CASE[language].format(case=case)) if line]


def _line(said: Words, language: Language) -> str:
    return _plain((said.en if language == "en" else "") or said.th)


def _plain(text: str) -> str:
    """In one line: a line break in a name must begin no line of the feed."""
    return " ".join("".join(" " if _breaks(c) else c for c in text).split())[:LONGEST]


def _breaks(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Zl", "Zp")


def content_type() -> dict[str, Any]:
    """How the feed is described."""
    return {"text/calendar": {"schema": {"type": "string"}}}
