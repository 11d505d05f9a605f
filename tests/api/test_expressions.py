"""What an editor of FEEL asks over HTTP: the functions, and where a text is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Caller
from tests.api.test_model_drafts import code

Callers = Callable[[str | None], Caller]


def test_the_functions_are_told_with_their_parameters(caller: Callers) -> None:
    functions = {one["name"]: one for one in caller("owner").get("/expressions/functions")["functions"]}
    working = functions["add working days"]
    assert [each["name"] for each in working["signatures"][0]["parameters"]] == ["date", "days"]
    assert "วันทำการ" in working["help"]["th"] and "working days" in working["help"]["en"]
    rounded = functions["round up"]["signatures"][0]
    assert rounded == {"parameters": [{"name": "n", "optional": False}, {"name": "scale", "optional": True}],
                       "variadic": False}  # fmt: skip


def test_a_right_expression_tells_what_it_reads(caller: Callers) -> None:
    answer = caller("owner").post("/expressions/check", {"expression": "วงเงิน > limit", "names": ["วงเงิน"]})
    assert answer == {"fault": None, "names": ["limit", "วงเงิน"]}


def test_a_wrong_one_tells_where_in_both_languages(caller: Callers) -> None:
    fault = caller("owner").post("/expressions/check", {"expression": "amount >\n= 5 +"})["fault"]
    assert (fault["position"], fault["line"], fault["column"]) == (9, 2, 1)
    assert "บรรทัด 2" in fault["message"]["th"] and "line 2" in fault["message"]["en"]


def test_unary_tests_are_read_as_such(caller: Callers) -> None:
    def wrong(kind: str) -> bool:
        return caller("owner").post("/expressions/check", {"expression": "> 5, < 2", "kind": kind})["fault"] is not None

    assert (wrong("UNARY_TESTS"), wrong("EXPRESSION")) == (False, True)


@pytest.mark.parametrize(
    "wrong",
    [{}, {"expression": 1}, {"expression": "x" * 10_001}, {"expression": "1", "kind": "SCRIPT"},
     {"expression": "1", "names": [""]}, {"expression": "1", "names": ["x"] * 2_001}, {"expression": "1", "run": True}],
)  # fmt: skip
def test_bad_requests_are_refused(caller: Callers, wrong: dict[str, Any]) -> None:
    assert code(caller("owner")("POST", "/expressions/check", wrong), 400) == "invalid-request"


def test_only_owners_of_processes_are_answered(caller: Callers) -> None:
    for method, path, body in (("GET", "/expressions/functions", None), ("POST", "/expressions/check", {"expression": "1"})):
        assert caller("ann")(method, path, body).status_code == 403
        assert caller(None)(method, path, body).status_code == 401
