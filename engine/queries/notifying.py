"""How people are notified: one's own choices, the office's templates, and what could not be delivered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from engine.errors import NotFound
from engine.model.actor import Actor
from engine.model.telling import CHANNELS, FAILED, GROUPS, LANGUAGES, TOPICS
from engine.notify.preferences import BUILT_IN, preference_of
from engine.notify.templates import VALUES, built_in, check, known, rendered, sample
from engine.policy.permissions import Facts, require
from engine.queries.noun import Field, Noun
from engine.queries.search import Search, search
from engine.queries.visibility import cleared
from engine.store.tables import delivery as d
from engine.store.tables import moment_text, notification_preference, notification_template
from engine.store.tables import notification as n

DEAD_LETTER = Noun(
    "DeadLetter",
    d.join(n, n.c.key == d.c.notification_key),
    "deliveryKey",
    {
        "deliveryKey": Field(d.c.key, "key"),
        "notificationKey": Field(d.c.notification_key, "key"),
        "topic": Field(n.c.topic, "string"),
        "username": Field(d.c.username, "string"),
        "channel": Field(d.c.channel, "string"),
        "parcelKey": Field(d.c.parcel_key, "key", nullable=True),
        "attempts": Field(d.c.attempts, "integer"),
        "errorMessage": Field(d.c.error_message, "string", nullable=True),
        "createdAt": Field(d.c.created_at, "moment"),
        "processInstanceKey": Field(d.c.process_instance_key, "key", nullable=True),
        "userTaskKey": Field(n.c.task_key, "key", nullable=True),
    },
)


def search_dead_letters(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """What could not be delivered, of cases that the actor is cleared for and of none. Raises Forbidden."""
    require(actor, "delivery:read", Facts())
    return search(db, DEAD_LETTER, request, d.c.state == FAILED, cleared(actor, d.c.process_instance_key), actor=actor)


def preference_of_actor(db: Connection, actor: Actor) -> dict[str, Any]:
    """One's own choices, each said; `rev` 0 is of who chose nothing. Raises Forbidden."""
    require(actor, "notification-preference:manage", Facts(person=actor.id))
    mine = select(notification_preference).where(notification_preference.c.username == actor.id)
    found = db.execute(mine).mappings().one_or_none()
    row = None if found is None else dict(found)
    chosen = preference_of(row)
    return {
        "language": chosen.language,
        "choices": {group: {c: chosen.choice(GROUPS[group][0], c) for c in CHANNELS} for group in BUILT_IN},
        "digestAt": chosen.digest_at, "quietFrom": chosen.quiet_from, "quietUntil": chosen.quiet_until,
        "rev": 0 if row is None else row["rev"],
    }  # fmt: skip


def templates(db: Connection, actor: Actor) -> dict[str, Any]:
    """Every topic in every language. Raises Forbidden."""
    require(actor, "notification-template:manage", Facts())
    rows = {(row.topic, row.language): row for row in db.execute(select(notification_template))}
    return {
        "items": [_template(topic, language, rows.get((topic, language))) for topic in TOPICS for language in LANGUAGES]
    }


def template(db: Connection, actor: Actor, topic: str, language: str) -> dict[str, Any]:
    """One of them. Raises Forbidden, NotFound."""
    require(actor, "notification-template:manage", Facts())
    _require_known(topic, language)
    c = notification_template.c
    query = select(notification_template).where(c.topic == topic, c.language == language)
    return _template(topic, language, db.execute(query).one_or_none())


def preview(_db: Connection, actor: Actor, topic: str, language: str, subject: str, text: str) -> dict[str, str]:
    """How a template comes out with values of nobody and no case. Raises Forbidden, NotFound, TemplateRefused."""
    require(actor, "notification-template:manage", Facts())
    _require_known(topic, language)
    check(subject, text)
    values = sample(language)
    return {"subject": " ".join(rendered(subject, values).split()), "text": rendered(text, values).strip()}


def _require_known(topic: str, language: str) -> None:
    if not known(topic, language):
        raise NotFound(topic=topic, language=language)


def _template(topic: str, language: str, row: Any) -> dict[str, Any]:
    subject, text = built_in(topic, language) if row is None else (row.subject, row.text)
    return {
        "templateId": f"{topic}.{language}",
        "topic": topic, "language": language, "subject": subject, "text": text, "builtIn": row is None,
        "changedBy": None if row is None else row.changed_by,
        "changedAt": None if row is None else moment_text(row.changed_at), "rev": 0 if row is None else row.rev,
        "values": list(VALUES),
    }  # fmt: skip
