"""Another site's page cannot use the session of an officer: whatever changes something wants the session's own token."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api.description import describe
from tests.api.matrix.cells import NOBODY, Cell, Row
from tests.api.matrix.places import Place, build_places
from tests.api.people import PASSWORD
from tests.api.permissions import ROWS
from tests.api.world import World

OWNER = Cell("process-owner", "own")
CHANGING = [row for row in ROWS if row.method != "GET"]
WITH_SESSION = [row for row in CHANGING if NOBODY not in row.may]
# needs no session, and why another site's page gains nothing by it
WITHOUT = {
    "POST /session": "its JSON cannot be sent by another site's page",
    "POST /session/code": "nor can this one's",
    "POST /oauth/token": "a client's own secret comes with it",
    "POST /session/providers/{provider_id}/logout": "the provider signs it",
}


@pytest.fixture(scope="module")
def place(world_file: tuple[Path, World], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The office at work, with the owner of its processes."""
    made = build_places(*world_file, (OWNER,), tmp_path_factory.mktemp("csrf"))[OWNER]
    yield made
    made.close()


@pytest.fixture
def browser(place: Place) -> Iterator[tuple[FlaskClient, str]]:
    """The owner's browser, signed in, and the token of its session."""
    place.restore()
    client = place.app.test_client()
    opened = client.post("/v2/session", json={"username": place.who, "password": PASSWORD})
    place.changed()
    yield client, opened.get_json()["csrfToken"]


def test_no_operation_that_reads_changes_anything() -> None:
    """What needs no token is GET alone, which browsers send for other sites too."""
    methods = {method for path in describe()["paths"].values() for method in path if method != "parameters"}
    assert methods == {"get", "post", "put", "patch", "delete"}


def test_what_needs_no_session_is_named_with_its_reason() -> None:
    assert {row.operation for row in CHANGING if NOBODY in row.may} == set(WITHOUT)


@pytest.mark.parametrize("row", WITH_SESSION, ids=lambda row: row.operation)
def test_without_the_token_nothing_is_done(row: Row, place: Place, browser: tuple[FlaskClient, str]) -> None:
    client, csrf = browser
    path, _ = place.request(row)
    for headers in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": csrf[:-1]}, {"X-CSRF-Token": f"{csrf} "}):
        answer = client.open(path, method=row.method, headers=headers, **place.request(row)[1])
        assert (answer.status_code, answer.get_json()["code"]) == (403, "csrf"), headers
    assert not place.changed()
    answer = client.open(path, method=row.method, headers={"X-CSRF-Token": csrf}, **place.request(row)[1])
    assert answer.status_code < 300 or answer.get_json()["code"] != "csrf"


@pytest.mark.parametrize("operation", ["POST /session", "POST /session/code"])
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_of_another_site_signs_nobody_in(operation: str, kind: str, place: Place) -> None:
    """Only these kinds are sent to another origin without asking it first."""
    method, path = operation.split()
    body = f'{{"username": "ann", "password": "{PASSWORD}", "code": "1"}}'
    answer = place.app.test_client().open(f"/v2{path}", method=method, data=body, content_type=kind)
    assert (answer.status_code, answer.get_json()["code"]) == (415, "unsupported-media-type")
    assert "Set-Cookie" not in answer.headers
