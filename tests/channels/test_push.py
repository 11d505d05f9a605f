"""Push channels by apprise, against real servers: only where the address says, and only where it is allowed."""

from __future__ import annotations

import json

import pytest
from apprise.plugins.discord import NotifyDiscord
from apprise.plugins.line import NotifyLine
from apprise.plugins.telegram import NotifyTelegram

from engine.adapters.guard import Guard, HostRefused
from engine.adapters.push import ApprisePusher
from engine.model.hosts import AllowedHost, NoAddress, destination
from engine.model.push import FIXED, NAMED, addressed, service_of, target_of
from engine.ports import Refused
from tests.channels.receiver import Receiver, receiver
from tests.channels.test_guarded_http import trickling

KEY = "A" * 15  # what the services take for a key
MATTERMOST = "3ccdd113474722377935511fc85d3dd4"
SAMPLES = {"line": f"line://{KEY}=/U{KEY}", "tgram": f"tgram://123456789:{KEY * 2}/-1001", "discord": f"discord://{KEY}/{KEY}"}


def pusher(*allowed: AllowedHost) -> ApprisePusher:
    return ApprisePusher(Guard(lambda: allowed))


def addresses(there: Receiver) -> dict[str, str]:
    """One for each service that an office can run itself."""
    host = f"127.0.0.1:{there.port}"
    return {"ntfy": f"ntfy://{host}/tasks", "gotify": f"gotify://{host}/{KEY}", "mmost": f"mmost://{host}/{MATTERMOST}"}


@pytest.mark.parametrize("service", NAMED)
def test_a_message_arrives_at_the_service_that_the_address_names(service: str) -> None:
    with receiver() as there:
        there.answers = [(200, {})] * 3
        pusher(there.listed()).push(addresses(there)[service], "กระบวน", "คุณมีงานใหม่")
    (got,) = there.got
    assert "คุณมีงานใหม่" in str(json.loads(got.body)) or "คุณมีงานใหม่" in got.body.decode()


def test_the_address_of_a_person_through_an_account_of_the_office() -> None:
    assert addressed("line://tok/en=/{to}", "U12_3-4") == "line://tok/en=/U12_3-4"


@pytest.mark.parametrize("recipient", ["", "a/b", "a?verify=no", "a#b", "a@b", "a b", "ก", "{to}", "..", "a\n", "x" * 129])
def test_who_cannot_be_a_recipient(recipient: str) -> None:
    with pytest.raises(NoAddress):
        addressed("line://token/{to}", recipient)


@pytest.mark.parametrize("template", ["line://token/user", "line://{to}/user", "ntfys://{to}", "{to}://a/b", "line://token/{to}/{to}", "gotify://{to}.test/k", "gotify://{to}@a.test/k"])
def test_an_account_names_the_host_itself(template: str) -> None:
    with pytest.raises(NoAddress):
        addressed(template, "x")


@pytest.mark.parametrize("service", NAMED)
def test_what_is_not_allowed_gets_nothing(service: str) -> None:
    with receiver() as there:
        for allowed in ([], [there.listed(private=False)], [AllowedHost("127.0.0.1", there.port, "https", True)]):
            with pytest.raises(HostRefused):
                pusher(*allowed).push(addresses(there)[service], "t", "b")
    assert there.got == []


@pytest.mark.parametrize("service", sorted(FIXED))
def test_the_services_speak_to_the_hosts_that_are_told_of_them(service: str) -> None:
    plugin = {"line": NotifyLine, "tgram": NotifyTelegram, "discord": NotifyDiscord}[service]
    assert destination(plugin.notify_url).host == destination(target_of(SAMPLES[service])).host
    with pytest.raises(HostRefused, match=f"{destination(FIXED[service]).host}:443 is not on the list"):
        pusher().push(SAMPLES[service], "t", "b")


@pytest.mark.parametrize("service", sorted(FIXED))
def test_a_name_that_means_this_machine(service: str) -> None:
    """A lying name server leads the well-known host inside."""
    host = destination(FIXED[service]).host
    with pytest.raises(HostRefused, match="this machine itself"):
        ApprisePusher(Guard(lambda: [AllowedHost(host)], lambda *_: ["127.0.0.1"])).push(SAMPLES[service], "t", "b")


def test_an_address_that_apprise_reads_in_another_way_reaches_nothing() -> None:
    """What is checked is what it may speak to: a host of its own makes no difference."""
    with receiver() as there, receiver() as inside:
        guard = Guard(lambda: [there.listed(), inside.listed()], lambda *_: ["127.0.0.2"])
        with pytest.raises(OSError):
            ApprisePusher(guard).push(f"ntfy://127.0.0.1:{there.port}/tasks", "t", "b")
    assert there.got == inside.got == []


def test_no_redirect_is_followed() -> None:
    with receiver() as there, receiver() as inside:
        there.answers = [(302, {"Location": inside.url}), (307, {"Location": inside.url})]
        for _ in range(2):
            with pytest.raises(Refused, match="30"):
                pusher(there.listed(), inside.listed()).push(addresses(there)["gotify"], "t", "b")
    assert inside.got == []


def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiver() as there, receiver() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("all_proxy", proxy.url)
        there.answers = [(200, {})]
        pusher(there.listed()).push(addresses(there)["gotify"], "t", "b")
    assert (len(there.got), proxy.got) == (1, [])


@pytest.mark.parametrize(("status", "kind"), [(401, Refused), (404, Refused), (429, OSError), (503, OSError)])
def test_what_may_be_accepted_later_is_tried_again(status: int, kind: type[Exception]) -> None:
    with receiver() as there:
        there.answers = [(status, {})] * 3
        with pytest.raises(kind):
            pusher(there.listed()).push(addresses(there)["gotify"], "t", "b")


def test_nobody_there_is_tried_again() -> None:
    with receiver() as there:
        pass
    with pytest.raises(OSError):
        pusher(there.listed()).push(addresses(there)["gotify"], "t", "b")


def test_an_answer_without_an_end_is_not_taken_in() -> None:
    with trickling(b"HTTP/1.1 200 OK\r\n\r\n" + b"endless" * 100_000) as port:
        with pytest.raises(OSError):
            pusher(AllowedHost("127.0.0.1", port, "http", True)).push(f"gotify://127.0.0.1:{port}/{KEY}", "t", "b")


@pytest.mark.parametrize("address", ["mailto://user:pass@office.test", "json://127.0.0.1/", "xml://a.test", "syslog://", "dbus://", "smpp://a:b@c.test", "http://a.test/", "file:///etc/passwd", "exec://x", "", "line", "ntfys"])
def test_a_service_that_is_not_known_is_refused_by_name(address: str) -> None:
    with pytest.raises(NoAddress, match="only discord, gotify, gotifys, line"):
        service_of(address)


@pytest.mark.parametrize(
    "address",
    ["line://", "gotify://a.test", "gotify://a.test/", "gotify://a.test/k?verify=no", "ntfy://a.test/t?mode=cloud", "gotify://a.test/k#x", "gotify://a.test/k\nx", "gotify://a.test/ก",
     "gotify://a_\x00.test/k", "gotify://2130706433/k", "gotify://[::1/k", "gotify://a.test/" + "k" * 2000],
)  # fmt: skip
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(NoAddress):
        target_of(address)


def test_the_host_of_an_address() -> None:
    assert [target_of(a) for a in ("ntfys://token@Push.Office.Test:8443/tasks", "ntfys://tasks", "gotify://a.test/k")] == [
        "https://Push.Office.Test:8443/", "https://ntfy.sh/", "http://a.test/",
    ]  # fmt: skip
