"""Broken form files: every fault is named, all at once."""

from __future__ import annotations

import json

import pytest

from engine.forms import Form
from tests.forms.support import faults_of, form_text


def test_every_fault_is_reported_with_its_element() -> None:
    text = form_text(
        {"type": "teleport", "id": "f1", "key": "a"},
        {"type": "textfield", "id": "f2", "key": "b", "conditional": {"hide": "=b >"}},
        {"type": "textfield", "id": "f3", "key": "b"},
        {"type": "textfield", "id": "f4"},
        {"type": "textfield", "id": "f5", "key": "c", "validate": {"pattern": "(?=x)", "maxLength": "many"}},
        {"type": "select", "id": "f6", "key": "d"},
        {"type": "select", "id": "f7", "key": "e", "values": [{"label": "ก", "value": 1}, {"label": "ข", "value": 1}]},
        {"type": "textfield", "id": "f7", "key": "g", "disabled": "yes"},
        {"type": "krabuanPart", "id": "f8", "formId": "shared.x"},
        {"type": "textfield", "id": "f9", "key": "b.inner"},
        {"type": "textfield", "id": "f10", "key": "a..b"},
        {"type": "group", "id": "f11", "components": {"not": "a list"}},
        {"type": "datetime", "id": "f12", "key": "h", "subtype": "week"},
        schemaVersion=9,
    )
    assert faults_of(text) == [
        (None, "form-version"),
        ("f1", "form-component-type"),
        ("f2", "form-feel"),
        ("f3", "form-key-duplicate"),
        ("f4", "form-key-missing"),
        ("f5", "form-property"),
        ("f5", "form-pattern"),
        ("f6", "form-options"),
        ("f7", "form-options"),
        ("f7", "form-id-duplicate"),
        ("f7", "form-property"),
        ("f8", "form-part-not-expanded"),
        ("f9", "form-key-duplicate"),
        ("f10", "form-key"),
        ("f11", "form-property"),
        ("f12", "form-property"),
    ]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "form-not-json"),
        ("{", "form-not-json"),
        ("[]", "form-not-json"),
        ("null", "form-not-json"),
        ('{"id": NaN}', "form-not-json"),
        ('{"id": 1e400000}', "form-not-json"),
        ('{"id": 1, "id": 2}', "form-not-json"),
        ("[" * 100_000, "form-not-json"),
        ("x" * 2_000_000, "form-too-large"),
        (form_text(type="custom"), "form-type"),
        (form_text(id=""), "form-id-missing"),
        (form_text(components="x"), "form-property"),
        (form_text(*({"type": "spacer"} for _ in range(3_000))), "form-too-large"),
    ],
)
def test_files_that_are_no_forms(text: str, rule: str) -> None:
    assert [found for _, found in faults_of(text)] == [rule]


def test_groups_cannot_nest_without_end() -> None:
    inner: dict[str, object] = {"type": "textfield", "key": "a"}
    for _ in range(25):
        inner = {"type": "group", "components": [inner]}
    assert [rule for _, rule in faults_of(form_text(inner))] == ["form-too-deep"]


def test_names_and_expressions_have_a_limit_together() -> None:
    def many(count: int) -> str:
        hidden = {"type": "textfield", "conditional": {"hide": "=ข้อ 1 = null"}}
        return form_text(*({**hidden, "key": f"ข้อ {n}"} for n in range(count)))

    assert len(Form.parse(many(200), "a.form").fields) == 200
    assert [rule for _, rule in faults_of(many(1_500))] == ["form-too-large"]


def test_labels_options_and_properties_are_read_in_both_languages() -> None:
    made = Form.parse(
        form_text(
            {
                "type": "select",
                "key": "risk",
                "label": "ความเสี่ยง",
                "description": "เลือกหนึ่งข้อ",
                "validate": {"required": True},
                "values": [{"label": "ต่ำ", "value": "low"}, {"label": "สูง", "value": "high"}],
                "properties": {"label.en": "Risk", "option.en.low": "Low", "krabuan.class": "confidential"},
            },
            {"type": "textfield", "key": "note", "readonly": True, "validate": {"required": True}},
            {"type": "dynamiclist", "path": "rows", "components": [{"type": "number", "key": "n"}]},
            {"type": "expression", "key": "sum", "expression": "=sum(rows.n)"},
            title="แบบประเมิน",
            properties={"title.en": "Assessment"},
        ),
        "risk.form",
    )
    risk = made.fields["risk"]
    assert (risk.label.th, risk.label.en, risk.description.en) == ("ความเสี่ยง", "Risk", "เลือกหนึ่งข้อ")
    assert [(option.value, option.label.th, option.label.en) for option in risk.options] == [
        ("low", "ต่ำ", "Low"),
        ("high", "สูง", "สูง"),
    ]
    assert risk.properties["krabuan.class"] == "confidential"
    assert (made.title.th, made.title.en) == ("แบบประเมิน", "Assessment")
    assert list(made.fields) == ["risk", "note", "rows", "rows[].n", "sum"]
    assert [field.name for field in made.required] == ["risk"]
    assert made.fields["note"].read_only and made.fields["sum"].computed


def test_the_label_of_a_date_is_its_date_label() -> None:
    source = {"type": "datetime", "key": "d", "dateLabel": "วันที่", "properties": {"label.en": "Date"}}
    made = Form.parse(form_text(source, {**source, "key": "e", "label": "กำหนดส่ง"}), "a.form")
    assert (made.fields["d"].label.th, made.fields["d"].label.en) == ("วันที่", "Date")
    assert made.fields["e"].label.th == "กำหนดส่ง"


def test_a_byte_order_mark_is_no_fault() -> None:
    assert Form.parse("\ufeff" + form_text(), "a.form").id == "test.form"


def test_the_numbers_of_a_form_are_exact() -> None:
    text = json.dumps({"type": "number", "key": "a"})[:-1] + ', "validate": {"max": 0.30000000000000000001}}'
    made = Form.parse(form_text().replace("[]", f"[{text}]"), "a.form")
    assert made.fields["a"].type == "number"
