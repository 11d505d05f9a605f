"""What orchestrators ask: does the process live, and may requests come to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from api.app import create_app
from api.runtime import Runtime
from api.watching.probes import Look
from engine.store.migrations import revisions


@pytest.fixture
def client(office: Runtime) -> FlaskClient:
    return create_app(office).test_client()


def reason(client: FlaskClient) -> tuple[int, str | None]:
    answer = client.get("/readyz")
    body = answer.get_json()
    if answer.status_code == 503:
        assert body["code"] == "not-ready" and body["th"] and body["en"] and answer.headers["Retry-After"]
    return answer.status_code, body.get("reason")


def set_schema(office: Runtime, revision: str) -> None:
    with office.database.write() as db:
        db.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def test_it_lives_and_is_ready_and_nobody_has_to_sign_in(client: FlaskClient) -> None:
    for path in ("/livez", "/readyz"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert client.get("/readyz").get_json() == {"ready": True}


def test_a_schema_that_is_too_old_is_not_ready_and_a_newer_one_is(office: Runtime, client: FlaskClient) -> None:
    with office.database.read() as db:
        _, newest = revisions(db)
    set_schema(office, "0001")
    assert reason(client) == (503, "schema")
    set_schema(office, "9999")  # another node runs the next release already
    assert reason(client) == (200, None)
    set_schema(office, newest)
    assert reason(client) == (200, None)


def test_a_database_that_says_no_is_not_ready_and_the_process_lives(
    office: Runtime, client: FlaskClient, tmp_path: Any
) -> None:
    office.database.close()
    (tmp_path / "office.db").write_bytes(b"no database" * 1000)
    assert reason(client) == (503, "database")
    assert client.get("/livez").status_code == 200


def test_a_database_that_says_nothing_is_not_ready_within_the_bound() -> None:
    answers, looks = threading.Event(), []

    class Silent:
        @contextmanager
        def read(self) -> Iterator[Any]:
            looks.append(1)
            assert answers.wait(30)
            raise OperationalError("SELECT", {}, OSError("too late"))
            yield

    look = Look(Silent().read, bound=0.05)
    assert [look.find() for _ in range(3)] == ["database"] * 3
    assert len(looks) == 1, "no thread more for each who asks"
    answers.set()


def test_a_service_that_ends_is_not_ready(office: Runtime, client: FlaskClient) -> None:
    office.live.end()
    assert reason(client) == (503, "ending")
    assert client.get("/livez").status_code == 200
