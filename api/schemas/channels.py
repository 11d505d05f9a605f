"""Where what people are told may go besides mail: allowed hosts, webhooks, push channels."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole, key, texts

_NAME = validate.Length(min=1, max=256)
_MOST = validate.Length(max=200)


class AllowedHostBody(Schema):
    """`pattern` is a host, or `*.` and a domain: every name below it. With `private`, its name may mean an address of
    the office's own network, or of the machine of the service. Without TLS (`http`) only where it is listed so."""

    pattern = fields.String(required=True, validate=validate.Length(min=1, max=255))
    port = Whole(load_default=443, validate=validate.Range(1, 65535))
    scheme = fields.String(load_default="https", validate=validate.OneOf(["https", "http"]))
    private = Truth(load_default=False)
    reason = fields.String(required=True, validate=validate.Length(max=4_000))


class AllowedHostMade(Schema):
    allowedHostKey = key(required=True)


class AllowedHost(Schema):
    """An entry of the list."""

    allowedHostKey = key(required=True)
    pattern = fields.String(required=True)
    port = Whole(required=True)
    scheme = fields.String(required=True)
    private = Truth(required=True)
    reason = fields.String(required=True)
    addedBy = fields.String(required=True)
    addedAt = fields.String(required=True)


class AllowedHostList(Schema):
    """All entries, by their patterns."""

    items = fields.List(fields.Nested(AllowedHost), required=True)


class WebhookBody(Schema):
    """Of the notifications with one of `topics`, those to one of `groups` or its members; none stands for all. The
    host of `url` is on the list of allowed hosts."""

    name = fields.String(required=True, validate=_NAME)
    url = fields.String(required=True, validate=validate.Length(min=1, max=2_000))
    topics = texts(load_default=list, validate=_MOST)
    groups = texts(load_default=list, validate=_MOST)


class WebhookChange(WebhookBody):
    """All of it anew. `active` false switches it off, true on again, also after long failure."""

    active = Truth(required=True)


class WebhookSecret(Schema):
    """Shown this once: what the signatures of this webhook are made with."""

    secret = fields.String(required=True)


class WebhookMade(WebhookSecret):
    """The new webhook, and its secret, shown this once."""

    webhookKey = key(required=True)


class Webhook(Schema):
    """`failingSince`: nothing was accepted since then. `switchedOffAt`: by the service, after long failure.
    `secretBeforeUntil`: until then the secret before signs, too. `url` has its path for administrators only: it may
    hold a key."""

    webhookKey = key(required=True)
    name = fields.String(required=True)
    url = fields.String(required=True)
    topics = fields.List(fields.String(), required=True)
    groups = fields.List(fields.String(), required=True)
    active = Truth(required=True)
    addedBy = fields.String(required=True)
    addedAt = fields.String(required=True)
    failingSince = fields.String(required=True, allow_none=True)
    switchedOffAt = fields.String(required=True, allow_none=True)
    secretBeforeUntil = fields.String(required=True, allow_none=True)
    rev = Whole(required=True)


class WebhookList(Schema):
    """All webhooks, by name."""

    items = fields.List(fields.Nested(Webhook), required=True)


class TrialResult(Schema):
    """Whether it was accepted; if not, why, in a few English words."""

    accepted = Truth(required=True)
    reason = fields.String(required=True, allow_none=True)


class PushServiceBody(Schema):
    """An account of the office's own: `address` is as apprise writes it, with `{to}` in the place of the person, such
    as `line://token/{to}`: it is sealed, and shown nowhere again. `name` is what people choose it by."""

    name = fields.String(required=True, validate=_NAME)
    address = fields.String(required=True, validate=validate.Length(min=1, max=2_000))


class PushServiceMade(Schema):
    pushServiceKey = key(required=True)


class PushService(PushServiceMade):
    """An account of the office's own at a push service."""

    name = fields.String(required=True)
    service = fields.String(required=True)


class PushServiceList(Schema):
    """All of them, by name."""

    items = fields.List(fields.Nested(PushService), required=True)


class PushAddressBody(Schema):
    """`address` is as apprise writes it, such as `ntfys://host/topic` or, with `pushServiceKey`, who one is at that
    service, such as a LINE user id: it is sealed, and shown nowhere again. `label` is what the person calls it."""

    label = fields.String(required=True, validate=_NAME)
    address = fields.String(required=True, validate=validate.Length(min=1, max=2_000))
    pushServiceKey = key(load_default=None, allow_none=True)


class PushAddressMade(Schema):
    pushAddressKey = key(required=True)


class PushAddress(Schema):
    """One of the person's own push channels."""

    pushAddressKey = key(required=True)
    label = fields.String(required=True)
    service = fields.String(required=True)
    pushServiceKey = key(required=True, allow_none=True)
    addedAt = fields.String(required=True)


class PushAddressList(Schema):
    """The person's own push channels, the oldest first."""

    items = fields.List(fields.Nested(PushAddress), required=True)
