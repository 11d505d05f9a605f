"""What keeps the sources small, honest and independent of the machine they were written on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import ROOT, name, python_files, tracked_files, tree

# "About" 300, 40 and 250: a line over is no reason to pack lines, twenty are one to split.
FILE_LINES = 320
FUNCTION_LINES = 45
TYPESCRIPT_LINES = 270
CODE = ("engine", "api", "krabuan_verify", "build_backend", "benchmarks")
_TEXT = {".py", ".ts", ".tsx", ".js", ".jsx", ".json", ".md", ".yaml", ".yml", ".cfg", ".toml"}
_TEXT |= {".bpmn", ".dmn", ".form", ".css", ".html", ".sql", ".xml", ".txt", ""}

# The standard's own test cases for DMN, kept as published.
_FOREIGN = "tests/dmn-tck/"

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _texts() -> dict[str, str]:
    """Every text file of the project by its name, less what others wrote."""
    files = [path for path in tracked_files() if path.suffix in _TEXT and path.name != "package-lock.json"]
    ours = [path for path in files if not name(path).startswith(_FOREIGN)]
    return {name(path): path.read_text(encoding="utf-8", errors="replace") for path in ours}


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _length(function: Function) -> int:
    """Lines from ``def`` to the end, less the docstring, which may be as long as it needs."""
    first = function.body[0]
    has_docstring = ast.get_docstring(function, clean=False) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if has_docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def test_files_are_small() -> None:
    sizes = {name(path): _lines(path) for path in python_files(*CODE, "tests") if "migrations" not in path.parts}
    assert {path: size for path, size in sizes.items() if size > FILE_LINES} == {}


def test_front_end_files_are_small() -> None:
    sources = [path for path in (ROOT / "web" / "src").rglob("*") if path.suffix in (".ts", ".tsx")]
    # what is generated from the API's description says so in its first lines
    written = [path for path in sources if "generated" not in path.read_text(encoding="utf-8")[:200].lower()]
    assert {name(path): _lines(path) for path in written if _lines(path) > TYPESCRIPT_LINES} == {}


def test_functions_are_small() -> None:
    long = {
        f"{name(path)}:{node.lineno} {node.name}": _length(node)
        for path in python_files(*CODE)
        if "migrations" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, Function) and _length(node) > FUNCTION_LINES
    }
    assert long == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name(path)
        for path in python_files("engine", "api", "krabuan_verify")
        if path.read_text(encoding="utf-8").strip() and ast.get_docstring(tree(path)) is None
    ]
    assert silent == []


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|pytest\.skip|mark\.skip|xfail\(|mark\.xfail")
    files = [path for path in python_files(*CODE, "tests") if path != Path(__file__)]
    files += [path for path in tracked_files() if path.suffix in (".ts", ".tsx", ".sql")]
    found = [
        f"{name(path)}:{number} {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert found == []


def test_the_present_moment_comes_from_the_clock() -> None:
    """``time.monotonic`` and ``perf_counter`` measure, and may be read anywhere; the calendar's time may not."""
    reads = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
    found = [
        f"{name(path)}:{node.lineno}"
        for path in python_files("engine", "api", "krabuan_verify")
        if not name(path).startswith("engine/adapters/")  # they are the outside that the engine is kept from
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if (_last_name(node.func.value), node.func.attr) in reads
    ]
    assert found == []


def test_tests_do_not_sleep() -> None:
    """Time is moved, not waited for; only another process must be polled, in a function called ``wait_until_…``."""

    def sleeps(node: ast.AST) -> Iterator[int]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute) and child.func.attr == "sleep":
                yield child.lineno
            if not (isinstance(child, Function) and child.name.lstrip("_").startswith("wait_until_")):
                yield from sleeps(child)

    assert [f"{name(path)}:{line}" for path in python_files("tests") for line in sleeps(tree(path))] == []


def test_no_file_names_a_machine_or_what_lies_outside() -> None:
    """Written in pieces here, so that this file does not find itself."""
    outside = ["/" + "work/", ".." + "/shared", "/" + "root/", "/" + "home/", "/" + "Users/", "/tmp" + "/kb"]
    assert [f"{file}: {part}" for file, text in _texts().items() for part in outside if part in text] == []


def test_no_file_holds_a_phone_number() -> None:
    phone = re.compile(r"(?<![0-9.])(?:\+66[ -]?[0-9]{1,2}|0[2-9][0-9]?)[ -][0-9]{3,4}[ -][0-9]{3,4}(?![0-9])")
    assert [f"{file}: {found.group()}" for file, text in _texts().items() for found in phone.finditer(text)] == []


def test_no_code_knows_a_process_by_name() -> None:
    """A process is a folder of data: adding, renaming or removing one touches no code."""
    processes = [path.name for path in (ROOT / "processes").iterdir() if path.is_dir()]
    files = [path for path in tracked_files() if path.suffix in (".py", ".ts", ".tsx", ".js")]
    code = [path for path in files if name(path).startswith(("engine/", "api/", "web/src/", "build_backend/"))]
    texts = {path: path.read_text(encoding="utf-8") for path in code}
    named = [f"{name(path)}: {process}" for path, text in texts.items() for process in processes if process in text]
    assert named == []


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
