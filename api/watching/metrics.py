"""What Prometheus reads at GET /metrics (docs/reference/metrics.md): counts and durations of this process, and what
waits in the database. Labels are names that the service itself made, each of a bounded set: no person, no case."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from api.version import VERSION
from api.watching.statements import KINDS as STATEMENTS
from engine.commands.fire_timer import KINDS
from engine.commands.run_builtin_job import TYPES
from engine.errors import Busy
from engine.queries.figures import Waiting, what_waits

if TYPE_CHECKING:
    from api.runtime import Runtime

_QUICK = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5)
_WORK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_LATE = (0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600)


class Metrics:
    """The measures of one process; `public` says that whoever reaches the service may read them."""

    def __init__(self, public: bool = False) -> None:
        self.public = public
        self._registry = registry = CollectorRegistry()
        self._requests = Counter("krabuan_requests", "Requests", ["operation", "status"], registry=registry)
        self._request_seconds = Histogram(
            "krabuan_request_duration_seconds", "From a request to its answer; of a live stream, to its beginning",
            ["operation"], buckets=_WORK, registry=registry,
        )  # fmt: skip
        self._refused = Counter(
            "krabuan_requests_refused", "Requests answered 503 because there was too much to do", registry=registry
        )
        self._commands = Counter("krabuan_commands", "Commands", ["command", "outcome"], registry=registry)
        self._command_seconds = Histogram(
            "krabuan_command_duration_seconds", "With their transaction", ["command"], buckets=_WORK, registry=registry
        )
        self._jobs = Counter("krabuan_jobs", "Jobs that the service did itself", ["kind", "outcome"], registry=registry)
        self._lag = Histogram(
            "krabuan_job_lag_seconds", "From when a job was due until it was done", ["kind"], buckets=_LATE,
            registry=registry,
        )  # fmt: skip
        statements = Histogram(
            "krabuan_sql_duration_seconds", "SQL statements", ["kind"], buckets=_QUICK, registry=registry
        )
        self._statements = {kind: statements.labels(kind) for kind in STATEMENTS}
        built = Gauge("krabuan_build_info", "The release; always 1", ["version", "python"], registry=registry)
        built.labels(VERSION, platform.python_version()).set(1)
        ProcessCollector(registry=registry)

    def request(self, operation: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._requests.labels(operation, str(status)).inc()
        self._request_seconds.labels(operation).observe(seconds)

    def refused(self) -> None:
        """A request was refused because there was too much to do."""
        self._refused.inc()

    def command(self, command: str, outcome: str, seconds: float) -> None:
        """A command ended: done, refused, busy or failed."""
        self._commands.labels(command, outcome).inc()
        self._command_seconds.labels(command).observe(seconds)

    def job(self, kind: str, outcome: str, lag: float | None) -> None:
        """The command of a job ended; `lag` seconds after it was due, when it is done."""
        self._jobs.labels(kind, outcome).inc()
        if lag is not None:
            self._lag.labels(kind).observe(max(0.0, lag))

    def statement(self, kind: str, seconds: float) -> None:
        """A statement was executed."""
        self._statements[kind].observe(seconds)

    def watch(self, runtime: Runtime) -> None:
        """From now on tell how much is in use, and what waits in its database, too."""
        self._registry.register(_AtScrape(runtime))

    def text(self) -> bytes:
        """All of it in the text format of Prometheus."""
        return generate_latest(self._registry)


class _AtScrape(Collector):
    """What is found out when it is asked for."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: a registration asks nothing of the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The gauges; those of the database only when it answers."""
        yield from self._in_use()
        now = self._runtime.clock.now()
        try:
            with self._runtime.database.read() as db:
                found = what_waits(db, now, KINDS, TYPES)
        except (SQLAlchemyError, Busy):
            yield GaugeMetricFamily("krabuan_database_up", "Whether the database answered", 0)
            return
        yield GaugeMetricFamily("krabuan_database_up", "Whether the database answered", 1)
        yield from _of(found, now)

    def _in_use(self) -> Iterator[Metric]:
        engine, gate = self._runtime, self._runtime.gate
        yield _labelled(
            "krabuan_requests_in_flight", "Requests at work, and waiting for a place to be", "state",
            at_work=gate.at_work, waiting=gate.waiting,
        )  # fmt: skip
        yield _labelled(
            "krabuan_waiting_requests", "Live streams and long polls at this moment", "kind",
            streams=engine.streams.in_use, polls=engine.polls.in_use,
        )  # fmt: skip
        yield _labelled(
            "krabuan_waiting_requests_most", "How many of them there may be", "kind",
            streams=engine.streams.count, polls=engine.polls.count,
        )  # fmt: skip
        pool = engine.database.engine.pool
        if isinstance(pool, QueuePool):
            yield _labelled(
                "krabuan_database_connections", "Open connections to the database", "state",
                in_use=pool.checkedout(), idle=pool.checkedin(),
            )  # fmt: skip


def _of(found: Waiting, now: datetime) -> Iterator[Metric]:
    yield GaugeMetricFamily("krabuan_incidents_open", "Open incidents", found.incidents)
    yield GaugeMetricFamily("krabuan_jobs_due", "What the service does itself and is due", found.due)
    late = 0.0 if found.oldest_due is None else (now - found.oldest_due).total_seconds()
    yield GaugeMetricFamily("krabuan_jobs_oldest_due_seconds", "Since when the oldest of them is due", max(0.0, late))
    yield GaugeMetricFamily("krabuan_worker_jobs_waiting", "Jobs that workers may take", found.for_workers)
    yield GaugeMetricFamily("krabuan_deliveries_waiting", "Mails and the like that are due", found.deliveries)
    if found.checkpoint_at is not None:
        age = (now - found.checkpoint_at).total_seconds()
        yield GaugeMetricFamily("krabuan_checkpoint_age_seconds", "Since history was signed last", age)


def _labelled(name: str, said: str, label: str, **values: float) -> Metric:
    family = GaugeMetricFamily(name, said, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family
