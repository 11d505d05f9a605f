"""The field types: each module here is one type of form-js component, found by being here.

A module defines `FIELD`, a subclass of `ValueField` or `DisplayField`.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from engine.forms.field import DisplayField, ValueField

FieldType = type[ValueField] | type[DisplayField]


@cache
def field_types() -> dict[str, FieldType]:
    """All field types by their form-js `type`."""
    modules = (import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    found: dict[str, FieldType] = {}
    for module in modules:
        field: FieldType | None = getattr(module, "FIELD", None)
        if field is not None:
            found[field.type_name] = field
    return found
