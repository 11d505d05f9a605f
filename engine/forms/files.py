"""The files in a submission: where they stand, and which documents they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.forms.errors import FieldError
from engine.forms.fields.filepicker import PREFIX, Filepicker
from engine.forms.kinds import is_of_kind
from engine.forms.structure import Level


@dataclass(frozen=True, slots=True)
class FileList:
    """The files of one field. `name` is its place as errors name it, `references` the list in the values itself:
    what is put into it is what will be written."""

    name: str
    field: Filepicker
    references: list[Any]


def file_lists(level: Level, values: Mapping[str, object], prefix: str = "") -> Iterator[FileList]:
    """All that hold any, those in rows too."""
    for placed in level.placed:
        name = prefix + ".".join(placed.path)
        value: object = values
        for part in placed.path:
            value = value.get(part) if isinstance(value, Mapping) else None
        if not isinstance(value, list):
            continue
        if isinstance(placed.field, Filepicker):
            yield FileList(name, placed.field, value)
        elif placed.rows is not None:
            for number, row in enumerate(value):
                yield from file_lists(placed.rows, row if isinstance(row, Mapping) else {}, f"{name}[{number}].")


def unknown_file(one: FileList) -> FieldError:
    """That a file of the list does not exist, or is not to be attached here."""
    return FieldError(one.name, "file-unknown")


def wrong_file(one: FileList, file_name: str, size: int) -> Iterator[FieldError]:
    """What speaks against a file of this name and size (bytes) in the list."""
    if not is_of_kind(file_name, one.field.kinds):
        yield FieldError(one.name, "file-kind", {"kinds": ", ".join(one.field.kinds)})
    if size > one.field.largest << 20:
        yield FieldError(one.name, "file-too-large", {"max": one.field.largest})


def document_id(reference: object) -> str:
    """The document that a reference is for; "" for what is none."""
    if isinstance(reference, Mapping):
        return str(reference.get("documentId", ""))
    return reference.removeprefix(PREFIX) if isinstance(reference, str) else ""
