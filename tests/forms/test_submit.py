"""What a submission does with hidden, read-only, computed and unknown inputs."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType

import pytest

from engine.forms import message
from tests.forms.support import form, problems, submit

TRAVEL = form(
    {"type": "textfield", "key": "subject", "validate": {"required": True}},
    {"type": "radio", "key": "travel", "values": [{"label": "รถ", "value": "car"}, {"label": "บิน", "value": "air"}]},
    {
        "type": "textarea",
        "key": "airReason",
        "validate": {"required": True},
        "conditional": {"hide": '=travel != "air"'},
    },
    {
        "type": "dynamiclist",
        "path": "people",
        "components": [
            {"type": "textfield", "key": "name", "validate": {"required": True}},
            {"type": "number", "key": "days", "validate": {"min": 1}},
        ],
    },
    {"type": "expression", "key": "totalDays", "expression": "=sum(people.days)"},
    {"type": "textfield", "key": "number", "readonly": True},
    {"type": "textfield", "key": "office", "disabled": True, "defaultValue": "ศทส."},
)
GOOD = {"subject": "ไปราชการ", "travel": "car", "people": [{"name": "ก", "days": 2}, {"name": "ข", "days": 5}]}


def test_hidden_computed_and_read_only_inputs_are_ignored_and_computed_again() -> None:
    sent = {**GOOD, "airReason": "แอบใส่", "totalDays": 999, "number": "ปลอม", "office": "ปลอม"}
    result = submit(TRAVEL, sent, {"number": "กษ 0212/1"})
    assert result.errors == ()
    assert result.values == {
        "subject": "ไปราชการ",
        "travel": "car",
        "people": [{"name": "ก", "days": Decimal(2)}, {"name": "ข", "days": Decimal(5)}],
        "totalDays": Decimal(7),
        "office": "ศทส.",
    }
    assert result.hidden == {"airReason"}


def test_a_read_only_field_keeps_what_the_case_has() -> None:
    assert "office" not in submit(TRAVEL, GOOD, {"office": "สป."}).values


def test_the_variables_of_the_case_may_be_any_mapping() -> None:
    made = form(
        {"type": "textfield", "key": "a", "readonly": True}, {"type": "expression", "key": "b", "expression": "=a"}
    )
    scope = MappingProxyType({"a": "kept"})
    assert submit(made, {}, scope).values == {"b": "kept"}


def test_a_shown_required_field_is_asked_for() -> None:
    assert problems(submit(TRAVEL, {**GOOD, "travel": "air"})) == [("airReason", "required")]


def test_all_errors_are_told_at_once_in_the_order_of_the_form() -> None:
    sent = {"evil": 1, "zz": 2, "travel": "rocket", "people": [{"name": "", "days": 0}, {"name": "ข", "x": 1}]}
    # A travel that is not "air" hides the reason, even one that is no choice at all.
    assert problems(submit(TRAVEL, sent)) == [
        ("subject", "required"),
        ("travel", "not-an-option"),
        ("people[0].name", "required"),
        ("people[0].days", "number-too-small"),
        ("evil", "unknown-field"),
        ("people[1].x", "unknown-field"),
        ("zz", "unknown-field"),
    ]


def test_what_is_sent_is_not_changed_and_floats_are_what_they_say() -> None:
    made = form({"type": "number", "key": "a"}, {"type": "expression", "key": "b", "expression": "=a + 0.2"})
    sent = {"a": 0.1, "b": 7}
    result = submit(made, sent)
    assert result.values == {"a": Decimal("0.1"), "b": Decimal("0.3")}
    assert sent == {"a": 0.1, "b": 7}


def test_conditions_see_hidden_fields_as_null_wherever_they_stand() -> None:
    made = form(
        {"type": "textfield", "key": "third", "conditional": {"hide": "=second = null"}},
        {"type": "textfield", "key": "second", "conditional": {"hide": "=first = null"}},
        {"type": "number", "key": "first"},
    )
    result = submit(made, {"third": "x", "second": "y"})
    assert result.hidden == {"third", "second"}
    assert result.values == {"first": None}
    assert submit(made, {"third": "x", "second": "y", "first": 1}).hidden == frozenset()


def test_a_condition_may_read_a_computed_value_that_stands_later() -> None:
    made = form(
        {"type": "textfield", "key": "why", "validate": {"required": True}, "conditional": {"hide": "=total <= 100"}},
        {"type": "number", "key": "a"},
        {"type": "expression", "key": "total", "expression": "=half * 2"},
        {"type": "expression", "key": "half", "expression": "=a + 1"},
    )
    assert submit(made, {"a": 10}).values == {"a": Decimal(10), "total": Decimal(22), "half": Decimal(11)}
    assert problems(submit(made, {"a": 100})) == [("why", "required")]


def test_fields_that_hide_each_other_and_themselves_settle() -> None:
    each_other = form(
        {"type": "number", "key": "a", "conditional": {"hide": "=b != null"}},
        {"type": "number", "key": "b", "conditional": {"hide": "=a != null"}},
    )
    assert submit(each_other, {"a": 1, "b": 2}).hidden == {"a"}
    itself = form({"type": "textfield", "key": "a", "conditional": {"hide": '=a = "x"'}})
    assert submit(itself, {"a": "x"}).hidden == {"a"}


def test_values_computed_from_each_other_are_an_error_not_a_loop() -> None:
    made = form(
        {"type": "expression", "key": "a", "expression": "=if b = null then 1 else b + 1"},
        {"type": "expression", "key": "b", "expression": "=a + 1"},
    )
    assert ("a", "expression-unstable") in problems(submit(made, {}))


def test_read_only_by_feel() -> None:
    made = form({"type": "number", "key": "a", "readonly": "=locked"})
    assert submit(made, {"a": 5}, {"a": 3, "locked": True}).values == {}
    assert submit(made, {"a": 5}, {"a": 3, "locked": False}).values == {"a": Decimal(5)}


def test_a_group_with_a_path_keeps_the_members_of_the_case_that_it_does_not_show() -> None:
    made = form(
        {
            "type": "group",
            "path": "address",
            "components": [
                {"type": "textfield", "key": "street"},
                {"type": "textfield", "key": "old", "readonly": True},
            ],
        },
        {"type": "textfield", "key": "contact.name"},
    )
    scope = {"address": {"street": "ก", "old": "ข", "verified": True}}
    sent = {"address": {"street": "ค", "old": "ปลอม"}, "contact": {"name": "ง"}}
    assert submit(made, sent, scope).values == {
        "address": {"street": "ค", "old": "ข", "verified": True},
        "contact": {"name": "ง"},
    }


def test_read_only_fields_of_rows_come_from_the_row_of_the_case() -> None:
    made = form(
        {
            "type": "dynamiclist",
            "path": "items",
            "components": [{"type": "textfield", "key": "n", "readonly": True}, {"type": "number", "key": "v"}],
        }
    )
    result = submit(made, {"items": [{"n": "ปลอม", "v": 1}, {"n": "ปลอม", "v": 2}]}, {"items": [{"n": "หนึ่ง"}]})
    assert result.values == {"items": [{"n": "หนึ่ง", "v": Decimal(1)}, {"v": Decimal(2), "n": ""}]}


def test_rows_inside_rows_see_their_own_row_and_the_one_around() -> None:
    made = form(
        {
            "type": "dynamiclist",
            "path": "groups",
            "components": [
                {"type": "number", "key": "rate"},
                {
                    "type": "dynamiclist",
                    "path": "items",
                    "components": [
                        {"type": "number", "key": "n", "validate": {"max": "=parent.rate"}},
                        {"type": "expression", "key": "cost", "expression": "=this.n * parent.rate + i[2]"},
                    ],
                },
            ],
        },
        {"type": "expression", "key": "all", "expression": "=sum(for g in groups return sum(g.items.cost))"},
    )
    sent = {"groups": [{"rate": 10, "items": [{"n": 1}, {"n": 2}]}, {"rate": 1, "items": []}]}
    result = submit(made, sent)
    assert result.errors == ()
    items = [{"n": Decimal(1), "cost": Decimal(11)}, {"n": Decimal(2), "cost": Decimal(22)}]
    assert result.values["groups"] == [{"rate": Decimal(10), "items": items}, {"rate": Decimal(1), "items": []}]
    assert submit(made, {"groups": [{"rate": 1, "items": [{"n": 2}]}]}).errors[0].field == "groups[0].items[0].n"


def test_a_hidden_list_takes_its_rows_along() -> None:
    made = form(
        {"type": "checkbox", "key": "asked"},
        {
            "type": "dynamiclist",
            "path": "rows",
            "conditional": {"hide": "=not(asked)"},
            "components": [
                {"type": "textfield", "key": "a", "validate": {"required": True}},
                {"type": "expression", "key": "b", "expression": "=1"},
            ],
        },
    )
    assert submit(made, {"rows": [{"evil": 1}]}).values == {"asked": False}
    assert problems(submit(made, {"asked": True, "rows": [{}]})) == [("rows[0].a", "required")]


@pytest.mark.parametrize("name", ["Meta", "load", "fields", "ชื่อ-สกุล", "this"])
def test_any_name_will_do_for_a_field(name: str) -> None:
    made = form({"type": "textfield", "key": name, "validate": {"required": True}})
    assert submit(made, {name: "ก"}).values == {name: "ก"}
    assert problems(submit(made, {})) == [(name, "required")]


def test_choices_cannot_be_submitted() -> None:
    made = form({"type": "textfield", "key": "offered"}, {"type": "select", "key": "x", "valuesKey": "offered"})
    assert ("x", "not-an-option") in problems(submit(made, {"offered": ["evil"], "x": "evil"}))


def test_a_change_of_some_fields_only() -> None:
    scope = {"subject": "เดิม", "travel": "car", "people": [{"name": "ก", "days": 1}], "number": "1", "other": 5}
    current = TRAVEL.current(scope)
    assert current == {"subject": "เดิม", "travel": "car", "people": [{"name": "ก", "days": 1}]}
    result = submit(TRAVEL, {**current, "subject": "ใหม่"}, scope)
    assert result.errors == () and result.values["subject"] == "ใหม่" and result.values["totalDays"] == 1


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (float("nan"), "invalid-value"),
        (float("inf"), "invalid-value"),
        (Decimal("1e99999"), "invalid-value"),
        (10**400, "invalid-value"),
        ("a\x00b", "invalid-value"),
        ("\ud800", "invalid-value"),
        ({1, 2}, "invalid-value"),
        ({"a\x00": 1}, "invalid-value"),
        (Decimal("1e301"), "invalid-value"),
    ],
)
def test_values_that_are_no_json_or_too_large_are_refused(value: object, code: str) -> None:
    assert problems(submit(TRAVEL, {**GOOD, "subject": value})) == [("subject", code)]


def test_too_much_data_are_refused_as_a_whole() -> None:
    assert problems(submit(TRAVEL, {**GOOD, "subject": [0] * 30_000})) == [("", "too-large")]


@pytest.mark.parametrize("expression", ["=[1..5]", "=function(x) x", "=10 ** 400", "={a: [1, [2..3]]}"])
def test_a_computed_value_that_no_variable_can_hold_is_an_error(expression: str) -> None:
    made = form({"type": "expression", "key": "a", "expression": expression})
    assert problems(submit(made, {})) == [("a", "expression-failed")]


def test_a_computed_value_that_contains_itself_does_not_grow() -> None:
    rows = {"type": "dynamiclist", "path": "rows", "components": []}
    rows["components"] = [{"type": "expression", "key": "e", "expression": "=[this, parent, this, parent]"}]
    result = submit(form(rows), {"rows": [{}] * 20})
    assert ("rows[0].e", "expression-failed") in problems(result) or problems(result) == [("", "too-complex")]


def test_deep_data_are_refused_without_recursion() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    assert problems(submit(TRAVEL, {**GOOD, "subject": deep})) == [("subject", "too-deep")]


def test_conditions_have_a_limit_of_work() -> None:
    hiding = [{"type": "textfield", "key": f"f{n}", "conditional": {"hide": "=this.a > 1"}} for n in range(60)]
    made = form({"type": "dynamiclist", "path": "rows", "components": [{"type": "number", "key": "a"}, *hiding]})
    assert problems(submit(made, {"rows": [{"a": 1}] * 1_000})) == [("", "too-complex")]


def test_filled_ticked_attached() -> None:
    made = form(
        {"type": "textfield", "key": "t"},
        {"type": "checkbox", "key": "c"},
        {"type": "filepicker", "key": "f"},
        {"type": "number", "key": "n"},
        {"type": "dynamiclist", "path": "rows", "components": [{"type": "textfield", "key": "a"}]},
    )
    values = {"t": "ก", "c": True, "f": ["files::1"], "n": Decimal(0), "rows": [{"a": "x"}, {"a": "y"}]}
    assert all(made.filled(name, values) for name in ("t", "c", "f", "n", "rows", "rows[].a"))
    empty = {"t": " ", "c": False, "f": [], "n": None, "rows": []}
    assert not any(made.filled(name, empty) for name in ("t", "c", "f", "n", "rows", "rows[].a"))
    assert not made.filled("rows[].a", {"rows": [{"a": "x"}, {"a": ""}]})
    with pytest.raises(KeyError):
        made.filled("other", values)


def test_messages_take_their_parameters_as_text() -> None:
    made = form(
        {
            "type": "textfield",
            "key": "a",
            "validate": {"pattern": "^[0-9]+$", "patternErrorMessage": "กรอกตัวเลขเท่านั้น {0.__class__}"},
            "properties": {"patternErrorMessage.en": "Digits only"},
        },
        {"type": "number", "key": "n", "validate": {"max": 5}},
    )
    pattern, number = submit(made, {"a": "x", "n": 6}).errors
    assert message(pattern.code, pattern.params).th == "กรอกตัวเลขเท่านั้น {0.__class__}"
    assert message(pattern.code, pattern.params).en == "Digits only"
    assert message(number.code, number.params).th == "ต้องไม่เกิน 5"
