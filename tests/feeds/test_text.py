"""What a calendar program reads: parsed again by a library of its own, whatever names people chose."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from icalendar import Calendar, Event

from api.calendar_text import Language, tag_of, text_of
from engine.model.manual import Words
from engine.queries.calendar_feed import Entry

NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)
DUE = datetime(2026, 4, 13, 9, tzinfo=UTC)
HERE = "https://work.example.go.th/"
TASK = Entry("mine", "12", "7", DUE, 3, Words("ตรวจคำขอ", "Check the request"), Words("คำขอ", "Request"), "กข 1/2569")


def written(*entries: Entry, language: Language = "th") -> bytes:
    return text_of(entries, language, HERE, NOW)


def events(*entries: Entry, language: Language = "th") -> list[Event]:
    calendar = Calendar.from_ical(written(*entries, language=language))
    assert calendar.errors == []
    return calendar.events


def test_a_due_date_is_a_moment_with_a_link_to_its_task() -> None:
    (event,) = events(TASK)
    assert (event["UID"], event["SEQUENCE"]) == ("task-12@krabuan", 3)
    assert event.decoded("DTSTART") == DUE and "DTEND" not in event and "DURATION" not in event
    assert event["SUMMARY"] == "ครบกำหนด: ตรวจคำขอ"
    assert event["DESCRIPTION"] == f"คำขอ\nเรื่อง กข 1/2569\n{HERE}tasks/12"
    assert (event["URL"], event["TRANSP"], event["CLASS"]) == (f"{HERE}tasks/12", "TRANSPARENT", "PRIVATE")
    assert event.walk("VALARM") == [], "whoever subscribes decides about alarms"
    assert b"DTSTART:20260413T090000Z\r\n" in written(TASK), "UTC: right in every zone"


def test_each_kind_says_what_it_is_in_the_language_of_its_reader() -> None:
    kinds = (TASK, replace(TASK, kind="group", key="13"), replace(TASK, kind="statutory", key="12"))
    assert [e["SUMMARY"] for e in events(*kinds, language="en")] == [
        "Due: Check the request",
        "Due (group task, nobody has taken it): Check the request",
        "Statutory deadline: Check the request",
    ]
    assert [e["UID"] for e in events(*kinds)] == ["task-12@krabuan", "task-13@krabuan", "deadline-12@krabuan"]
    assert events(*kinds)[2]["URL"] == f"{HERE}cases/7"
    (thai_only,) = events(replace(TASK, what=Words("ลงนาม")), language="en")
    assert thai_only["SUMMARY"] == "Due: ลงนาม"


@pytest.mark.parametrize(
    ("kind", "language", "said"),
    [
        ("mine", "th", "มีงานครบกำหนด (เรื่องที่มีชั้นความลับ เลขที่ 7)"),
        ("group", "en", "A group task is due (classified case 7)"),
        ("statutory", "en", "A statutory deadline ends (classified case 7)"),
    ],
)
def test_of_a_classified_case_nothing_but_its_number_is_told(kind: str, language: Language, said: str) -> None:
    hidden = Entry(kind, "12", "7", DUE)  # type: ignore[arg-type]
    (event,) = events(hidden, language=language)
    assert event["SUMMARY"] == said
    assert event["DESCRIPTION"] == event["URL"], "the way to it, for who may go there"


HOSTILE = {
    "a line that would begin an event": "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:forged",
    "a lone carriage return": "x\rATTENDEE:mailto:a@example.org",
    "a line feed": "x\nURL:https://elsewhere.example",
    "separators of Unicode": "x\u2028SUMMARY:y\u2029z\x85w",
    "what must be escaped": "a, b; c \\ d \\n e : f \" g",
    "control characters": "a\x00b\x07c\x1bd",
    "emojis": "👩🏽‍⚖️ งานด่วน 🚨 " * 9,
    "long Thai, folded inside of letters": "กำหนดการตรวจสอบข้อเท็จจริงเกี่ยวกับการละเมิดข้อมูลส่วนบุคคล" * 4,
    "nothing but blanks": " \t\n ",
    "far too long": "ก" * 10_000,
    "direction marks": "\u202eabc\u202c",
    "a template": "{case} {what} %s ${x}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_name_can_break_the_feed(text: str) -> None:
    entry = replace(TASK, what=Words(text, text), process=Words(text), business_id=text)
    for language in ("th", "en"):
        raw = written(entry, TASK, language=language)  # type: ignore[arg-type]
        assert all(len(line) <= 75 for line in raw.split(b"\r\n")), "octets, RFC 5545, section 3.1"
        assert b"\n" not in raw.replace(b"\r\n", b"") and b"\r" not in raw.replace(b"\r\n", b"")
        raw.decode("utf-8")  # no letter was cut
        calendar = Calendar.from_ical(raw)
        hostile, sound = calendar.events
        assert {str(e["UID"]) for e in calendar.events} == {"task-12@krabuan"} and len(calendar.events) == 2
        assert list(hostile) == list(sound), "no property more, and none less"
        assert hostile["URL"] == sound["URL"]
        assert len(hostile["SUMMARY"]) <= 300 and "\n" not in hostile["SUMMARY"]


def test_what_was_escaped_reads_as_it_was() -> None:
    text = HOSTILE["what must be escaped"]
    (event,) = events(replace(TASK, what=Words(text)))
    assert event["SUMMARY"] == f"ครบกำหนด: {text}"


def test_an_empty_feed_is_a_calendar() -> None:
    calendar = Calendar.from_ical(written(language="en"))
    assert calendar.events == [] and calendar["X-WR-CALNAME"] == "Krabuan: my due dates"
    assert calendar["VERSION"] == "2.0" and "PRODID" in calendar
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in written()


def test_the_tag_changes_with_what_is_told_and_with_nothing_else() -> None:
    same = tag_of([TASK], "th", HERE)
    assert same == tag_of([replace(TASK)], "th", HERE)
    others = [tag_of([replace(TASK, rev=4)], "th", HERE), tag_of([TASK], "en", HERE), tag_of([], "th", HERE)]
    assert len({same, *others}) == 4
