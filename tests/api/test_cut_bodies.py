"""A client that dies while it sends: what came of its request is not carried out."""

from __future__ import annotations

import io
from base64 import b64encode

import pytest
from sqlalchemy import select

from api.app import create_app
from api.runtime import Runtime
from engine.store.tables import process_instance
from tests.api.people import PASSWORD
from tests.api.world import World, start

WHOLE = b'{"reason": "because"}'


@pytest.mark.parametrize("came", [b"", b'{"reason"', WHOLE])
def test_a_request_is_carried_out_only_when_all_of_it_came(at_work: tuple[Runtime, World], came: bytes) -> None:
    """As gunicorn hands it over: the stream ends by itself, also where the sender was cut off."""
    runtime, _ = at_work
    key, _ = start(runtime, "cut")
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": f"/v2/process-instances/{key}/cancellation", "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(came), "wsgi.input_terminated": True,
        "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(WHOLE)), "REMOTE_ADDR": "127.0.0.1",
        "HTTP_AUTHORIZATION": "Basic " + b64encode(f"admin:{PASSWORD}".encode()).decode(),
    }  # fmt: skip
    answers: list[str] = []
    app = create_app(runtime)
    b"".join(app.wsgi_app(environ, lambda status, headers, info=None: answers.append(status)))  # type: ignore[arg-type]
    with runtime.database.read() as db:
        state = db.execute(select(process_instance.c.state).where(process_instance.c.key == key)).scalar_one()
    if came == WHOLE:
        assert (answers[0][:3], state) == ("204", "TERMINATED")
    else:
        assert (answers[0][:3], state) == ("400", "ACTIVE")
