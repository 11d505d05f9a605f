"""Write the text of notifications of a topic that leave the service, or go back to the built-in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update

from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import NotFound
from engine.notify.templates import check, known
from engine.store.tables import notification_template


@dataclass(frozen=True, slots=True)
class SetNotificationTemplate:
    """`subject` and `text` in the syntax of engine/notify/templates.py."""

    topic: str
    language: str
    subject: str
    text: str
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """What the audit log says of it: the new texts."""
        return {"subject": self.subject, "text": self.text}


@dataclass(frozen=True, slots=True)
class ResetNotificationTemplate:
    """Back to the built-in text."""

    topic: str
    language: str
    rev: int | None = None


def _target(command: Any, tx: Transaction) -> Target:
    """Raises NotFound for a topic or language that there is not."""
    if not known(command.topic, command.language):
        raise NotFound(topic=command.topic, language=command.language)
    c = notification_template.c
    rev = tx.db.execute(
        select(c.rev).where(c.topic == command.topic, c.language == command.language).with_for_update()
    ).scalar()
    return Target(rev=rev or 0, rows={"rev": rev})


def _name(command: Any, _answer: Any) -> str:
    return f"{command.topic}.{command.language}"


@handles(
    SetNotificationTemplate, permission="notification-template:manage", target=_target,
    event=OfService("notification-template-set", _name),
)  # fmt: skip
def set_template(command: SetNotificationTemplate, target: Target, tx: Transaction) -> None:
    """Holds for what is packed from now on. Raises TemplateRefused, StaleRevision."""
    check(command.subject, command.text)
    c, rev = notification_template.c, target.rows["rev"]
    row = {
        "subject": command.subject, "text": command.text, "changed_by": tx.actor.id, "changed_at": tx.now,
        "rev": (rev or 0) + 1,
    }  # fmt: skip
    this = (c.topic == command.topic) & (c.language == command.language)
    if rev is None:
        named = {"topic": command.topic, "language": command.language}
        tx.db.execute(insert(notification_template), named | row)
    else:
        tx.db.execute(update(notification_template).where(this).values(**row))


@handles(
    ResetNotificationTemplate, permission="notification-template:manage", target=_target,
    event=OfService("notification-template-reset", _name),
)  # fmt: skip
def reset_template(command: ResetNotificationTemplate, _target: Target, tx: Transaction) -> None:
    """What is built in already stays so."""
    c = notification_template.c
    tx.db.execute(delete(notification_template).where(c.topic == command.topic, c.language == command.language))
