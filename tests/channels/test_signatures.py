"""How webhooks are signed, and what an answer asks for."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest

from engine.model.webhooks import cloud_event, headers_of, new_secret, signature, wait_asked_for

NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)


def test_the_example_of_the_standard_webhooks() -> None:
    """The test vector that the libraries of standardwebhooks.com are tested with."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    signed = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_each_secret_is_long_and_signs_by_itself() -> None:
    secrets = [new_secret(), new_secret()]
    assert all(len(base64.b64decode(s.removeprefix("whsec_"))) == 32 for s in secrets) and len(set(secrets)) == 2
    headers = headers_of(secrets, "7", NOW, b"{}")
    at = int(NOW.timestamp())
    assert headers["webhook-signature"].split() == [signature(s, "7", at, b"{}") for s in secrets]
    assert (headers["webhook-id"], headers["Idempotency-Key"], headers["webhook-timestamp"]) == ("7", "7", str(at))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("120", timedelta(seconds=120)), ("0", timedelta()), ("99999999", timedelta(days=1)), ("1" * 30, None), ("-1", None), ("soon", None), ("", None), ("๑๒", None),
        ("Fri, 10 Apr 2026 09:05:00 GMT", timedelta(minutes=5)), ("Fri, 10 Apr 2026 08:00:00 GMT", timedelta()), ("Fri, 10 Apr 2099 08:00:00 GMT", timedelta(days=1)),
        ("Fri, 10 Apr 2026 09:05:00 -0000", None),
    ],
)  # fmt: skip
def test_what_retry_after_asks_for(said: str, expected: timedelta | None) -> None:
    assert wait_asked_for({"retry-after": said}, NOW) == expected
    assert wait_asked_for({}, NOW) is None


def test_a_cloud_event_has_what_the_specification_asks_for() -> None:
    event = cloud_event(7, "reminder", "2026-04-10T09:00:00Z", "https://krabuan.office.test", "user-tasks/5", {"a": 1})
    assert event == {
        "specversion": "1.0", "id": "7", "source": "https://krabuan.office.test", "type": "org.krabuan.notification.reminder",
        "time": "2026-04-10T09:00:00Z", "subject": "user-tasks/5", "datacontenttype": "application/json", "data": {"a": 1},
    }  # fmt: skip
    assert "subject" not in cloud_event(7, "test", "t", "/", None, {})
