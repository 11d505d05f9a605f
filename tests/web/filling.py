"""Fill in a form as a person does, from the data a scenario gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from playwright.sync_api import Locator, Page


def fields_of(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The fields of a form by key."""
    return {str(c["key"]): c for c in _components(schema) if c.get("key")}


def _components(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for component in part.get("components", []):
        yield component
        yield from _components(component)


def fill(page: Page, schema: dict[str, Any], data: dict[str, Any], language: str = "th") -> None:
    """Fill in what `data` gives; a key without a field fails."""
    fields = fields_of(schema)
    for key, value in data.items():
        _fill(page, fields[key], value, language)


def place(page: Page, field: dict[str, Any], suffix: str = "") -> Locator:
    """The control of a field, or of one of its options."""
    return page.locator(f'.form-view [id$="-{field["id"]}{suffix}"]')


def _fill(page: Page, field: dict[str, Any], value: Any, language: str) -> None:
    options = [option["value"] for option in field.get("values", [])]
    match field["type"]:
        case "textfield" | "textarea" | "number":
            place(page, field).fill(str(value))
        case "select":
            label = next(option["label"] for option in field["values"] if option["value"] == value)
            place(page, field).select_option(label=label)
        case "radio":
            place(page, field, f"-{options.index(value)}").check()
        case "checklist":
            for one in value:
                place(page, field, f"-{options.index(one)}").check()
        case "checkbox":
            place(page, field).set_checked(value)
        case "datetime":
            type_moment(page, place(page, field), value, language)
        case other:
            raise ValueError(f"nobody has filled in a {other} yet")


def type_moment(page: Page, group: Locator, value: str, language: str = "th") -> None:
    """Type a date (and time) part by part, in the Buddhist era in Thai."""
    when = datetime.fromisoformat(value)
    year = when.year + (543 if language == "th" else 0)
    parts = {"day": f"{when:%d}", "month": f"{when:%m}", "year": str(year)}
    if "T" in value:
        parts |= {"hour": f"{when:%H}", "minute": f"{when:%M}"}
    for name, digits in parts.items():
        group.locator(f'[data-type="{name}"]').click()
        page.keyboard.type(digits)
