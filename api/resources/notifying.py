"""How people are notified: one's own preferences, the texts of mails, and what could not be delivered."""

from __future__ import annotations

from typing import Any

from api.answers import tagged
from api.blueprint import Room
from api.context import actor, if_match, read, run
from api.leaving import mail_preview
from api.schemas.notifying import (
    DeadLetterReason,
    DeadLetterResult,
    DeadLetterSearch,
    NotificationPreference,
    NotificationPreferenceBody,
    NotificationPreview,
    NotificationTemplate,
    NotificationTemplateBody,
    NotificationTemplateList,
)
from api.views import wanted
from engine.commands.set_notification_preference import SetNotificationPreference
from engine.commands.set_notification_template import ResetNotificationTemplate, SetNotificationTemplate
from engine.commands.settle_dead_letter import DropDeadLetter, RetryDeadLetter
from engine.queries.notifying import preference_of_actor, preview, search_dead_letters, template, templates

blp = Room("notifying", __name__, url_prefix="/v2", description="How people are notified, and what did not reach them")
MINE, PREFER = "/authentication/me/notification-preferences", "notification-preference:manage"
TEMPLATE, WRITE = "/notification-templates/<string:template_id>", "notification-template:manage"
SETTLE = "delivery:manage"


def _named(template_id: str) -> tuple[str, str]:
    """Topic and language: `reminder.th` is the Thai text of reminders."""
    topic, _, language = template_id.rpartition(".")
    return topic, language


@blp.operation("GET", MINE, permission=PREFER, returns=NotificationPreference)
def get_preference() -> Any:
    """How one is notified."""
    found = read(preference_of_actor)
    return tagged(found, found["rev"])


@blp.operation("PUT", MINE, permission=PREFER, body=NotificationPreferenceBody, status=204, errors=(404, 409))
def set_preference(body: dict[str, Any]) -> None:
    """Choose how one is notified; it holds for what waits, too."""
    quiet = (body["quietFrom"], body["quietUntil"])
    chosen = (body["language"], body["choices"], body["digestAt"], *quiet)
    run(SetNotificationPreference(actor().id, *chosen, rev=if_match()))


@blp.operation("GET", "/notification-templates", permission=WRITE, returns=NotificationTemplateList)
def list_templates() -> Any:
    """The texts of notifications that leave, by topic and language."""
    return read(templates)


@blp.operation("GET", TEMPLATE, permission=WRITE, returns=NotificationTemplate, errors=(404,))
def get_template(template_id: str) -> Any:
    """The text of a topic in a language, and the names of values that it may use."""
    found = read(template, *_named(template_id))
    return tagged(found, found["rev"])


@blp.operation("PUT", TEMPLATE, permission=WRITE, body=NotificationTemplateBody, status=204, errors=(404, 409))
def set_template(body: dict[str, Any], template_id: str) -> None:
    """Write the text of a topic in a language; one that could not be rendered is refused."""
    run(SetNotificationTemplate(*_named(template_id), body["subject"], body["text"], rev=if_match()))


@blp.operation("DELETE", TEMPLATE, permission=WRITE, status=204, errors=(404, 409))
def reset_template(template_id: str) -> None:
    """Go back to the built-in text."""
    run(ResetNotificationTemplate(*_named(template_id), rev=if_match()))


@blp.operation(
    "POST", f"{TEMPLATE}/preview", permission=WRITE, body=NotificationTemplateBody, returns=NotificationPreview,
    errors=(404,),
)  # fmt: skip
def preview_template(body: dict[str, Any], template_id: str) -> Any:
    """How a mail would look with this text, with values of nobody and no case."""
    topic, language = _named(template_id)
    made = read(preview, topic, language, body["subject"], body["text"])
    return made | mail_preview(topic, language, made["subject"], made["text"])


@blp.operation(
    "POST", "/dead-letters/search", permission="delivery:read", body=DeadLetterSearch, returns=DeadLetterResult
)
def find_dead_letters(body: dict[str, Any]) -> Any:
    """Search what could not be delivered, by mail or any other channel."""
    return read(search_dead_letters, wanted(body))


@blp.operation(
    "POST", "/dead-letters/<key:key>/retry", permission=SETTLE, body=DeadLetterReason, status=204, errors=(404, 409)
)
def retry(body: dict[str, Any], key: int) -> None:
    """Send it again, with all that is in the same parcel; its incident is resolved."""
    run(RetryDeadLetter(key, body["reason"]))


@blp.operation(
    "POST", "/dead-letters/<key:key>/drop", permission=SETTLE, body=DeadLetterReason, status=204, errors=(404, 409)
)
def drop(body: dict[str, Any], key: int) -> None:
    """Send it no more; its incident is resolved."""
    run(DropDeadLetter(key, body["reason"]))
