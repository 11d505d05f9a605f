"""The catalogue over HTTP: what one may start, in which order, with what one should know before."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from api.runtime import Runtime
from engine.commands.checking import Resource
from engine.commands.create_instance import CreateInstance
from engine.commands.deploy import Deploy
from engine.model.actor import SYSTEM
from tests.api.conftest import Caller
from tests.api.world import actor
from tests.execution.bench import HEAD, flows, node

Callers = Callable[[str | None], Caller]
FIND, FAVOURITE = "/process-catalogue/search", "/authentication/me/favourite-processes"
FORM = {
    "schemaVersion": 16, "type": "default", "id": "leave.start",
    "components": [
        {"id": "F0", "type": "text", "text": "Read this first"},
        {"id": "F1", "type": "textfield", "key": "reason", "label": "เหตุผล", "validate": {"required": True},
         "properties": {"label.en": "Reason"}},
        {"id": "G", "type": "group", "label": "แนบ", "conditional": {"hide": "=reason = null"}, "components": [
            {"id": "F2", "type": "filepicker", "key": "proof", "label": "หลักฐาน", "validate": {"required": True}},
        ]},
        {"id": "F3", "type": "textfield", "key": "number", "label": "เลขที่", "readonly": True},
    ],
}  # fmt: skip


def process(id_: str, name: str, unit: str | None = None, form: str = "", said: str = "", more: str = "") -> bytes:
    """A process of one task of the checkers."""
    owner = f'<krabuan:process ownerUnit="{unit}"/>' if unit else "<krabuan:process/>"
    opened = f'<zeebe:formDefinition formId="{form}"/>' if form else ""
    task = (
        f'<bpmn:userTask id="a" name="a"><bpmn:extensionElements><zeebe:userTask/>{more}'
        '<zeebe:assignmentDefinition candidateGroups="checkers"/></bpmn:extensionElements></bpmn:userTask>'
    )
    return (
        f'{HEAD}<bpmn:process id="{id_}" name="{name}" isExecutable="true"><bpmn:documentation>{said}'
        f"</bpmn:documentation><bpmn:extensionElements>{owner}</bpmn:extensionElements>{node('startEvent', 's', opened)}"
        f"{task}{node('endEvent', 'e')}{flows('s a', 'a e')}</bpmn:process></bpmn:definitions>"
    ).encode()


STEP = '<krabuan:step key="a" number="1" standardTime="P3D" calendar="working"/>'
FILES = (
    Resource("leave.bpmn", process("leave", "เกษียณ", "clerks", "leave.start", "ขอลา\n\nAsk for leave", STEP)),
    Resource("leave.form", json.dumps(FORM).encode()),
    Resource("budget.bpmn", process("budget", "งบประมาณ", "clerks")),
    Resource("audit.bpmn", process("audit", "ตรวจสอบ", "checkers")),
    Resource("loose.bpmn", process("loose", "ไม่มีเจ้าของ")),
    Resource("inner.bpmn", process("inner", "ภายใน").replace(b"<krabuan:process/>", b'<krabuan:process calledOnly="true"/>')),
)  # fmt: skip


@pytest.fixture
def offered(office: Runtime) -> Runtime:
    office.bus.run(Deploy(FILES), SYSTEM)
    return office


@pytest.fixture
def ann(offered: Runtime, caller: Callers) -> Caller:
    return caller("ann")


def ids(who: Caller, page: dict[str, Any] | None = None, **wanted: Any) -> list[str]:
    return [i["processDefinitionId"] for i in who.post(FIND, {"filter": wanted, "page": page or {}})["items"]]


def test_by_unit_and_name_as_a_thai_dictionary_does(ann: Caller) -> None:
    """กลุ่มตรวจสอบ before กลุ่มธุรการ; เกษียณ is under ก and stands before งบประมาณ; what is nobody's comes last."""
    found = ann.post(FIND)
    assert [i["processDefinitionId"] for i in found["items"]] == ["audit", "leave", "budget", "loose"]
    assert [(u["key"], u["processes"]) for u in found["units"]] == [("checkers", 1), ("clerks", 2)]


def test_what_one_should_know_before(ann: Caller) -> None:
    (entry,) = ann.post(FIND, {"filter": {"text": "เกษียณ"}})["items"]
    assert entry["description"] == {"th": "ขอลา", "en": "Ask for leave"}
    assert entry["ownerUnit"]["name"]["en"] == "Clerks"
    assert entry["expected"]["standard"] == [{"calendar": "working", "duration": "P3D"}]
    assert [(n["key"], n["required"], n["file"]) for n in entry["needs"]] == [
        ("reason", True, False),
        ("proof", False, True),
    ]
    assert entry["needs"][0]["label"] == {"th": "เหตุผล", "en": "Reason"}
    assert [g["key"] for g in entry["participants"]] == ["checkers"]
    assert ann.get(f"/process-catalogue/{entry['processDefinitionKey']}") == entry


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ขอลา", ["leave"]),
        ("LEAVE ask", ["leave"]),
        ("ธุรการ", ["leave", "budget"]),
        ("ธุรการ งบ", ["budget"]),
        ("xyz", []),
    ],
)
def test_words_are_looked_for_in_names_descriptions_and_owners(ann: Caller, text: str, found: list[str]) -> None:
    assert ids(ann, text=text) == found


def test_pages_go_on_where_they_ended(ann: Caller) -> None:
    seen, after = [], None
    while True:
        found = ann.post(FIND, {"page": {"limit": 1, **({"after": after} if after else {})}})
        if not found["items"]:
            break
        assert found["page"]["totalItems"] == 4
        seen += [item["processDefinitionId"] for item in found["items"]]
        after = found["page"]["endCursor"]
    assert seen == ["audit", "leave", "budget", "loose"]


def test_favourites_are_ones_own(ann: Caller, caller: Callers) -> None:
    for _ in range(2):
        assert ann("PUT", f"{FAVOURITE}/budget").status_code == 204
    assert ids(ann, favourite=True) == ["budget"] and ids(caller("ben"), favourite=True) == []
    assert ids(ann, favourite=False) == ["audit", "leave", "loose"]
    assert ann("DELETE", f"{FAVOURITE}/budget").status_code == 204
    assert ids(ann, favourite=True) == []
    assert ann("PUT", f"{FAVOURITE}/nothing").status_code == 404


def test_what_one_started_last_comes_first(ann: Caller, offered: Runtime) -> None:
    for id_ in ("leave", "budget", "leave", "audit"):
        offered.bus.run(CreateInstance(id_, variables={"reason": "x"}), actor(offered, "ann"))
    assert ids(ann, recent=True) == ["audit", "leave", "budget"]
    assert ids(ann, {"limit": 1, "after": ann.post(FIND, {"filter": {"recent": True}, "page": {"limit": 1}})["page"]["endCursor"]},
               recent=True) == ["leave"]  # fmt: skip


def test_only_what_one_may_start(offered: Runtime, caller: Callers) -> None:
    assert ids(caller("auditor")) == [] and caller("stranger")("POST", FIND, {}).status_code == 403
    assert caller("auditor").post(FIND)["units"] == []
    assert len(ids(caller("owner"))) == 4
    assert caller(None)("POST", FIND, {}).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {"filter": {"text": 1}}, {"filter": {"favourite": "yes"}}, {"filter": {"name": "x"}}, {"filter": {"ownerUnit": []}},
        {"page": {"before": "x"}}, {"page": {"after": "x"}}, {"page": {"limit": 0}}, {"sort": []}, {"more": 1},
    ],
    ids=str,
)  # fmt: skip
def test_a_senseless_request_is_refused(ann: Caller, body: dict[str, Any]) -> None:
    assert ann("POST", FIND, body).status_code == 400


def test_an_unknown_version_is_not_found(ann: Caller) -> None:
    assert ann("GET", "/process-catalogue/1").status_code == 404


def test_settings_are_read_back_and_a_stale_choice_is_refused(ann: Caller) -> None:
    look = {"language": "en", "theme": "dark", "textSize": 125, "still": True}
    assert ann.get("/authentication/me/settings") == {"display": None, "tours": [], "rev": 0}
    assert ann("PUT", "/authentication/me/settings", look, headers={"If-Match": '"0"'}).status_code == 204
    assert ann("PUT", "/authentication/me/tours/staff").status_code == 204
    assert ann.get("/authentication/me/settings") == {"display": look, "tours": ["staff"], "rev": 1}
    assert ann("PUT", "/authentication/me/settings", look, headers={"If-Match": '"0"'}).status_code == 409
    for wrong in ({"textSize": "125"}, {"theme": None}, {"still": 1}, {"colour": "red"}):
        assert ann("PUT", "/authentication/me/settings", look | wrong).status_code == 400
    assert ann("PUT", "/authentication/me/tours/Not-One").status_code == 400
