"""What leaves the service is set by the environment; what cannot hold is told before anything is begun."""

from __future__ import annotations

import pytest

from api.leaving import WrongSetting, leaving_of, mail_courier_of, telling_of
from engine.adapters.mail import MailServer

HOST = {"KRABUAN_SMTP_HOST": "mail.example"}


def test_the_mail_server_is_named_by_the_environment() -> None:
    assert leaving_of({}).couriers["mail"] is None
    named = mail_courier_of({**HOST, "KRABUAN_SMTP_PORT": "587", "KRABUAN_SMTP_TLS": "starttls"})
    assert named is not None and named.server == MailServer("mail.example", 587, tls="starttls")
    implicit = mail_courier_of({**HOST, "KRABUAN_SMTP_TLS": "implicit"})
    assert implicit is not None and implicit.server.port == 465


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"KRABUAN_SMTP_PORT": "0"}, "_PORT"), ({"KRABUAN_SMTP_PORT": "x"}, "_PORT"), ({"KRABUAN_SMTP_PORT": "๒๕"}, "_PORT"),
        ({"KRABUAN_SMTP_TLS": "yes"}, "_TLS"), ({"KRABUAN_SMTP_SENDER": "nobody"}, "_SENDER"),
        ({"KRABUAN_SMTP_REPLY_TO": "a\nb"}, "_REPLY_TO"), ({"KRABUAN_SMTP_STARTTLS": "1"}, "KRABUAN_SMTP_TLS=starttls"),
        ({"KRABUAN_SMTP_PASSWORD": "secret"}, "password"), ({"KRABUAN_SMTP_AUTHORITIES": __file__}, "_AUTHORITIES"),
        ({"KRABUAN_SMTP_AUTHORITIES": "/nowhere.pem"}, "_AUTHORITIES"),
    ],
)  # fmt: skip
def test_a_mail_server_that_cannot_be_meant_is_refused(wrong: dict[str, str], named: str) -> None:
    with pytest.raises(WrongSetting, match=named) as refused:
        mail_courier_of(HOST | wrong)
    assert "secret" not in str(refused.value)


def test_links_begin_with_where_people_reach_the_service() -> None:
    assert telling_of({}).public_url is None and telling_of({}).quoted_class == 0
    assert telling_of({"KRABUAN_PUBLIC_URL": "https://k.go.th:8443/krabuan/"}).public_url == "https://k.go.th:8443/krabuan"
    assert telling_of({"KRABUAN_NOTIFY_CLASS": "secret"}).quoted_class == 2


@pytest.mark.parametrize(
    "url",
    ["k.go.th", "ftp://k.go.th", "https://", "https://a:b@k.go.th", "https://k.go.th/?a=b", "https://k.go.th/#a", "https://k.go.th:x",
     'https://k.go.th/"onclick', "https://k.go.th/a b", "javascript:alert(1)", "https://k.go.th:0", "https://[::1"],
)  # fmt: skip
def test_an_address_that_people_cannot_reach_is_refused(url: str) -> None:
    with pytest.raises(WrongSetting, match="KRABUAN_PUBLIC_URL"):
        telling_of({"KRABUAN_PUBLIC_URL": url})


def test_an_unknown_class_is_refused() -> None:
    with pytest.raises(WrongSetting, match="KRABUAN_NOTIFY_CLASS"):
        telling_of({"KRABUAN_NOTIFY_CLASS": "public"})
