"""A page within the page; the web's policy decides whether it may load."""

from __future__ import annotations

from engine.forms.field import DisplayField


class Iframe(DisplayField):
    """A page within the page; the web's policy decides whether it may load. Holds no value."""

    type_name = "iframe"
    expressions = ("url",)


FIELD = Iframe
