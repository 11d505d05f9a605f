"""The sources of this repository, parsed; what the other tests of this folder look at."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_IGNORED = {"node_modules", "static", "dist", "__pycache__"}


@dataclass(frozen=True)
class Import:
    """One import of a module: by which file, at which line, of which module (dotted)."""

    file: str
    line: int
    module: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.module}"


@cache
def python_files(*tops: str) -> tuple[Path, ...]:
    """Every Python file below these folders."""
    found = (path for top in tops for path in (ROOT / top).rglob("*.py"))
    return tuple(sorted(path for path in found if not _IGNORED & set(path.parts)))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name(path: Path) -> str:
    """The path as people write it: from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[Import]:
    """Every import in a file, wherever it stands; relative ones made absolute, ``from a import b`` also as ``a.b``."""
    package = list(path.relative_to(ROOT).parts[:-1])
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(name(path), node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = package[: len(package) - node.level + 1]
                base = ".".join([*parents, *([node.module] if node.module else [])])
            for alias in node.names:
                yield Import(name(path), node.lineno, f"{base}.{alias.name}")


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that belongs to the project: what git tracks or would track, or without git what is not built."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=ROOT, capture_output=True, check=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return tuple(_walk(ROOT))
    paths = (ROOT / part for part in listed.stdout.decode().split("\0") if part)
    return tuple(sorted(path for path in paths if path.is_file()))


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") and path.name != ".ci":
            continue
        if path.is_dir() and path.name not in _IGNORED | {"build"} and not path.name.endswith(".egg-info"):
            yield from _walk(path)
        elif path.is_file():
            yield path
