"""Documents over HTTP: multipart in, always an attachment out; what is hostile is refused and changes nothing."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest

from api.app import create_app
from api.runtime import Runtime
from api.service import Worker
from engine.commands.end_hold import EndHold
from engine.commands.set_clearance import SetClearance
from engine.model.actor import SYSTEM
from engine.store.tables import document
from tests.api.conftest import Caller
from tests.api.people import PASSWORD
from tests.api.test_command_permissions import contents
from tests.api.world import World

Callers = Callable[[str | None], Caller]
At = tuple[Runtime, World]
MULTIPART = "multipart/form-data"


def upload(caller: Caller, *parts: tuple[str, Any], path: str = "/documents") -> Any:
    data: dict[str, list[Any]] = {}
    for name, value in parts:
        data.setdefault(name, []).append(value)
    return caller("POST", path, data=data, content_type=MULTIPART)


def file(content: bytes = b"%PDF", name: str = "paper.pdf", kind: str = "application/pdf") -> Any:
    return (io.BytesIO(content), name, kind)


def test_a_document_goes_in_and_comes_out_as_an_attachment(at_work: At, calling: Callers) -> None:
    ann, (_, world) = calling("ann"), at_work
    said = {"fileName": "รายงาน\u201d.html", "contentType": "text/html", "processInstanceKey": str(world.waiting)}
    said |= {"customProperties": {"หน้า": 3}, "size": 25, "expiresAt": "2026-12-31T00:00:00Z"}
    hostile = b"<script>alert(1)</script>"
    answer = upload(ann, ("file", file(hostile)), ("metadata", json.dumps(said)))
    assert answer.status_code == 201
    shown = answer.get_json()
    stored = {"processDefinitionId": "sdk-order", "expiresAt": "2026-12-31T00:00:00.000000Z", "accessClass": "NORMAL"}
    assert shown["metadata"] == said | stored
    got = ann("GET", f"/documents/{shown['documentId']}?contentHash={shown['contentHash']}")
    assert got.data == hostile
    assert got.content_type == "application/octet-stream", "what it is said to be is not believed"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    told = got.headers["Content-Disposition"]
    assert told.isascii() and unquote(told) == "attachment; filename*=UTF-8''รายงาน\u201d.html"
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert ann("GET", f"/documents/{shown['documentId']}?contentHash=00").status_code == 404
    assert ann("GET", f"/documents/{shown['documentId']}?storeId=gcp").status_code == 400


def test_metadata_may_come_as_a_part_of_its_own(calling: Callers) -> None:
    said = (io.BytesIO(b'{"fileName": "x.txt"}'), "blob", "application/json")
    shown = upload(calling("ann"), ("file", file()), ("metadata", said)).get_json()
    assert (shown["metadata"]["fileName"], shown["metadata"]["contentType"]) == ("x.txt", "application/pdf")


def test_an_id_of_ones_own(calling: Callers) -> None:
    ann = calling("ann")
    shown = upload(ann, ("file", file()), path="/documents?documentId=my-1&storeId=krabuan").get_json()
    assert shown["documentId"] == "my-1"
    assert upload(ann, ("file", file()), path="/documents?documentId=my-1").status_code == 409


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [("metadata", "{}")],
        [("file", "no file")],
        [("file", file()), ("file", file())],
        [("file", file()), ("other", "x")],
        [("file", file()), ("metadata", "{")],
        [("file", file()), ("metadata", "3")],
        [("file", file()), ("metadata", "{}"), ("metadata", "{}")],
        [("file", file()), ("metadata", '{"colour": "red"}')],
        [("file", file()), ("metadata", '{"size": 99}')],
        [("file", file()), ("metadata", '{"expiresAt": "tomorrow"}')],
        [("file", file()), ("metadata", '{"expiresAt": "2020-01-01T00:00:00Z"}')],
        [("file", file()), ("metadata", '{"processInstanceKey": "1"}')],
        [("file", file()), ("metadata", '{"processInstanceKey": "x"}')],
        [("file", file()), ("metadata", '{"fileName": "a\\u0000b"}')],
        [("file", file()), ("metadata", '{"fileName": "a\\r\\nX: y"}')],
        [("file", file()), ("metadata", '{"contentType": "text/html\\r\\nX: y"}')],
    ],
    ids=range(17),
)
def test_a_broken_upload_is_told_so(parts: list[Any], at_work: At, calling: Callers) -> None:
    fresh = [(n, (io.BytesIO(v[0].getvalue()), *v[1:]) if isinstance(v, tuple) else v) for n, v in parts]
    before = contents(at_work[0])
    answer = upload(calling("ann"), *fresh)
    assert answer.status_code == 400, answer.text
    assert contents(at_work[0]) == before


def by_hand(caller: Caller, path: str, *files: tuple[str, bytes]) -> Any:
    """The test client would leave a temporary file open for every large upload."""
    head = b'--b\r\nContent-Disposition: form-data; name="%b"; filename="a"\r\n\r\n%b\r\n'
    body = b"".join(head % (name.encode(), content) for name, content in files)
    return caller("POST", path, data=body + b"--b--\r\n", content_type="multipart/form-data; boundary=b")


def test_too_large_a_document(at_work: At, calling: Callers) -> None:
    before, ann = contents(at_work[0]), calling("ann")
    assert by_hand(ann, "/documents", ("file", b"x" * ((16 << 20) + 1))).status_code == 400
    many = [("files", b"x" * (15 << 20)) for _ in range(5)]
    assert by_hand(ann, "/documents/batch", *many).status_code == 413
    assert by_hand(ann, "/documents/batch", *[("files", b"x")] * 51).status_code == 400
    assert contents(at_work[0]) == before


def test_json_is_no_document(calling: Callers) -> None:
    for path in ("/documents", "/documents/batch"):
        assert calling("ann")("POST", path, {"file": "x"}).status_code == 415


@pytest.mark.parametrize("name", ["..%2F..%2Fetc%2Fpasswd", "%2e%2e", "a" * 500, "%00", "ก"])
def test_a_path_is_no_id(name: str, at_work: At) -> None:
    client = create_app(at_work[0]).test_client(use_cookies=False)
    for method, refused in (("GET", {404}), ("DELETE", {400, 404, 405})):
        answer = client.open(f"/v2/documents/{name}", method=method, auth=("ann", PASSWORD))
        assert answer.status_code in refused


def test_several_at_once_each_by_itself(at_work: At, calling: Callers) -> None:
    ann = calling("ann")
    files = [("files", file(name="a.pdf")), ("files", file(name="b.pdf"))]
    good = upload(ann, *files, path="/documents/batch")
    assert good.status_code == 201
    assert [d["metadata"]["fileName"] for d in good.get_json()["createdDocuments"]] == ["a.pdf", "b.pdf"]
    files = [("files", file(name="a.pdf")), ("files", file(name="b.pdf"))]
    said = json.dumps([{}, {"processInstanceKey": "1"}])
    half = upload(ann, *files, ("metadataList", said), path="/documents/batch")
    assert half.status_code == 207
    (failed,) = half.get_json()["failedDocuments"]
    assert (failed["fileName"], failed["status"], failed["title"]) == ("b.pdf", 400, "INVALID_ARGUMENT")
    assert len(half.get_json()["createdDocuments"]) == 1
    files = [("files", file()), ("files", file())]
    assert upload(ann, *files, ("metadataList", "{}"), path="/documents/batch").status_code == 400


def test_a_batch_sent_twice_is_taken_once(at_work: At, calling: Callers) -> None:
    ann, options = calling("ann"), {"content_type": MULTIPART, "headers": {"Idempotency-Key": "once"}}

    def send() -> Any:
        return ann("POST", "/documents/batch", data={"files": [file(name="a"), file(name="b")]}, **options).get_json()

    assert send() == send()


def test_a_link_opens_without_signing_in(at_work: At, calling: Callers) -> None:
    (runtime, world), ann = at_work, calling("ann")
    made = ann("POST", f"/documents/{world.document}/links", {"timeToLive": 60_000})
    assert made.status_code == 201
    url = made.get_json()["url"]
    assert url.startswith("http://localhost/v2/document-links/")
    opened = create_app(runtime).test_client().get(url.removeprefix("http://localhost"))
    assert (opened.status_code, opened.data, opened.content_type) == (200, b"%PDF", "application/octet-stream")
    assert opened.headers["Content-Disposition"] == "attachment; filename*=UTF-8''paper.pdf"
    assert opened.headers["Cache-Control"] == "no-store"
    gone = create_app(runtime).test_client().get(url.removeprefix("http://localhost")[:-1] + "x")
    assert (gone.status_code, gone.get_json()["code"]) == (404, "not-found")
    assert ann("POST", f"/documents/{world.document}/links").status_code == 201, "an hour when nothing is said"
    assert ann("POST", f"/documents/{world.document}/links", {"timeToLive": 1}).status_code == 400
    assert ann("POST", f"/documents/{world.document}/links?contentHash=00").status_code == 404
    assert calling("stranger")("POST", f"/documents/{world.document}/links").status_code == 404
    secrets = [line for line in contents(runtime) if "idempotency_key" in line and "document-links" in line]
    assert secrets == [], "an answer that opens a document is kept nowhere"


def test_taking_away(at_work: At, calling: Callers) -> None:
    runtime, world = at_work
    assert calling("worker")("DELETE", f"/documents/{world.document}").status_code == 403
    assert calling("ann")("DELETE", f"/documents/{world.document}").status_code == 409, "its case is held"
    runtime.bus.run(EndHold(world.hold, "the court decided"), SYSTEM)
    assert calling("ann")("DELETE", f"/documents/{world.document}?storeId=krabuan").status_code == 204
    assert calling("ann")("GET", f"/documents/{world.document}").status_code == 404


def test_the_server_forgets_what_has_expired(at_work: At, calling: Callers) -> None:
    runtime = at_work[0]
    said = {"expiresAt": "2026-04-10T09:00:01Z"}
    upload(calling("ann"), ("file", file()), ("metadata", json.dumps(said)))
    runtime.clock.advance(timedelta(seconds=1))  # type: ignore[attr-defined]
    Worker(runtime).work()
    with runtime.database.read() as db:
        assert [row.file_name for row in db.execute(document.select())] == ["paper.pdf"]
        assert db.execute(document.select()).one().id == at_work[1].document


def test_nobody_hands_in_or_reads_without_signing_in(at_work: At, calling: Callers) -> None:
    nobody, world = calling(None), at_work[1]
    assert upload(nobody, ("file", file())).status_code == 401
    assert nobody("GET", f"/documents/{world.document}").status_code == 401
    assert nobody("POST", f"/documents/{world.document}/links").status_code == 401


def test_a_document_is_classified_when_it_is_handed_in_or_later(at_work: At, calling: Callers) -> None:
    (runtime, world), owner = at_work, calling("narrow")
    runtime.bus.run(SetClearance("narrow", "secret"), SYSTEM)
    said = {"processInstanceKey": str(world.waiting), "accessClass": "SECRET"}
    made = upload(owner, ("file", file()), ("metadata", json.dumps(said)))
    assert (made.status_code, made.get_json()["metadata"]["accessClass"]) == (201, "SECRET")
    above = upload(calling("ann"), ("file", file()), ("metadata", json.dumps(said)))
    assert above.status_code == 403
    wrong = upload(owner, ("file", file()), ("metadata", json.dumps(said | {"accessClass": "COSMIC"})))
    assert (wrong.status_code, wrong.get_json()["errors"][0]["field"]) == (400, "accessClass")
    path = f"/documents/{made.get_json()['documentId']}"
    assert (calling("ann")("GET", path).status_code, owner("GET", path).status_code) == (404, 200)
    assert owner("PUT", f"{path}/access-class", {"accessClass": "NORMAL"}).status_code == 400
    lowered = owner("PUT", f"{path}/access-class", {"accessClass": "NORMAL", "reason": "it is known by now"})
    assert (lowered.status_code, calling("ann")("GET", path).status_code) == (204, 200)
