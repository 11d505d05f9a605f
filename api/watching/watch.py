"""One place that sees every request, command and statement, and hands what it sees to the log, the measures and the
traces, as far as there are any."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, request

from api.watching.statements import see
from engine.commands.fire_timer import FireTimer
from engine.commands.run_builtin_job import RunBuiltinJob
from engine.errors import Busy, EngineError
from engine.model.at_work import Work, at_work, note

if TYPE_CHECKING:
    from api.runtime import Runtime
    from api.watching.metrics import Metrics
    from api.watching.tracing import Tracing

Tell = Callable[[Any, datetime], None]  # the answer of a command, and when that was
OTHER = "other"  # what is no operation: pages, files, addresses that are none
JOBS = (FireTimer, RunBuiltinJob)
# fields of commands, members of answers and parts of addresses that are keys: what the log calls them
_FIELDS = {
    "task_key": "userTaskKey", "job_key": "jobKey", "instance_key": "processInstanceKey",
    "process_instance_key": "processInstanceKey",
}  # fmt: skip
_PLACES = {
    "/v2/user-tasks/<key:key>": "userTaskKey", "/v2/jobs/<key:key>": "jobKey",
    "/v2/process-instances/<key:key>": "processInstanceKey",
}  # fmt: skip
_PROBED = frozenset({"/v2/status", "/v2/openapi.json", "/v2/docs"})


class Watch:
    """Sees what one process does."""

    def __init__(self, metrics: Metrics | None = None, tracing: Tracing | None = None) -> None:
        self.metrics, self.tracing = metrics, tracing

    def begin(self, runtime: Runtime) -> None:
        """See the statements of the runtime's database from now on: before its first connection."""
        if self.metrics is not None or self.tracing is not None:
            see(runtime.database.engine, self._statement)
        if self.metrics is not None:
            self.metrics.watch(runtime)

    def end(self) -> None:
        """Send what was not sent yet."""
        if self.tracing is not None:
            self.tracing.end()

    def register(self, app: Flask, runtime: Runtime) -> None:
        """See the requests of `app`, and keep them within what `runtime` can take: before anything else of a request,
        and after everything of its answer."""

        def come_in() -> None:
            stack = g.watched = ExitStack()
            g.began = time.perf_counter()
            stack.enter_context(self._asked())
            if request.path.startswith(("/v2/", "/oauth/")) and request.path not in _PROBED:
                try:
                    runtime.gate.enter()
                except Busy:
                    if self.metrics is not None:
                        self.metrics.refused()
                    raise
                g.placed = True

        def answer(response: Response) -> Response:
            if self.metrics is not None and "began" in g:
                self.metrics.request(operation(), response.status_code, time.perf_counter() - g.began)
            if self.tracing is not None:
                self.tracing.answered(response.status_code)
            return response

        def go(_error: BaseException | None) -> None:
            if g.pop("placed", False):
                runtime.gate.leave()
            if (stack := g.pop("watched", None)) is not None:
                stack.close()

        app.before_request(come_in)
        app.after_request(answer)
        app.teardown_request(go)

    @contextmanager
    def command(self, command: Any, when_kept: Callable[[Callable[[], None]], None]) -> Iterator[Tell]:
        """Around a command, which tells its answer at the end. It is measured when it is kept: one of several that
        are one transaction may be taken back, and is then done again."""
        name, job = type(command).__name__, isinstance(command, JOBS)
        started, outcome, ended = time.perf_counter(), "failed", None
        with at_work(**{"command": name, **_keys(command)}) as work, ExitStack() as stack:
            if self.tracing is not None:
                stack.enter_context(self.tracing.command(name, work, job))

            def tell(answer: Any, now: datetime) -> None:
                nonlocal outcome, ended
                outcome, ended = "done", now
                if isinstance(answer, dict) and "processInstanceKey" in answer:
                    note(processInstanceKey=str(answer["processInstanceKey"]))

            try:
                yield tell
            except EngineError as error:
                outcome = "busy" if isinstance(error, Busy) else "refused"
                raise
            finally:
                seconds, kind = time.perf_counter() - started, work.kind if job else None
                when_kept(lambda: self._measure(name, outcome, seconds, kind, _lag(work, ended)))

    def _measure(self, name: str, outcome: str, seconds: float, kind: str | None, lag: float | None) -> None:
        if self.metrics is not None:
            self.metrics.command(name, outcome, seconds)
            if kind is not None:
                self.metrics.job(kind, outcome, lag)

    @contextmanager
    def _asked(self) -> Iterator[None]:
        with at_work(**_place()) as work, ExitStack() as stack:
            if self.tracing is not None:
                stack.enter_context(self.tracing.request(operation(), request, work))
            yield

    def _statement(self, kind: str, text: str, seconds: float, failed: bool) -> None:
        if self.metrics is not None:
            self.metrics.statement(kind, seconds)
        if self.tracing is not None:
            self.tracing.statement(kind, text, seconds, failed)


def operation() -> str:
    """Of the request: its method and the rule of its address, as the service wrote it."""
    rule = request.url_rule
    if rule is None or request.endpoint == "site":
        return OTHER
    return f"{request.method} {rule}"


def _place() -> dict[str, str]:
    """The key in the address of the request, where it is one of those that lines of the log have."""
    key = (request.view_args or {}).get("key")
    if key is None:
        return {}
    rule = str(request.url_rule)
    return {name: str(key) for place, name in _PLACES.items() if rule.startswith(place)}


def _keys(command: Any) -> Mapping[str, str]:
    found = ((name, getattr(command, field, None)) for field, name in _FIELDS.items())
    return {name: str(key) for name, key in found if key is not None}


def _lag(work: Work, ended: datetime | None) -> float | None:
    if ended is None or work.due_at is None:
        return None
    return (ended - work.due_at).total_seconds()
