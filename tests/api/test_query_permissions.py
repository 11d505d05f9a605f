"""Every operation that reads, by every kind of account: who may see, sees; who may not, is told nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.app import create_app
from api.runtime import Runtime
from tests.api.conftest import Caller
from tests.api.world import EVERYBODY, World

Callers = Callable[[str | None], Caller]
SIGNED_IN = {"admin", "narrow", "other", "ann", "ben", "auditor", "worker", "head"}  # a stranger has no role at all
CASE = {"admin", "narrow", "ann", "auditor"}  # ann is a candidate of its task
CONTENTS = CASE - {"admin"}  # who manages people and the engine reads nothing of what cases hold
JOBS = {"admin", "narrow", "auditor", "worker"}
ASKED = {"admin", "narrow", "auditor"}  # narrow asked for it
EVERYONE = set(EVERYBODY)
# "METHOD path" -> (path with keys, who sees it). A search must find something, and nothing for anybody else.
TABLE: dict[str, tuple[Callable[[World], str], set[str]]] = {
    "GET /topology": (lambda w: "/topology", SIGNED_IN),
    "GET /authentication/me": (lambda w: "/authentication/me", EVERYONE),
    "GET /users/{username}/sessions": (lambda w: "/users/ann/sessions", {"ann", "admin"}),
    "GET /users/{username}/tokens": (lambda w: "/users/ann/tokens", {"ann", "admin"}),
    "GET /users/{username}/clients": (lambda w: "/users/ann/clients", {"ann", "admin"}),
    "POST /substitutions/search": (lambda w: "/substitutions/search", {"admin", "auditor", "ann", "ben", "head"}),
    "POST /interventions/search": (lambda w: "/interventions/search", CASE),
    "POST /legal-holds/search": (lambda w: "/legal-holds/search", CASE),
    "GET /interventions/{key}": (lambda w: f"/interventions/{w.intervention}", CASE),
    "POST /groups/search": (lambda w: "/groups/search", SIGNED_IN),
    "POST /users/search": (lambda w: "/users/search", SIGNED_IN),
    "GET /resources/{key}": (lambda w: f"/resources/{w.resource}", SIGNED_IN),
    "POST /resources/search": (lambda w: "/resources/search", SIGNED_IN),
    "GET /resources/{key}/content/binary": (lambda w: f"/resources/{w.resource}/content/binary", SIGNED_IN),
    "GET /resources/{key}/content": (lambda w: f"/resources/{w.resource}/content", SIGNED_IN),
    "POST /batch-operations/search": (lambda w: "/batch-operations/search", ASKED),
    "GET /batch-operations/{key}": (lambda w: f"/batch-operations/{w.batch}", ASKED),
    "POST /batch-operation-items/search": (lambda w: "/batch-operation-items/search", ASKED),
    "GET /documents/{document_id}": (lambda w: f"/documents/{w.document}", CONTENTS | {"worker"}),
    "POST /process-definitions/statistics/process-instances": (
        lambda w: "/process-definitions/statistics/process-instances",
        CASE,
    ),
    "POST /message-subscriptions/search": (lambda w: "/message-subscriptions/search", CASE),
    "POST /correlated-message-subscriptions/search": (lambda w: "/correlated-message-subscriptions/search", CASE),
    "POST /start-arrivals/search": (lambda w: "/start-arrivals/search", {"admin", "narrow", "auditor"}),
    "POST /element-instances/wait-states/search": (lambda w: "/element-instances/wait-states/search", CASE),
    "POST /element-instances/{key}/incidents/search": (
        lambda w: f"/element-instances/{w.broken_element}/incidents/search",
        CASE,
    ),
    "GET /process-instances/{key}/statistics/wait-states": (
        lambda w: f"/process-instances/{w.waiting}/statistics/wait-states",
        CASE,
    ),
    "POST /process-definitions/search": (lambda w: "/process-definitions/search", SIGNED_IN),
    "GET /process-definitions/{key}": (lambda w: f"/process-definitions/{w.definition}", SIGNED_IN),
    "GET /process-definitions/{key}/xml": (lambda w: f"/process-definitions/{w.definition}/xml", SIGNED_IN),
    "GET /process-definitions/{key}/form": (lambda w: f"/process-definitions/{w.definition}/form", SIGNED_IN),
    "GET /process-definitions/{key}/facts": (lambda w: f"/process-definitions/{w.definition}/facts", SIGNED_IN),
    "POST /process-definitions/{key}/statistics/element-instances": (
        lambda w: f"/process-definitions/{w.definition}/statistics/element-instances",
        CASE,
    ),
    "POST /decision-definitions/search": (lambda w: "/decision-definitions/search", SIGNED_IN),
    "GET /decision-definitions/{key}": (lambda w: f"/decision-definitions/{w.decision}", SIGNED_IN),
    "GET /decision-definitions/{key}/xml": (lambda w: f"/decision-definitions/{w.decision}/xml", SIGNED_IN),
    "POST /decision-requirements/search": (lambda w: "/decision-requirements/search", SIGNED_IN),
    "GET /decision-requirements/{key}": (lambda w: f"/decision-requirements/{w.requirements}", SIGNED_IN),
    "GET /decision-requirements/{key}/xml": (lambda w: f"/decision-requirements/{w.requirements}/xml", SIGNED_IN),
    "POST /decision-instances/search": (lambda w: "/decision-instances/search", {"auditor"}),
    "GET /decision-instances/{key}": (lambda w: f"/decision-instances/{w.evaluation}", {"auditor"}),
    "POST /process-instances/search": (lambda w: "/process-instances/search", CASE),
    "GET /process-instances/{key}": (lambda w: f"/process-instances/{w.waiting}", CASE),
    "GET /process-instances/{key}/call-hierarchy": (lambda w: f"/process-instances/{w.waiting}/call-hierarchy", CASE),
    "GET /process-instances/{key}/sequence-flows": (lambda w: f"/process-instances/{w.waiting}/sequence-flows", CASE),
    "GET /process-instances/{key}/statistics/element-instances": (
        lambda w: f"/process-instances/{w.waiting}/statistics/element-instances",
        CASE,
    ),
    "POST /process-instances/{key}/incidents/search": (
        lambda w: f"/process-instances/{w.broken}/incidents/search",
        CASE,
    ),
    "GET /process-instances/{key}/history": (lambda w: f"/process-instances/{w.waiting}/history", CASE),
    "GET /process-instances/{key}/history/verification": (
        lambda w: f"/process-instances/{w.waiting}/history/verification",
        CASE,
    ),
    "GET /process-instances/{key}/variables-at": (lambda w: f"/process-instances/{w.waiting}/variables-at", CONTENTS),
    "GET /process-instances/{key}/control-points": (lambda w: f"/process-instances/{w.waiting}/control-points", CASE),
    "GET /process-instances/{key}/deadlines": (lambda w: f"/process-instances/{w.waiting}/deadlines", CASE),
    "GET /process-instances/{key}/comments": (lambda w: f"/process-instances/{w.waiting}/comments", CONTENTS),
    "POST /deadlines/search": (lambda w: "/deadlines/search", CASE),
    "POST /element-instances/search": (lambda w: "/element-instances/search", CASE),
    "GET /element-instances/{key}": (lambda w: f"/element-instances/{w.task}", CASE),
    "POST /variables/search": (lambda w: "/variables/search", CONTENTS),
    "GET /variables/{key}": (lambda w: f"/variables/{w.variable}", CONTENTS),
    "POST /user-tasks/search": (lambda w: "/user-tasks/search", CASE),
    "GET /user-tasks/{key}": (lambda w: f"/user-tasks/{w.task}", CASE),
    "GET /user-tasks/{key}/form": (lambda w: f"/user-tasks/{w.task}/form", CASE),
    "POST /user-tasks/{key}/variables/search": (lambda w: f"/user-tasks/{w.task}/variables/search", CONTENTS),
    "POST /user-tasks/{key}/effective-variables/search": (
        lambda w: f"/user-tasks/{w.task}/effective-variables/search",
        CONTENTS,
    ),
    "GET /user-tasks/{key}/draft": (lambda w: f"/user-tasks/{w.task}/draft", {"ann"}),
    "GET /user-tasks/{key}/control-points": (lambda w: f"/user-tasks/{w.task}/control-points", CASE),
    "POST /audit-logs/search": (lambda w: "/audit-logs/search", {"admin", "auditor"}),
    "GET /audit-logs/{key}": (lambda w: f"/audit-logs/{w.audit_log}", {"admin", "auditor"}),
    "POST /user-tasks/{key}/audit-logs/search": (lambda w: f"/user-tasks/{w.done_task}/audit-logs/search", CASE),
    "POST /notifications/search": (lambda w: "/notifications/search", {"ann"}),
    "POST /jobs/search": (lambda w: "/jobs/search", JOBS),
    "POST /incidents/search": (lambda w: "/incidents/search", CASE),
    "GET /incidents/{key}": (lambda w: f"/incidents/{w.incident}", CASE),
}
# without a list or a key of something in the world: what they show is shown elsewhere in this file or in test_live
OTHERS = {
    "GET /forms/{key}",
    "GET /events",
    "POST /process-definitions/statistics/process-instances-by-version",  # needs a filter: test_statistics
}


def operations(runtime: Runtime) -> set[str]:
    """Every operation that reads, as the API describes itself."""
    described = create_app(runtime).test_client().get("/v2/openapi.json").get_json()
    found = set()
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            if method == "parameters":
                continue
            reads = method == "get" or path.endswith("/search") or "/statistics/" in path
            if reads and operation["x-permission"] is not None:
                found.add(f"{method.upper()} {path.removeprefix('/v2')}")
    return found


def test_no_operation_is_forgotten(at_work: tuple[Runtime, World]) -> None:
    assert operations(at_work[0]) == set(TABLE) | OTHERS


def sees(caller: Caller, method: str, path: str) -> bool:
    """Whether the answer shows something; what is refused is 403 or 404, never half an answer."""
    answer = caller(method, path)
    if answer.status_code in (403, 404):
        asked = {k for k in answer.get_json() if k.endswith("Key") or k == "documentId"}
        assert set(answer.get_json()) <= {*PROBLEM, "permission"} | asked
        return False
    assert answer.status_code in (200, 204), answer.text
    shown: Any = answer.get_json() if answer.is_json else answer.text
    searched = path.endswith("/search") or "statistics" in path
    return not (method == "POST" and searched and shown["items"] == [])


PROBLEM = ("type", "title", "status", "detail", "instance", "code", "th", "en")


@pytest.mark.parametrize("operation", TABLE)
def test_both_ways(operation: str, at_work: tuple[Runtime, World], calling: Callers) -> None:
    make, may = TABLE[operation]
    path, method = make(at_work[1]), operation.split()[0]
    assert {name for name in EVERYBODY if sees(calling(name), method, path)} == may
    assert calling(None)(method, path).status_code == 401
