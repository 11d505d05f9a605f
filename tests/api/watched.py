"""An office at work whose measures are taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from api.runtime import Runtime, open_runtime
from api.watching.metrics import Metrics
from api.watching.watch import Watch
from engine.adapters.clock import TestClock
from engine.adapters.passwords import Passwords
from tests.api.people import PASSWORD

Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]


@contextmanager
def watched(url: str, clock: TestClock, watch: Watch | None = None) -> Iterator[Runtime]:
    """A running engine on a database that is filled."""
    seen = watch or Watch(Metrics())
    runtime = open_runtime(url, clock=clock, hasher=Passwords(8, 1), watch=seen)
    yield runtime
    runtime.close()
    seen.end()


def copied(file: Path, folder: Path) -> str:
    """The URL of a copy of an SQLite file."""
    copy = folder / "watched.db"
    copy.write_bytes(file.read_bytes())
    return f"sqlite:///{copy}"


def client_of(runtime: Runtime) -> FlaskClient:
    return create_app(runtime).test_client(use_cookies=False)


def figures(runtime: Runtime) -> Figures:
    """What a scrape finds, each sample by its name and labels."""
    answer = client_of(runtime).get("/metrics", auth=("admin", PASSWORD))
    assert answer.status_code == 200 and answer.content_type.startswith("text/plain; version=0.0.4"), answer.text
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def figure(found: Figures, name: str, **labels: str) -> float:
    """One of them; 0 where nothing was counted."""
    return found.get((name, tuple(sorted(labels.items()))), 0.0)
