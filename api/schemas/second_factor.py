"""The second factor of an account."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Whole

_PASSWORD, _CODE = validate.Length(min=1, max=1024), validate.Length(min=1, max=64)


class SecondFactorState(Schema):
    """`begun`: a secret was shown, and no code of it was given yet. `since` is when it was confirmed."""

    state = fields.String(required=True, metadata={"enum": ["off", "begun", "on"]})
    since = fields.String(required=True, allow_none=True)
    recoveryCodesLeft = Whole(required=True)


class PresentPassword(Schema):
    """The present password of who is signed in."""

    password = fields.String(required=True, validate=_PASSWORD)


class SecretAnswer(Schema):
    """Shown this once: the secret in base32, the same as an otpauth:// address, and that as a QR code (the data:
    address of an SVG image)."""

    secret = fields.String(required=True)
    address = fields.String(required=True)
    qrCode = fields.String(required=True)


class CodeBody(Schema):
    """Six digits of the app; to sign in, or with the password, a recovery code does as well."""

    code = fields.String(required=True, validate=_CODE)


class PasswordAndCode(PresentPassword):
    """The present password, and a code."""

    code = fields.String(required=True, validate=_CODE)


class RecoveryCodes(Schema):
    """Shown this once; each opens the account once, in the place of a code."""

    recoveryCodes = fields.List(fields.String(), required=True)
