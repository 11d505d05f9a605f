"""A service without a network for tests: an office of four people, a test clock, cheap passwords."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.app import create_app
from api.runtime import Runtime, open_runtime
from engine.adapters.clock import TestClock
from engine.adapters.passwords import Passwords
from engine.adapters.vault import KeyVault
from engine.commands.import_organisation import ImportOrganisation
from engine.model.actor import SYSTEM
from engine.store.migrations import upgrade
from tests.api.conformance import check_answer
from tests.api.people import ORGANISATION, PASSWORD, PEOPLE
from tests.api.world import World, build, open_world


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with the office in it, to be copied."""
    path = tmp_path_factory.mktemp("office") / "office.db"
    opened = open_runtime(f"sqlite:///{path}", hasher=Passwords(8, 1))
    upgrade(opened.database)
    fill(opened)
    opened.close()
    return path


def fill(runtime: Runtime) -> None:
    """Make the office."""
    runtime.bus.run(ImportOrganisation(ORGANISATION), SYSTEM)
    for person in PEOPLE:
        runtime.bus.run(person, SYSTEM)


@pytest.fixture
def office(filled: Path, tmp_path: Path, clock: TestClock) -> Iterator[Runtime]:
    """A running engine with the office, on a file of this test's own."""
    path = tmp_path / "office.db"
    path.write_bytes(filled.read_bytes())
    opened = open_runtime(f"sqlite:///{path}", clock=clock, hasher=Passwords(8, 1), vault=KeyVault(bytes(32)))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def world_file(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """The office at work, as a file to be copied, and the keys of what is in it."""
    path = tmp_path_factory.mktemp("world") / "world.db"
    path.write_bytes(filled.read_bytes())
    runtime = open_world(path)
    world = build(runtime)
    runtime.close()
    return path, world


class Caller:
    """Calls the API as one account."""

    def __init__(self, client: FlaskClient, username: str | None) -> None:
        self._client = client
        self._auth = None if username is None else (username, PASSWORD)

    def __call__(self, method: str, path: str, json: Any = None, **options: Any) -> TestResponse:
        if json is not None:
            options["json"] = json
        response = self._client.open(f"/v2{path}", method=method, auth=self._auth, **options)
        check_answer(method, path, response)
        return response

    def get(self, path: str, **options: Any) -> Any:
        """The JSON of a good answer."""
        response = self("GET", path, **options)
        assert response.status_code == 200, response.text
        return response.get_json()

    def post(self, path: str, json: Any = None, **options: Any) -> Any:
        """The JSON of a good answer (None for 204)."""
        response = self("POST", path, json, **options)
        assert response.status_code in (200, 201, 204), response.text
        return None if response.status_code == 204 else response.get_json()


@pytest.fixture
def caller(office: Runtime) -> Callable[[str | None], Caller]:
    """`caller("ann")` calls as Ann, `caller(None)` as nobody."""
    app = create_app(office)

    def made(username: str | None) -> Caller:
        return Caller(app.test_client(use_cookies=False), username)

    return made


@pytest.fixture
def at_work(world_file: tuple[Path, World], tmp_path: Path) -> Iterator[tuple[Runtime, World]]:
    """The office at work, on a file of this test's own."""
    path = tmp_path / "world.db"
    path.write_bytes(world_file[0].read_bytes())
    runtime = open_world(path)
    yield runtime, world_file[1]
    runtime.close()


@pytest.fixture
def calling(at_work: tuple[Runtime, World]) -> Callable[[str | None], Caller]:
    """As `caller`, in the office at work."""
    app = create_app(at_work[0])
    return lambda username: Caller(app.test_client(use_cookies=False), username)
