"""A text of several lines: length only, as in form-js."""

from __future__ import annotations

from engine.forms.limits import MAX_TEXT
from engine.forms.texts import TextValue


class TextArea(TextValue):
    """Value: a text. Errors: `invalid-text`, `too-short`, `too-long`."""

    type_name = "textarea"
    most = MAX_TEXT


FIELD = TextArea
