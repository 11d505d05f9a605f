"""Where nobody deploys alone: what is published waits for a second person, who is never who asked for it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from api.leaving import WrongSetting
from api.runtime import Runtime
from api.service import second_publisher_of
from engine.model.actor import SYSTEM
from engine.store.tables import service_event
from tests.api.conftest import Caller
from tests.api.test_model_drafts import FORM, NARROW, ORDER, OTHER, PROCESS, code, deploy, made, put

Callers = Callable[[str | None], Caller]
WHY = "the cabinet decided so"


@pytest.fixture
def careful(office: Runtime, caller: Callers) -> Iterator[Callers]:
    """An office where a second person approves; `owner` and `narrow` own the process."""
    for person in (NARROW, OTHER):
        office.bus.run(person, SYSTEM)
    deploy(office, **{f"processes/{PROCESS}/order.bpmn": ORDER, f"forms/{PROCESS}/check.form": FORM})
    office.bus.services = replace(office.bus.services, second_publisher=True)
    yield caller


def changed(who: Caller) -> tuple[str, int]:
    """A draft of the process with a change in it, and its revision."""
    draft, path = made(who, processDefinitionId=PROCESS), f"processes/{PROCESS}/order.bpmn"
    seen = who.get(f"{draft}/files/content?path={path}")["revision"]
    put(who, draft, path, ORDER.replace("</bpmn:definitions>", "\n</bpmn:definitions>"), seen)
    return draft, who.get(draft)["revision"]


def newest(who: Caller) -> int:
    versions = who.post("/process-definitions/search", {"filter": {"processDefinitionId": PROCESS}})["items"]
    return max(item["version"] for item in versions)


def told(who: Caller) -> list[str]:
    return [item["subject"] for item in who.post("/notifications/search", {})["items"]]


def test_nothing_is_deployed_until_another_owner_approves(careful: Callers, office: Runtime) -> None:
    narrow, owner = careful("narrow"), careful("owner")
    draft, revision = changed(narrow)
    asked = narrow.post(f"{draft}/publication", {"revision": revision, "reason": WHY})
    assert (asked["state"], asked["deploymentKey"], asked["deployments"]) == ("AWAITING_APPROVAL", None, [])
    assert newest(owner) == 1
    found = owner.get(draft)
    assert (found["requestedBy"], found["reason"]) == ("narrow", WHY)
    assert any("รออนุมัติเผยแพร่" in subject for subject in told(owner)) and told(narrow) == []
    done = owner.post(f"{draft}/publication/approval", {"revision": revision})
    assert (done["state"], newest(owner), owner.get(draft)["state"]) == ("PUBLISHED", 2, "PUBLISHED")
    assert any("เผยแพร่แล้ว" in subject for subject in told(narrow))
    with office.database.read() as db:
        said = [row.type for row in db.execute(service_event.select().order_by(service_event.c.key))]
    assert said.count("draft-publication-requested") == said.count("draft-published") == 1
    again = owner("POST", f"{draft}/publication/approval", {"revision": revision})
    assert code(again, 409) == "draft-not-awaiting" and newest(owner) == 2


def test_nobody_approves_or_rejects_what_one_asked_for(careful: Callers) -> None:
    owner = careful("owner")
    draft, revision = changed(owner)
    owner.post(f"{draft}/publication", {"revision": revision, "reason": WHY})
    for what, body in (("approval", {"revision": revision}), ("rejection", {"reason": WHY})):
        assert code(owner("POST", f"{draft}/publication/{what}", body), 409) == "second-person-needed"
    assert (newest(owner), owner.get(draft)["state"]) == (1, "AWAITING_APPROVAL")


def test_what_waits_does_not_change(careful: Callers) -> None:
    """What is approved is what was asked for."""
    owner, narrow = careful("owner"), careful("narrow")
    draft, revision = changed(owner)
    owner.post(f"{draft}/publication", {"revision": revision, "reason": WHY})
    for refused in (
        put(owner, draft, "a.md", "x", None), put(narrow, draft, "a.md", "x", None), owner("DELETE", draft),
        owner("POST", f"{draft}/publication", {"revision": revision, "reason": WHY}),
    ):  # fmt: skip
        assert code(refused, 409) == "draft-awaits-approval"
    assert code(narrow("POST", f"{draft}/publication/approval", {"revision": revision - 1}), 409) == "stale-revision"
    assert newest(owner) == 1


def test_what_is_rejected_or_withdrawn_is_open_again(careful: Callers) -> None:
    owner, narrow = careful("owner"), careful("narrow")
    draft, revision = changed(owner)
    wanted = {"revision": revision, "reason": WHY}
    assert code(narrow("POST", f"{draft}/publication/rejection", {"reason": WHY}), 409) == "draft-not-awaiting"
    owner.post(f"{draft}/publication", wanted)
    assert narrow("POST", f"{draft}/publication/rejection", {"reason": "  "}).status_code == 400
    narrow.post(f"{draft}/publication/rejection", {"reason": "step 5 is missing"})
    assert any("ไม่ได้รับอนุมัติ" in subject for subject in told(owner))
    assert put(owner, draft, "notes.md", "x", None).status_code == 200
    wanted["revision"] = owner.get(draft)["revision"]
    owner.post(f"{draft}/publication", wanted)
    assert code(narrow("POST", f"{draft}/publication/withdrawal"), 403) == "forbidden"
    owner.post(f"{draft}/publication/withdrawal")
    found = owner.get(draft)
    assert (found["state"], found["requestedBy"], found["reason"], newest(owner)) == ("OPEN", None, None, 1)


def test_a_draft_from_nothing_is_shown_to_those_who_can_approve_it(careful: Callers) -> None:
    owner, narrow = careful("owner"), careful("narrow")
    draft = made(owner)
    put(owner, draft, "order.bpmn", ORDER, None)
    (first, *_) = [file for file in owner.get(draft)["files"] if file["path"].startswith("processes/")]
    gone = f"{draft}/files/content?path={first['path']}&revision={first['revision']}"
    assert owner("DELETE", gone).status_code == 204
    put(owner, draft, "check.form", FORM, None)
    assert code(narrow("GET", draft), 404) == "not-found"
    revision = owner.get(draft)["revision"]
    owner.post(f"{draft}/publication", {"revision": revision, "reason": WHY})
    assert narrow.get(draft)["basedOn"] is None
    assert code(careful("other")("POST", f"{draft}/publication/approval", {"revision": revision}), 404) == "not-found"
    assert narrow.post(f"{draft}/publication/approval", {"revision": revision})["state"] == "PUBLISHED"


def test_nobody_deploys_past_drafts(careful: Callers, office: Runtime) -> None:
    files: Any = {"resources": [(io.BytesIO(ORDER.replace("sdk-order", "new").encode()), "new.bpmn")]}
    assert code(careful("owner")("POST", "/deployments", data=files), 409) == "draft-needed"
    deploy(office, **{"new.bpmn": ORDER.replace("sdk-order", "new")})  # on the machine itself


def test_the_setting_is_on_or_off() -> None:
    assert [second_publisher_of({"KRABUAN_SECOND_PUBLISHER": said}) for said in ("on", "off", "")] == [True, False, False]
    assert second_publisher_of({}) is False
    with pytest.raises(WrongSetting, match="KRABUAN_SECOND_PUBLISHER"):
        second_publisher_of({"KRABUAN_SECOND_PUBLISHER": "yes"})
