"""Traces by OpenTelemetry: spans of requests, commands, jobs and statements, sent by OTLP over HTTP. Loaded only where
the standard variables name a receiver (docs/reference/traces.md). No span says what people typed, nor who they are."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from flask import Request
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import (
    NonRecordingSpan,
    Span,
    SpanKind,
    Status,
    StatusCode,
    format_trace_id,
    get_current_span,
    use_span,
)
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from api.version import VERSION
from engine.errors import EngineError
from engine.model.at_work import Work

_ATTRIBUTES = {
    "processInstanceKey": "krabuan.process_instance_key",
    "userTaskKey": "krabuan.user_task_key",
    "jobKey": "krabuan.job_key",
}
LAST = 3.0  # seconds that the last spans may take
_CALLER = TraceContextTextMapPropagator()


class Tracing:
    """The spans of one process. `database` is how OpenTelemetry calls the database: sqlite or postgresql."""

    def __init__(self, database: str) -> None:
        self._provider = TracerProvider(resource=_resource(), shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer, self._database = self._provider.get_tracer("krabuan", VERSION), database

    @contextmanager
    def request(self, operation: str, asked: Request, work: Work) -> Iterator[None]:
        """The span of a request; part of the caller's trace when it names one."""
        caller = _CALLER.extract({name.lower(): value for name, value in asked.headers.items()})
        attributes = {"http.request.method": asked.method, "http.route": str(asked.url_rule or "")}
        with self._tracer.start_as_current_span(
            operation, context=caller, kind=SpanKind.SERVER, attributes=attributes,
            record_exception=False, set_status_on_exception=False,
        ) as span:  # fmt: skip
            _named(span, work)
            yield

    def answered(self, status: int) -> None:
        """The request at hand is answered."""
        span = get_current_span()
        span.set_attribute("http.response.status_code", status)
        if status >= 500:
            span.set_status(Status(StatusCode.ERROR))

    @contextmanager
    def command(self, name: str, work: Work, job: bool) -> Iterator[None]:
        """The span of a command, within one of the job when it is the command of one."""
        if not job:
            with self._span(name, SpanKind.INTERNAL, work):
                yield
            return
        with self._span("job", SpanKind.CONSUMER, work) as span, self._span(name, SpanKind.INTERNAL, work):
            try:
                yield
            finally:
                if work.kind is not None:
                    span.update_name(f"job {work.kind}")
                    span.set_attribute("krabuan.job_kind", work.kind)

    def statement(self, kind: str, text: str, seconds: float, failed: bool) -> None:
        """The span of a statement that has just ended, in the work that it belongs to; none where there is no such."""
        within = get_current_span()
        if isinstance(within, NonRecordingSpan) or not within.is_recording():
            return
        ended = time.time_ns()
        attributes = {"db.system.name": self._database, "db.operation.name": kind, "db.query.text": text}
        span = self._tracer.start_span(
            kind, kind=SpanKind.CLIENT, attributes=attributes, start_time=ended - int(seconds * 1e9)
        )
        if failed:
            span.set_status(Status(StatusCode.ERROR))
        span.end(ended)

    def end(self) -> None:
        """Send what was not sent yet, as far as the receiver takes it in time."""
        sending = threading.Thread(target=self._provider.shutdown, name="last-spans", daemon=True)
        sending.start()
        sending.join(LAST)

    @contextmanager
    def _span(self, name: str, kind: SpanKind, work: Work) -> Iterator[Span]:
        span = self._tracer.start_span(name, kind=kind)
        with use_span(span, end_on_exit=True, record_exception=False, set_status_on_exception=False):
            _named(span, work)
            try:
                yield span
            except EngineError as error:
                span.set_attribute("error.type", error.code)  # the text may quote what somebody typed
                raise
            except Exception as error:
                span.set_attribute("error.type", type(error).__name__)
                span.set_status(Status(StatusCode.ERROR))
                raise
            finally:
                span.set_attributes(_attributes(work.told))


def _resource() -> Resource:
    """As OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say; called krabuan where they do not."""
    found = Resource.create({"service.version": VERSION})
    if str(found.attributes["service.name"]).startswith("unknown_service"):
        return found.merge(Resource({"service.name": "krabuan"}))
    return found


def _named(span: Span, work: Work) -> None:
    """The log says in which trace it is, and the trace what it is about."""
    context = span.get_span_context()
    if context.is_valid:
        work.told["traceId"] = format_trace_id(context.trace_id)
    span.set_attributes(_attributes(work.told))


def _attributes(told: Mapping[str, str]) -> dict[str, str]:
    return {_ATTRIBUTES[name]: value for name, value in told.items() if name in _ATTRIBUTES}
