"""Whatever is uploaded or submitted: an answer, never a crash."""

from __future__ import annotations

import contextlib
import json

from hypothesis import given
from hypothesis import strategies as st

from engine.feel import to_json
from engine.forms import MESSAGES, Form, InvalidForm, expand_parts, message
from engine.forms.fields import field_types
from tests.forms.support import ENV, form

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["=a", "=1 +"])
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(["a", "b", "a.b", "rows", "", "ชื่อ", "this"])
PROPERTY_NAMES = st.sampled_from(
    "key path label values valuesKey valuesExpression conditional validate readonly disabled "
    "expression subtype properties defaultValue components columns dataSource".split()
)
COMPONENT = st.builds(
    lambda kind, name, extra: {"type": kind, "key": name, "path": name, **extra},
    st.sampled_from(sorted(field_types())),
    NAMES,
    st.dictionaries(PROPERTY_NAMES, JSON, max_size=3),
)
COMPONENTS = st.recursive(
    st.lists(COMPONENT, max_size=4),
    lambda inner: st.lists(
        st.builds(lambda kind, name, c: {"type": kind, "path": name, "components": c},
                  st.sampled_from(["group", "dynamiclist"]), NAMES, inner),
        max_size=3,
    ),
    max_leaves=4,
)  # fmt: skip

WIDE = form(
    {"type": "textfield", "key": "a", "validate": {"pattern": "x+", "maxLength": "=n"}},
    {"type": "number", "key": "n", "validate": {"max": "=a"}, "conditional": {"hide": "=c"}},
    {"type": "checkbox", "key": "c", "readonly": "=n > 1"},
    {"type": "taglist", "key": "t", "valuesExpression": "=rows.v"},
    {"type": "datetime", "key": "d", "subtype": "datetime", "timeSerializingFormat": "utc_offset"},
    {"type": "filepicker", "key": "f", "multiple": True},
    {"type": "group", "path": "g", "components": [{"type": "select", "key": "s", "valuesKey": "given"}]},
    {
        "type": "dynamiclist",
        "path": "rows",
        "conditional": {"hide": '=a = "hide"'},
        "components": [
            {"type": "number", "key": "v", "conditional": {"hide": "=this.w = null"}},
            {"type": "textarea", "key": "w"},
            {"type": "expression", "key": "e", "expression": "=[this.v, parent.n, i]"},
        ],
    },
    {"type": "expression", "key": "all", "expression": "=count(rows) + n"},
)
SUBMITTED = st.fixed_dictionaries({}, optional=dict.fromkeys(("a", "n", "c", "t", "d", "f", "g", "rows", "x"), JSON))


@given(SUBMITTED | st.dictionaries(st.text(max_size=5), JSON), st.dictionaries(NAMES, JSON, max_size=3))
def test_any_data_are_accepted_or_refused_in_words(data: dict[str, object], scope: dict[str, object]) -> None:
    result = WIDE.submit(data, scope, ENV)
    for error in result.errors:
        assert error.code in MESSAGES and message(error.code, error.params).th
    assert not (result.errors and result.values)
    if not result.errors:
        assert set(result.values) <= {"a", "n", "c", "t", "d", "f", "g", "rows", "all"}
        to_json(result.values)
        again = WIDE.submit(result.values, scope, ENV)
        assert (again.errors, again.values) == ((), result.values), "what was accepted is accepted again, unchanged"


@given(st.text(max_size=200) | JSON.map(json.dumps) | COMPONENTS.map(lambda c: json.dumps({"components": c})))
def test_any_text_is_a_form_or_refused_in_words(text: str) -> None:
    check(text)


@given(COMPONENTS, SUBMITTED)
def test_any_components_are_a_form_or_refused_in_words(components: list[object], data: dict[str, object]) -> None:
    source = {"type": "default", "schemaVersion": 18, "id": "x", "components": components}
    with contextlib.suppress(InvalidForm):
        expand_parts(source, {"x": source})
    made = check(json.dumps(source))
    if made is not None:
        made.submit(data, {}, ENV)


def check(text: str) -> Form | None:
    try:
        return Form.parse(text, "any.form")
    except InvalidForm as error:
        assert error.faults and all(fault.th and fault.en and fault.rule for fault in error.faults)
        return None
