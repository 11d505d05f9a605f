"""How people are notified: preferences, templates, dead letters."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole, moment, result_of, schema_of, search_of
from engine.model.telling import CHANNELS, GROUPS, LANGUAGES
from engine.queries.notifying import DEAD_LETTER

DeadLetter = schema_of(DEAD_LETTER)
DeadLetterSearch = search_of(DEAD_LETTER)
DeadLetterResult = result_of(DeadLetter, "DeadLetter")
_CHOICE = fields.String(metadata={"enum": ["at-once", "digest", "off"]})
ByChannel = Schema.from_dict(dict.fromkeys(CHANNELS, _CHOICE), name="NotificationChannelChoices")
Choices = Schema.from_dict({group: fields.Nested(ByChannel) for group in GROUPS}, name="NotificationChoices")


class DeadLetterReason(Schema):
    """Why: it stands in the audit log."""

    reason = fields.String(required=True, validate=validate.Length(min=5, max=4_000))


class NotificationPreferenceBody(Schema):
    """What `choices` leaves out is as it is for who chose nothing. Times are HH:MM in the office's zone."""

    language = fields.String(required=True, metadata={"enum": list(LANGUAGES)})
    choices = fields.Nested(Choices, load_default=dict)
    digestAt = fields.String(required=True)
    quietFrom = fields.String(required=True, allow_none=True)
    quietUntil = fields.String(required=True, allow_none=True)


class NotificationPreference(NotificationPreferenceBody):
    """As it holds now; `rev` 0 is of who chose nothing."""

    choices = fields.Nested(Choices, required=True)
    rev = Whole(required=True)


class NotificationTemplateBody(Schema):
    """In Jinja's syntax: values, `if`, and a few filters."""

    subject = fields.String(required=True)
    text = fields.String(required=True)


class NotificationTemplate(NotificationTemplateBody):
    """One topic in one language; `values` are the names that it may use."""

    templateId = fields.String(required=True)
    topic = fields.String(required=True)
    language = fields.String(required=True)
    builtIn = Truth(required=True)
    changedBy = fields.String(required=True, allow_none=True)
    changedAt = moment(required=True, allow_none=True)
    rev = Whole(required=True)
    values = fields.List(fields.String(), required=True)


class NotificationTemplateList(Schema):
    items = fields.List(fields.Nested(NotificationTemplate), required=True)


class NotificationPreview(Schema):
    """The mail with values of nobody and no case; `plain` and `html` are its two forms."""

    subject = fields.String(required=True)
    text = fields.String(required=True)
    plain = fields.String(required=True)
    html = fields.String(required=True)
