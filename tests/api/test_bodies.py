"""How much one request may bring: every operation that takes a body has a limit, and stops reading there."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.description import describe
from api.providers import Provider
from tests.api.matrix.cells import Cell, Row
from tests.api.matrix.places import Place, build_places
from tests.api.people import PASSWORD
from tests.api.permissions import ROWS
from tests.api.world import World

OWNER = Cell("process-owner", "own")
# bytes; what is sent as JSON is at most 4 MiB, and these are more or less
LIMITS = {
    "/v2/deployments": 32 << 20, "/v2/documents": 64 << 20, "/v2/documents/batch": 64 << 20, "/oauth/token": 16 << 10,
    "/v2/session/providers/{provider_id}/logout": 64 << 10, "/v2/model-drafts/import": 36 << 20,
    "/v2/people-imports": 16 << 20, "/v2/people-imports/preview": 16 << 20,
}  # fmt: skip
USUAL = 4 << 20
BEGINNINGS = {
    "multipart/form-data": b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n',
    "application/x-www-form-urlencoded": b"grant_type=",
    "application/json": b'{"a": "',
}


class Endless(io.RawIOBase):
    """A body without an end; how much of it was read."""

    def __init__(self, beginning: bytes) -> None:
        self._beginning, self.taken = beginning, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._beginning[: len(buffer)]
        self._beginning = self._beginning[len(piece) :]
        piece += b"x" * (len(buffer) - len(piece))
        buffer[:] = piece
        self.taken += len(piece)
        return len(piece)


def with_bodies() -> list[tuple[str, Row, str]]:
    """(path as described, row, content type) of every operation that takes a body."""
    rows = {row.operation: row for row in ROWS}
    found = []
    for path, methods in describe()["paths"].items():
        for method, operation in methods.items():
            if method != "parameters" and "requestBody" in operation:
                row = rows[f"{method.upper()} {path.removeprefix('/v2')}"]
                found += [(path, row, kind) for kind in operation["requestBody"]["content"]]
    return found


PROVIDER = Provider("none", "ไม่มี", "None", "https://id.example", "krabuan", "-")  # nobody asks it anything here
BODIES = with_bodies()
every_body = pytest.mark.parametrize(("path", "row", "kind"), BODIES, ids=[row.operation for _, row, _ in BODIES])


@pytest.fixture(scope="module")
def place(world_file: tuple[Path, World], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The office at work, with the owner of its processes."""
    made = build_places(*world_file, (OWNER,), tmp_path_factory.mktemp("bodies"))[OWNER]
    made.app = create_app(made.runtime, providers=(PROVIDER,))
    yield made
    made.close()


def send(place: Place, row: Row, kind: str, **environ: Any) -> int:
    """The status for a body of this kind, whatever the environment says of its length."""
    path, _ = place.request(row)
    auth = None if path.startswith("/oauth") else (place.who, PASSWORD)
    boundary = "; boundary=x" if kind.startswith("multipart") else ""
    client = place.app.test_client(use_cookies=False)
    headers = {"Content-Type": kind + boundary}
    return client.open(path, method=row.method, auth=auth, headers=headers, environ_overrides=environ).status_code


@every_body
def test_what_is_announced_as_too_large_is_not_read(path: str, row: Row, kind: str, place: Place) -> None:
    body = Endless(BEGINNINGS[kind])
    limit = LIMITS.get(path, USUAL)
    assert send(place, row, kind, CONTENT_LENGTH=str(limit + 1), **{"wsgi.input": body}) == 413
    assert body.taken == 0 and not place.changed()


@every_body
def test_what_never_ends_is_read_up_to_the_limit(path: str, row: Row, kind: str, place: Place) -> None:
    """Sent in pieces, without a length."""
    body = Endless(BEGINNINGS[kind])
    environ = {"wsgi.input": body, "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    assert send(place, row, kind, **environ) == 413
    assert body.taken <= LIMITS.get(path, USUAL) + (1 << 20) and not place.changed()


@pytest.mark.parametrize(
    ("path", "part", "most", "status"),
    [("/v2/documents", "file", 1, 400), ("/v2/documents/batch", "files", 50, 400), ("/v2/deployments", "resources", 2_000, 400),
     ("/v2/documents/batch", "files", 1_000, 413), ("/v2/deployments", "resources", 2_002, 413)],
)  # fmt: skip
def test_too_many_files_at_once(path: str, part: str, most: int, status: int, place: Place) -> None:
    """More than an operation takes; more than any form may have."""
    files = [(io.BytesIO(b"x"), f"{number}.txt") for number in range(most + 1)]
    client = place.app.test_client(use_cookies=False)
    answer = client.post(path, data={part: files}, auth=(place.who, PASSWORD))
    assert answer.status_code == status and not place.changed()
    assert answer.get_json()["code"] == ("too-large" if status == 413 else "invalid-argument")
