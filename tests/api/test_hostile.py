"""Hostile and broken requests: a 4xx with a clear problem, and a database that is as it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from api.runtime import Runtime
from tests.api.conftest import Caller
from tests.api.test_command_permissions import contents
from tests.api.world import DIAGRAM, World

Callers = Callable[[str | None], Caller]
GOOD = DIAGRAM.read_text(encoding="utf-8")


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("order.bpmn", GOOD)
    return packed.getvalue()


def with_doctype(declared: str) -> bytes:
    return GOOD.replace("<bpmn:definitions", f"<!DOCTYPE bpmn:definitions [{declared}]><bpmn:definitions", 1).encode()


BOMB = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "x" * 100}">' for i in range(9))
UPLOADS: dict[str, tuple[str, bytes]] = {
    "empty": ("order.bpmn", b""),
    "no-xml": ("order.bpmn", b"hello"),
    "cut-off": ("order.bpmn", GOOD[: len(GOOD) // 2].encode()),
    "not-utf-8": ("order.bpmn", GOOD.encode().replace(b"small", b"\xff\xfe")),
    "nul": ("order.bpmn", GOOD.encode().replace(b"small", b"\x00")),
    "external-entity": ("order.bpmn", with_doctype('<!ENTITY x SYSTEM "file:///etc/passwd">')),
    "remote-dtd": ("order.bpmn", with_doctype('<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;')),
    "entity-bomb": ("order.bpmn", with_doctype(BOMB)),
    "deep": ("order.bpmn", b"<a>" * 100_000 + b"</a>" * 100_000),
    "long-attribute": ("order.bpmn", GOOD.encode().replace(b"small", b"x" * 12_000_000)),
    "xinclude": ("order.bpmn", b'<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd"/></x>'),
    "archive": ("order.bpmn", zipped()),
    "not-a-diagram": ("order.bpmn", b"<html/>"),
    "python": ("order.py", b"import os"),
    "no-extension": ("order", GOOD.encode()),
    "groovy": (
        "order.bpmn",
        GOOD.replace("bpmn:serviceTask", "bpmn:scriptTask").replace("<zeebe:taskDefinition", "<zeebe:x").encode(),
    ),
    "two-starts": ("order.bpmn", GOOD.replace('targetRef="Task_Check"', 'targetRef="Nowhere"').encode()),
    "form-empty": ("a.form", b""),
    "form-array": ("a.form", b"[]"),
    "form-nan": ("a.form", b'{"schemaVersion": NaN, "id": "a", "components": []}'),
    "form-deep": ("a.form", b'{"id":"a","components":' + b"[" * 5000 + b"]" * 5000 + b"}"),
    "form-no-id": ("a.form", b'{"schemaVersion": 16, "type": "default", "components": []}'),
    "form-bytes": ("a.form", b"\xff\xfe\x00"),
    "table-empty": ("a.dmn", b""),
    "table-entity": ("a.dmn", b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>'),
    "table-no-dmn": ("a.dmn", b"<html/>"),
    "table-deep": ("a.dmn", b"<a>" * 100_000),
}


def deploy(caller: Caller, *files: tuple[str, bytes], **fields: str) -> Any:
    """Written by hand: the test client leaves a temporary file open for every large upload."""
    parts = [(f'name="resources"; filename="{name}"', content) for name, content in files]
    parts += [(f'name="{name}"', value.encode()) for name, value in fields.items()]
    body = b"".join(
        b"--b\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % (said.encode(), content) for said, content in parts
    )
    return caller("POST", "/deployments", data=body + b"--b--\r\n", content_type="multipart/form-data; boundary=b")


@pytest.mark.parametrize("kind", UPLOADS)
def test_a_hostile_upload_changes_nothing(kind: str, at_work: tuple[Runtime, World], calling: Callers) -> None:
    before = contents(at_work[0])
    answer = deploy(calling("narrow"), UPLOADS[kind])
    assert 400 <= answer.status_code < 500, answer.text
    problem = answer.get_json()
    assert problem["th"] and problem["en"]
    assert contents(at_work[0]) == before


def test_one_bad_file_keeps_the_good_ones_out(at_work: tuple[Runtime, World], calling: Callers) -> None:
    before = contents(at_work[0])
    good = GOOD.replace("small", "large").encode()
    answer = deploy(calling("narrow"), ("order.bpmn", good), UPLOADS["form-array"], UPLOADS["not-a-diagram"])
    assert answer.status_code == 400
    files = {fault["file"] for fault in answer.get_json()["faults"]}
    assert files >= {"a.form"}, "every fault of every file is told at once"
    assert contents(at_work[0]) == before


def test_warnings_are_answered_and_told_with_a_refusal(calling: Callers) -> None:
    answer = deploy(calling("narrow"), ("order.bpmn", GOOD.encode()))
    assert answer.status_code == 200
    warnings = answer.get_json()["warnings"]
    assert warnings and {w["severity"] for w in warnings} == {"warning"}
    assert all(set(w) == {"file", "elementId", "rule", "severity", "th", "en"} for w in warnings)
    refused = deploy(calling("narrow"), ("order.bpmn", GOOD.replace("<bpmn:process ", '<bpmn:process colour="red" ').encode()))
    assert refused.status_code == 400
    told = refused.get_json()["faults"]
    assert [f["rule"] for f in told if f["severity"] == "error"] == ["schema-attribute-unknown"]
    assert [f for f in told if f["severity"] == "warning"] == warnings


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"resources": "no file"},
        {"other": (io.BytesIO(b"x"), "a.bpmn")},
        {"resources": (io.BytesIO(b"x"), "a" * 600 + ".bpmn")},
    ],
    ids=["nothing", "a-field", "another-name", "long-name"],
)
def test_a_broken_form_post_is_told_so(data: Any, calling: Callers) -> None:
    answer = calling("narrow")("POST", "/deployments", data=data, content_type="multipart/form-data")
    assert answer.status_code == 400


def test_another_tenant_is_refused(calling: Callers) -> None:
    assert deploy(calling("narrow"), ("order.bpmn", GOOD.encode()), tenantId="acme").status_code == 400


def test_json_is_no_deployment(calling: Callers) -> None:
    assert calling("narrow")("POST", "/deployments", {"resources": []}).status_code == 400


def test_a_multipart_body_without_its_end(calling: Callers) -> None:
    cut = b"--b\r\nContent-Disposition: form-data; name=resources; filename=a.bpmn\r\n\r\nxx"
    answer = calling("narrow")("POST", "/deployments", data=cut, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 400


def test_too_large_an_upload(calling: Callers) -> None:
    assert deploy(calling("narrow"), ("a.bpmn", b"x" * (9 << 20))).status_code == 400
    many = [(f"{n}.bpmn", b"x" * (7 << 20)) for n in range(5)]
    assert deploy(calling("narrow"), *many).status_code == 413


BODIES: dict[str, bytes] = {
    "nan": b'{"filter": {"priority": NaN}}',
    "infinity": b'{"filter": {"priority": -Infinity}}',
    "1e400": b'{"filter": {"priority": 1e400}}',
    "1e999999999": b'{"filter": {"priority": 1e999999999}}',
    "tiny": b'{"filter": {"priority": 1e-999999999999999999999999}}',
    "many-digits": b'{"filter": {"priority": ' + b"9" * 5000 + b"}}",
    "deep-list": b'{"filter": {"$or": ' + b"[" * 101 + b"]" * 101 + b"}}",
    "very-deep": b'{"filter":' * 50_000 + b"1" + b"}" * 50_000,
    "twice": b'{"filter": {}, "filter": {}}',
    "surrogate": b'{"filter": {"name": "\\ud800"}}',
    "nul": b'{"filter": {"name": "\\u0000"}}',
    "not-utf-8": b'{"filter": {"name": "\xff"}}',
    "utf-16": '{"filter": {}}'.encode("utf-16"),
    "array": b"[]",
    "text": b'"x"',
    "null": b"null",
    "cut-off": b'{"filter": ',
    "two": b"{}{}",
    "unknown-member": b'{"filters": {}}',
    "unknown-field": b'{"filter": {"password": "x"}}',
    "unknown-operator": b'{"filter": {"name": {"$regex": "x"}}}',
    "operator-of-another-kind": b'{"filter": {"userTaskKey": {"$gt": "1"}}}',
    "sql": b'{"filter": {"userTaskKey": "1 OR 1=1"}}',
    "huge-key": b'{"filter": {"userTaskKey": "99999999999999999999999999"}}',
    "wrong-date": b'{"filter": {"dueDate": {"$lt": "tomorrow"}}}',
    "date-without-zone": b'{"filter": {"dueDate": {"$lt": "2026-04-10T16:00:00"}}}',
    "year-10000": b'{"filter": {"dueDate": {"$lt": "9999-12-31T23:59:59-23:00"}}}',
    "limit-0": b'{"page": {"limit": 0}}',
    "limit-10001": b'{"page": {"limit": 10001}}',
    "limit-true": b'{"page": {"limit": true}}',
    "limit-text": b'{"page": {"limit": "10"}}',
    "two-pages": b'{"page": {"from": 1, "after": "W10="}}',
    "bad-cursor": b'{"page": {"after": "%%%"}}',
    "cursor-of-nothing": b'{"page": {"after": "W10="}}',
    "cursor-of-a-list": b'{"page": {"after": "WyIiLFtdXQ=="}}',
    "cursor-of-a-text": b'{"page": {"after": "WyIiLCJ4Il0="}}',
    "sort-by-nothing": b'{"sort": [{"field": "password"}]}',
    "sort-sideways": b'{"sort": [{"field": "name", "order": "SIDEWAYS"}]}',
    "sort-more": b'{"sort": [{"field": "name", "nulls": "FIRST"}]}',
    "sort-text": b'{"sort": "name"}',
    "wrong-view": b'{"filter": {"view": "all"}}',
    "list-for-text": b'{"filter": {"name": ["x"]}}',
    "or-text": b'{"filter": {"$or": "x"}}',
}


@pytest.mark.parametrize("kind", BODIES)
def test_a_hostile_body_is_refused(kind: str, calling: Callers) -> None:
    answer = calling("ann")("POST", "/user-tasks/search", data=BODIES[kind], content_type="application/json")
    assert answer.status_code == 400, answer.text


def test_a_number_that_no_float_holds_is_kept_or_refused_but_never_breaks(
    at_work: tuple[Runtime, World], calling: Callers
) -> None:
    for number in (b"12345678901234567.89", b"1e300", b"123456789012345678901234567890", b"0.1"):
        body = b'{"variables": {"x": ' + number + b"}}"
        path = f"/element-instances/{at_work[1].waiting}/variables"
        answer = calling("narrow")("PUT", path, data=body, content_type="application/json")
        assert answer.status_code in (204, 400), answer.text


def test_another_content_type_is_refused(calling: Callers) -> None:
    """A form on a foreign page could send text/plain with the cookie of the person who looks at it."""
    answer = calling("ann")("POST", "/user-tasks/search", data=b"{}", content_type="text/plain")
    assert answer.status_code == 415


def test_no_bytes_are_an_empty_object(calling: Callers) -> None:
    """The Python SDK sends Content-Type application/json with nothing."""
    answer = calling("ann")("POST", "/user-tasks/search", data=b"", content_type="application/json")
    assert answer.status_code == 200


def test_too_large_a_body(calling: Callers) -> None:
    big = b'{"filter": {"name": "' + b"x" * (5 << 20) + b'"}}'
    answer = calling("ann")("POST", "/user-tasks/search", data=big, content_type="application/json")
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/user-tasks/99999999999999999999", "/user-tasks/-1", "/user-tasks/0"])
def test_a_key_that_nothing_has(path: str, calling: Callers) -> None:
    assert calling("admin")("GET", path).status_code == 404


@pytest.mark.parametrize("path", ["/user-tasks/abc", "/user-tasks/1'--", "/nothing", "/user-tasks/๑"])
def test_a_path_that_does_not_exist(path: str, calling: Callers) -> None:
    assert calling("admin")("GET", path).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "TRACE", "CONNECT"])
def test_a_wrong_method(method: str, calling: Callers) -> None:
    answer = calling("admin")(method, "/user-tasks/search")
    assert answer.status_code == 405


def test_wrong_headers(at_work: tuple[Runtime, World], calling: Callers) -> None:
    path = f"/user-tasks/{at_work[1].task}/assignment"
    narrow, body = calling("narrow"), {"assignee": "ann"}
    assert narrow("POST", path, body, headers={"If-Match": "abc"}).status_code == 400
    assert narrow("POST", path, body, headers={"Idempotency-Key": "x" * 300}).status_code == 400
    assert narrow("GET", "/user-tasks/1", headers={"Authorization": "Basic %%%"}).status_code in (401, 404)


UNSUPPORTED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("worker", "/messages/publication", {"name": "m", "businessId": "b"}),
    ("worker", "/jobs/1/completion", {"result": {"type": "adHocSubProcess"}}),
    ("worker", "/jobs/1/completion", {"result": {"activateElements": []}}),
    ("worker", "/process-instances", {"processDefinitionId": "sdk-order", "runtimeInstructions": [{}]}),
    ("worker", "/process-instances", {"processDefinitionId": "sdk-order", "tenantId": "acme"}),
)


@pytest.mark.parametrize(("who", "path", "body"), UNSUPPORTED)
def test_what_is_not_supported_is_refused_never_ignored(
    who: str, path: str, body: dict[str, Any], calling: Callers
) -> None:
    assert calling(who)("POST", path, body).status_code == 400
