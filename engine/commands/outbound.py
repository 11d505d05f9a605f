"""What the commands share that say where something may be sent."""

from __future__ import annotations

from sqlalchemy import update

from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, InvalidState
from engine.model.hosts import Destination, NoAddress, destination
from engine.model.telling import DROPPED, PACKED, PENDING
from engine.store.channels import allowed_hosts
from engine.store.tables import delivery


class AddressRefused(InvalidArgument):
    """Nothing can be sent to this address."""

    code = "address-refused"
    th = "ส่งข้อมูลไปยังที่อยู่นี้ไม่ได้"


class HostNotAllowed(InvalidArgument):
    """This host is not on the list of allowed hosts; an administrator can add it."""

    code = "host-not-allowed"
    th = "ปลายทางนี้ไม่อยู่ในรายการที่อนุญาต ผู้ดูแลระบบเพิ่มได้"


class TooMany(InvalidState):
    """There are as many of these as there may be; take one away first."""

    code = "too-many"
    th = "มีครบจำนวนที่กำหนดแล้ว โปรดลบรายการเดิมก่อน"


def drop_waiting(tx: Transaction, channel: str, reason: str) -> None:
    """What waits for a channel that is taken away is not sent."""
    c = delivery.c
    waiting = update(delivery).where(c.channel == channel, c.state.in_((PENDING, PACKED)))
    tx.db.execute(waiting.values(state=DROPPED, content=None, error_message=reason))


def allowed_destination(tx: Transaction, url: str) -> Destination:
    """Where the URL leads. Raises AddressRefused, HostNotAllowed."""
    try:
        where = destination(url)
    except NoAddress as error:
        raise AddressRefused(str(error)) from None
    if not any(entry.covers(where) for entry in allowed_hosts(tx.db)):
        raise HostNotAllowed(host=where.host, port=where.port, scheme=where.scheme)
    return where
