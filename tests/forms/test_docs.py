"""The examples and tables of docs/reference/forms.md are true."""

from __future__ import annotations

import json
import re
from pathlib import Path

from engine.feel import to_json
from engine.forms import Form
from engine.forms.fields import field_types
from tests.forms.support import problems, submit

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "forms.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```json {kind}\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_does_what_the_page_says() -> None:
    made = Form.parse(blocks("form")[0], "example.form")
    good, bad = (submit(made, json.loads(text)) for text in blocks("submit"))
    assert to_json(good.values) == json.loads(blocks("values")[0])
    assert [list(problem) for problem in problems(bad)] == json.loads(blocks("errors")[0])


def test_every_type_and_every_rule_is_on_the_page() -> None:
    named = set(re.findall(r"`([A-Za-z-]+)`", PAGE))
    assert set(field_types()) <= named
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "engine" / "forms").rglob("*.py"))
    assert set(re.findall(r'"(form-[a-z-]+)"', source)) == {name for name in named if name.startswith("form-")} - {
        "form-js"
    }
