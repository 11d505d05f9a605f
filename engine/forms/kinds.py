"""Which files a field takes: form-js's `accept`, a list of endings (`.pdf`) and media types (`image/*`)."""

from __future__ import annotations

from collections.abc import Mapping

# what a name's ending stands for; a file that calls itself so and is something else is refused when it is handed in
MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "txt": "text/plain",
    "csv": "text/csv",
    "zip": "application/zip",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}


def kinds_of(accept: str) -> tuple[str, ...]:
    """The kinds in `accept`, in small letters; none where every file is taken, or where the text is a template or an
    expression, which only the one who fills in the form is shown."""
    if accept.startswith("=") or "{{" in accept:
        return ()
    return tuple(kind for kind in (part.strip().lower() for part in accept.split(",")) if kind)


def is_of_kind(file_name: str, kinds: tuple[str, ...]) -> bool:
    """Whether a file of this name is of one of the kinds; of every kind when there are none."""
    name = file_name.lower()
    media = MEDIA_TYPES.get(name.rpartition(".")[2], "")
    return not kinds or any(_fits(name, media, kind) for kind in kinds)


def _fits(name: str, media: str, kind: str) -> bool:
    if kind.startswith("."):
        return name.endswith(kind)
    if kind.endswith("/*"):
        return media.startswith(kind[:-1])
    return media == kind or kind == "*/*"
