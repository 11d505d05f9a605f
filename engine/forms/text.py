"""Texts of a form in two languages: Thai in form-js's own properties, English in custom ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The same text in Thai and English. English is the Thai one where the form has none."""

    th: str
    en: str


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a select, radio group, checklist or tag list. `value` is any FEEL value."""

    value: object
    label: Text


def two_languages(thai: object, properties: Mapping[str, str], name: str) -> Text:
    """The text `thai` with the English of the custom property `name` ("label.en")."""
    th = thai if isinstance(thai, str) else ""
    return Text(th, properties.get(name) or th)
