"""How people sign in here: read-only, and never a secret."""

from __future__ import annotations

from marshmallow import Schema, fields

from api.schemas.base import Truth, Whole


class PasswordRules(Schema):
    """Lengths in characters, times in seconds. After `freeFailures` wrong ones in a row an account is locked for a
    minute, doubled by each further one up to `longestLockSeconds`."""

    shortest = Whole(required=True)
    longest = Whole(required=True)
    oneTimeSeconds = Whole(required=True)
    freeFailures = Whole(required=True)
    longestLockSeconds = Whole(required=True)


class SecondFactorRules(Schema):
    """`roles` must have one; `accounts` have one; `missing` must and have not, and can do nothing but set it up."""

    roles = fields.List(fields.String(), required=True)
    accounts = Whole(required=True)
    missing = Whole(required=True)


class SessionRules(Schema):
    """In seconds: a session ends after `longestSeconds`, or when nobody works in it for `idleSeconds`; a code of the
    second factor is waited for `codeSeconds`; a token that a client gets lasts `clientTokenSeconds`."""

    longestSeconds = Whole(required=True)
    idleSeconds = Whole(required=True)
    codeSeconds = Whole(required=True)
    clientTokenSeconds = Whole(required=True)


class ClaimMeaning(Schema):
    """What a value of a claim gives here: keys of groups, or roles (`process-owner:` with the process)."""

    value = fields.String(required=True)
    gives = fields.List(fields.String(), required=True)


class ProviderSettings(Schema):
    """`adopts`: whether an account that exists here under the same name is taken over. `username` is a claim."""

    id = fields.String(required=True)
    th = fields.String(required=True)
    en = fields.String(required=True)
    issuer = fields.String(required=True)
    clientId = fields.String(required=True)
    scopes = fields.List(fields.String(), required=True)
    username = fields.String(required=True)
    groupsClaim = fields.String(required=True)
    groups = fields.List(fields.Nested(ClaimMeaning), required=True)
    rolesClaim = fields.String(required=True)
    roles = fields.List(fields.Nested(ClaimMeaning), required=True)
    adopts = Truth(required=True)


class SignInSettings(Schema):
    passwords = fields.Nested(PasswordRules, required=True)
    secondFactor = fields.Nested(SecondFactorRules, required=True)
    sessions = fields.Nested(SessionRules, required=True)
    providers = fields.List(fields.Nested(ProviderSettings), required=True)
