"""HTML to read; the web cleans it before showing it."""

from __future__ import annotations

from engine.forms.field import DisplayField


class Html(DisplayField):
    """HTML to read; the web cleans it before showing it. Holds no value."""

    type_name = "html"
    expressions = ("content",)


FIELD = Html
