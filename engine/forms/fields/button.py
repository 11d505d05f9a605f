"""A button that submits or resets the form."""

from __future__ import annotations

from engine.forms.field import DisplayField


class Button(DisplayField):
    """A button that submits or resets the form. Holds no value."""

    type_name = "button"
    expressions = ("label",)


FIELD = Button
