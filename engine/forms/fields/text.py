"""Text to read, in Markdown."""

from __future__ import annotations

from engine.forms.field import DisplayField


class TextBlock(DisplayField):
    """Text to read, in Markdown. Holds no value."""

    type_name = "text"
    expressions = ("text",)


FIELD = TextBlock
