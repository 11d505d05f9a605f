"""The Git source over HTTP: seen by who owns a process, taken into drafts that say so, and compared with what is published."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.leaving import WrongSetting
from api.runtime import Runtime
from api.service import git_source_of
from engine.adapters.git import GitFolder
from engine.model.actor import SYSTEM
from tests.api.conftest import Caller
from tests.api.test_model_drafts import FORM, NARROW, ORDER, OTHER, PROCESS, deploy
from tests.repositories import Repository

Callers = Callable[[str | None], Caller]
DIAGRAM, CHECK = f"processes/{PROCESS}/order.bpmn", f"forms/{PROCESS}/check.form"
PROCESSES, COMMITS, DRAFTS = "/git-source/processes/search", "/git-source/commits/search", "/git-source/drafts"
LATER = ORDER.replace("</bpmn:definitions>", "<!-- later -->\n</bpmn:definitions>")
WHY = {"reason": "as the source has it"}


@pytest.fixture
def source(office: Runtime, tmp_path: Path) -> Repository:
    """What is deployed, and a commit that changed something else."""
    made = Repository(tmp_path / "source")
    made.commit({DIAGRAM: ORDER.encode(), CHECK: FORM.encode()}, "เริ่มต้น")
    made.commit({DIAGRAM: ORDER.encode(), CHECK: FORM.encode(), "README": b"x"}, "อื่น")
    office.git = GitFolder(made.folder)
    return made


@pytest.fixture
def owner(office: Runtime, caller: Callers) -> Caller:
    for person in (NARROW, OTHER):
        office.bus.run(person, SYSTEM)
    deploy(office, **{DIAGRAM: ORDER, CHECK: FORM})
    return caller("owner")


def said(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["code"]


def commits(who: Caller, **page: Any) -> Any:
    return who.post(COMMITS, {"filter": {"reference": "main", "processDefinitionId": PROCESS}, "page": page})


def states(who: Caller, reference: str = "main") -> list[tuple[str, str]]:
    items = who.post(PROCESSES, {"filter": {"reference": reference}})["items"]
    return [(item["processDefinitionId"], item["state"]) for item in items]


def take(who: Caller, commit: str, **other: Any) -> Any:
    body = {"reference": "main", "commitId": commit, "processDefinitionId": PROCESS, "name": "จาก Git", **other}
    return who("POST", DRAFTS, body)


def publish(who: Caller, commit: str) -> None:
    draft = f"/model-drafts/{take(who, commit).get_json()['draftKey']}"
    who.post(f"{draft}/publication", {"revision": who.get(draft)["revision"], **WHY})


def test_without_a_source_there_is_none(owner: Caller) -> None:
    assert owner.get("/git-source") == {"available": False, "references": []}
    for path, body in ((PROCESSES, {"filter": {"reference": "main"}}), (DRAFTS, None)):
        answer = take(owner, "1" * 40) if body is None else owner("POST", path, body)
        assert said(answer) == (404, "not-found")


def test_the_source_has_references(owner: Caller, source: Repository) -> None:
    source.point("refs/tags/v1", source.commits[0])
    assert owner.get("/git-source") == {
        "available": True,
        "references": [
            {"name": "main", "kind": "BRANCH", "commitId": source.commits[1], "chosen": True},
            {"name": "v1", "kind": "TAG", "commitId": source.commits[0], "chosen": False},
        ],
    }


def test_commits_that_changed_the_process_page_by_page(owner: Caller, source: Repository) -> None:
    for n in range(4):
        source.commit({DIAGRAM: f"{ORDER}<!-- {n} -->".encode()}, f"ครั้งที่ {n}")
    changing = [source.commits[0], *source.commits[2:]][::-1]
    first = commits(owner, limit=2)
    assert [item["commitId"] for item in first["items"]] == changing[:2]
    assert first["items"][0] == {
        "commitId": changing[0], "author": "Process owner", "committedAt": "2025-10-09T13:53:20.000000Z",
        "message": "ครั้งที่ 3", "published": False,
    }  # fmt: skip
    second = commits(owner, limit=2, after=first["page"]["endCursor"])
    third = commits(owner, limit=2, after=second["page"]["endCursor"])
    assert [i["commitId"] for i in second["items"] + third["items"]] == changing[2:]
    assert first["page"]["hasMoreTotalItems"] and not third["page"]["hasMoreTotalItems"]
    assert third["page"]["totalItems"] == 5
    assert [item["commitId"] for item in commits(owner, limit=9, **{"from": 3})["items"]] == changing[3:]


def test_a_draft_has_the_files_and_says_from_where(owner: Caller, source: Repository) -> None:
    files = {DIAGRAM: LATER.encode(), CHECK: FORM.encode(), f"processes/{PROCESS}/chart.png": b"\x89PNG"}
    commit = source.commit(files, "ใหม่")
    made = take(owner, commit).get_json()
    assert made["leftOut"] == [f"processes/{PROCESS}/chart.png"]
    draft = owner.get(f"/model-drafts/{made['draftKey']}")
    assert (draft["gitReference"], draft["gitCommitId"], draft["name"]) == ("main", commit, "จาก Git")
    assert draft["basedOn"] == {"processDefinitionId": PROCESS, "version": 1, "newestVersion": 1}
    assert [file["path"] for file in draft["files"]] == [CHECK, DIAGRAM]
    content = owner.get(f"/model-drafts/{made['draftKey']}/files/content?path={DIAGRAM}")
    assert content["content"] == LATER
    history = owner.post(f"/model-drafts/{made['draftKey']}/history/search", {})["items"]
    assert {item["note"] for item in history} == {f"commit {commit} of main"}
    found = owner.post("/model-drafts/search", {"filter": {"gitCommitId": commit}})["items"]
    assert [item["draftKey"] for item in found] == [made["draftKey"]]


def test_a_draft_that_is_made_otherwise_says_nothing_of_git(owner: Caller) -> None:
    made = owner.post("/model-drafts", {"name": "d", "processDefinitionId": PROCESS})
    draft = owner.get(f"/model-drafts/{made['draftKey']}")
    assert draft["gitReference"] is None and draft["gitCommitId"] is None


def test_parts_of_forms_come_along_and_those_of_others_do_not(owner: Caller, source: Repository) -> None:
    def form(id_: str, *parts: str) -> bytes:
        inside = [{"type": "krabuanPart", "id": f"p{n}", "formId": part} for n, part in enumerate(parts)]
        return json.dumps({"schemaVersion": 16, "type": "default", "id": id_, "components": inside}).encode()

    commit = source.commit({
        DIAGRAM: ORDER.encode(), CHECK: form("sdk-order.check", "shared.a"),
        "forms/shared/shared.a.form": form("shared.a", "shared.b"), "forms/shared/shared.b.form": form("shared.b"),
        "forms/shared/shared.c.form": form("shared.c"), "forms/another/x.form": form("another.x"),
    })  # fmt: skip
    draft = owner.get(f"/model-drafts/{take(owner, commit).get_json()['draftKey']}")
    assert [file["path"] for file in draft["files"]] == [
        CHECK, "forms/shared/shared.a.form", "forms/shared/shared.b.form", DIAGRAM,
    ]  # fmt: skip


def test_the_source_is_ahead_of_what_is_published(owner: Caller, source: Repository) -> None:
    assert states(owner) == [(PROCESS, "NEVER_PUBLISHED")]
    publish(owner, source.commits[0])
    assert states(owner) == [(PROCESS, "UP_TO_DATE")]  # the second commit changed something else
    later = source.commit({DIAGRAM: LATER.encode(), CHECK: FORM.encode()})
    assert states(owner) == [(PROCESS, "AHEAD")]
    assert [item["published"] for item in commits(owner)["items"]] == [False, True]
    publish(owner, later)
    assert states(owner) == [(PROCESS, "UP_TO_DATE")]
    assert [item["published"] for item in commits(owner)["items"]] == [True, False]
    source.commit({DIAGRAM: ORDER.encode()}, reference="refs/heads/beside", parents=[])
    assert states(owner, "beside") == [(PROCESS, "NOT_ON_REFERENCE")]


def test_what_came_from_elsewhere_since_is_told(owner: Caller, office: Runtime, source: Repository) -> None:
    later = source.commit({DIAGRAM: LATER.encode(), CHECK: FORM.encode()})
    publish(owner, later)
    item = {"processDefinitionId": PROCESS, "state": "UP_TO_DATE", "publishedCommitId": later, "publishedElsewhere": False}
    find = {"filter": {"reference": "main"}}
    assert owner.post(PROCESSES, find)["items"] == [item]
    deploy(office, **{DIAGRAM: ORDER + "\n<!-- by hand -->"})
    assert owner.post(PROCESSES, find)["items"] == [item | {"publishedElsewhere": True}]


def test_a_process_that_was_never_deployed(owner: Caller, caller: Callers, source: Repository) -> None:
    diagram = ORDER.replace(f'process id="{PROCESS}"', 'process id="another"').replace(
        f'bpmnElement="{PROCESS}"', 'bpmnElement="another"'
    )
    commit = source.commit({"processes/another/another.bpmn": diagram.encode()})
    made = take(caller("other"), commit, processDefinitionId="another").get_json()
    draft = caller("other").get(f"/model-drafts/{made['draftKey']}")
    assert (draft["processDefinitionId"], draft["basedOn"]) == ("another", None)
    assert said(caller("narrow")("GET", f"/model-drafts/{made['draftKey']}")) == (404, "not-found")


def test_one_sees_and_takes_what_one_owns(owner: Caller, caller: Callers, source: Repository) -> None:
    source.commit({DIAGRAM: ORDER.encode(), "processes/another/another.bpmn": b"<x/>"})
    assert states(owner) == [("another", "NEVER_PUBLISHED"), (PROCESS, "NEVER_PUBLISHED")]
    assert states(caller("narrow")) == [(PROCESS, "NEVER_PUBLISHED")]
    other = caller("other")
    assert states(other) == [("another", "NEVER_PUBLISHED")]
    find = {"filter": {"reference": "main", "processDefinitionId": PROCESS}}
    assert said(other("POST", COMMITS, find)) == (403, "forbidden")
    assert said(take(other, source.commits[0])) == (403, "forbidden")
    for name in ("ann", "auditor", "admin", "worker"):
        assert said(caller(name)("GET", "/git-source")) == (403, "forbidden")


def test_one_process_is_looked_for(owner: Caller, caller: Callers, source: Repository) -> None:
    source.commit({DIAGRAM: ORDER.encode(), "processes/another/another.bpmn": b"<x/>"})
    for who, id_, found in ((owner, PROCESS, 1), (owner, "nothing", 0), (caller("narrow"), "another", 0)):
        find = {"filter": {"reference": "main", "processDefinitionId": id_}}
        answer = who.post(PROCESSES, find)
        assert len(answer["items"]) == answer["page"]["totalItems"] == found


def test_processes_page_by_page(owner: Caller, source: Repository) -> None:
    source.commit({f"processes/p{n}/x.bpmn": b"<x/>" for n in range(5)})
    body = {"filter": {"reference": "main"}, "page": {"limit": 2}}
    found, page = [], None
    while page is None or page["endCursor"] is not None:
        answer = owner.post(PROCESSES, body)
        found += [item["processDefinitionId"] for item in answer["items"]]
        page = answer["page"]
        body = {"filter": {"reference": "main"}, "page": {"limit": 2, "after": page["endCursor"]}}
    assert found == [f"p{n}" for n in range(5)] and page["totalItems"] == 5


def test_a_commit_is_one_of_the_reference(owner: Caller, source: Repository) -> None:
    """What stands on another branch, or on none any more, is not taken by naming it."""
    beside = source.commit({DIAGRAM: LATER.encode()}, reference="refs/heads/beside", parents=[])
    for commit in (beside, "0" * 40, "z" * 40):
        assert said(take(owner, commit)) == (404, "not-found")
    assert take(owner, beside, reference="beside").status_code == 201
    assert said(take(owner, source.commits[0], reference="nowhere")) == (404, "not-found")
    assert said(take(owner, source.commits[0], processDefinitionId="nothing/..")) == (404, "not-found")


def test_a_wrong_body(owner: Caller, source: Repository) -> None:
    changes: tuple[dict[str, Any], ...] = (
        {"reference": 1}, {"reference": ""}, {"reference": "x" * 257}, {"commitId": "abc"}, {"commitId": None},
        {"name": ""}, {"name": "x" * 257}, {"processDefinitionId": []}, {"unknown": 1},
    )  # fmt: skip
    for change in changes:
        assert said(take(owner, source.commits[0], **change)) == (400, "invalid-request"), change


def test_a_wrong_search(owner: Caller, source: Repository) -> None:
    right = {"reference": "main"}
    bodies: tuple[dict[str, Any], ...] = (
        {}, {"filter": {}}, {"filter": {"reference": 1}}, {"filter": {"reference": ""}},
        {"filter": {"reference": {"$like": "*"}}}, {"filter": right | {"x": 1}}, {"filter": right, "page": {"limit": 0}},
        {"filter": right, "page": {"before": "x"}}, {"filter": right, "page": {"after": "x"}},
    )  # fmt: skip
    for body in bodies:
        assert owner("POST", PROCESSES, body).status_code == 400, body
        of_process = {"processDefinitionId": PROCESS} | body.get("filter", {})
        assert owner("POST", COMMITS, body | {"filter": of_process}).status_code == 400, body


def test_a_doubled_request_makes_one_draft(owner: Caller, source: Repository) -> None:
    once = {"headers": {"Idempotency-Key": "k"}}
    body = {"reference": "main", "commitId": source.commits[0], "processDefinitionId": PROCESS, "name": "n"}
    first, again = (owner.post(DRAFTS, body, **once) for _ in range(2))
    assert first == again
    assert owner.post("/model-drafts/search", {})["page"]["totalItems"] == 1


def test_a_refused_source_says_why_and_makes_nothing(owner: Caller, source: Repository) -> None:
    bad = source.commit({DIAGRAM: ORDER.encode(), f"processes/{PROCESS}/x.md": (0o120000, b"/etc/passwd")})
    answer = take(owner, bad)
    assert said(answer) == (409, "git-link-inside") and answer.get_json()["path"] == f"processes/{PROCESS}/x.md"
    (source.inside / "objects" / "info").mkdir(exist_ok=True)
    (source.inside / "objects" / "info" / "alternates").write_text("/elsewhere", encoding="utf-8")
    for answer in (owner("GET", "/git-source"), take(owner, source.commits[0])):
        assert said(answer) == (409, "git-foreign-link")
        assert "ผู้ดูแลระบบ" in answer.get_json()["th"]
    assert owner.post("/model-drafts/search", {})["page"]["totalItems"] == 0


def test_files_are_as_those_of_an_archive(owner: Caller, source: Repository) -> None:
    for files, why in (
        ({DIAGRAM: b"<x"}, "draft-file-unreadable"), ({DIAGRAM: b"\xff"}, "draft-file-unreadable"),
        ({DIAGRAM: b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}, "draft-file-unreadable"),
        ({f"processes/{PROCESS}/con.bpmn": b"<x/>"}, "draft-path-invalid"),
        ({f"processes/{PROCESS}/a.bpmn": b"<x/>", f"processes/{PROCESS}/A.bpmn": b"<x/>"}, "draft-path-invalid"),
    ):  # fmt: skip
        assert said(take(owner, source.commit(files))) == (400, why)


def test_the_setting_is_an_absolute_path(tmp_path: Path) -> None:
    assert git_source_of({}) is None and git_source_of({"KRABUAN_GIT_SOURCE": ""}) is None
    found = git_source_of({"KRABUAN_GIT_SOURCE": str(tmp_path)})
    assert isinstance(found, GitFolder) and found.folder == tmp_path
    with pytest.raises(WrongSetting):
        git_source_of({"KRABUAN_GIT_SOURCE": "../elsewhere"})
