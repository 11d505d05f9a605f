"""A diagram of a draft is drawn anew on the server: one revision more, which can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.layout import measure
from tests.api.conftest import Caller
from tests.api.test_model_drafts import FORM, ORDER, PROCESS, code, made, owner, put

__all__ = ["owner"]
Callers = Callable[[str | None], Caller]
FILE = f"processes/{PROCESS}/order.bpmn"


@pytest.fixture
def draft(owner: Caller) -> str:
    return made(owner, processDefinitionId=PROCESS)


def revision_of(who: Caller, draft: str, path: str = FILE) -> int:
    revision: int = who.get(f"{draft}/files/content?path={path}")["revision"]
    return revision


def test_a_diagram_without_a_drawing_gets_one_and_nothing_else_changes(owner: Caller, draft: str) -> None:
    before = revision_of(owner, draft)
    done = owner.post(f"{draft}/files/layout", {"path": FILE, "revision": before})
    drawn = owner.get(f"{draft}/files/content?path={FILE}")
    assert (done, drawn["revision"] > before) == ({"path": FILE, "revision": drawn["revision"]}, True)
    assert measure(drawn["content"].encode()).flawless
    side = {"processDefinitionId": PROCESS}
    compared = {"before": side, "after": {"draftKey": draft.rpartition("/")[2]}}
    assert owner.post("/model-comparisons", compared)["changes"] == []


def test_it_is_taken_back_like_every_revision(owner: Caller, draft: str) -> None:
    before = revision_of(owner, draft)
    after = owner.post(f"{draft}/files/layout", {"path": FILE, "revision": before})["revision"]
    owner.post(f"{draft}/files/restoration", {"path": FILE, "to": before, "revision": after})
    assert owner.get(f"{draft}/files/content?path={FILE}")["content"] == ORDER


def test_drawn_twice_it_is_the_same(owner: Caller, draft: str) -> None:
    first = owner.post(f"{draft}/files/layout", {"path": FILE, "revision": revision_of(owner, draft)})["revision"]
    assert owner.post(f"{draft}/files/layout", {"path": FILE, "revision": first})["revision"] == first


def test_what_somebody_else_wrote_meanwhile_is_not_drawn_over(owner: Caller, draft: str) -> None:
    seen = revision_of(owner, draft)
    assert put(owner, draft, FILE, ORDER + "\n", seen).status_code == 200
    assert code(owner("POST", f"{draft}/files/layout", {"path": FILE, "revision": seen}), 409) == "stale-revision"


@pytest.mark.parametrize("content", ["<half", "<none/>", FORM])
def test_what_is_no_diagram_is_refused_and_stays(owner: Caller, draft: str, content: str) -> None:
    assert put(owner, draft, FILE, content, revision_of(owner, draft)).status_code == 200
    wanted = {"path": FILE, "revision": revision_of(owner, draft)}
    assert code(owner("POST", f"{draft}/files/layout", wanted), 400) == "diagram-undrawable"
    assert owner.get(f"{draft}/files/content?path={FILE}")["content"] == content


def test_bad_requests(owner: Caller, draft: str, caller: Callers) -> None:
    seen = revision_of(owner, draft)
    for wrong in ({}, {"path": FILE}, {"path": FILE, "revision": "1"}, {"path": 1, "revision": seen}):
        assert code(owner("POST", f"{draft}/files/layout", wrong), 400) == "invalid-request"
    missing = {"path": "other.bpmn", "revision": seen}
    assert code(owner("POST", f"{draft}/files/layout", missing), 404) == "not-found"
    for stranger in ("other", "ann"):
        answer = caller(stranger)("POST", f"{draft}/files/layout", {"path": FILE, "revision": seen})
        assert code(answer, 404) == "not-found"
    owner("DELETE", draft)
    assert code(owner("POST", f"{draft}/files/layout", {"path": FILE, "revision": seen}), 409) == "draft-closed"
