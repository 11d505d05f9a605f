"""Every example in docs/reference/due-times.md is true."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from engine.calendar.office import office_calendar
from engine.calendar.recurring import next_recurring_date
from engine.calendar.standard import KINDS, standard_time
from tests.house.sources import ROOT

ZONE = "Asia/Bangkok"
_ROW = re.compile(r"\| `(2[0-9T:-]+)` \| (`.+`) \| `(2[0-9T:-]+)` \|")


def examples() -> list[tuple[str, list[str], str]]:
    text = (ROOT / "docs" / "reference" / "due-times.md").read_text(encoding="utf-8")
    rows = filter(None, map(_ROW.fullmatch, text.splitlines()))
    return [(row[1], re.findall(r"`(.+?)`", row[2]), row[3]) for row in rows]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


@pytest.mark.parametrize(("start", "said", "due"), examples())
def test_example(start: str, said: list[str], due: str) -> None:
    office, moves = office_calendar(2026, ZONE), said[-1] == "nextWorkingDay"
    if len(said) > 1 and said[1] in KINDS:
        found = standard_time(at(start), said[0], said[1], office, to_working_day=moves)
    else:
        found = next_recurring_date(said[0], at(start), ZONE, office if moves else None)
    assert found == at(due)


def test_the_examples_are_found() -> None:
    assert len(examples()) >= 20
