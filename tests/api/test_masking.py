"""A field above a person's class: told by no operation that reads, found by no search; and told to who is cleared."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from api.app import create_app
from api.runtime import Runtime
from engine.commands.set_clearance import SetClearance
from engine.model.actor import SYSTEM
from engine.model.masking import MASK, MASK_TEXT, TEXT_MASK
from tests.api.conftest import Caller
from tests.api.masked_world import NID, PLAIN, build
from tests.api.matrix.cells import Row
from tests.api.matrix.git import git_source
from tests.api.matrix.reads import READS
from tests.api.world import World, open_world

PROCESS = "p"
Reading = Callable[[str], Caller]  # the reader, cleared up to this class
# without a document, a batch operation, a second version, a webhook, a calendar feed and entries of the office's calendar in this world;
# drafts and archives of processes hold diagrams and forms, nothing of a case;
# live updates name keys only (test_live), feeds quote nothing that is marked (tests/feeds)
NOTHING_SUCH = {
    "POST /process-definitions/{key}/modification-preview",
    "GET /documents/{document_id}", "GET /document-links/{token}", "GET /batch-operations/{key}", "GET /events",
    "GET /calendar-feeds/{token}.ics", "GET /webhooks/{key}", "GET /calendar-days/{key}", "GET /calendar-changes/{key}",
    "GET /model-drafts/{key}", "GET /model-drafts/{key}/files/content", "POST /model-drafts/{key}/history/search",
    "POST /model-drafts/{key}/check", "GET /model-drafts/{key}/archive", "GET /process-definitions/{key}/archive",
    "POST /model-comparisons", "POST /model-drafts/{key}/variables", "POST /model-drafts/{key}/trial",
    "GET /model-drafts/{key}/forms/content", "POST /model-drafts/{key}/forms/trial", "GET /expressions/functions",
    "POST /expressions/check",
    "POST /model-drafts/{key}/simulation",
    "POST /model-drafts/{key}/decisions/variables", "POST /model-drafts/{key}/decisions/evaluation",
    "POST /process-definitions/{key}/migration-preview",
}  # fmt: skip
# the operations that tell of the field to who is cleared; no other tells of it to anybody
TELL = {
    "POST /variables/search", "GET /variables/{key}",
    "POST /user-tasks/{key}/variables/search", "POST /user-tasks/{key}/effective-variables/search",
    "GET /user-tasks/{key}/draft",
    "GET /process-instances/{key}/history", "GET /process-instances/{key}/variables-at",
    "GET /process-instances/{key}/evidence",
    "POST /decision-instances/search", "GET /decision-instances/{key}",
    "POST /incidents/search", "GET /incidents/{key}", "POST /process-instances/{key}/incidents/search",
    "POST /element-instances/{key}/incidents/search", "POST /jobs/search", "POST /incidents/statistics/causes",
    "POST /message-subscriptions/search", "POST /correlated-message-subscriptions/search",
    "POST /element-instances/wait-states/search",
    "POST /interventions/export", "POST /interventions/search", "GET /interventions/{key}",
    "GET /user-tasks/{key}/control-points", "GET /process-instances/{key}/control-points",
    "POST /control-points/search", "POST /control-points/export",
    "POST /deadlines/search", "POST /deadlines/export", "GET /deadlines/{key}", "GET /process-instances/{key}/deadlines",
    "POST /notifications/search",
}  # fmt: skip


@pytest.fixture(scope="module")
def built(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    path = tmp_path_factory.mktemp("masked") / "world.db"
    path.write_bytes(filled.read_bytes())
    return path, build(path)


@pytest.fixture
def masked(built: tuple[Path, World], tmp_path: Path) -> Iterator[tuple[Runtime, World, Reading]]:
    path = tmp_path / "masked.db"
    path.write_bytes(built[0].read_bytes())
    runtime = open_world(path)
    runtime.git, _ = git_source(tmp_path / "source")
    app = create_app(runtime)

    def reading(clearance: str) -> Caller:
        runtime.bus.run(SetClearance("reader", clearance), SYSTEM)
        return Caller(app.test_client(use_cookies=False), "reader")

    yield runtime, built[1], reading
    runtime.close()


def test_the_table_has_every_operation_that_tells() -> None:
    assert {row.operation for row in READS} >= TELL | NOTHING_SUCH


def path_of(row: Row, world: World) -> str:
    known = {**asdict(world), "form": world.resource, "whose": "reader", "decided": world.evaluation, "": ""}
    known["template"] = "reminder.th"
    known["register"] = "risks"
    known["colleague"] = "ben"
    assert row.at in known, f"{row.name}: masked_world.py has no {row.at}"
    return re.sub(r"\{\w+\}", str(known.get(row.at, "")), row.path)


def body_of(row: Row, world: World) -> Any:
    """What is asked; about a process it is about the one of this world."""
    body = None if row.json is None else row.json(world)
    return {**body, "processDefinitionId": PROCESS} if body and "processDefinitionId" in body else body


def text_of(answer: TestResponse) -> str:
    """All that an answer tells; of an archive, what its files tell."""
    if answer.content_type != "application/zip":
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_told_to_who_is_cleared_and_to_nobody_else(masked: tuple[Runtime, World, Reading]) -> None:
    _, world, reading = masked
    for clearance, expected in (("secret", TELL), ("topSecret", TELL), ("confidential", set()), ("normal", set())):
        caller = reading(clearance)
        told = set()
        for row in (row for row in READS if row.operation not in NOTHING_SUCH):
            answer = caller(row.method, path_of(row, world), body_of(row, world))
            assert answer.status_code in (200, 204), (row.operation, answer.text)
            if NID in text_of(answer):
                told.add(row.operation)
        assert told == expected, clearance


def test_what_stands_in_its_place(masked: tuple[Runtime, World, Reading]) -> None:
    _, world, reading = masked
    caller = reading("normal")
    assert caller.get(f"/variables/{world.variable}")["value"] == MASK_TEXT
    shown = caller.post(f"/user-tasks/{world.task}/effective-variables/search")["items"]
    assert {v["name"]: v["value"] for v in shown if v["name"] in ("nid", "remark")} == {
        "nid": MASK_TEXT, "remark": f'"{PLAIN}"',
    }  # fmt: skip
    past = caller.get(f"/process-instances/{world.waiting}/variables-at")["items"]
    assert {v["value"] for v in past if v["name"] == "nid"} == {MASK_TEXT}
    assert caller.get(f"/user-tasks/{world.task}/draft")["variables"] == {"nid": MASK, "remark": PLAIN}
    assert caller.get(f"/incidents/{world.incident}")["errorMessage"] == f"cannot read {TEXT_MASK}"
    decided = caller.get(f"/decision-instances/{world.evaluation}")
    assert decided["evaluatedInputs"][0]["inputValue"] == MASK_TEXT
    assert [o["outputValue"] for o in decided["matchedRules"][0]["evaluatedOutputs"]] == [MASK_TEXT, '"yes"']
    (copy,) = caller.post("/variables/search", {"filter": {"name": "found"}})["items"]
    assert copy["value"] == MASK_TEXT, "what holds it under another name tells no more"
    events = caller.get(f"/process-instances/{world.waiting}/history?limit=1000")["items"]
    (begun,) = [e for e in events if e["type"] == "instance-created"]
    assert begun["data"]["variables"] == {"nid": MASK, "remark": PLAIN}


FOUND_BY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("/variables/search", {"value": f'"{NID}"'}),
    ("/variables/search", {"value": {"$like": "*67890*"}}),
    ("/process-instances/search", {"variables": [{"name": "nid", "value": f'"{NID}"'}]}),
    ("/process-instances/search", {"variables": [{"name": "nid", "value": {"$neq": '"x"'}}]}),
    ("/process-instances/search", {"variables": [{"name": "nid", "value": {"$gt": '"1"'}}]}),
    ("/process-instances/search", {"words": "67890"}),
    ("/process-instances/search", {"errorMessage": {"$like": "*67890*"}}),
    ("/user-tasks/search", {"processInstanceVariables": [{"name": "nid", "value": f'"{NID}"'}]}),
    ("/incidents/search", {"errorMessage": {"$like": "*67890*"}}),
    ("/jobs/search", {"errorMessage": {"$like": "*67890*"}}),
    ("/message-subscriptions/search", {"correlationKey": NID}),
    ("/correlated-message-subscriptions/search", {"correlationKey": NID}),
    ("/decision-instances/search", {"result": {"$like": "*67890*"}}),
    ("/deadlines/search", {"lateReasons": {"$like": "*67890*"}}),
    ("/notifications/search", {"subject": {"$like": "*67890*"}}),
    ("/interventions/search", {"reason": {"$like": "*67890*"}}),
)


@pytest.mark.parametrize(("path", "wanted"), FOUND_BY, ids=lambda x: str(x)[:40])
def test_no_search_finds_by_a_masked_value(
    path: str, wanted: dict[str, Any], masked: tuple[Runtime, World, Reading]
) -> None:
    *_, reading = masked
    cleared, other = reading("secret").post(path, {"filter": wanted}), reading("confidential").post(path, {"filter": wanted})
    assert cleared["page"]["totalItems"] > 0
    assert (other["items"], other["page"]["totalItems"]) == ([], 0)


def test_no_order_and_no_cursor_tells_of_a_masked_value(masked: tuple[Runtime, World, Reading]) -> None:
    *_, reading = masked
    by_value = {"sort": [{"field": "value"}], "filter": {"name": "nid"}}
    cleared, other = reading("secret").post("/variables/search", by_value), reading("normal").post("/variables/search", by_value)
    assert len(cleared["items"]) == len(other["items"]) > 0
    assert cleared["page"]["endCursor"] != other["page"]["endCursor"]


def test_jobs_are_handed_out_with_what_the_worker_may_see(masked: tuple[Runtime, World, Reading]) -> None:
    *_, reading = masked
    ask = {"type": "waits", "worker": "w", "timeout": 1, "maxJobsToActivate": 1, "requestTimeout": -1}
    for clearance, expected in (("normal", MASK), ("secret", NID)):
        (job,) = reading(clearance).post("/jobs/activation", ask)["jobs"]
        assert (job["variables"]["nid"], job["variables"]["remark"]) == (expected, PLAIN)
        masked[0].clock.set(masked[0].clock.now().replace(minute=masked[0].clock.now().minute + 1))  # type: ignore[attr-defined]


def test_a_masked_field_is_kept_by_who_completes_the_task(masked: tuple[Runtime, World, Reading]) -> None:
    _, world, reading = masked
    caller, path = reading("normal"), f"/user-tasks/{world.task}"
    assert caller("POST", f"{path}/assignment", {"assignee": "reader"}).status_code == 204
    for method, action in (("POST", "completion"), ("PUT", "draft")):
        refused = caller(method, f"{path}/{action}", {"variables": {"nid": "another", "remark": "seen"}})
        assert (refused.status_code, refused.get_json()["code"]) == (403, "above-clearance")
        assert refused.get_json()["variables"] == ["nid"]
    overwritten = caller("PUT", f"/element-instances/{world.waiting}/variables", {"variables": {"nid": "x"}})
    assert overwritten.get_json()["code"] == "above-clearance"
    answers = {"variables": {"nid": MASK, "remark": "seen"}}
    assert caller("PUT", f"{path}/draft", answers).status_code == 200
    assert caller("POST", f"{path}/completion", answers).status_code == 204
    seen = reading("secret").post("/variables/search", {"filter": {"scopeKey": str(world.waiting)}})["items"]
    values = {v["name"]: v["value"] for v in seen}
    assert (values["nid"], values["remark"]) == (f'"{NID}"', '"seen"')


def test_what_stands_for_a_masked_value_is_no_value(masked: tuple[Runtime, World, Reading]) -> None:
    _, world, reading = masked
    caller, path = reading("secret"), f"/element-instances/{world.waiting}/variables"
    inside = caller("PUT", path, {"variables": {"remark": [{"deep": MASK}]}})
    assert (inside.status_code, inside.get_json()["code"]) == (400, "invalid-argument")
    assert caller("PUT", path, {"variables": {"nid": MASK}}).status_code == 204
    assert caller.get(f"/variables/{world.variable}")["value"] == f'"{NID}"', "sent back it leaves the value as it is"
