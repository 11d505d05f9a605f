"""What a person keeps for himself or herself."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole
from engine.commands.own_settings import LANGUAGES, TEXT_SIZES, THEMES


class DisplayChoice(Schema):
    """How the application looks; the size of letters in percent."""

    language = fields.String(required=True, metadata={"enum": list(LANGUAGES)}, validate=validate.Length(max=8))
    theme = fields.String(required=True, metadata={"enum": list(THEMES)}, validate=validate.Length(max=16))
    textSize = Whole(required=True, metadata={"enum": list(TEXT_SIZES)})
    still = Truth(required=True)


class OwnSettings(Schema):
    """`display` is null while nothing was chosen; `tours` are those that were gone through or skipped."""

    display = fields.Nested(DisplayChoice, required=True, allow_none=True)
    tours = fields.List(fields.String(), required=True)
    rev = Whole(required=True)
