"""Attached files, shown."""

from __future__ import annotations

from engine.forms.field import DisplayField


class DocumentPreview(DisplayField):
    """Attached files, shown. Holds no value."""

    type_name = "documentPreview"
    expressions = ("dataSource",)


FIELD = DocumentPreview
