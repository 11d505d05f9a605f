"""The way to the engine through HTTP, as clients go it: with If-Match and Idempotency-Key."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from typing import Any

import orjson

from benchmarks.linearizability.content import PASSWORD
from benchmarks.linearizability.doors import LOOK, PLAN, Known, Lost, case_seen, refused, task_seen, tasks_seen
from benchmarks.linearizability.model import mark
from benchmarks.linearizability.operations import Operation, Outcome

PATIENCE = 60.0  # seconds
UNHEARD = {502, 504}  # the server tells that it does not know itself
TASKS, CASES = "/v2/user-tasks", "/v2/process-instances"


class HttpDoor:
    """One kept connection to the node at this port; opened anew after it was lost."""

    name = "http"

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection: HTTPConnection | None = None

    def ask(self, operation: Operation, known: Known) -> Outcome:
        status, said = self._send(operation, *_request(operation, known))
        if status in UNHEARD:
            raise Lost(f"{status} {said.get('code')}")
        if status >= 300:
            return refused(said["code"], said)
        if operation.kind == "see-task":
            return ("ok", *task_seen(said))
        if operation.kind == "see-case":
            return case_seen(said)
        return tasks_seen(said["items"], known) if operation.kind == "see-tasks" else ("ok",)

    def _send(self, operation: Operation, method: str, path: str, body: Any) -> tuple[int, Mapping[str, Any]]:
        headers = {"Authorization": "Basic " + b64encode(f"{operation.actor}:{PASSWORD}".encode()).decode()}
        headers |= {"Content-Type": "application/json"} if body is not None else {}
        headers |= {"If-Match": f'"{operation.rev}"'} if operation.rev is not None else {}
        headers |= {"Idempotency-Key": operation.key} if operation.key is not None else {}
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        try:
            self._connection.request(method, path, None if body is None else orjson.dumps(body), headers)
            answer = self._connection.getresponse()
            read = answer.read()
        except (OSError, HTTPException) as error:
            self._connection.close()
            self._connection = None
            raise Lost(type(error).__name__) from error
        return answer.status, orjson.loads(read) if read else {}


def _request(o: Operation, known: Known) -> tuple[str, str, Any]:
    case = f"{CASES}/{known.case}"
    task = f"{TASKS}/{known.tasks[o.element]}" if o.element is not None else ""
    match o.kind:
        case "claim":
            return "POST", f"{task}/assignment", {"assignee": o.actor, "allowOverride": False}
        case "assign":
            return "POST", f"{task}/assignment", {"assignee": o.value, "action": mark(o)}
        case "unassign":
            return "DELETE", f"{task}/assignee", None
        case "complete":
            return "POST", f"{task}/completion", {"variables": {"mark": mark(o)}}
        case "cancel":
            return "POST", f"{case}/cancellation", {"reason": mark(o)}
        case "migrate":
            plan = [{"sourceElementId": source, "targetElementId": target} for source, target in PLAN]
            target = str(known.versions[o.value])
            said = {"targetProcessDefinitionKey": target, "mappingInstructions": plan, "reason": mark(o)}
            return "POST", f"{case}/migration", said
        case "see-task":
            return "GET", task, None
        case "see-case":
            return "GET", case, None
    return "POST", f"{TASKS}/search", {"filter": {"processInstanceKey": str(known.case)}, **LOOK}
