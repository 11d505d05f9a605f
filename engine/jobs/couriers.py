"""The couriers of webhooks and push channels: each parcel to the one address that it is for."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Row, select

from engine.bus import Bus
from engine.commands.note_webhook import NoteWebhook
from engine.model.actor import SYSTEM
from engine.model.push import addressed
from engine.model.webhooks import LATER, SWITCHED_OFF_AFTER, TEST, headers_of, wait_asked_for
from engine.ports import HttpAnswer, NotNow, Parcel, Poster, Pusher, Refused
from engine.store.tables import push_address, push_service, webhook

# for what waits behind a receiver that has failed, and behind one that is slow: who takes longer than this (in seconds)
_FAILED, _SLOW, _PROMPT = timedelta(minutes=2), timedelta(seconds=10), 2.0
_GONE = 410
_PUSHED = {
    "th": ("กระบวน", "คุณมีงานรอดำเนินการในระบบกระบวน", "คุณมีงานรอดำเนินการในระบบกระบวน {} รายการ"),
    "en": ("Krabuan", "There is a task for you in Krabuan.", "There are {} tasks for you in Krabuan."),
}


class WebhookCourier:
    """Posts each parcel as one CloudEvent, signed; as engine.ports.Courier. Trials may be asked for by other threads.

    A receiver that fails or is slow holds up the others once in a run: what is behind it waits without being tried.
    `stopwatch` is in seconds.
    """

    def __init__(self, bus: Bus, poster: Poster, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._bus, self._poster, self._stopwatch = bus, poster, stopwatch
        self._resting: dict[str, NotNow] = {}  # in this run

    def deliver(self, parcel: Parcel) -> None:
        """As Courier.deliver. The body is that of the first time, whenever it is sent again."""
        on_trial = parcel.items[0].topic == TEST
        if not on_trial and parcel.channel in self._resting:
            raise self._resting[parcel.channel]
        row, began = self._endpoint(parcel, on_trial), self._stopwatch()
        try:
            self._post(parcel, row)
        except OSError:
            if not on_trial:
                self._resting[parcel.channel] = NotNow("its receiver has just failed", _FAILED, tried=False)
            raise
        if not on_trial and self._stopwatch() - began > _PROMPT:
            self._resting[parcel.channel] = NotNow("its receiver is slow", _SLOW, tried=False)

    def rest(self) -> None:
        """As Courier.rest."""
        self._resting.clear()

    def _post(self, parcel: Parcel, row: Row[Any]) -> None:
        (item,), now = parcel.items, self._bus.clock.now()
        body = orjson.dumps(item.event)
        try:
            answer = self._poster.post(row.url, body, headers_of(self._secrets(row, now), str(parcel.key), now, body))
            _judge(answer, now)
        except (OSError, Refused) as error:
            gone = isinstance(error, _Gone)
            if gone or row.failing_since is None or now - row.failing_since >= SWITCHED_OFF_AFTER:
                self._bus.run(NoteWebhook(row.key, accepted=False, gone=gone), SYSTEM)
            raise
        if row.failing_since is not None:
            self._bus.run(NoteWebhook(row.key, accepted=True), SYSTEM)

    def _endpoint(self, parcel: Parcel, on_trial: bool) -> Row[Any]:
        with self._bus.database.read() as db:
            row = db.execute(select(webhook).where(webhook.c.key == _key_of(parcel))).one_or_none()
        if row is None:
            raise Refused("the webhook was removed")
        if not row.active and not on_trial:
            raise Refused("the webhook is switched off")
        return row

    def _secrets(self, row: Row[Any], now: datetime) -> list[str]:
        sealed = [row.sealed_secret]
        if row.before_until is not None and row.before_until > now:
            sealed.append(row.sealed_before)
        return [_opened(self._bus, text, f"webhook:{row.key}") for text in sealed]


class PushCourier:
    """Tells that there is a task, and never which: push services are read by others. As engine.ports.Courier."""

    def __init__(self, bus: Bus, pusher: Pusher) -> None:
        self._bus, self._pusher = bus, pusher

    def deliver(self, parcel: Parcel) -> None:
        """As Courier.deliver."""
        address = self._address(_key_of(parcel))
        title, one, several = _PUSHED[parcel.language]
        text = one if len(parcel.items) == 1 else several.format(len(parcel.items))
        link = parcel.items[0].link if len(parcel.items) == 1 else None
        self._pusher.push(address, title, text if link is None else f"{text}\n{link}")

    def rest(self) -> None:
        """As Courier.rest: nothing is kept."""

    def _address(self, key: int) -> str:
        a, s = push_address.c, push_service.c
        source = push_address.outerjoin(push_service, s.key == a.service_key)
        columns = (a.sealed_address, a.service_key, s.sealed_address.label("template"))
        with self._bus.database.read() as db:
            row = db.execute(select(*columns).select_from(source).where(a.key == key)).one_or_none()
        if row is None:
            raise Refused("the address was removed")
        address = _opened(self._bus, row.sealed_address, f"push-address:{key}")
        if row.service_key is None:
            return address
        return addressed(_opened(self._bus, row.template, f"push-service:{row.service_key}"), address)


class _Gone(Refused):
    """Nothing is to be sent there any more."""


def _judge(answer: HttpAnswer, now: datetime) -> None:
    """Raises unless it was accepted."""
    if 200 <= answer.status < 300:
        return
    said = f"HTTP {answer.status}"
    if answer.status in LATER:
        raise NotNow(said, wait_asked_for(answer.headers, now))
    raise (_Gone if answer.status == _GONE else Refused)(said)


def _key_of(parcel: Parcel) -> int:
    return int(parcel.channel.partition(":")[2])


def _opened(bus: Bus, sealed: str, about: str) -> str:
    """Without the key, or with another one, nothing goes out; it may be there again tomorrow."""
    vault = bus.services.vault
    try:
        if vault is not None:
            return vault.open(sealed, about)
    except ValueError:
        pass
    raise NotNow("this service cannot open what was sealed", None)
