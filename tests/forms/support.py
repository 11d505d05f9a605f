"""Small helpers of the form tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

import pytest

from engine.feel import Environment
from engine.forms import Form, InvalidForm, Submission

NOW = datetime(2026, 4, 10, 16, 0, tzinfo=timezone(timedelta(hours=7)))
ENV = Environment(now=NOW)


def form_text(*components: object, **head: object) -> str:
    """The text of a form with these components."""
    source = {"schemaVersion": 16, "type": "default", "id": "test.form", "components": list(components), **head}
    return json.dumps(source, ensure_ascii=False)


def form(*components: object) -> Form:
    """A form with these components."""
    return Form.parse(form_text(*components), "test.form")


def submit(made: Form, data: Mapping[str, object], scope: Mapping[str, object] | None = None) -> Submission:
    """Submit data at Friday 10 April 2026, 16:00 in Bangkok."""
    return made.submit(data, scope or {}, ENV)


def problems(submission: Submission) -> list[tuple[str, str]]:
    """Where and what, of all errors."""
    return [(error.field, error.code) for error in submission.errors]


def faults_of(text: str) -> list[tuple[str | None, str]]:
    """Element and rule of every fault of a form file that must be refused."""
    with pytest.raises(InvalidForm) as caught:
        Form.parse(text, "broken.form")
    assert all(fault.file == "broken.form" and fault.th and fault.en for fault in caught.value.faults)
    return [(fault.element_id, fault.rule) for fault in caught.value.faults]
