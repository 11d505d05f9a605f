"""What may not be seen is not there: in no list, in no count, and in no difference between two refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.runtime import Runtime
from engine.commands.add_person import AddPerson
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.set_clearance import SetClearance
from engine.model.access import SHOWN
from engine.model.actor import SYSTEM
from engine.policy.permissions import Facts, allowed
from engine.store.tables import notification
from tests.api.conftest import Caller
from tests.api.matrix.reads import READS as ROWS
from tests.api.people import PASSWORD
from tests.api.world import EVERYBODY, PROCESS, World, actor, open_world

Callers = Callable[[str | None], Caller]
CLEARANCES = {"ann": "confidential", "narrow": "secret", "worker": "confidential", "admin": "topSecret", "ben": "secret"}
SEER = AddPerson(
    "seer", "Sees all", PASSWORD, clearance="topSecret",
    roles=(("auditor", ""), ("administrator", ""), ("client", ""), ("process-owner", "*")),
)  # fmt: skip
READ, CONTENTS, EVERYTHING = "process-instance:read", "process-instance:contents", None
# what a search shows of a case -> the permission for it; None: not about cases
SEARCHES = {
    "/process-instances/search": READ,
    "/element-instances/search": READ,
    "/user-tasks/search": READ,
    "/incidents/search": READ,
    "/control-points/search": READ,
    "/deadlines/search": READ,
    "/interventions/search": READ,
    "/legal-holds/search": READ,
    "/message-subscriptions/search": READ,
    "/correlated-message-subscriptions/search": READ,
    "/element-instances/wait-states/search": READ,
    "/variables/search": CONTENTS,
    "/decision-instances/search": CONTENTS,
    "/documents/search": CONTENTS,
    "/jobs/search": "job:read",
    "/model-drafts/search": "model-draft:edit",
    "/batch-operation-items/search": "batch-operation:read",
    "/batch-operations/search": "batch-operation:read",
    "/notifications/search": "notification:read",
    "/dead-letters/search": "delivery:read",
    "/audit-logs/search": "audit-log:read",
    "/start-arrivals/search": "process-instance:cancel",
    "/calendar-days/search": EVERYTHING,
    "/office-hours/search": EVERYTHING,
    "/calendar-changes/search": EVERYTHING,
    "/groups/search": EVERYTHING,
    "/users/search": EVERYTHING,
    "/resources/search": EVERYTHING,
    "/process-definitions/search": EVERYTHING,
    "/decision-definitions/search": EVERYTHING,
    "/decision-requirements/search": EVERYTHING,
}


@pytest.fixture
def mixed(world_file: tuple[Path, World], tmp_path: Path) -> Iterator[tuple[Runtime, World, Callers]]:
    """The office at work: one case is normal, one confidential, one secret; Ben was told of the last."""
    path = tmp_path / "mixed.db"
    path.write_bytes(world_file[0].read_bytes())
    runtime, world = open_world(path), world_file[1]
    runtime.bus.run(SEER, SYSTEM)
    for name, clearance in CLEARANCES.items():
        runtime.bus.run(SetClearance(name, clearance), SYSTEM)
    runtime.bus.run(ClassifyInstance(world.working, "confidential"), SYSTEM)
    runtime.bus.run(ClassifyInstance(world.broken, "secret"), SYSTEM)
    told = {
        "key": 70, "recipient_kind": "user", "recipient": "ben", "about": "reminder", "subject": "-", "body": "-",
        "created_at": runtime.clock.now(), "process_instance_key": world.broken,
    }  # fmt: skip
    with runtime.database.write() as db:
        db.execute(notification.insert(), told)
    app = create_app(runtime)
    yield runtime, world, lambda username: Caller(app.test_client(use_cookies=False), username)
    runtime.close()


def test_every_search_is_in_the_table() -> None:
    keyless = {row.path for row in ROWS if row.path.endswith("/search") and "{" not in row.path}
    # of people, or of files; of one's own cases, and what one may start, which are others for everybody: each has tests
    # of its own
    others = {
        "/substitutions/search", "/accounts/search", "/api-keys/search", "/process-instances/mine/search",
        "/process-catalogue/search", "/git-source/processes/search", "/git-source/commits/search",
    }  # fmt: skip
    assert keyless == set(SEARCHES) | others


@pytest.mark.parametrize("path", SEARCHES)
def test_a_search_finds_what_may_be_seen_and_counts_nothing_else(
    path: str, mixed: tuple[Runtime, World, Callers]
) -> None:
    runtime, world, calling = mixed
    everything = _all(runtime, calling, path)
    for name in (*EVERYBODY, "starter"):
        expected = [item for item in everything if _may(runtime, world, name, SEARCHES[path], item)]
        answer = calling(name)("POST", path, {"page": {"limit": 1000}})
        if answer.status_code == 403:
            assert expected == [] or name == "stranger"
            continue
        found = answer.get_json()
        assert _bare(found["items"]) == _bare(expected), name
        one = calling(name).post(path, {"page": {"limit": 1}})
        assert one["page"]["totalItems"] == found["page"]["totalItems"] == len(expected), name


def _all(runtime: Runtime, calling: Callers, path: str) -> list[Any]:
    """What there is at all; of notifications, that is what each person was told."""
    if path != "/notifications/search":
        items: list[Any] = calling("seer").post(path, {"page": {"limit": 1000}})["items"]
        return items
    for name in ("ann", "ben"):
        runtime.bus.run(SetClearance(name, "topSecret"), SYSTEM)
    items = [i for name in ("ann", "ben") for i in calling(name).post(path, {})["items"]]
    for name in ("ann", "ben"):
        runtime.bus.run(SetClearance(name, CLEARANCES[name]), SYSTEM)
    return items


def _bare(items: list[Any]) -> list[Any]:
    """Without what depends on who asks although the thing is seen: mail addresses, what one may begin."""
    return [{k: v for k, v in item.items() if k not in ("email", "startable")} for item in items]


def _may(runtime: Runtime, world: World, name: str, permission: str | None, item: Any) -> bool:
    """The rule of permissions, asked for one item with facts that are known of this world."""
    who = actor(runtime, name)
    if permission is None:
        return True
    case = item.get("processInstanceKey")
    classes = {str(world.waiting): 0, str(world.working): 1, str(world.broken): 2}
    part = name in ("ann", "starter") or (name == "ben" and case == str(world.broken))
    concerned = item.get("recipient") or item.get("actorId") or ("narrow" if "itemKey" in item else None)
    if case is None and permission in (READ, CONTENTS):  # a start event's subscription; a decision outside any case
        return bool(who.roles) if permission == READ else "auditor" in who.roles
    if permission == "process-instance:cancel":
        return allowed(who, permission, Facts(frozenset({PROCESS}))) or "auditor" in who.roles
    facts = Facts(frozenset({PROCESS}), participant=part, person=concerned, access_class=classes.get(case, 0))
    return allowed(who, permission, facts)


def test_clearance_over_http(calling: Callers) -> None:
    admin = calling("admin")
    assert calling("ann").get("/authentication/me")["clearance"] == "NORMAL"
    admin("PUT", "/users/ann/clearance", {"clearance": "SECRET"})
    assert calling("ann").get("/authentication/me")["clearance"] == "SECRET"
    assert admin("PUT", "/users/admin/clearance", {"clearance": "SECRET"}).status_code == 403
    assert admin("PUT", "/users/nobody/clearance", {"clearance": "SECRET"}).status_code == 404
    assert admin("PUT", "/users/ann/clearance", {"clearance": "COSMIC"}).status_code == 400
    assert calling("ann")("PUT", "/users/ben/clearance", {"clearance": "SECRET"}).status_code == 403


def test_classifying_over_http(at_work: tuple[Runtime, World], calling: Callers) -> None:
    runtime, world = at_work
    path = f"/process-instances/{world.waiting}"
    runtime.bus.run(SetClearance("narrow", "secret"), SYSTEM)
    narrow = calling("narrow")
    for rank, name in enumerate(SHOWN):
        assert narrow("PUT", f"{path}/access-class", {"accessClass": name}).status_code == (204 if rank < 3 else 403)
    assert narrow.get(path)["accessClass"] == "SECRET"
    assert calling("auditor")("GET", path).status_code == 404
    noted = calling("admin").post("/audit-logs/search", {"filter": {"entityDescription": "case-read"}})["items"]
    assert noted == [], "that it was read is told to nobody who is not cleared"
    runtime.bus.run(SetClearance("admin", "secret"), SYSTEM)
    (noted,) = calling("admin").post("/audit-logs/search", {"filter": {"entityDescription": "case-read"}})["items"]
    assert (noted["actorId"], noted["entityKey"]) == ("narrow", str(world.waiting))
    found = {"filter": {"accessClass": "SECRET"}}
    assert len(narrow.post("/process-instances/search", found)["items"]) == 1
    assert calling("auditor").post("/process-instances/search", found)["page"]["totalItems"] == 0
    assert narrow("PUT", f"{path}/access-class", {"accessClass": "NORMAL"}).status_code == 400
    assert narrow("PUT", f"{path}/access-class", {"accessClass": "NORMAL", "reason": "it is known"}).status_code == 204
    assert narrow("PUT", f"{path}/access-class", {"accessClass": "COSMIC"}).status_code == 400


def test_an_administrator_sees_that_there_is_a_case_and_not_what_it_holds(
    at_work: tuple[Runtime, World], calling: Callers
) -> None:
    _, world = at_work
    admin, path = calling("admin"), f"/process-instances/{world.waiting}"
    assert admin.get(path)["state"] == "ACTIVE"
    events = admin.get(f"{path}/history")["items"]
    assert events and all(event["data"] == {} for event in events)
    assert any(event["data"] for event in calling("auditor").get(f"{path}/history")["items"])
    for hidden in (f"{path}/comments", f"{path}/variables-at"):
        assert (admin("GET", hidden).status_code, calling("auditor")("GET", hidden).status_code) == (403, 200)
    of_case = {"filter": {"variables": [{"name": "orderId", "value": '"w"'}]}}
    assert len(calling("auditor").post("/process-instances/search", of_case)["items"]) == 1
    assert admin.post("/process-instances/search", of_case)["page"]["totalItems"] == 0, "nor by asking for a value"
