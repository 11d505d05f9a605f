"""People imported over HTTP: previewed, carried out as previewed or not at all, refused with every fault."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from api.runtime import Runtime
from engine.commands.set_clearance import SetClearance
from engine.model.actor import SYSTEM
from tests.api.conftest import Caller
from tests.api.world import World

Callers = Callable[[str | None], Caller]
GROUPS = "key,kind,th,en\npanel,committee,คณะกรรมการ,Panel\n"
PEOPLE = "account,name,groups\nann,แอน,clerks;panel\ndan,แดน,panel\n"


def send(caller: Caller, path: str = "/preview", people: Any = PEOPLE, groups: str | None = GROUPS, **form: str) -> TestResponse:
    files = [] if groups is None else [(io.BytesIO(groups.encode()), "groups.csv")]
    content = people if isinstance(people, bytes) else people.encode()
    files.append((io.BytesIO(content), "people.csv"))
    return caller("POST", f"/people-imports{path}", data={"files": files, **form})


def accounts(caller: Caller) -> set[str]:
    return {item["username"] for item in caller.post("/accounts/search", {"page": {"limit": 100}})["items"]}


def test_a_preview_tells_what_would_change_and_changes_nothing(caller: Callers) -> None:
    admin = caller("admin")
    before = accounts(admin)
    told = send(admin).get_json()
    assert told["groups"] == {"added": ["panel"], "changed": []}
    assert [each["account"] for each in told["added"]] == ["dan"]
    (ann,) = told["changed"]
    assert ann == {"account": "ann", "name": "แอน", "groups": {"added": ["panel"], "removed": []}}
    assert "ben" in {each["account"] for each in told["missing"]} and told["deactivated"] is False
    assert accounts(admin) == before
    assert admin.post("/groups/search", {"filter": {"groupId": "panel"}})["items"] == []


def test_what_was_previewed_is_done(caller: Callers) -> None:
    admin = caller("admin")
    digest = send(admin).get_json()["digest"]
    done = send(admin, "", digest=digest)
    assert (done.status_code, done.get_json()["digest"]) == (200, digest)
    assert "dan" in accounts(admin)
    again = send(admin).get_json()
    assert (again["added"], again["changed"]) == ([], [])


def test_what_became_different_since_the_preview_is_not_done(caller: Callers) -> None:
    admin = caller("admin")
    digest = send(admin).get_json()["digest"]
    admin.post("/accounts", {"username": "dan", "name": "Another Dan"})
    stale = send(admin, "", digest=digest)
    assert (stale.status_code, stale.get_json()["code"]) == (409, "import-changed")
    assert admin.get("/accounts/dan")["name"] == "Another Dan"


def test_who_is_missing_is_deactivated_where_that_is_asked_for(caller: Callers) -> None:
    admin = caller("admin")
    people = PEOPLE + "admin,Administrator,\n"
    told = send(admin, people=people, deactivateMissing="true").get_json()
    assert told["deactivated"] is True
    done = send(admin, "", people=people, deactivateMissing="true", digest=told["digest"])
    assert done.status_code == 200
    assert admin.get("/accounts/ben")["active"] is False and admin.get("/accounts/worker")["active"] is True


@pytest.mark.parametrize(
    "people",
    ["account,name,roles\nadmin,A,auditor; administrator\n", "account,name,groups\nadmin,A,clerks\n",
     "account,name,clearance\nadmin,A,secret\n"],
)  # fmt: skip
def test_nobody_imports_what_he_or_she_may(people: str, caller: Callers) -> None:
    for path in ("/preview", ""):
        answer = send(caller("admin"), path, people, None)
        assert (answer.status_code, answer.get_json()["code"]) == (403, "forbidden")
    without = send(caller("admin"), "", deactivateMissing="true")
    assert without.status_code == 403, "nor is the own account deactivated"


def test_a_file_with_faults_is_refused_whole(caller: Callers) -> None:
    admin = caller("admin")
    answer = send(admin, "", PEOPLE + "eve,อีฟ,ghosts\n")
    body = answer.get_json()
    assert (answer.status_code, body["code"]) == (400, "import-refused")
    (fault,) = body["faults"]
    assert (fault["file"], fault["elementId"]) == ("people.csv:4", "eve") and fault["th"] and fault["en"]
    assert "dan" not in accounts(admin)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({}, "import-files"),
        ({"files": [(io.BytesIO(b"x"), "staff.csv")]}, "import-files"),
        ({"files": [(io.BytesIO(b"x"), "a.yaml"), (io.BytesIO(b"x"), "b.yaml")]}, "import-files"),
        ({"files": [(io.BytesIO(b"x"), "people.csv"), (io.BytesIO(b"x"), "people.csv")]}, "import-files"),
        ({"files": [(io.BytesIO(b"a: *b"), "a.yaml")]}, "import-refused"),
        ({"files": [(io.BytesIO(b"\xff\xfe"), "people.csv")]}, "import-refused"),
        ({"files": [(io.BytesIO(b"account,name\n"), "people.csv")], "deactivateMissing": "yes"}, "invalid-argument"),
        ({"files": [(io.BytesIO(b"account,name\n"), "people.csv")], "more": "1"}, "invalid-argument"),
        ({"files": [(io.BytesIO(b"account,name\n"), "people.csv")], "digest": "x" * 65}, "invalid-argument"),
    ],
)  # fmt: skip
def test_what_is_no_import_is_refused(data: dict[str, Any], code: str, caller: Callers) -> None:
    kept = {name: [(io.BytesIO(f.getvalue()), n) for f, n in value] if name == "files" else value for name, value in data.items()}
    answer = caller("admin")("POST", "/people-imports", data=kept, content_type="multipart/form-data")
    assert (answer.status_code, answer.get_json()["code"]) == (400, code)


def test_tasks_of_cases_above_the_class_of_who_imports_are_not_told(
    at_work: tuple[Runtime, World], calling: Callers
) -> None:
    runtime, world = at_work
    admin = calling("admin")
    admin.post("/accounts", {"username": "holder", "name": "Holder", "groups": ["clerks"]})
    calling("narrow").post(f"/user-tasks/{world.task}/assignment", {"assignee": "holder"})

    def told() -> list[str]:
        missing = send(admin, people="account,name\nann,Ann\n", groups=None).get_json()["missing"]
        return next(each["openTasks"] for each in missing if each["account"] == "holder")

    assert told() == [str(world.task)]
    runtime.bus.run(SetClearance("narrow", "secret"), SYSTEM)
    calling("narrow")("PUT", f"/process-instances/{world.waiting}/access-class", {"accessClass": "SECRET"})
    assert told() == []
