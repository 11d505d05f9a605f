"""Read a folder of content: diagrams, decision tables and forms that belong together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.commands.checking import Resource
from engine.errors import InvalidArgument

KINDS = frozenset({".bpmn", ".dmn", ".form"})
ORGANISATION = "organisation.yaml"


@dataclass(frozen=True, slots=True)
class Content:
    """The files to deploy, the folders of processes they come from, and the organisation's file if there is one."""

    resources: tuple[Resource, ...]
    folders: tuple[Path, ...]
    organisation: Path | None


def read_content(folder: Path) -> Content:
    """Read a folder with `processes/` and `forms/`, `processes/` itself, one folder in it, or any folder of files.

    Raises InvalidArgument when there is nothing to deploy.
    """
    folder = folder.resolve()
    if not folder.is_dir():
        raise InvalidArgument(f"{folder} is no folder")
    processes = folder / "processes" if (folder / "processes").is_dir() else folder
    root = _root_of(processes)
    chosen = [processes] if processes.parent.name == "processes" else _process_folders(processes)
    files = sorted({file for one in chosen for file in _files(one)} | set(_loose(processes)))
    for one in chosen:
        files += _files(root / "forms" / one.name)
    if (root / "forms" / "shared").is_dir():
        files += _files(root / "forms" / "shared")
    files = list(dict.fromkeys(files))
    if not files:
        raise InvalidArgument(f"{folder} holds no .bpmn, .dmn or .form file")
    organisation = next((p for p in (processes / ORGANISATION, processes.parent / ORGANISATION) if p.is_file()), None)
    resources = tuple(Resource(str(file.relative_to(root)), file.read_bytes()) for file in files)
    return Content(resources, tuple(chosen), organisation)


def _root_of(processes: Path) -> Path:
    """The folder that `processes` and `forms` lie in; a folder of another name stands for itself."""
    if processes.name == "processes":
        return processes.parent
    if processes.parent.name == "processes":
        return processes.parent.parent
    return processes


def _process_folders(processes: Path) -> list[Path]:
    return sorted(one for one in processes.iterdir() if one.is_dir() and any(one.glob("*.bpmn")))


def _loose(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix in KINDS and file.is_file())


def _files(folder: Path) -> list[Path]:
    """The files of a folder and of those in it (scenarios are no content to deploy)."""
    if not folder.is_dir():
        return []
    return sorted(file for file in folder.rglob("*") if file.suffix in KINDS and file.is_file())
