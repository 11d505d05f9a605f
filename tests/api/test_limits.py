"""Rate limits: who asks too much waits, is told how long, and keeps nobody else from asking."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.app import create_app
from api.limits import MOST_KEYS, Buckets, Limits, Rate, RateLimited, Rates, rates_of
from api.runtime import Runtime
from tests.api.people import PASSWORD


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


def served(office: Runtime, hands: Hands, **rates: Rate | None) -> FlaskClient:
    none: dict[str, Rate | None] = {"account": None, "address": None, "failures": None}
    return create_app(office, limits=Limits(Rates(**(none | rates)), hands)).test_client(use_cookies=False)


def me(client: FlaskClient, name: str = "ann", password: str = PASSWORD, address: str = "192.0.2.1") -> TestResponse:
    origin = {"REMOTE_ADDR": address}
    return client.get("/v2/authentication/me", auth=(name, password), environ_base=origin)


def is_limited(answer: TestResponse, seconds: int) -> None:
    body = answer.get_json()
    assert (answer.status_code, body["title"], body["code"]) == (503, "RESOURCE_EXHAUSTED", "rate-limited")
    assert answer.headers["Retry-After"] == str(seconds) and body["th"] and body["en"]


def test_an_account_waits_and_others_do_not(office: Runtime, hands: Hands) -> None:
    client = served(office, hands, account=Rate(0.5, 2))
    assert [me(client).status_code for _ in range(2)] == [200, 200]
    is_limited(me(client), 2)
    assert me(client, "ben").status_code == 200
    hands.now += 2
    assert me(client).status_code == 200
    is_limited(me(client), 2)


def test_an_address_waits_whoever_asks_there(office: Runtime, hands: Hands) -> None:
    client = served(office, hands, address=Rate(1, 2))
    assert [me(client).status_code, me(client, "ben").status_code] == [200, 200]
    is_limited(me(client, "auditor"), 1)
    is_limited(client.get("/v2/status", environ_base={"REMOTE_ADDR": "192.0.2.1"}), 1)
    assert me(client, address="192.0.2.2").status_code == 200
    with client.get("/", environ_base={"REMOTE_ADDR": "192.0.2.1"}) as page:
        assert page.status_code != 503  # the pages themselves cost nothing


@pytest.mark.parametrize("way", ["basic", "session"])
def test_an_address_that_guesses_waits_before_any_password_is_looked_at(
    way: str, office: Runtime, hands: Hands
) -> None:
    client = served(office, hands, failures=Rate(0.1, 3))

    def attempt(name: str, password: str) -> TestResponse:
        if way == "basic":
            return me(client, name, password)
        body = {"username": name, "password": password}
        return client.post("/v2/session", json=body, environ_base={"REMOTE_ADDR": "192.0.2.1"})

    assert attempt("ann", PASSWORD).status_code == 200  # what succeeds costs nothing
    assert [attempt(name, "wrong").status_code for name in ("ann", "ben", "nobody")] == [401] * 3
    is_limited(attempt("ann", PASSWORD), 10)
    assert me(client, address="192.0.2.2").status_code == 200
    hands.now += 10
    assert attempt("ann", PASSWORD).status_code == 200


def test_a_bucket_never_holds_more_than_its_burst(hands: Hands) -> None:
    buckets = Buckets(Rate(1, 2), hands)
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 1]
    hands.now += 1_000_000
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 1]
    assert buckets.wait("b") == 0


def test_the_memory_of_buckets_is_bounded(hands: Hands) -> None:
    buckets = Buckets(Rate(1, 1), hands)
    for number in range(MOST_KEYS + 5):
        buckets.take(str(number))
    assert len(buckets._kept) == MOST_KEYS


def test_without_limits_nothing_is_counted(office: Runtime) -> None:
    client = create_app(office).test_client(use_cookies=False)
    assert {me(client).status_code for _ in range(50)} == {200}


def test_limits_come_from_the_environment() -> None:
    assert rates_of({}) == Rates()
    assert rates_of({"KRABUAN_RATE_LIMITS": "off"}) is None
    said = {"KRABUAN_RATE_ACCOUNT": "5/50", "KRABUAN_RATE_ADDRESS": "off", "KRABUAN_RATE_FAILURES": "0.5/10"}
    assert rates_of(said) == Rates(Rate(5, 50), None, Rate(0.5, 10))
    assert rates_of({"KRABUAN_RATE_FEED": "off"}) == Rates(feed=None)


@pytest.mark.parametrize("text", ["", "fast", "5", "0/5", "5/0", "-1/5", "nan/5", "inf/5", "5/inf", "1/2/3"])
def test_a_malformed_limit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a rate is off, or"):
        rates_of({"KRABUAN_RATE_ACCOUNT": text})


def test_what_is_taken_at_one_node_is_missing_at_another(hands: Hands) -> None:
    first, second = (Limits(Rates(account=Rate(1, 3), address=None), hands) for _ in range(2))
    first.share()
    for _ in range(2):
        first.count_account("ann")
    told = first.taken()
    assert told == {"account": {"ann": 2}} and first.taken() == {}, "it is told once"
    second.taken_elsewhere(told | {"what a newer release counts": {"ann": 1}})
    second.count_account("ann")
    with pytest.raises(RateLimited):
        second.count_account("ann")
    assert second.taken() == {}, "who shares nothing tells nothing"


def test_what_was_taken_at_the_same_time_is_made_good_later(hands: Hands) -> None:
    buckets = Buckets(Rate(1, 3), hands)
    for _ in range(3):
        buckets.take("ann")
    buckets.taken_elsewhere({"ann": 100})
    assert buckets.wait("ann") == 4, "as much as it holds, and no more"
    hands.now += 4
    assert buckets.take("ann") == 0
