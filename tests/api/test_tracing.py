"""Traces: what a receiver of OTLP gets over HTTP, and that no span says what people typed."""

from __future__ import annotations

import io
import json
import logging
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from sqlalchemy import insert

from api.leaving import WrongSetting
from api.logs import JsonLines
from api.runtime import Runtime
from api.watching.settings import traced, watch_of
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.errors import EngineError
from engine.jobs.work import work
from engine.store import tables as t
from tests.api.people import PASSWORD
from tests.api.watched import client_of, copied, watched
from tests.api.world import World, actor
from tests.conftest import TestClock

CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


class Receiver:
    """A server of OTLP over HTTP, for the time of a test."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        received = self.bodies

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.path == "/v1/traces" and self.headers["Content-Type"] == "application/x-protobuf"
                received.append(self.rfile.read(int(self.headers["Content-Length"])))
                answer = ExportTraceServiceResponse().SerializeToString()
                self.send_response(200)
                self.send_header("Content-Type", "application/x-protobuf")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_about: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def resources(self) -> Iterator[tuple[dict[str, str], list[Span]]]:
        """What was received: whose spans, and the spans."""
        for body in self.bodies:
            for one in ExportTraceServiceRequest.FromString(body).resource_spans:
                said = {a.key: a.value.string_value for a in one.resource.attributes}
                yield said, [span for scope in one.scope_spans for span in scope.spans]

    def spans(self) -> list[Span]:
        return [span for _, spans in self.resources() for span in spans]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(30)


def said_of(span: Span) -> dict[str, str]:
    return {a.key: a.value.string_value or str(a.value.int_value) for a in span.attributes}


def one(spans: list[Span], name: str) -> Span:
    (found,) = [span for span in spans if span.name == name]
    return found


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """What the standard variables name."""
    opened = Receiver()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", opened.endpoint)
    yield opened
    opened.close()


@pytest.fixture
def world(world_file: tuple[Path, World]) -> World:
    return world_file[1]


@pytest.fixture
def sent(receiver: Receiver, world_file: tuple[Path, World], tmp_path: Path, clock: TestClock) -> Iterator[Runtime]:
    """The office at work, traced. `sent.watch.end()` sends all."""
    url = copied(world_file[0], tmp_path)
    with watched(url, clock, watch_of({"OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint}, url)) as runtime:
        yield runtime


def test_a_request_goes_on_with_the_trace_of_its_caller(sent: Runtime, receiver: Receiver, world: World) -> None:
    client = client_of(sent)
    client.post(f"/v2/user-tasks/{world.task}/assignment", json={"assignee": "ann"}, auth=("ann", PASSWORD),
                headers={"traceparent": CALLER})  # fmt: skip
    sent.watch.end()
    spans = receiver.spans()
    asked = one(spans, "POST /v2/user-tasks/<key:key>/assignment")
    assert (asked.trace_id.hex(), asked.parent_span_id.hex()) == tuple(CALLER.split("-")[1:3])
    assert asked.kind == Span.SPAN_KIND_SERVER
    assert said_of(asked)["krabuan.user_task_key"] == str(world.task)
    assert said_of(asked)["http.response.status_code"] == "204"
    command = next(span for span in spans if "Task" in span.name and span.kind == Span.SPAN_KIND_INTERNAL)
    assert command.parent_span_id == asked.span_id
    assert said_of(command)["krabuan.process_instance_key"] == str(world.waiting)
    statements = [span for span in spans if "db.query.text" in said_of(span)]
    assert {"SELECT", "UPDATE", "COMMIT"} <= {span.name for span in statements if span.parent_span_id == command.span_id}
    assert all(span.trace_id == asked.trace_id for span in [command, *statements])
    assert all(asked.start_time_unix_nano <= s.start_time_unix_nano <= s.end_time_unix_nano for s in statements)
    assert {said["service.name"] for said, _ in receiver.resources()} == {"krabuan"}


def test_a_request_without_a_caller_begins_a_trace(sent: Runtime, receiver: Receiver) -> None:
    client_of(sent).get("/v2/topology", auth=("ann", PASSWORD))
    sent.watch.end()
    assert one(receiver.spans(), "GET /v2/topology").parent_span_id == b""


def test_a_job_has_a_span_with_its_command_in_it(
    sent: Runtime, receiver: Receiver, world: World, clock: TestClock
) -> None:
    row = {"key": 7, "kind": "TIMER", "type": "timer", "state": "PENDING", "payload": {}, "due_at": clock.now(),
           "created_at": clock.now(), "process_instance_key": world.waiting}  # fmt: skip
    with sent.database.write() as db:
        db.execute(insert(t.job).values(**row))
    clock.advance(timedelta(seconds=1))
    while work(sent.bus):
        pass
    sent.watch.end()
    spans = receiver.spans()
    job = next(s for s in spans if s.name == "job TIMER" and said_of(s)["krabuan.job_key"] == "7")
    command = next(s for s in spans if s.name == "FireTimer" and s.parent_span_id == job.span_id)
    assert said_of(command)["krabuan.process_instance_key"] == str(world.waiting)
    assert not [s for s in spans if s.parent_span_id == b"" and "db.query.text" in said_of(s)], "no look is a trace"


def test_nothing_that_people_typed_is_sent(sent: Runtime, receiver: Receiver, world: World) -> None:
    client = client_of(sent)
    sent.bus.run(ClaimTask(world.task), actor(sent, "ann"))
    client.post(f"/v2/user-tasks/{world.task}/completion", json={"variables": {"note": "the secret"}},
                auth=("ann", PASSWORD))  # fmt: skip
    client.get("/v2/users/marigold?x=orchid", auth=("admin", PASSWORD))
    client.post("/v2/process-instances/search", json={"filter": {"businessId": "jasmine"}}, auth=("admin", PASSWORD))
    with pytest.raises(EngineError):
        sent.bus.run(CompleteTask(world.task), actor(sent, "ann"))
    sent.watch.end()
    assert len(receiver.spans()) > 20
    raw = b"".join(receiver.bodies)
    for typed in ("the secret", "marigold", "orchid", "jasmine", "order 1", PASSWORD, "127.0.0.1"):
        assert typed.encode() not in raw
    refused = [s for s in receiver.spans() if said_of(s).get("error.type")]
    assert refused and all(span.status.message == "" and not span.events for span in receiver.spans())


def test_lines_of_the_log_name_the_trace(sent: Runtime, world: World) -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    try:
        client_of(sent).put("/v2/users/ben/clearance", json={"clearance": "SECRET"}, auth=("ann", PASSWORD),
                            headers={"traceparent": CALLER})  # fmt: skip
    finally:
        logging.getLogger().removeHandler(handler)
    assert [json.loads(line)["traceId"] for line in out.getvalue().splitlines()] == [CALLER.split("-")[1]]


def test_what_is_not_sampled_sends_nothing(
    receiver: Receiver, world_file: tuple[Path, World], tmp_path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "always_off")
    monkeypatch.setenv("OTEL_SERVICE_NAME", "office")
    url = copied(world_file[0], tmp_path)
    with watched(url, clock, watch_of({"OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint}, url)) as runtime:
        assert client_of(runtime).get("/v2/topology", auth=("ann", PASSWORD)).status_code == 200
    assert receiver.bodies == []


def test_when_there_are_traces() -> None:
    to = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}
    assert traced(to) and traced({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://127.0.0.1:4318/v1/traces"})
    assert not traced({}) and not traced(to | {"OTEL_SDK_DISABLED": "true"})
    assert not traced(to | {"OTEL_TRACES_EXPORTER": "none"})
    assert traced(to | {"OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"})
    with pytest.raises(WrongSetting, match="http/protobuf"):
        traced(to | {"OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"})
    assert watch_of({}, "sqlite://").tracing is None


def test_nothing_of_it_is_loaded_unless_it_is_wanted() -> None:
    told = (
        "import sys, api.cli\nfrom api.watching.settings import watch_of\n"
        "def loaded(): return sorted({'opentelemetry', 'google.protobuf', 'prometheus_client'} & set(sys.modules))\n"
        "watch_of({'KRABUAN_METRICS': 'off'}, 'sqlite://'); print(loaded()); watch_of({}, 'sqlite://'); print(loaded())"
    )
    found = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True).stdout
    assert found == "[]\n['prometheus_client']\n"


def test_packages_that_are_not_there_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "api.watching.tracing", raising=False)
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(WrongSetting, match=r"krabuan\[telemetry\]"):
        watch_of({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}, "sqlite://")


def test_a_receiver_that_is_not_there_keeps_up_nothing(
    world_file: tuple[Path, World], tmp_path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.watching.tracing.LAST", 0.05)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        to = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", to)
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
        url = copied(world_file[0], tmp_path)
        with watched(url, clock, watch_of({"OTEL_EXPORTER_OTLP_ENDPOINT": to}, url)) as runtime:
            assert client_of(runtime).get("/v2/topology", auth=("ann", PASSWORD)).status_code == 200
