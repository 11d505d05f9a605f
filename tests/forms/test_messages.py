"""The table of messages is complete, and holds nothing that no field says."""

from __future__ import annotations

import re
from pathlib import Path

from engine.forms import MESSAGES

ROOM = Path(__file__).parents[2] / "engine" / "forms"
SAID = re.compile(
    r'(?:refused|Problem)\(\s*"([a-z-]+)"|FieldError\([^"]*(?:"",\s*)?"([a-z-]+)"|_fail\(item, "([a-z-]+)"'
)


def test_every_code_in_the_source_has_a_text_and_the_other_way_round() -> None:
    source = "\n".join(path.read_text("utf-8") for path in ROOM.rglob("*.py") if path.name != "messages.py")
    said = {code for groups in SAID.findall(source) for code in groups if code}
    said |= {f"invalid-{kind}" for kind in ("date", "time", "datetime")}
    said |= {"too-large", "too-deep", "invalid-value", "unknown-field", "invalid-object"}
    assert said == set(MESSAGES)


def test_both_languages_take_the_same_parameters() -> None:
    for code, text in MESSAGES.items():
        assert re.search("[ก-๙]", text.th) and text.en.isascii(), code
        assert sorted(re.findall(r"{\w+}", text.th)) == sorted(re.findall(r"{\w+}", text.en)), code
