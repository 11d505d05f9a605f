"""Note that a webhook accepts what it gets, or does not: after long failure it is switched off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select, update

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.telling import tell
from engine.commands.transaction import Transaction
from engine.model.manual import Words
from engine.model.webhooks import SWITCHED_OFF_AFTER
from engine.notify.recipients import Recipient
from engine.notify.send import Notice
from engine.store.tables import person, role_grant, webhook


@dataclass(frozen=True, slots=True)
class NoteWebhook:
    """`gone`: it said that nothing is to be sent there any more (HTTP 410)."""

    key: int
    accepted: bool
    gone: bool = False


@handles(NoteWebhook, permission="system:run", event=NO_INSTANCE)
def note_webhook(command: NoteWebhook, _target: Target, tx: Transaction) -> None:
    """An acceptance forgets the failures before it. After SWITCHED_OFF_AFTER of nothing but failures, or at once when
    it is gone, nothing more is sent there until an administrator switches it on again; the administrators are told."""
    c = webhook.c
    row = tx.db.execute(select(webhook).where(c.key == command.key).with_for_update()).one_or_none()
    if row is None or not row.active:
        return
    this = update(webhook).where(c.key == command.key)
    if command.accepted:
        tx.db.execute(this.values(failing_since=None))
        return
    since = row.failing_since or tx.now
    if not command.gone and tx.now - since < SWITCHED_OFF_AFTER:
        tx.db.execute(this.values(failing_since=since))
        return
    tx.db.execute(this.values(failing_since=since, active=False, switched_off_at=tx.now, rev=row.rev + 1))
    tx.record_service("webhook-switched-off", str(row.key), name=row.name, failingSince=since.isoformat())
    _tell_administrators(tx, row)


def _tell_administrators(tx: Transaction, row: Row[Any]) -> None:
    p, r = person.c, role_grant.c
    query = select(p.username).join_from(person, role_grant, r.username == p.username)
    names = tx.db.execute(query.where(r.role == "administrator", p.active).distinct().order_by(p.username)).scalars()
    notice = Notice(
        "message",
        "webhook",
        Words(f"ปิดเว็บฮุกแล้ว: {row.name}", f"Webhook switched off: {row.name}"),
        Words(
            "ปลายทางไม่รับข้อมูลติดต่อกันเป็นเวลานาน ระบบจึงหยุดส่ง โปรดตรวจสอบปลายทางแล้วเปิดเว็บฮุกอีกครั้ง "
            "ส่วนที่ส่งไม่สำเร็จอยู่ในรายการที่ส่งไม่ได้",
            "Its receiver has accepted nothing for a long time, so nothing more is sent there. Please see to the "
            "receiver, and switch the webhook on again. What could not be sent is in the list of undelivered messages.",
        ),
        event=f"webhook-switched-off:{row.key}:{tx.now.isoformat()}",
    )
    tell(tx, [Recipient("user", name) for name in names], notice)
