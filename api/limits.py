"""Rate limits: how much one account and one address may ask for, and how often an address may guess.

Token buckets in the memory of this process: each fills up by so many a second and holds so many at most. Nodes of a
cluster tell each other some times a second what was taken, so that a limit is one for all of them. Refused
requests are answered 503 RESOURCE_EXHAUSTED with Retry-After, not 429: it is what clients of the Camunda 8 REST API
know, every operation describes it, and both SDKs try again.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Flask, Request, Response, current_app, g, request

from engine.errors import Busy

MOST_KEYS = 20_000  # buckets kept; beyond it the one that was used longest ago is forgotten, which only lets more in
GUESSING = frozenset({"/v2/session", "/v2/session/code", "/oauth/token"})  # where secrets are tried, besides HTTP Basic
VARIABLES = {
    "account": "KRABUAN_RATE_ACCOUNT",
    "address": "KRABUAN_RATE_ADDRESS",
    "failures": "KRABUAN_RATE_FAILURES",
    "feed": "KRABUAN_RATE_FEED",
}


class RateLimited(Busy):
    """Too many requests from one account or address; try again after the time of Retry-After."""

    code = "rate-limited"
    th = "มีคำขอมากเกินไปในเวลาสั้น โปรดรอสักครู่แล้วลองใหม่"

    def __init__(self, seconds: float) -> None:
        super().__init__("too many requests; try again later")
        self.retry_after = max(1, math.ceil(seconds))


@dataclass(frozen=True, slots=True)
class Rate:
    """So many a second in the long run, and so many at once."""

    per_second: float
    burst: float


@dataclass(frozen=True, slots=True)
class Rates:
    """The limits of a service; None is no limit."""

    account: Rate | None = Rate(200, 2_000)
    address: Rate | None = Rate(1_000, 10_000)  # an office may have one address for all its people
    failures: Rate | None = Rate(0.1, 30)
    feed: Rate | None = Rate(0.1, 60)  # a person's calendar programs together


@dataclass(slots=True)
class Buckets:
    """One bucket for each key. Safe to share between threads."""

    rate: Rate
    clock: Callable[[], float] = time.monotonic
    shared: bool = False  # whether what is taken is told to other nodes
    _taken: dict[str, int] = field(default_factory=dict)
    _kept: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, key: str) -> float:
        """Seconds until one may be taken; 0 when it may be now."""
        with self._lock:
            return self._missing(self._level(key, self.clock()))

    def take(self, key: str) -> float:
        """Take one. Seconds until that will be possible when it is not, 0 when it was done."""
        with self._lock:
            now = self.clock()
            level = self._level(key, now)
            missing = self._missing(level)
            self._keep(key, level if missing else level - 1, now)
            if self.shared and not missing:
                self._taken[key] = self._taken.get(key, 0) + 1
            return missing

    def taken(self) -> dict[str, int]:
        """How many were taken here from which bucket since this was asked last."""
        with self._lock:
            taken, self._taken = self._taken, {}
            return taken

    def taken_elsewhere(self, taken: Mapping[str, int]) -> None:
        """Other nodes took these: two that did so at the same time may have taken more than there was."""
        with self._lock:
            now = self.clock()
            for key, count in taken.items():
                self._keep(key, max(self._level(key, now) - count, -self.rate.burst), now)

    def _keep(self, key: str, level: float, now: float) -> None:
        self._kept[key] = (level, now)
        self._kept.move_to_end(key)
        while len(self._kept) > MOST_KEYS:
            self._kept.popitem(last=False)

    def _level(self, key: str, now: float) -> float:
        level, at = self._kept.get(key, (self.rate.burst, now))
        return min(self.rate.burst, level + (now - at) * self.rate.per_second)

    def _missing(self, level: float) -> float:
        return 0.0 if level >= 1 else (1 - level) / self.rate.per_second


class Limits:
    """The buckets of one application."""

    def __init__(self, rates: Rates, clock: Callable[[], float] = time.monotonic) -> None:
        self._account = None if rates.account is None else Buckets(rates.account, clock)
        self._address = None if rates.address is None else Buckets(rates.address, clock)
        self._failures = None if rates.failures is None else Buckets(rates.failures, clock)
        self._feed = None if rates.feed is None else Buckets(rates.feed, clock)

    def share(self) -> None:
        """From now on `taken` says what was taken here, for other nodes."""
        for buckets in self._named().values():
            buckets.shared = True

    def taken(self) -> dict[str, dict[str, int]]:
        """What was taken here since this was asked last: which limit, whose bucket, how many."""
        return {name: taken for name, buckets in self._named().items() if (taken := buckets.taken())}

    def taken_elsewhere(self, taken: Mapping[str, Mapping[str, int]]) -> None:
        """Another node took these."""
        named = self._named()
        for name in taken.keys() & named.keys():
            named[name].taken_elsewhere(taken[name])

    def _named(self) -> dict[str, Buckets]:
        named = {"account": self._account, "address": self._address, "failures": self._failures, "feed": self._feed}
        return {name: buckets for name, buckets in named.items() if buckets is not None}

    def register(self, app: Flask) -> None:
        """Before anything else of a request, and after its answer."""
        app.extensions["krabuan-limits"] = self
        app.before_request(self._before)
        app.after_request(self._after)

    def count_account(self, username: str) -> None:
        """Raises RateLimited."""
        _require(self._account.take(username) if self._account is not None else 0)

    def count_feed(self, username: str) -> None:
        """Raises RateLimited."""
        _require(self._feed.take(username) if self._feed is not None else 0)

    def _before(self) -> None:
        if not _limited(request):
            return
        address = request.remote_addr or ""
        if self._failures is not None and _guesses(request):
            _require(self._failures.wait(address))
        if self._address is not None:
            _require(self._address.take(address))

    def _after(self, response: Response) -> Response:
        if self._failures is not None and response.status_code == 401 and _guesses(request):
            self._failures.take(request.remote_addr or "")
        return response


def count_account() -> None:
    """Count the request for who asks, where there are limits. Raises RateLimited."""
    limits: Limits | None = current_app.extensions.get("krabuan-limits")
    if limits is not None:
        limits.count_account(g.identity.actor.id)


def count_feed(username: str) -> None:
    """Count a reading of a person's calendar feed, where there are limits. Raises RateLimited."""
    limits: Limits | None = current_app.extensions.get("krabuan-limits")
    if limits is not None:
        limits.count_feed(username)


def rates_of(environment: Mapping[str, str]) -> Rates | None:
    """The limits that the environment names; `KRABUAN_RATE_LIMITS=off` is None. Raises ValueError."""
    if environment.get("KRABUAN_RATE_LIMITS", "on") == "off":
        return None
    usual = Rates()
    found = {name: _rate(environment.get(variable), getattr(usual, name)) for name, variable in VARIABLES.items()}
    return Rates(**found)


def _rate(text: str | None, usual: Rate | None) -> Rate | None:
    """`off`, or a number a second and a number at once, such as `200/2000`."""
    if text is None or text == "off":
        return usual if text is None else None
    per_second, _, burst = text.partition("/")
    try:
        rate = Rate(float(per_second), float(burst))
    except ValueError:
        rate = Rate(0, 0)
    if not (0 < rate.per_second < math.inf and 1 <= rate.burst < math.inf):
        raise ValueError(f"a rate is off, or a number a second and a number at once such as 200/2000, not {text}")
    return rate


def _limited(asked: Request) -> bool:
    return asked.path.startswith(("/v2/", "/oauth/")) or asked.path == "/metrics"


def _guesses(asked: Request) -> bool:
    """Whether a secret that people choose or that a client has comes with it."""
    given = asked.authorization
    signing_in = asked.method == "POST" and asked.path in GUESSING
    return _limited(asked) and (signing_in or (given is not None and given.type == "basic"))


def _require(seconds: float) -> None:
    if seconds:
        raise RateLimited(seconds)
