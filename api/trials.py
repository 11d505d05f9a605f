"""Try out a webhook or a push channel: one message, at once, and not too often."""

from __future__ import annotations

from typing import Any

from flask import current_app

from api.context import actor, runtime
from api.limits import Buckets, Rate, RateLimited
from engine.ports import Item, Parcel, Refused

OFTEN = Rate(1 / 60, 5)  # one account, one webhook or push channel


def count(channel: str) -> None:
    """For who asks, before anything is recorded or sent. Raises RateLimited."""
    buckets: Buckets = current_app.extensions.setdefault("krabuan-trials", Buckets(OFTEN))
    if seconds := buckets.take(f"{actor().id} {channel}"):
        raise RateLimited(seconds)


def send(parcel_key: int, channel: str, event: dict[str, Any] | None, username: str = "") -> dict[str, Any]:
    """{accepted, reason}: of what a server said only its status."""
    now = runtime().clock.now()
    item = Item(0, "test", "", "", None, False, now, None, None, event)
    courier = runtime().couriers[channel.partition(":")[0]]
    try:
        courier.deliver(Parcel(parcel_key, channel, username, "", "th", (item,), now))
    except (OSError, Refused) as error:
        return {"accepted": False, "reason": str(error)}
    return {"accepted": True, "reason": None}
