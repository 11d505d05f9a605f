"""Common patterns are put into a diagram of a draft, drawn anew with it, and deployment has nothing against them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

from api.runtime import Runtime
from engine.commands.checking import Known, Resource, check_resources
from engine.commands.insert_pattern import PatternPlace, inserted
from engine.commands.make_model_draft import MakeModelDraft
from engine.commands.pattern_texts import BPMN, PATTERNS
from engine.errors import InvalidArgument, NotFound
from engine.layout import layout, measure
from engine.model.actor import SYSTEM
from tests.api.conftest import Caller
from tests.api.test_model_drafts import ORDER, PROCESS, code, made, owner, put
from tests.processes.conftest import FOLDERS

__all__ = ["owner"]
Callers = Callable[[str | None], Caller]
FILE = f"processes/{PROCESS}/order.bpmn"


@pytest.fixture
def draft(owner: Caller) -> str:
    return made(owner, processDefinitionId=PROCESS)


def insert(who: Caller, draft: str, **other: Any) -> Any:
    seen = who.get(f"{draft}/files/content?path={FILE}")["revision"]
    body = {"path": FILE, "revision": seen, "elementId": "Task_Check", "patternId": "second-eyes", **other}
    return who("POST", f"{draft}/files/pattern", body)


def test_patterns_are_listed_in_both_languages(owner: Caller, caller: Callers) -> None:
    found = owner.get("/model-patterns")["patterns"]
    assert [each["patternId"] for each in found] == list(PATTERNS)
    assert all(each[what][language] for each in found for what in ("name", "description") for language in ("th", "en"))
    assert code(caller("ann")("GET", "/model-patterns"), 403) == "forbidden"


def test_all_of_them_into_one_diagram_and_deployment_has_nothing_against_it(owner: Caller, draft: str) -> None:
    for pattern in [*PATTERNS, *PATTERNS]:  # twice: their ids are new each time
        assert insert(owner, draft, patternId=pattern).status_code == 200
    content = owner.get(f"{draft}/files/content?path={FILE}")["content"]
    assert measure(content.encode()).flawless
    found = owner.post(f"{draft}/check")["findings"]
    assert [each for each in found if each["severity"] == "ERROR"] == []
    assert [each["code"] for each in found if each["elementId"] and each["elementId"][-2:-1] == "_"] == []
    seen = owner.get(draft)["revision"]
    assert owner.post(f"{draft}/publication", {"revision": seen, "reason": "with patterns"})["state"] == "PUBLISHED"


@pytest.mark.parametrize("pattern", PATTERNS)
def test_into_an_empty_process_only_performers_are_missing(office: Runtime, owner: Caller, pattern: str) -> None:
    key = office.bus.run(MakeModelDraft("ใหม่"), SYSTEM)["draftKey"]
    (file,) = owner.get(f"/model-drafts/{key}")["files"]
    body = {"path": file["path"], "revision": file["revision"], "elementId": "Flow", "patternId": pattern}
    owner.post(f"/model-drafts/{key}/files/pattern", body)
    found = owner.post(f"/model-drafts/{key}/check")["findings"]
    assert {each["code"] for each in found} == {"task-unassigned"}


def _flows(xml: bytes) -> dict[str, tuple[str, str]]:
    root = etree.fromstring(xml)
    found = root.iter(f"{{{BPMN}}}sequenceFlow")
    return {flow.get("id", ""): (flow.get("sourceRef", ""), flow.get("targetRef", "")) for flow in found}


def test_the_flow_leads_into_it_and_on_from_it(owner: Caller, draft: str) -> None:
    done = insert(owner, draft, elementId="Flow_2").get_json()
    drawn = owner.get(f"{draft}/files/content?path={FILE}")
    assert done == {"path": FILE, "revision": drawn["revision"]}
    flows = _flows(drawn["content"].encode())
    number = flows["Flow_2"][1].rpartition("_")[2]
    assert flows["Flow_2"] == ("Task_Check", f"Task_Do_{number}")
    assert flows[f"Flow_Out_{number}"] == (f"Task_Confirm_{number}", "Catch_Paid")
    before = _flows(ORDER.encode())
    assert {id_: ends for id_, ends in flows.items() if id_ in before} == before | {"Flow_2": flows["Flow_2"]}
    assert drawn["content"].count('candidateGroups="clerks"') == 3  # as the step before


def test_both_ends_of_every_flow_name_it(draft: str) -> None:
    for pattern in PATTERNS:
        root = etree.fromstring(inserted(ORDER.encode(), "Flow_2", pattern))
        for flow in root.iter(f"{{{BPMN}}}sequenceFlow"):
            for end, name in (("sourceRef", "outgoing"), ("targetRef", "incoming")):
                (node,) = (each for each in root.iter() if each.get("id") == flow.get(end))
                assert [e.text for e in node.iterchildren(f"{{{BPMN}}}{name}")].count(flow.get("id")) == 1


def test_it_is_taken_back_like_every_revision(owner: Caller, draft: str) -> None:
    before = owner.get(f"{draft}/files/content?path={FILE}")["revision"]
    after = insert(owner, draft).get_json()["revision"]
    owner.post(f"{draft}/files/restoration", {"path": FILE, "to": before, "revision": after})
    assert owner.get(f"{draft}/files/content?path={FILE}")["content"] == ORDER


def test_what_cannot_be_is_refused_and_nothing_written(owner: Caller, draft: str) -> None:
    for change, status, why in (
        ({"elementId": "End"}, 400, "pattern-place"), ({"elementId": "nowhere"}, 400, "pattern-place"),
        ({"elementId": PROCESS}, 400, "pattern-place"), ({"patternId": "none"}, 404, "not-found"),
        ({"path": "none.bpmn"}, 404, "not-found"), ({"revision": 0}, 404, "not-found"),
        ({"revision": None}, 400, "invalid-request"), ({"elementId": 1}, 400, "invalid-request"),
    ):  # fmt: skip
        assert code(insert(owner, draft, **change), status) == why, change
    assert owner.get(f"{draft}/files/content?path={FILE}")["content"] == ORDER


def test_what_somebody_else_wrote_meanwhile_stays(owner: Caller, draft: str) -> None:
    seen = owner.get(f"{draft}/files/content?path={FILE}")["revision"]
    assert put(owner, draft, FILE, ORDER + "\n", seen).status_code == 200
    assert code(insert(owner, draft, revision=seen), 409) == "stale-revision"


@pytest.mark.parametrize("pattern", PATTERNS)
def test_into_real_processes_with_lanes_and_sub_processes(pattern: str) -> None:
    """After the first step of each; the drawing is as good as without the pattern, and every new step is in a lane."""
    for folder in FOLDERS[::6]:
        file = folder / f"{folder.name}.bpmn"
        flow = next(iter(_flows(file.read_bytes())))
        before = check_resources((Resource("a.bpmn", file.read_bytes()),), Known(decision=lambda _: True))
        drawn = layout(inserted(file.read_bytes(), flow, pattern))
        after = check_resources((Resource("a.bpmn", drawn),), Known(decision=lambda _: True))
        assert [(f.rule, f.element_id) for f in after.faults] == [(f.rule, f.element_id) for f in before.faults], folder
        assert measure(drawn).flawless, file.name


def test_what_is_no_diagram(draft: str) -> None:
    for content in (b"<half", b"", b"<x/>"):
        with pytest.raises((InvalidArgument, PatternPlace)):
            inserted(content, "Flow_1", "second-eyes")
    with pytest.raises(NotFound):
        inserted(ORDER.encode(), "Flow_1", "another")
