"""Allowed hosts, webhooks and push channels over HTTP: managed, tried out, and refused in both languages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from api.leaving import WrongSetting, authorities_of
from api.runtime import Runtime
from api.service import outbox
from engine.model.webhooks import signature
from engine.store import tables as t
from tests.api.conftest import Caller
from tests.channels.receiver import Receiver, receiver
from tests.notify.test_mail_tls import certificate

Calling = Callable[[str | None], Caller]
ME = "/authentication/me/push-addresses"


@pytest.fixture
def there() -> Iterator[Receiver]:
    with receiver() as running:
        yield running


def allow(admin: Caller, there: Receiver) -> str:
    entry = {"pattern": "127.0.0.1", "port": there.port, "scheme": "http", "private": True, "reason": "the registry"}
    return str(admin.post("/allowed-hosts", entry)["allowedHostKey"])


def added(admin: Caller, there: Receiver, **more: Any) -> dict[str, str]:
    made: dict[str, str] = admin.post("/webhooks", {"name": "registry", "url": there.url, **more})
    return made


def test_a_webhook_is_tried_out_with_a_signed_event(caller: Calling, there: Receiver) -> None:
    admin = caller("admin")
    allow(admin, there)
    made = added(admin, there)
    assert admin.post(f"/webhooks/{made['webhookKey']}/trial") == {"accepted": True, "reason": None}
    (got,) = there.got
    event = orjson.loads(got.body)
    assert (event["type"], event["data"], event["id"]) == ("org.krabuan.notification.test", {}, got.headers["webhook-id"])
    signed = signature(made["secret"], event["id"], int(got.headers["webhook-timestamp"]), got.body)
    assert got.headers["webhook-signature"] == signed


def test_of_what_a_server_said_only_its_status_is_told(caller: Calling, there: Receiver) -> None:
    admin = caller("admin")
    host = allow(admin, there)
    key = added(admin, there)["webhookKey"]
    there.answers = [(500, {"X-Inside": "secret"}), (302, {"Location": "http://inside.test/"})]
    said = [admin.post(f"/webhooks/{key}/trial")["reason"] for _ in range(2)]
    assert said == ["HTTP 500", "HTTP 302"]
    assert admin("DELETE", f"/allowed-hosts/{host}").status_code == 204
    refused = admin.post(f"/webhooks/{key}/trial")
    assert (refused["accepted"], "not on the list" in refused["reason"]) == (False, True)


def test_it_is_not_tried_out_too_often(caller: Calling, there: Receiver) -> None:
    admin = caller("admin")
    allow(admin, there)
    key = added(admin, there)["webhookKey"]
    answers = [admin("POST", f"/webhooks/{key}/trial") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [503]
    assert (answers[-1].get_json()["code"], len(there.got)) == ("rate-limited", 5)
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_a_webhook_is_changed_as_it_was_read(caller: Calling, there: Receiver) -> None:
    admin, auditor = caller("admin"), caller("auditor")
    allow(admin, there)
    key = added(admin, there, topics=["reminder"], groups=["clerks"])["webhookKey"]
    read = auditor("GET", f"/webhooks/{key}")
    shown = read.get_json()
    assert auditor.get("/webhooks")["items"] == [shown]
    origin = there.url.removesuffix("hook")  # the path may hold a key
    assert (shown["url"], admin.get(f"/webhooks/{key}")["url"], admin.get("/webhooks")["items"][0]["url"]) == (origin, there.url, there.url)
    assert (shown["topics"], shown["groups"], shown["active"]) == (["reminder"], ["clerks"], True)
    change = {"name": "other", "url": there.url, "active": False}
    assert [admin("PUT", f"/webhooks/{key}", change, headers={"If-Match": read.headers["ETag"]}).status_code for _ in range(2)] == [204, 409]
    assert auditor.get(f"/webhooks/{key}")["active"] is False
    assert admin("DELETE", f"/webhooks/{key}").status_code == 204
    assert admin("GET", f"/webhooks/{key}").status_code == 404


def test_a_new_secret_is_shown_once_and_kept_by_no_idempotency_key(caller: Calling, there: Receiver, office: Runtime) -> None:
    admin = caller("admin")
    allow(admin, there)
    once = {"headers": {"Idempotency-Key": "a"}}
    made = admin.post("/webhooks", {"name": "registry", "url": there.url}, **once)
    again = admin("POST", f"/webhooks/{made['webhookKey']}/secret", **once)
    assert again.status_code == 201
    assert admin("POST", f"/webhooks/{made['webhookKey']}/secret").get_json()["code"] == "secret-just-renewed"
    with office.database.read() as db:
        kept = str([db.execute(table.select()).all() for table in (t.idempotency_key, t.webhook, t.service_event)])
    assert made["secret"] not in kept and again.get_json()["secret"] not in kept


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/webhooks", {"name": "x", "url": "https://elsewhere.test/"}, "host-not-allowed"),
        ("/webhooks", {"name": "x", "url": "https://u:p@elsewhere.test/"}, "address-refused"),
        ("/webhooks", {"name": "x"}, "invalid-request"),
        ("/webhooks", {"name": "x", "url": "https://a.test/", "topics": ["t"] * 201}, "invalid-request"),
        ("/allowed-hosts", {"pattern": "*", "reason": "x"}, "address-refused"),
        ("/allowed-hosts", {"pattern": "a.test", "reason": " "}, "reason-needed"),
        ("/allowed-hosts", {"pattern": "a.test", "reason": "x", "port": 0}, "invalid-request"),
        (ME, {"label": "x", "address": "mailto://a:b@c.test"}, "address-refused"),
        (ME, {"label": "x", "address": "line://token/user"}, "host-not-allowed"),
    ],
)
def test_what_is_refused_says_so_in_both_languages(caller: Calling, path: str, body: dict[str, Any], code: str) -> None:
    answer = caller("admin")("POST", path, body)
    said = answer.get_json()
    assert (answer.status_code, said["code"]) == (400, code)
    assert said["en"].isascii() and not said["th"].isascii()
    assert caller("admin").get(path)["items"] == []


def test_a_push_channel_is_added_tried_out_and_removed(caller: Calling, there: Receiver) -> None:
    allow(caller("admin"), there)
    ann = caller("ann")
    there.answers = [(200, {}), (401, {})]
    body = {"label": "my phone", "address": f"gotify://127.0.0.1:{there.port}/AAAAAAAAAAAAAAA"}
    key = ann.post(ME, body)["pushAddressKey"]
    (shown,) = ann.get(ME)["items"]
    assert (shown["pushAddressKey"], shown["label"], shown["service"]) == (key, "my phone", "gotify")
    assert ann.post(f"{ME}/{key}/trial") == {"accepted": True, "reason": None}
    assert ann.post(f"{ME}/{key}/trial") == {"accepted": False, "reason": "127.0.0.1 refused it: 401"}
    assert caller("ben")("POST", f"{ME}/{key}/trial").status_code == 404
    assert ann("DELETE", f"{ME}/{key}").status_code == 204
    assert ann.get(ME)["items"] == []


def test_a_push_channel_through_an_account_of_the_office(caller: Calling, there: Receiver) -> None:
    admin, ann = caller("admin"), caller("ann")
    allow(admin, there)
    there.answers = [(200, {})]
    service = admin.post("/push-services", {"name": "Gotify", "address": f"gotify://127.0.0.1:{there.port}/{{to}}"})["pushServiceKey"]
    assert ann.get("/push-services")["items"] == [{"pushServiceKey": service, "name": "Gotify", "service": "gotify"}]
    key = ann.post(ME, {"label": "mine", "address": "A" * 15, "pushServiceKey": service})["pushAddressKey"]
    assert ann.get(ME)["items"][0]["pushServiceKey"] == service
    assert ann.post(f"{ME}/{key}/trial")["accepted"] is True
    assert admin("DELETE", f"/push-services/{service}").status_code == 204
    assert ann.get(ME)["items"] == ann.get("/push-services")["items"] == []
    assert ann("POST", ME, {"label": "mine", "address": "x", "pushServiceKey": service}).status_code == 404
    assert ann("POST", ME, {"label": "mine", "address": "x", "pushServiceKey": "y"}).status_code == 400


def test_no_log_holds_an_address_or_a_secret(caller: Calling, there: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    admin = caller("admin")
    allow(admin, there)
    made = added(admin, there, url=there.url + "/path-key-4711")
    admin.post(f"/webhooks/{made['webhookKey']}/trial")
    key = admin.post(ME, {"label": "x", "address": f"gotify://127.0.0.1:{there.port}/AAAAAAAAAAAAAAA"})["pushAddressKey"]
    admin.post(f"{ME}/{key}/trial")
    assert len(there.got) == 2
    for secret in (made["secret"], "path-key-4711", "AAAAAAAAAAAAAAA"):
        assert secret not in caplog.text


def test_the_service_delivers_by_webhook_and_push(office: Runtime) -> None:
    assert set(office.couriers) == {"webhook", "push"}
    for kind, courier in office.couriers.items():
        outbox(office, kind, courier)


def test_the_certificates_that_are_trusted_besides(tmp_path: Path) -> None:
    file = certificate(tmp_path, "hooks.test")
    assert authorities_of({"KRABUAN_CHANNEL_AUTHORITIES": str(file)}) == file
    assert authorities_of({}) is None
    (tmp_path / "none.pem").write_text("nothing")
    for name in ("none.pem", "absent.pem"):
        with pytest.raises(WrongSetting, match="KRABUAN_CHANNEL_AUTHORITIES"):
            authorities_of({"KRABUAN_CHANNEL_AUTHORITIES": str(tmp_path / name)})
