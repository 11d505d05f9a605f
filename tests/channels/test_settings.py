"""Which hosts are allowed, webhooks and push channels: what administrators and people may say of them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert

from engine.adapters.vault import KeyVault
from engine.commands.add_person import AddPerson
from engine.commands.add_webhook import AddWebhook
from engine.commands.allow_host import MOST_HOSTS, AllowHost, DisallowHost
from engine.commands.change_webhook import (
    ChangeWebhook,
    RemoveWebhook,
    RenewWebhookSecret,
    SecretJustRenewed,
    TestWebhook,
)
from engine.commands.outbound import AddressRefused, HostNotAllowed, TooMany
from engine.commands.push_addresses import MOST_ADDRESSES, AddPushAddress, RemovePushAddress, TestPushAddress
from engine.commands.webhooks import MOST_WEBHOOKS
from engine.errors import (
    AlreadyExists,
    EngineError,
    Forbidden,
    InvalidArgument,
    NotFound,
    ReasonNeeded,
    StaleRevision,
)
from engine.model.hosts import AllowedHost
from engine.queries.channels import hosts, push_addresses, webhooks
from engine.store import tables as t
from engine.store.channels import allowed_hosts
from tests.dsl import ADMIN, AUDITOR, KEY, OWNER, Office, person

HOOK = "https://hooks.office.test/krabuan"
LINE = "line://abcdefgh=/U12345"
ANN, BEN = person("ann"), person("ben")


def told(office: Office) -> list[tuple[str, str]]:
    """The service's own events: type, and what they are about."""
    return [(row.type, row.entity_key) for row in office.rows(t.service_event, everything=True)]


def asked(office: Office, query: Any, actor: Any, *arguments: Any) -> Any:
    with office.database.read() as db:
        return query(db, actor, *arguments)


def allow(office: Office, pattern: str = "hooks.office.test", **more: Any) -> int:
    return int(office.run(AllowHost(pattern, "for the registry", **more), ADMIN)["allowedHostKey"])


def hook(office: Office, **more: Any) -> int:
    return int(office.run(AddWebhook("registry", HOOK, **more), ADMIN)["webhookKey"])


def with_people(office: Office) -> None:
    for name in ("ann", "ben"):
        office.run(AddPerson(name, name), ADMIN)


def test_a_host_is_allowed_and_taken_away_again(office: Office) -> None:
    key = allow(office, "*.Office.test", port=8443)
    with office.database.read() as db:
        assert allowed_hosts(db) == [AllowedHost("*.office.test", 8443, "https", False)]
    (shown,) = asked(office, hosts, AUDITOR)
    assert (shown["pattern"], shown["reason"], shown["addedBy"], shown["private"]) == ("*.office.test", "for the registry", "admin", False)
    office.run(DisallowHost(key), ADMIN)
    assert asked(office, hosts, ADMIN) == []
    with pytest.raises(NotFound):
        office.run(DisallowHost(key), ADMIN)
    assert [type for type, _ in told(office)] == ["host-allowed", "host-disallowed"]


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (AllowHost("https://a.test", "x"), AddressRefused),
        (AllowHost("*.test", "x"), AddressRefused),
        (AllowHost("2130706433", "x"), AddressRefused),
        (AllowHost("*.office.test", "x", private=True), AddressRefused),
        (AllowHost("a.test", "x", port=0), InvalidArgument),
        (AllowHost("a.test", "x", port=65536), InvalidArgument),
        (AllowHost("a.test", "x", scheme="ftp"), InvalidArgument),
        (AllowHost("a.test", "  "), ReasonNeeded),
        (AllowHost("HOOKS.office.test.", "x"), AlreadyExists),
    ],
)
def test_what_is_no_entry_changes_nothing(small_office: Office, command: AllowHost, error: type[EngineError]) -> None:
    allow(small_office)
    with pytest.raises(error):
        small_office.run(command, ADMIN)
    assert len(asked(small_office, hosts, ADMIN)) == 1


def test_the_list_has_an_end(small_office: Office) -> None:
    for number in range(MOST_HOSTS):
        allow(small_office, f"h{number}.test")
    with pytest.raises(TooMany):
        allow(small_office)


def test_a_webhook_goes_where_it_is_allowed_and_shows_its_secret_once(office: Office) -> None:
    with pytest.raises(HostNotAllowed):
        hook(office)
    allow(office)
    with office.database.write() as db:
        db.execute(insert(t.group_), {"key": "finance", "kind": "unit", "th": "การเงิน", "en": "Finance"})
    made = office.run(AddWebhook(" registry ", HOOK, ("reminder", "message", "reminder"), ("finance",)), ADMIN)
    assert made["secret"].startswith("whsec_")
    (shown,) = asked(office, webhooks, AUDITOR)
    assert (shown["name"], shown["topics"], shown["groups"], shown["active"]) == ("registry", ["message", "reminder"], ["finance"], True)
    (row,) = office.rows(t.webhook, everything=True)
    assert made["secret"] not in str(shown) + str(row)
    assert KeyVault(KEY).open(row.sealed_secret, f"webhook:{row.key}") == made["secret"]
    with office.database.read() as db:
        events = str(db.execute(t.service_event.select()).all())
    assert made["secret"] not in events and "/krabuan" not in events


@pytest.mark.parametrize(
    "command",
    [
        AddWebhook("", HOOK), AddWebhook("x" * 257, HOOK), AddWebhook("x", HOOK, ("weather",)), AddWebhook("x", HOOK, (), ("nobody",)),
        AddWebhook("x", "http://hooks.office.test/"), AddWebhook("x", "https://hooks.office.test:444/"), AddWebhook("x", "https://u:p@hooks.office.test/"),
        AddWebhook("x", "https://hooks.office.test/\r\nX: y"), AddWebhook("x", "javascript:alert(1)"),
    ],
)  # fmt: skip
def test_a_webhook_that_cannot_be_is_refused(small_office: Office, command: AddWebhook) -> None:
    allow(small_office)
    with pytest.raises(InvalidArgument):
        small_office.run(command, ADMIN)
    assert asked(small_office, webhooks, ADMIN) == []


def test_there_are_not_more_webhooks_than_may_be(small_office: Office) -> None:
    allow(small_office)
    for _ in range(MOST_WEBHOOKS):
        hook(small_office)
    with pytest.raises(TooMany):
        hook(small_office)


def test_a_webhook_is_changed_as_it_was_read(office: Office) -> None:
    allow(office)
    key = hook(office)
    office.run(ChangeWebhook(key, "other", HOOK + "/2", ("reminder",), (), False, rev=1), ADMIN)
    (shown,) = asked(office, webhooks, ADMIN)
    assert (shown["name"], shown["url"], shown["topics"], shown["active"], shown["rev"]) == ("other", HOOK + "/2", ["reminder"], False, 2)
    with pytest.raises(StaleRevision):
        office.run(ChangeWebhook(key, "late", HOOK, (), (), True, rev=1), ADMIN)
    with pytest.raises(HostNotAllowed):
        office.run(ChangeWebhook(key, "away", "https://elsewhere.test/", (), (), True), ADMIN)
    office.run(RemoveWebhook(key), ADMIN)
    assert asked(office, webhooks, ADMIN) == []
    for command in (ChangeWebhook(key, "x", HOOK, (), (), True), RenewWebhookSecret(key), TestWebhook(key), RemoveWebhook(key)):
        with pytest.raises(NotFound):
            office.run(command, ADMIN)
    assert [type for type, _ in told(office)] == ["host-allowed", "webhook-added", "webhook-changed", "webhook-removed"]


def test_a_new_secret_signs_beside_the_one_before_for_a_day(office: Office) -> None:
    allow(office)
    key = hook(office)
    first = office.rows(t.webhook, everything=True)[0].sealed_secret
    second = office.run(RenewWebhookSecret(key), ADMIN)["secret"]
    (row,) = office.rows(t.webhook, everything=True)
    assert row.sealed_before == first
    assert KeyVault(KEY).open(row.sealed_secret, f"webhook:{key}") == second
    with pytest.raises(SecretJustRenewed):
        office.run(RenewWebhookSecret(key), ADMIN)
    office.advance("P1D")
    assert office.run(RenewWebhookSecret(key), ADMIN)["secret"] != second


def test_without_a_key_of_the_service_there_are_no_secrets(small_office: Office) -> None:
    from dataclasses import replace

    allow(small_office)
    with_people(small_office)
    allow(small_office, "api.line.me")
    small_office.bus.services = replace(small_office.bus.services, vault=None)
    for command, actor in ((AddWebhook("x", HOOK), ADMIN), (AddPushAddress("ann", "x", LINE), ANN)):
        with pytest.raises(EngineError) as refused:
            small_office.run(command, actor)
        assert refused.value.code == "no-vault"


def test_a_push_channel_is_its_owners_and_its_address_is_shown_nowhere(office: Office) -> None:
    with_people(office)
    with pytest.raises(HostNotAllowed):
        office.run(AddPushAddress("ann", "mine", LINE), ANN)
    allow(office, "api.line.me")
    key = int(office.run(AddPushAddress("ann", " mine ", LINE), ANN)["pushAddressKey"])
    (shown,) = asked(office, push_addresses, ANN)
    assert (shown["label"], shown["service"]) == ("mine", "line")
    assert asked(office, push_addresses, BEN) == []
    (row,) = office.rows(t.push_address, everything=True)
    with office.database.read() as db:
        events = str(db.execute(t.service_event.select()).all())
    assert "abcdefgh" not in str(row) + str(shown) + events
    assert KeyVault(KEY).open(row.sealed_address, f"push-address:{key}") == LINE
    for actor in (BEN, ADMIN, OWNER):
        for command in (TestPushAddress(key), RemovePushAddress(key)):
            with pytest.raises(NotFound):
                office.run(command, actor)
        with pytest.raises(Forbidden):
            office.run(AddPushAddress("ann", "theirs", LINE), actor)
    office.run(RemovePushAddress(key), ANN)
    assert asked(office, push_addresses, ANN) == []
    assert [type for type, _ in told(office)][-2:] == ["push-address-added", "push-address-removed"]


def test_nobody_has_more_push_channels_than_may_be(small_office: Office) -> None:
    with_people(small_office)
    allow(small_office, "api.line.me")
    for _ in range(MOST_ADDRESSES):
        small_office.run(AddPushAddress("ann", "mine", LINE), ANN)
    with pytest.raises(TooMany):
        small_office.run(AddPushAddress("ann", "mine", LINE), ANN)
    small_office.run(AddPushAddress("ben", "mine", LINE), BEN)


@pytest.mark.parametrize(("label", "address"), [("", LINE), ("x" * 257, LINE), ("x", "mailto://a.test"), ("x", LINE + "?verify=no"), ("x", "line://")])
def test_a_push_channel_that_cannot_be_is_refused(small_office: Office, label: str, address: str) -> None:
    with_people(small_office)
    allow(small_office, "api.line.me")
    with pytest.raises(InvalidArgument):
        small_office.run(AddPushAddress("ann", label, address), ANN)
    assert asked(small_office, push_addresses, ANN) == []


def test_only_administrators_say_where_things_may_go(office: Office) -> None:
    allow(office)
    key = hook(office)
    for command in (
        AllowHost("a.test", "x"), DisallowHost(1), AddWebhook("x", HOOK), ChangeWebhook(key, "x", HOOK, (), (), True),
        RenewWebhookSecret(key), TestWebhook(key), RemoveWebhook(key), RemoveWebhook(1),
    ):  # fmt: skip
        for actor in (ANN, OWNER, AUDITOR):
            with pytest.raises(Forbidden):
                office.run(command, actor)
    for query in (hosts, webhooks):
        for actor in (ANN, OWNER):
            with pytest.raises(Forbidden):
                asked(office, query, actor)
