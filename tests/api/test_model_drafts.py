"""Drafts of processes over HTTP: worked on by several people, never overwritten, published whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from api.runtime import Runtime
from engine.commands import model_drafts
from engine.commands.add_person import AddPerson
from engine.commands.checking import Resource
from engine.commands.deploy import Deploy
from engine.model.actor import SYSTEM
from engine.model.draft_files import path_fault
from engine.store.tables import model_draft_file, process_definition, service_event
from tests.api.conftest import Caller
from tests.api.people import PASSWORD

Callers = Callable[[str | None], Caller]
HERE = Path(__file__).parent
ORDER = (HERE.parent / "sdk" / "order.bpmn").read_text(encoding="utf-8")
PROCESS = "sdk-order"
FORM = json.dumps(
    {"schemaVersion": 16, "type": "default", "id": "sdk-order.check",
     "components": [{"id": "f", "key": "subject", "label": "Subject", "type": "textfield"}]}
)  # fmt: skip
LOST = """  <bpmn:userTask id="Lost">
      <bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="nowhere" /></bpmn:extensionElements>
    </bpmn:userTask>
  </bpmn:process>"""
NARROW = AddPerson("narrow", "Owns one process", PASSWORD, roles=(("process-owner", PROCESS),))
OTHER = AddPerson("other", "Owns another process", PASSWORD, roles=(("process-owner", "another"),))


@pytest.fixture
def owner(office: Runtime, caller: Callers) -> Caller:
    """The owner of everything, in an office that has deployed one process."""
    for person in (NARROW, OTHER):
        office.bus.run(person, SYSTEM)
    deploy(office, **{f"processes/{PROCESS}/order.bpmn": ORDER, f"forms/{PROCESS}/check.form": FORM})
    return caller("owner")


def deploy(office: Runtime, **files: str) -> None:
    office.bus.run(Deploy(tuple(Resource(name, text.encode()) for name, text in files.items())), SYSTEM)


def made(who: Caller, name: str = "ร่างใหม่", **based: Any) -> str:
    """The path of a new draft."""
    return f"/model-drafts/{who.post('/model-drafts', {'name': name, **based})['draftKey']}"


def put(who: Caller, draft: str, path: str, content: str, revision: int | None) -> Any:
    return who("PUT", f"{draft}/files/content", {"path": path, "content": content, "revision": revision})


def paths(who: Caller, draft: str) -> list[str]:
    return [file["path"] for file in who.get(draft)["files"]]


def code(answer: Any, status: int) -> str:
    assert answer.status_code == status, answer.text
    found: str = answer.get_json()["code"]
    return found


def test_an_empty_draft_can_be_deployed_as_it_is(owner: Caller) -> None:
    draft = made(owner, 'ร่าง "ก" & <ข>')
    found = owner.get(draft)
    assert (found["state"], found["basedOn"], found["createdBy"]) == ("OPEN", None, "owner")
    (file,) = found["files"]
    assert (file["kind"], file["revision"]) == ("BPMN", 1)
    assert owner.post(f"{draft}/check") == {"findings": []}
    done = owner.post(f"{draft}/publication", {"revision": found["revision"], "reason": "the first version"})
    assert (done["state"], done["deployments"][0]["processDefinition"]["processDefinitionVersion"]) == ("PUBLISHED", 1)


def test_a_draft_of_a_version_has_its_diagram_its_forms_and_what_lies_beside_it(owner: Caller, office: Runtime) -> None:
    deploy(office, **{f"processes/{PROCESS}/price.dmn": (HERE / "price.dmn").read_text(encoding="utf-8")})
    deploy(office, **{f"processes/{PROCESS}/order.bpmn": ORDER.replace("</bpmn:definitions>", "\n</bpmn:definitions>")})
    newest, first = made(owner, processDefinitionId=PROCESS), made(owner, processDefinitionId=PROCESS, version=1)
    based = owner.get(newest)["basedOn"]
    assert based == {"processDefinitionId": PROCESS, "version": 2, "newestVersion": 2}
    assert owner.get(first)["basedOn"] == {"processDefinitionId": PROCESS, "version": 1, "newestVersion": 2}
    then = [f"forms/{PROCESS}/check.form", f"processes/{PROCESS}/order.bpmn"]
    assert (paths(owner, newest), paths(owner, first)) == ([*then, f"processes/{PROCESS}/price.dmn"], then)
    content = owner.get(f"{first}/files/content?path=processes/{PROCESS}/order.bpmn")["content"]
    assert content == ORDER


def test_what_is_not_deployed_is_not_found(owner: Caller) -> None:
    for wrong in ({"processDefinitionId": "nothing"}, {"processDefinitionId": PROCESS, "version": 9}):
        assert code(owner("POST", "/model-drafts", {"name": "x", **wrong}), 404) == "not-found"
    assert code(owner("POST", "/model-drafts", {"name": "x", "version": 1}), 400) == "invalid-argument"
    assert code(owner("POST", "/model-drafts", {"name": "  "}), 400) == "invalid-argument"
    assert owner.post("/model-drafts/search", {})["items"] == []


def test_two_people_who_write_one_file_do_not_overwrite_each_other(owner: Caller, caller: Callers) -> None:
    draft, narrow = made(owner, processDefinitionId=PROCESS), caller("narrow")
    file = f"processes/{PROCESS}/order.bpmn"
    seen = owner.get(f"{draft}/files/content?path={file}")["revision"]
    written = put(narrow, draft, file, ORDER + "\n", seen).get_json()
    assert written == {"path": file, "revision": 3}  # the draft has two files
    refused = put(owner, draft, file, ORDER + " ", seen)
    assert code(refused, 409) == "stale-revision"
    assert (refused.get_json()["revision"], refused.get_json()["updatedBy"]) == (3, "narrow")
    assert code(put(owner, draft, file, ORDER, None), 409) == "stale-revision"
    assert owner.get(f"{draft}/files/content?path={file}")["content"] == ORDER + "\n"


def test_what_is_unchanged_makes_no_revision(owner: Caller) -> None:
    draft = made(owner, processDefinitionId=PROCESS)
    before = owner.get(draft)["revision"]
    file = f"processes/{PROCESS}/order.bpmn"
    seen = owner.get(f"{draft}/files/content?path={file}")["revision"]
    assert put(owner, draft, file, ORDER, seen).get_json()["revision"] == seen
    assert owner.get(draft)["revision"] == before


def test_every_revision_is_kept_and_can_be_made_again(owner: Caller, caller: Callers) -> None:
    draft = made(owner)
    first = put(owner, draft, "notes.md", "one", None).get_json()["revision"]
    second = put(owner, draft, "notes.md", "two", first).get_json()["revision"]
    gone = owner("DELETE", f"{draft}/files/content?path=notes.md&revision={first}")
    assert code(gone, 409) == "stale-revision"
    assert owner("DELETE", f"{draft}/files/content?path=notes.md&revision={second}").status_code == 204
    assert code(owner("GET", f"{draft}/files/content?path=notes.md"), 404) == "not-found"
    assert owner.get(f"{draft}/files/content?path=notes.md&revision={first}")["content"] == "one"
    wanted = {"path": "notes.md", "to": first, "revision": None}
    again = owner.post(f"{draft}/files/restoration", wanted)["revision"]
    assert owner.get(f"{draft}/files/content?path=notes.md") == {"path": "notes.md", "content": "one", "revision": again}
    assert code(owner("POST", f"{draft}/files/restoration", wanted), 409) == "stale-revision"
    body = {"filter": {"path": "notes.md"}, "sort": [{"field": "revision"}], "page": {"limit": 3}}
    page = owner.post(f"{draft}/history/search", body)
    rows = [(item["revision"], item["deleted"], item["author"]) for item in page["items"]]
    assert rows == [(first, False, "owner"), (second, False, "owner"), (second + 1, True, "owner")]
    rest = owner.post(f"{draft}/history/search", body | {"page": {"limit": 3, "after": page["page"]["endCursor"]}})
    assert [(item["revision"], item["note"]) for item in rest["items"]] == [(again, f"as in revision {first}")]


def test_the_database_keeps_the_history(owner: Caller, office: Runtime) -> None:
    made(owner)
    for change in (delete(model_draft_file), update(model_draft_file).values(content="other")):
        with pytest.raises(DatabaseError), office.database.write() as db:
            db.execute(change)


@pytest.mark.parametrize(
    "path",
    ["../x.bpmn", "a/../x.bpmn", "/etc/x.bpmn", "C:\\x.bpmn", "a//x.bpmn", "a/./x.bpmn", ".git/x.bpmn", "x.py", "x",
     ".bpmn", "con.bpmn", "a/NUL.md", "a\nb.md", "a\u202eb.md", "a./x.md", "x" * 510 + ".md"],
)  # fmt: skip
def test_a_path_that_leads_elsewhere_is_refused(path: str, owner: Caller) -> None:
    draft = made(owner)
    before = owner.get(draft)
    answer = put(owner, draft, path, "x", None)
    assert code(answer, 400) in ("draft-path-invalid", "invalid-request")
    assert path_fault(path) is not None and owner.get(draft) == before


def test_names_that_some_computers_take_for_the_same_are_refused(owner: Caller) -> None:
    draft = made(owner)
    assert put(owner, draft, "a/Notes.md", "x", None).status_code == 200
    assert code(put(owner, draft, "a/notes.md", "x", None), 400) == "draft-path-invalid"


@pytest.mark.parametrize(
    "body",
    [{"path": "a.md", "content": 1, "revision": None}, {"path": "a.md", "content": "x", "revision": "1"},
     {"path": "a.md", "content": "x"}, {"path": "a.md", "content": "x\0", "revision": None},
     {"path": "", "content": "x", "revision": None}, {"content": "x", "revision": None}],
)  # fmt: skip
def test_what_is_no_file_is_refused(body: dict[str, Any], owner: Caller) -> None:
    draft = made(owner)
    before = owner.get(draft)
    assert owner("PUT", f"{draft}/files/content", body).status_code == 400
    assert owner.get(draft) == before


def test_a_draft_holds_so_much_and_no_more(owner: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = made(owner)
    assert code(put(owner, draft, "a.md", "x" * (2 << 20) + "x", None), 400) == "draft-file-too-large"
    monkeypatch.setattr(model_drafts, "MOST_FILES", 2)
    assert put(owner, draft, "a.md", "x", None).status_code == 200
    assert code(put(owner, draft, "b.md", "x", None), 409) == "draft-full"
    monkeypatch.setattr(model_drafts, "MOST_REVISIONS", 2)
    assert code(put(owner, draft, "a.md", "y", 2), 409) == "draft-full"
    monkeypatch.setattr(model_drafts, "MOST_OPEN", 1)
    assert code(owner("POST", "/model-drafts", {"name": "second"}), 409) == "too-many-drafts"
    assert owner("DELETE", draft).status_code == 204
    made(owner)


def test_findings_are_those_of_deployment_with_their_lines(owner: Caller) -> None:
    draft = made(owner, processDefinitionId=PROCESS)
    file = f"processes/{PROCESS}/order.bpmn"
    seen = owner.get(f"{draft}/files/content?path={file}")["revision"]
    broken = ORDER.replace("</bpmn:process>", LOST, 1)
    put(owner, draft, file, broken, seen)
    findings = owner.post(f"{draft}/check")["findings"]
    errors = [finding for finding in findings if finding["severity"] == "ERROR"]
    refused = owner("POST", f"{draft}/publication", {"revision": owner.get(draft)["revision"], "reason": "try it"})
    assert code(refused, 400) == "deployment-refused"
    faults = [f for f in refused.get_json()["faults"] if f["severity"] == "error"]
    assert [(f["code"], f["elementId"], f["message"]) for f in errors] == [
        (f["rule"], f["elementId"], {"th": f["th"], "en": f["en"]}) for f in faults
    ]
    of_element = next(f for f in errors if f["elementId"])
    assert f'id="{of_element["elementId"]}"' in broken.splitlines()[of_element["line"] - 1]
    assert owner.get(draft)["state"] == "OPEN"


def test_publishing_deploys_everything_and_closes_the_draft(owner: Caller, office: Runtime) -> None:
    draft = made(owner, processDefinitionId=PROCESS)
    file = f"processes/{PROCESS}/order.bpmn"
    seen = owner.get(f"{draft}/files/content?path={file}")["revision"]
    put(owner, draft, file, ORDER.replace("</bpmn:definitions>", "\n</bpmn:definitions>"), seen)
    put(owner, draft, f"processes/{PROCESS}/scenarios/happy.yaml", "title: x\n", None)
    at = owner.get(draft)["revision"]
    assert code(owner("POST", f"{draft}/publication", {"revision": at - 1, "reason": "changed"}), 409) == "stale-revision"
    assert owner("POST", f"{draft}/publication", {"revision": at, "reason": "  "}).status_code == 400
    headers = {"Idempotency-Key": "once"}
    done = owner.post(f"{draft}/publication", {"revision": at, "reason": "a new line"}, headers=headers)
    assert done == owner.post(f"{draft}/publication", {"revision": at, "reason": "a new line"}, headers=headers)
    found = owner.get(draft)
    assert (found["state"], found["deploymentKey"], found["reason"]) == ("PUBLISHED", done["deploymentKey"], "a new line")
    with office.database.read() as db:
        kept = db.execute(process_definition.select().order_by(process_definition.c.version.desc())).first()
        said = [row.type for row in db.execute(service_event.select().order_by(service_event.c.key))]
    assert kept is not None and (kept.version, str(kept.deployment_key)) == (2, done["deploymentKey"])
    assert sorted(said[-2:]) == ["deployed", "draft-published"]
    for refused in (
        put(owner, draft, "a.md", "x", None), owner("DELETE", draft),
        owner("POST", f"{draft}/publication", {"revision": at, "reason": "once more"}),
    ):  # fmt: skip
        assert code(refused, 409) == "draft-closed"


def test_whose_a_draft_is(owner: Caller, caller: Callers) -> None:
    of_process, from_nothing = made(owner, processDefinitionId=PROCESS), made(caller("narrow"))
    for name, sees in (("owner", 2), ("narrow", 2), ("other", 0)):
        assert len(caller(name).post("/model-drafts/search", {})["items"]) == sees, name
    for name in ("other", "admin", "ann", "auditor", "worker"):
        for draft in (of_process, from_nothing):
            assert code(caller(name)("GET", draft), 404) == "not-found"
            assert code(put(caller(name), draft, "a.md", "x", None), 404) == "not-found"
    assert caller("ann")("POST", "/model-drafts", {"name": "x"}).status_code == 403
    assert caller("other")("POST", "/model-drafts", {"name": "x", "processDefinitionId": PROCESS}).status_code == 403


def test_nobody_publishes_into_a_process_of_others(owner: Caller, caller: Callers) -> None:
    """Whatever the draft began with: what counts is what is in it."""
    other = caller("other")
    draft = made(other)
    assert put(other, draft, "order.bpmn", ORDER, None).status_code == 200
    put(other, draft, f"forms/{PROCESS}/check.form", FORM, None)
    refused = other("POST", f"{draft}/publication", {"revision": other.get(draft)["revision"], "reason": "sneak in"})
    assert code(refused, 403) == "forbidden"
    assert other.get(draft)["state"] == "OPEN"


def test_drafts_are_found_by_what_they_are(owner: Caller, caller: Callers) -> None:
    made(owner, "ก", processDefinitionId=PROCESS)
    gone = made(owner, "ข")
    made(caller("narrow"), "ค", processDefinitionId=PROCESS)
    assert owner("DELETE", gone).status_code == 204

    def names(**wanted: Any) -> list[str]:
        return sorted(item["name"] for item in owner.post("/model-drafts/search", {"filter": wanted})["items"])

    assert names(state="OPEN") == ["ก", "ค"] and names(state="DISCARDED") == ["ข"]
    assert names(processDefinitionId=PROCESS) == ["ก", "ค"]
    assert names(author="narrow") == ["ค"] and names(name={"$like": "ก*"}) == ["ก"]
