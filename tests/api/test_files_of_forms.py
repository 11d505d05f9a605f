"""Files of forms over HTTP: uploaded for a task, sent with its form, listed with the case."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from api.runtime import Runtime
from engine.commands.classify_document import ClassifyDocument
from engine.commands.set_clearance import SetClearance
from engine.model.actor import SYSTEM
from tests.api.conftest import Caller
from tests.api.test_command_permissions import contents
from tests.api.test_documents import file, upload
from tests.api.world import World

Callers = Callable[[str | None], Caller]
At = tuple[Runtime, World]


def attach(caller: Caller, said: dict[str, Any], name: str = "paper.pdf") -> Any:
    return upload(caller, ("file", file(name=name)), ("metadata", json.dumps(said)))


def test_a_file_for_a_task_is_the_performers_alone(at_work: At, calling: Callers) -> None:
    ann, world = calling("ann"), at_work[1]
    shown = attach(ann, {"userTaskKey": str(world.task)}).get_json()
    said = shown["metadata"]
    assert (said["userTaskKey"], said["processInstanceKey"]) == (str(world.task), str(world.waiting))
    path = f"/documents/{shown['documentId']}"
    assert [calling(who)("GET", path).status_code for who in ("ann", "owner", "auditor")] == [200, 404, 404]
    found = ann.post("/documents/search", {"filter": {"documentId": shown["documentId"]}})
    assert found["page"]["totalItems"] == 0, "it is not handed in"
    assert ann("DELETE", path).get_json()["code"] == "case-held", "a case on hold keeps even this"


@pytest.mark.parametrize("key", ["1", "x", 7, {}])
def test_a_task_that_there_is_not(key: Any, at_work: At, calling: Callers) -> None:
    before = contents(at_work[0])
    assert attach(calling("ann"), {"userTaskKey": key}).status_code == 400
    assert contents(at_work[0]) == before


def test_a_repeated_upload_makes_one_document(at_work: At, calling: Callers) -> None:
    ann, said = calling("ann"), {"userTaskKey": str(at_work[1].task)}
    made = []
    for _ in range(2):
        data = {"file": [file()], "metadata": [json.dumps(said)]}
        sent = ann("POST", "/documents", data=data, content_type="multipart/form-data", headers={"Idempotency-Key": "one"})
        made.append(sent.get_json())
    assert made[0] == made[1]


def test_the_documents_of_a_case(at_work: At, calling: Callers) -> None:
    """The latest of each name first; what is above one's class is not there, and not counted."""
    (runtime, world), ann = at_work, calling("ann")
    of = {"processInstanceKey": str(world.waiting)}
    made = [attach(ann, of, name).get_json()["documentId"] for name in ("ข.pdf", "ก.pdf", "ข.pdf")]
    asked = {
        "filter": of | {"documentId": {"$in": made}},
        "sort": [{"field": "fileName"}, {"field": "uploadDate", "order": "DESC"}],
    }
    found = ann.post("/documents/search", asked)["items"]
    assert [(one["fileName"], one["uploadedBy"]) for one in found] == [("ก.pdf", "ann"), ("ข.pdf", "ann"), ("ข.pdf", "ann")]
    assert {one["accessClass"] for one in found} == {"NORMAL"}
    runtime.bus.run(ClassifyDocument(made[1], "secret"), SYSTEM)
    left = ann.post("/documents/search", asked)
    assert {one["documentId"] for one in left["items"]} == {made[0], made[2]} and left["page"]["totalItems"] == 2
    runtime.bus.run(SetClearance("ann", "secret"), SYSTEM)
    again = ann.post("/documents/search", asked)["items"]
    assert {one["documentId"]: one["accessClass"] for one in again}[made[1]] == "SECRET"


def test_files_of_one_name_come_page_by_page(at_work: At, calling: Callers) -> None:
    ann, of = calling("ann"), {"processInstanceKey": str(at_work[1].waiting)}
    made = {attach(ann, of, "same.pdf").get_json()["documentId"] for _ in range(5)}
    asked: dict[str, Any] = {"filter": of | {"fileName": "same.pdf"}, "sort": [{"field": "fileName"}, {"field": "uploadDate"}]}
    seen, after = [], None
    while page := ann.post("/documents/search", asked | {"page": {"limit": 2} | ({"after": after} if after else {})}):
        if not page["items"]:
            break
        seen += [one["documentId"] for one in page["items"]]
        after = page["page"]["endCursor"]
    assert len(seen) == 5 and set(seen) == made
