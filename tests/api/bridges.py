"""Scenarios through the API: buses that carry every command of a person over HTTP, or with the official SDK."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import camunda_orchestration_sdk as sdk
import orjson
from flask import Flask
from werkzeug.serving import make_server

from api.app import create_app
from api.live import Live, Slots
from api.runtime import Runtime
from engine.bus import Bus
from engine.commands.add_person import AddPerson
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_job import CompleteJob
from engine.commands.complete_task import CompleteTask
from engine.commands.correct_variables import CorrectVariables
from engine.commands.create_instance import CreateInstance
from engine.commands.decide_intervention import ApproveIntervention, WithdrawIntervention
from engine.commands.fail_job import FailJob
from engine.commands.publish_message import PublishMessage
from engine.commands.request_intervention import RequestIntervention
from engine.commands.throw_job_error import ThrowJobError
from engine.commands.unassign_task import UnassignTask
from engine.errors import EngineError
from engine.model.actor import SYSTEM, Actor
from engine.scenarios.world import World
from tests.api.conformance import check_answer

PASSWORD = "everybody's own river"
Request = tuple[str, str, dict[str, Any] | None]


class EverybodysPassword:
    """Every account of a scenario has the same password."""

    def hash(self, password: str) -> str:
        return "!"

    def verify(self, hashed: str, password: str) -> bool:
        return password == PASSWORD


def service(world: World) -> Flask:
    """The service over a scenario's world; jobs are worked on by the account `worker`."""
    bus = world.bus
    bus.run(AddPerson("worker", "Worker", "not this one", roles=(("client", ""),)), SYSTEM)
    bus.services = replace(bus.services, hasher=EverybodysPassword())
    shared: Any = bus
    return create_app(Runtime(world.database, world.clock, shared, Live(), Slots(5), Slots(5), {}))


class Bridge(ABC):
    """Stands in for a world's bus: what the system does goes to the bus, what people do goes to `carry`."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.carried = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.bus, name)

    def run(self, command: Any, actor: Actor, idempotency: str | None = None) -> Any:
        if actor.is_system:
            return self.bus.run(command, actor, idempotency)
        self.carried += 1
        return self.carry(command, actor.id)

    @abstractmethod
    def carry(self, command: Any, username: str) -> Any:
        """Ask for what the command does, as this account."""


class HttpBridge(Bridge):
    """Over HTTP, every answer held against the API's description."""

    def __init__(self, bus: Bus, app: Flask) -> None:
        super().__init__(bus)
        self._client = app.test_client(use_cookies=False)

    def carry(self, command: Any, username: str) -> Any:
        method, path, body = REQUESTS[type(command)](command)
        if isinstance(command, ClaimTask):
            body = {"assignee": username, "allowOverride": False}
        return self.call(username, method, path, body)

    def call(self, username: str, method: str, path: str, body: Any = None) -> Any:
        answer = self._client.open(f"/v2{path}", method=method, json=body, auth=(username, PASSWORD))
        check_answer(method, path, answer)
        if answer.status_code >= 400:
            raise as_engine_error(answer.get_json())
        return answer.get_json() if answer.is_json else None


REQUESTS: dict[type, Callable[[Any], Request]] = {
    CreateInstance: lambda c: (
        "POST",
        "/process-instances",
        {"processDefinitionId": c.process_id, "variables": dict(c.variables)}
        | ({"businessId": c.business_id} if c.business_id else {}),
    ),
    ClaimTask: lambda c: ("POST", f"/user-tasks/{c.task_key}/assignment", None),
    UnassignTask: lambda c: ("DELETE", f"/user-tasks/{c.task_key}/assignee", None),
    CompleteTask: lambda c: ("POST", f"/user-tasks/{c.task_key}/completion", {"variables": dict(c.variables)}),
    CorrectVariables: lambda c: (
        "POST",
        f"/process-instances/{c.process_instance_key}/correction",
        {"variables": dict(c.variables)},
    ),
    RequestIntervention: lambda c: (  # scenarios ask for waivers only
        "POST",
        "/interventions",
        {
            "kind": c.kind,
            "key": str(c.command.task_key),
            "request": {"controlPointId": c.command.control_point_id, "reason": c.command.reason},
        },
    ),
    ApproveIntervention: lambda c: ("POST", f"/interventions/{c.key}/approval", {}),
    WithdrawIntervention: lambda c: ("POST", f"/interventions/{c.key}/withdrawal", None),
    PublishMessage: lambda c: (
        "POST",
        "/messages/publication",
        {
            "name": c.name,
            "correlationKey": c.correlation_key,
            "timeToLive": c.time_to_live_ms,
            "variables": dict(c.variables),
        },
    ),
    CompleteJob: lambda c: ("POST", f"/jobs/{c.job_key}/completion", {"variables": dict(c.variables)}),
    FailJob: lambda c: ("POST", f"/jobs/{c.job_key}/failure", {"retries": c.retries, "errorMessage": c.error_message}),
    ThrowJobError: lambda c: ("POST", f"/jobs/{c.job_key}/error", {"errorCode": c.error_code}),
}


class SdkBridge(HttpBridge):
    """With the official Python SDK for what it knows: starting, claiming, completing, publishing, jobs."""

    def __init__(self, bus: Bus, app: Flask, url: str) -> None:
        super().__init__(bus, app)
        self._url = url
        self._clients: dict[str, sdk.CamundaClient] = {}
        self.by_sdk = 0

    def carry(self, command: Any, username: str) -> Any:
        if type(command) not in SDK_CALLS:
            return super().carry(command, username)
        self.by_sdk += 1
        try:
            return SDK_CALLS[type(command)](self._client_of(username), command, username)
        except sdk.errors.ApiError as refused:
            raise as_engine_error(orjson.loads(refused.content or b"{}")) from refused

    def _client_of(self, username: str) -> sdk.CamundaClient:
        if username not in self._clients:
            self._clients[username] = sdk.CamundaClient(
                configuration={
                    "CAMUNDA_REST_ADDRESS": self._url,
                    "CAMUNDA_AUTH_STRATEGY": "BASIC",
                    "CAMUNDA_BASIC_AUTH_USERNAME": username,
                    "CAMUNDA_BASIC_AUTH_PASSWORD": PASSWORD,
                }
            )
        return self._clients[username]

    def close(self) -> None:
        for client in self._clients.values():
            client.close()


def _created(client: sdk.CamundaClient, command: Any, _username: str) -> dict[str, Any]:
    body = {"processDefinitionId": command.process_id, "variables": dict(command.variables)}
    made = client.create_process_instance(data=sdk.ProcessCreationById.from_dict(body))
    return {"processInstanceKey": made.process_instance_key}


def _completed(client: sdk.CamundaClient, command: Any, _username: str) -> None:
    body = sdk.UserTaskCompletionRequest.from_dict({"variables": dict(command.variables)})
    client.complete_user_task(sdk.UserTaskKey(str(command.task_key)), data=body)


def _claimed(client: sdk.CamundaClient, command: Any, username: str) -> None:
    body = sdk.UserTaskAssignmentRequest(assignee=username, allow_override=False)
    client.assign_user_task(sdk.UserTaskKey(str(command.task_key)), data=body)


def _published(client: sdk.CamundaClient, command: Any, _username: str) -> None:
    body = REQUESTS[PublishMessage](command)[2] or {}
    client.publish_message(data=sdk.MessagePublicationRequest.from_dict(body))


SDK_CALLS: dict[type, Callable[[sdk.CamundaClient, Any, str], Any]] = {
    CreateInstance: _created,
    ClaimTask: _claimed,
    CompleteTask: _completed,
    PublishMessage: _published,
}


def as_engine_error(problem: dict[str, Any]) -> EngineError:
    """The engine's error again, from its problem document."""

    def below(kind: type[EngineError]) -> Iterator[type[EngineError]]:
        yield kind
        for child in kind.__subclasses__():
            yield from below(child)

    known = {kind.code: kind for kind in below(EngineError)}
    kind = known.get(problem.get("code", ""), EngineError)
    error = kind.__new__(kind)
    EngineError.__init__(error, **problem)
    return error


@contextmanager
def on_loopback(app: Flask) -> Iterator[str]:
    """Serve an application on a free port of the loopback interface; yields the address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
