"""Custom properties that mark a field as classified or as personal data."""

from __future__ import annotations

import pytest

from engine.forms import Form
from engine.model.marks import Mark, path_of
from tests.forms.support import faults_of, form_text


def field(key: str, **custom: str) -> dict[str, object]:
    return {"type": "textfield", "key": key, "properties": {f"krabuan.{name}": text for name, text in custom.items()}}


def test_marked_fields_are_known_by_their_full_names() -> None:
    people = {"type": "dynamiclist", "path": "people", "components": [field("name", personalData="true")]}
    form = Form.parse(form_text(field("a"), field("b.c", **{"class": "secret"}), people), "f.form")
    assert form.marks == {"b.c": Mark(2), "people[].name": Mark(0, True)}


@pytest.mark.parametrize("custom", [{"class": "hidden"}, {"class": ""}, {"personalData": "yes"}, {"personalData": "1"}])
def test_a_mark_that_says_nothing_known_is_refused(custom: dict[str, str]) -> None:
    assert faults_of(form_text(field("a", **custom) | {"id": "f"})) == [("f", "form-property")]


def test_a_mark_that_marks_nothing_is_none() -> None:
    form = Form.parse(form_text(field("a", personalData="false", **{"class": "normal"})), "f.form")
    assert form.marks == {}


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("amount", ("amount",)), ("address.street", ("address", "street")), ("people[].name", ("people", "[]", "name")),
        ("a[].b[].c", ("a", "[]", "b", "[]", "c")),
    ],
)  # fmt: skip
def test_the_way_from_the_variable_to_the_field(name: str, steps: tuple[str, ...]) -> None:
    assert path_of(name) == steps
