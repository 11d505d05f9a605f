"""Shared parts put into forms."""

from __future__ import annotations

import json

import pytest

from engine.forms import Form, InvalidForm, expand_parts, part_ids, read_form
from tests.forms.support import form_text, submit

REPORTER = json.loads(
    form_text({"type": "textfield", "id": "n", "key": "name", "validate": {"required": True}}, title="ผู้แจ้ง")
)


def test_a_part_becomes_a_group_each_time_with_ids_of_its_own() -> None:
    source = read_form(
        form_text(
            {"type": "krabuanPart", "id": "p1", "formId": "shared.reporter", "path": "reporter"},
            {
                "type": "group",
                "components": [
                    {"type": "krabuanPart", "id": "p2", "formId": "shared.reporter", "path": "other", "label": "อื่น"}
                ],
            },
        ),
        "a.form",
    )
    assert part_ids(source) == {"shared.reporter"}
    expanded = expand_parts(source, {"shared.reporter": REPORTER}, "a.form")
    first = expanded["components"][0]  # type: ignore[index]
    assert (first["type"], first["label"], first["id"]) == ("group", "ผู้แจ้ง", "p1")
    made = Form.build(expanded, "a.form")
    assert list(made.fields) == ["reporter.name", "other.name"]
    result = submit(made, {"reporter": {"name": "ก"}, "other": {"name": "ข"}})
    assert result.values == {"reporter": {"name": "ก"}, "other": {"name": "ข"}}


def test_parts_may_hold_parts_but_not_themselves() -> None:
    inner = {"type": "krabuanPart", "id": "x", "formId": "shared.a"}
    parts = {
        "shared.a": json.loads(form_text({"type": "krabuanPart", "id": "y", "formId": "shared.b"})),
        "shared.b": json.loads(form_text({"type": "textfield", "key": "deep"})),
        "shared.c": json.loads(form_text({"type": "krabuanPart", "id": "z", "formId": "shared.c"})),
    }
    assert list(Form.build(expand_parts(read_form(form_text(inner), ""), parts), "").fields) == ["deep"]
    broken = read_form(form_text({**inner, "formId": "shared.c"}, {**inner, "id": "w", "formId": "shared.none"}), "")
    with pytest.raises(InvalidForm) as caught:
        expand_parts(broken, parts, "a.form")
    assert [(fault.element_id, fault.rule) for fault in caught.value.faults] == [
        ("x_z", "form-part-cycle"),
        ("w", "form-part-unknown"),
    ]


def test_a_part_without_title_and_label_gets_no_name() -> None:
    """The form viewer would call it `Group`."""
    untitled = json.loads(form_text({"type": "textfield", "id": "n", "key": "name"}))
    source = read_form(form_text({"type": "krabuanPart", "id": "p1", "formId": "shared.reporter"}), "a.form")
    expanded = expand_parts(source, {"shared.reporter": untitled})
    assert expanded["components"][0]["label"] == ""  # type: ignore[index]
