"""What an address says, what the list covers, and which numbers no name may mean."""

from __future__ import annotations

import pytest

from engine.model.hosts import AllowedHost, Destination, NoAddress, destination, pattern_of, why_refused


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://Hooks.Office.Test/a?b=1", Destination("https", "hooks.office.test", 443, "/a?b=1")),
        ("http://hooks.office.test:8080", Destination("http", "hooks.office.test", 8080, "/")),
        ("https://hooks.office.test./", Destination("https", "hooks.office.test", 443, "/")),
        ("https://ทดสอบ.ไทย/", Destination("https", "xn--l3cfk7dp.xn--o3cw4h", 443, "/")),
        ("https://[2001:DB8:0::1]:8443/", Destination("https", "2001:db8::1", 8443, "/")),
    ],
)
def test_the_parts_of_an_address(url: str, expected: Destination) -> None:
    assert destination(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "ftp://office.test/", "file:///etc/passwd", "office.test", "//office.test/", "https://", "https:///x",
        "https://user:secret@office.test/", "https://@office.test/", "https://office.test/#x", "https://office.test/#",
        "https://office.test:0/", "https://office.test:99999/", "https://office.test:x/", "https://a..test/",
        "https://office.test/a b", "https://office.test/\r\nHost: x", "https://office.test\\@evil.test/", "https://office.test/\x00",
        "https://office.test/ก", "https://-a.test/", "https://" + "a" * 64 + ".test/", "https://office.test/" + "a" * 2000,
        # what some resolvers take for 127.0.0.1
        "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/", "https://127.1/", "https://0177.0.0.1/", "https://a.0x7f/",
        "https://[fe80::1%25eth0]/", "https://[::1/",
    ],
)  # fmt: skip
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(NoAddress):
        destination(url)


@pytest.mark.parametrize(
    ("entry", "url", "covered"),
    [
        (AllowedHost("office.test"), "https://office.test/x", True),
        (AllowedHost("office.test"), "https://office.test:444/x", False),
        (AllowedHost("office.test"), "http://office.test/", False),
        (AllowedHost("office.test", 443), "http://office.test:443/", False),
        (AllowedHost("office.test", 80, "http"), "http://office.test/", True),
        (AllowedHost("office.test"), "https://a.office.test/", False),
        (AllowedHost("*.office.test"), "https://a.b.office.test/", True),
        (AllowedHost("*.office.test"), "https://office.test/", False),
        (AllowedHost("*.office.test"), "https://evil-office.test/", False),
        (AllowedHost("*.office.test"), "https://office.test.evil.test/", False),
        (AllowedHost("192.0.2.7"), "https://192.0.2.7/", True),
    ],
)
def test_what_an_entry_covers(entry: AllowedHost, url: str, covered: bool) -> None:
    assert entry.covers(destination(url)) is covered


@pytest.mark.parametrize("text", ["*", "*.", "*.test", "*.*.office.test", "a*.office.test", "https://office.test", "*.192.0.2.1", "office.test:443", "", "*.0x7f.1"])
def test_what_is_no_entry(text: str) -> None:
    with pytest.raises(NoAddress):
        pattern_of(text)


def test_an_entry_has_one_form() -> None:
    assert [pattern_of(t) for t in ("Office.TEST.", "*.Office.test", "[::1]", "*.ทดสอบ.ไทย")] == [
        "office.test", "*.office.test", "::1", "*.xn--l3cfk7dp.xn--o3cw4h",
    ]  # fmt: skip


INSIDE = ["127.0.0.1", "127.8.9.10", "::1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "fc00::1", "fec0::1", "198.18.0.1"]
NEVER = [
    "0.0.0.0", "0.1.2.3", "::", "169.254.1.1", "169.254.169.254", "100.100.100.200", "168.63.129.16", "fd00:ec2::254", "fe80::1",
    "fe80::1%eth0", "224.0.0.1", "ff02::1", "255.255.255.255", "240.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1",
    "2002:7f00:1::", "2001:0:1::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1",
]  # fmt: skip


@pytest.mark.parametrize("number", INSIDE)
def test_an_address_of_the_inside_is_refused_unless_it_is_listed_so(number: str) -> None:
    assert why_refused(number, private=False) is not None
    assert why_refused(number, private=True) is None


@pytest.mark.parametrize("number", NEVER)
def test_what_is_never_an_address_of_a_receiver(number: str) -> None:
    assert why_refused(number, private=False) is not None
    assert why_refused(number, private=True) is not None


@pytest.mark.parametrize("number", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_addresses_of_the_world(number: str) -> None:
    assert why_refused(number, private=False) is None
