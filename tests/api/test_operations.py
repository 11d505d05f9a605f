"""Operations on running cases over HTTP, in the shapes of the Camunda API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from api.runtime import Runtime
from tests.api.world import World

Calling = Callable[[str | None], Any]
ABSENT = 1 << 40


def status(call: Any, path: str, json: Any = None, **headers: str) -> int:
    """The status of a POST."""
    code: int = call("POST", path, json, headers={k.replace("_", "-"): v for k, v in headers.items()}).status_code
    return code


class TestSuspension:
    """`suspension` and `resumption`: 204, 409 in the wrong state."""

    def test_suspended_and_resumed(self, calling: Calling, at_work: tuple[Runtime, World]) -> None:
        narrow, case = calling("narrow"), f"/process-instances/{at_work[1].waiting}"
        assert narrow("POST", case + "/suspension").status_code == 204
        shown = narrow.get(case)
        assert (shown["state"], shown["suspendedDate"] is None) == ("SUSPENDED", False)
        found = narrow.post("/process-instances/search", {"filter": {"state": "SUSPENDED"}})
        assert [i["processInstanceKey"] for i in found["items"]] == [str(at_work[1].waiting)]
        assert status(narrow, case + "/suspension") == 409
        assert status(narrow, case + "/resumption", {"reason": "พร้อมแล้ว"}) == 204
        assert (narrow.get(case)["state"], narrow.get(case)["suspendedDate"]) == ("ACTIVE", None)
        assert status(narrow, case + "/resumption") == 409

    def test_refusals(self, calling: Calling, at_work: tuple[Runtime, World]) -> None:
        case = f"/process-instances/{at_work[1].waiting}/suspension"
        assert status(calling("narrow"), f"/process-instances/{ABSENT}/suspension") == 404
        assert status(calling("ann"), case) == 403
        assert status(calling(None), case) == 401
        assert status(calling("narrow"), case, {"why": "x"}) == 400
        assert status(calling("narrow"), case, If_Match='"999"') == 409

    def test_the_same_request_twice(self, calling: Calling, at_work: tuple[Runtime, World]) -> None:
        case = f"/process-instances/{at_work[1].waiting}/suspension"
        assert status(calling("narrow"), case, Idempotency_Key="k") == 204
        assert status(calling("narrow"), case, Idempotency_Key="k") == 204
