"""Fill in a start form as a person does, lists and all, from the data that a scenario gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page

from tests.web.filling import type_moment


def fill_in(page: Page, schema: Mapping[str, Any], data: Mapping[str, Any], row: str = "") -> None:
    """Fill in what `data` gives and the form asks for, from top to bottom, so that what an answer brings up is there.

    `row` is what the ids of the fields of a list's row end in. What the form shows and does not ask is passed over.
    """
    for field in schema.get("components", []):
        key = field.get("key")
        if field["type"] == "group":
            path = field.get("path")  # what is asked in the group is kept under its path, or beside the rest
            fill_in(page, field, (data.get(path) or {}) if path else data, row)
        elif field["type"] == "dynamiclist":
            _list(page, field, data.get(field.get("path", "")) or [], row)
        elif key in data and not field.get("readonly") and not field.get("disabled"):
            _field(page, field, data[key], row)


def _list(page: Page, field: Mapping[str, Any], rows: list[Mapping[str, Any]], row: str) -> None:
    begun = field.get("defaultRepetitions", 1) if field.get("isRepeating", True) else 1
    for number, values in enumerate(rows):
        if number >= begun:
            _container(page, field, row).locator(".fjs-repeat-render-add").last.click()
        fill_in(page, field, values, f"{row}_{number}")


def _container(page: Page, field: Mapping[str, Any], row: str) -> Locator:
    return page.locator(
        f'.form-view .fjs-element[data-id="{field["id"]}"], .form-view .fjs-form-field-dynamiclist'
    ).filter(has=page.locator(f'[id*="-{field["components"][0]["id"]}{row}"]') if row else page.locator("*"))


def _place(page: Page, field: Mapping[str, Any], row: str, option: str = "") -> Locator:
    return page.locator(f'.form-view [id$="-{field["id"]}{row}{option}"]')


def _field(page: Page, field: Mapping[str, Any], value: Any, row: str) -> None:
    options = [option["value"] for option in field.get("values", [])]
    asked = _place(page, field, row, "-0" if options and field["type"] in ("radio", "checklist") else "")
    if value is None or asked.count() == 0:
        return
    match field["type"]:
        case "textfield" | "textarea" | "number":
            asked.fill(str(value))
        case "select":
            label = next((o["label"] for o in field.get("values", []) if o["value"] == value), str(value))
            asked.select_option(label=label)
        case "radio":
            _place(page, field, row, f"-{options.index(value)}").check()
        case "checklist":
            for one in value:
                _place(page, field, row, f"-{options.index(one)}").check()
        case "checkbox":
            asked.set_checked(bool(value))
        case "datetime":
            type_moment(page, asked, str(value))
