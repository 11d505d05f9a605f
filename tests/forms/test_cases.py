"""The case files of the field types, which the web runs too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.forms import MESSAGES, Form, InvalidForm
from engine.forms.fields import field_types
from engine.forms.jsontext import read_json
from tests.forms.support import ENV, form_text

CASES = Path(__file__).parents[2] / "engine" / "forms" / "cases"


def groups() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.json")):
        listed = read_json(path.read_text("utf-8"))
        assert isinstance(listed, list)
        for group in listed:
            yield pytest.param(group, id=f"{path.stem}: {group['about']}")


def test_every_field_type_has_cases_and_every_case_file_a_type() -> None:
    assert {path.stem for path in CASES.glob("*.json")} == set(field_types())


@pytest.mark.parametrize("group", list(groups()))
def test_cases(group: dict[str, Any]) -> None:
    assert group["accepted"] or group["rejected"]
    text = form_text(plain(group["component"]))
    if group.get("form"):
        check_form(group, text)
        return
    made = Form.parse(text, "case.form")
    for entry in group["accepted"]:
        result = made.submit(sent(entry), group.get("scope", {}), ENV)
        assert result.errors == (), entry
        if entry.get("absent"):
            assert result.values == {}, entry
        else:
            assert result.values == {"x": entry.get("stored", entry.get("value"))}, entry
    for entry in group["rejected"]:
        result = made.submit(sent(entry), group.get("scope", {}), ENV)
        found = [(error.field, error.code) for error in result.errors]
        assert found == [("x" + entry.get("at", ""), entry["code"])], entry
        assert entry["code"] in MESSAGES
        assert result.values == {}


def sent(entry: dict[str, Any]) -> dict[str, object]:
    return {"x": entry["value"]} if "value" in entry else {}


def check_form(group: dict[str, Any], text: str) -> None:
    if group["accepted"]:
        assert Form.parse(text, "case.form").fields == {}
    for entry in group["rejected"]:
        with pytest.raises(InvalidForm) as caught:
            Form.parse(text, "case.form")
        assert [fault.rule for fault in caught.value.faults] == [entry["code"]]


def plain(value: Any) -> Any:
    """Decimals as JSON writes them."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if type(value).__name__ == "Decimal":
        return int(value) if value == value.to_integral_value() else float(value)
    return value
