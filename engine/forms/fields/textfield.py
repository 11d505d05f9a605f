"""A text of one line: length, pattern, e-mail address, telephone number."""

from __future__ import annotations

import re2

from engine.forms.errors import refused
from engine.forms.limits import MAX_LINE
from engine.forms.properties import Properties
from engine.forms.run import Run
from engine.forms.text import two_languages
from engine.forms.texts import TextValue

# The two formats form-js offers. Addresses as browsers check them, roughly; telephone numbers as
# digits with + ( ) - and blanks, for Thai ones are written in many ways.
EMAIL = re2.compile(r"^[^\s@<>\"]{1,64}@[^\s@<>\".]+(\.[^\s@<>\".]+)+$")
PHONE = re2.compile(r"^\+?[0-9][0-9() \-]{2,30}$")


class TextField(TextValue):
    """Value: a text. `validate.pattern` is matched anywhere in it, as in form-js, in linear time."""

    type_name = "textfield"
    most = MAX_LINE

    def setup(self, properties: Properties) -> None:
        """Read length, pattern and format."""
        super().setup(properties)
        self.pattern = properties.pattern("validate.pattern")
        self.kind = properties.choice("validate.validationType", ("", "custom", "email", "phone"))
        message = properties.text("validate.patternErrorMessage")
        self.hint = two_languages(message, self.custom, "patternErrorMessage.en") if message else None

    def clean(self, value: object, run: Run) -> object:
        """Errors: those of every text, `pattern`, `invalid-email`, `invalid-phone`."""
        text = super().clean(value, run)
        assert isinstance(text, str)
        if self.pattern is not None and not self.pattern.search(text):
            if self.hint is None:
                raise refused("pattern")
            raise refused("pattern", message={"th": self.hint.th, "en": self.hint.en})
        if self.kind == "email" and not EMAIL.search(text):
            raise refused("invalid-email")
        if self.kind == "phone" and not PHONE.search(text):
            raise refused("invalid-phone")
        return text


FIELD = TextField
