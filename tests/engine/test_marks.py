"""Marks of forms are known by the processes that show them, for good."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from engine.commands.checking import Resource
from engine.commands.deploy import Deploy
from engine.errors import DeploymentRefused
from engine.model.marks import Mark
from engine.store.marks import marks_of
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

CLASS, PERSONAL = "krabuan.class", "krabuan.personalData"


def form(id: str = "p.f", **fields: dict[str, str]) -> bytes:
    components = [{"type": "textfield", "key": key, "properties": marks} for key, marks in fields.items()]
    return orjson.dumps({"schemaVersion": 16, "type": "default", "id": id, "components": components})


def shows(form_id: str) -> bytes:
    return diagram(
        node("startEvent", "s") + user("a", f'<zeebe:formDefinition formId="{form_id}"/>') + flows("s a")
    )


def known(office: Office) -> Any:
    with office.database.read() as db:
        return marks_of(db, ["p", "q"])


def test_a_process_knows_the_marks_of_its_forms(office: Office) -> None:
    office.deploy(("p.bpmn", shows("p.f")), ("f.form", form(a={CLASS: "secret"}, b={PERSONAL: "true"}, c={})))
    office.deploy(("g.form", form("p.g", d={PERSONAL: "true"})))
    assert known(office) == {"p": {"a": Mark(2), "b": Mark(0, True)}}


def test_a_later_version_of_a_form_only_makes_marks_stricter(office: Office) -> None:
    office.deploy(("p.bpmn", shows("p.f")), ("f.form", form(a={CLASS: "secret"}, b={PERSONAL: "true"}, c={})))
    assert known(office) == {"p": {"a": Mark(2), "b": Mark(0, True)}}
    office.deploy(("f.form", form(a={CLASS: "topSecret"}, b={}, c={CLASS: "confidential"})))
    assert known(office) == {"p": {"a": Mark(3), "b": Mark(0, True), "c": Mark(1)}}


def test_a_form_that_an_expression_chooses_may_be_any(office: Office) -> None:
    office.deploy(("p.bpmn", shows("=which")), ("g.form", form("p.g", d={PERSONAL: "true"})))
    assert known(office) == {"p": {"d": Mark(0, True)}}


def test_a_later_version_of_a_process_adds_its_forms(office: Office) -> None:
    office.deploy(("p.bpmn", shows("p.f")), ("f.form", form(a={PERSONAL: "true"})), ("g.form", form("p.g", b={PERSONAL: "true"})))
    office.deploy(("p.bpmn", shows("p.g")))
    assert known(office) == {"p": {"a": Mark(0, True), "b": Mark(0, True)}}


def test_a_deployment_that_fails_leaves_no_mark(office: Office) -> None:
    with pytest.raises(DeploymentRefused):
        office.run(Deploy((Resource("f.form", form(a={PERSONAL: "true"})), Resource("p.bpmn", b"<"))), OWNER)
    assert known(office) == {}
