"""The summary of a case on paper: Thai broken rightly, nothing that somebody typed breaks it, long ones are cut and say so."""

from __future__ import annotations

import os
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from api.evidence_bundle import Made
from api.evidence_pdf import MOST_LINES, summary_pdf
from api.evidence_words import EVENTS
from api.lines import broken
from api.pdf_sheet import Sheet
from engine.history.verify import Verification
from engine.queries.case_evidence import Evidence
from engine.queries.case_story import story

NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)
AT = "2026-04-10T09:00:00.000000Z"
THAI = "ต้องพิจารณาปัจจัยดังนี้ที่ผู้ปู่ซื้อน้ำป้ำฟื้นปั่นญาตุ" * 4
HOSTILE = "</script>\0\x1b[31m\u202e😀\n\tก็" + "ำ" * 50 + "W" * 500


def event(sequence: int, **changes: Any) -> dict[str, Any]:
    said = {"sequence": sequence, "at": AT, "type": "comment-written", "actor": "ann", "onBehalfOf": None, "hash": "0"}
    return {**said, "elementId": None, "elementInstanceKey": None, "data": {"text": "-"}, **changes}


def summary(events: list[dict[str, Any]], language: str = "th", **history: Any) -> bytes:
    case = {
        "processInstanceKey": "7", "processDefinitionId": "p", "processDefinitionName": HOSTILE, "processNameEn": None,
        "processDefinitionVersion": 1, "businessId": HOSTILE, "state": "ACTIVE", "startDate": AT, "endDate": None,
        "startedBy": "ann",
    }  # fmt: skip
    found = Evidence(case, True, events, [], Verification(7, True, len(events), "0", None), None, {})
    told = {"valid": True, "events": len(events), "head": "0", "firstBadSequence": None, "given": True, "signedEvents": 0}
    facts = {"madeAt": AT, "madeBy": "auditor", "people": "names", "history": told | history}
    return summary_pdf(found, story(events, {}), facts, Made("auditor", NOW, language, "Asia/Bangkok"), {})


@pytest.mark.parametrize("text", [THAI, HOSTILE, "", "a b", "ก" * 300, "word " * 60])
@pytest.mark.parametrize("room", [30.0, 120.0, 500.0])
def test_lines_hold_all_of_the_text_and_none_begins_with_a_mark(text: str, room: float) -> None:
    lines = broken(text, room, 8)
    bare = "".join(c for c in text if c.isprintable() and c != " ")
    assert "".join(lines).replace(" ", "") == bare
    assert [line for line in lines[1:] if line and unicodedata.category(line[0]) == "Mn"] == []


@pytest.mark.parametrize("language", ["th", "en"])
def test_nothing_that_somebody_typed_breaks_it(language: str) -> None:
    set_ = event(1, type="variable-set", data={"scope": "7", "name": HOSTILE, "value": {"x": [HOSTILE] * 30}})
    odd = [event(2, type="decision-evaluated", data={"evaluated": "x"}), event(3, type="deadline-started", data={})]
    assert summary([set_, *odd, event(4, actor=HOSTILE)], language).startswith(b"%PDF-")


def test_a_long_case_is_cut_and_every_page_is_numbered() -> None:
    short = summary([event(n) for n in range(1, 20)])
    cut = summary([event(n) for n in range(1, MOST_LINES + 50)])
    longer = summary([event(n) for n in range(1, MOST_LINES + 250)])
    assert short.count(b"/Type /Page\n") < cut.count(b"/Type /Page\n") == longer.count(b"/Type /Page\n")


def test_a_row_longer_than_a_page_goes_on_on_the_next() -> None:
    with Sheet("t", "f", NOW) as sheet:
        sheet.grid(("a", "b"), [(THAI * 60, "x")], (0.3, 0.7))
        assert sheet.page_no() > 1


def test_a_broken_chain_is_told_in_both_languages() -> None:
    for language in ("th", "en"):
        assert summary([event(1)], language, valid=False, firstBadSequence=1).startswith(b"%PDF-")


def test_every_event_has_its_word_in_both_languages() -> None:
    assert all(th.strip() and en.strip() for th, en in EVENTS.values())


def test_no_font_stays_open_though_the_sheet_was_never_made() -> None:
    """The descriptors of a service are few."""
    with Sheet("t", "f", NOW) as sheet:
        sheet.say(THAI)
    held = {os.path.realpath(link) for link in Path("/proc/self/fd").iterdir()}
    assert [name for name in held if name.endswith(".ttf")] == []
