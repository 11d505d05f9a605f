"""Sessions, tokens and clients of the API."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole

_MOST_PERMISSIONS = 200


class SessionItem(Schema):
    """A session. `current` is the one that this request belongs to."""

    sessionId = fields.String(required=True)
    madeAt = fields.String(required=True)
    expiresAt = fields.String(required=True)
    agent = fields.String(required=True)
    current = Truth(required=True)


class SessionList(Schema):
    """The sessions of an account, newest first."""

    items = fields.List(fields.Nested(SessionItem), required=True)


class _Key(Schema):
    name = fields.String(required=True)
    permissions = fields.List(fields.String(), required=True, allow_none=True)
    madeAt = fields.String(required=True)
    expiresAt = fields.String(required=True, allow_none=True)
    revokedAt = fields.String(required=True, allow_none=True)


class TokenItem(_Key):
    """A token; its secret is shown nowhere."""

    tokenId = fields.String(required=True)


class TokenList(Schema):
    """The tokens of an account that were made by hand, newest first."""

    items = fields.List(fields.Nested(TokenItem), required=True)


class ClientItem(_Key):
    """A client; its secret is shown nowhere."""

    clientId = fields.String(required=True)


class ClientList(Schema):
    """The clients that act as an account, newest first."""

    items = fields.List(fields.Nested(ClientItem), required=True)


class TokenBody(Schema):
    """A token or a client for oneself, or (an administrator) for another account. `permissions` are all that it is
    for (null: whatever the account may); each is the `x-permission` of operations."""

    name = fields.String(required=True, validate=validate.Length(min=1, max=256))
    username = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=256))
    expiresAt = fields.AwareDateTime(load_default=None, allow_none=True)
    permissions = fields.List(
        fields.String(validate=validate.Length(min=1, max=64)),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=_MOST_PERMISSIONS),
    )


class TokenAnswer(Schema):
    """The token is shown this once."""

    token = fields.String(required=True)
    tokenId = fields.String(required=True)


class ClientAnswer(Schema):
    """The secret is shown this once."""

    clientId = fields.String(required=True)
    clientSecret = fields.String(required=True)


class IssuedToken(Schema):
    """The answer of RFC 6749, section 5.1; `scope` are permissions, absent where the token has no bound."""

    access_token = fields.String(required=True)
    token_type = fields.String(required=True)
    expires_in = Whole(required=True)
    scope = fields.String()


class RefusedToken(Schema):
    """The error of RFC 6749, section 5.2; `code`, `th` and `en` are as in every problem document here."""

    error = fields.String(required=True)
    error_description = fields.String(required=True)
    code = fields.String(required=True)
    th = fields.String(required=True)
    en = fields.String(required=True)
